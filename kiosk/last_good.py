"""The last good file of each wish, for when a new one cannot be given; and what fails now.

Takes a wish's identity, and the key that its good file is kept under; gives the file back when
asked. What fails is told to staff until it is well again.
"""

import logging
import re
import threading

from kiosk.cache import KEY_LENGTH, Cache

log = logging.getLogger(__name__)
KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")
MOST_FAILING = 20  # lines for staff; more of the same teaches nothing


class LastGood:
    """Remembers across restarts which kept file was good last."""

    def __init__(self, cache: Cache, suffix: str) -> None:
        """`suffix` is that of the files themselves."""
        self._cache = cache
        self._suffix = suffix
        self._lock = threading.Lock()
        self._failing: dict[str, tuple[str, str]] = {}

    @property
    def failing(self) -> dict[str, str]:
        """What fails now, by its name for staff, and why."""
        with self._lock:
            return dict(self._failing.values())

    def succeeded(self, identity: str, key: str) -> None:
        """A good file for a wish is kept under `key`."""
        with self._lock:
            self._failing.pop(identity, None)
        if self._cache.read(identity, "last") != key.encode():
            self._cache.keep(identity, "last", key.encode())

    def failed(self, identity: str, name: str, why: str) -> bytes | None:
        """There is no good new file; the last one, or None when there never was one."""
        log.error("%s: %s", name, why)
        with self._lock:
            self._failing[identity] = name, why
            for oldest in list(self._failing)[:-MOST_FAILING]:
                del self._failing[oldest]
        key = (self._cache.read(identity, "last") or b"").decode("ascii", "replace")
        # A disk's fault may have spoilt the note: only a key is a name of a file.
        return self._cache.read(key, self._suffix) if KEY.fullmatch(key) else None
