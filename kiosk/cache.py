"""Files named by the hash of what made them; written whole or not at all.

Takes a folder; gives back bytes for a key, or keeps bytes under it. A key is made by `key_of`
from everything that shapes the result, so an entry never goes stale and is never changed.
"""

import contextlib
import hashlib
import json
import logging
import os
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

log = logging.getLogger(__name__)
KEY_LENGTH = 40  # hex digits of SHA-256 that are kept: 160 bits, as in git
SEAL_LENGTH = 16  # bytes of SHA-256: against chance, not against an enemy, who could seal too
MOST_HELD = 64 * 1024 * 1024  # bytes; some ten pages said, and twenty leaflets
NOTED_EVERY_S = 24 * 3600  # how exactly it is known when a file was last asked for
ROOM = 0.9  # of what is allowed is left when the files that were asked for longest ago have gone
NEW = ".new-"  # a file that is being written
ABANDONED_S = 3600  # from then on, whoever wrote it was ended before


def key_of(*parts: object) -> str:
    """The key for what is made from `parts` (anything JSON can hold, and bytes)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:KEY_LENGTH]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=NEW)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Cache:
    """A folder of kept files, `<key>.<suffix>`.

    A file ends with a seal over its bytes. One whose seal is broken – a disk's fault, a file cut
    off – counts as not there, and goes. What cannot be written is held in memory, so that a disk
    that is full or read-only takes nothing away while the kiosk runs. With `most_kept`, in bytes,
    the files that were asked for longest ago go when all are more than that.
    """

    def __init__(
        self, folder: Path, most_held: int = MOST_HELD, most_kept: int | None = None
    ) -> None:
        self._folder = folder
        self._most_kept = most_kept
        self._kept: int | None = None  # bytes of all files, once they were counted
        self._most_held = most_held
        self._held: OrderedDict[Path, bytes] = OrderedDict()
        self._lock = threading.Lock()
        self._fault = ""

    @property
    def fault(self) -> str:
        """Why nothing could be written, the last time that it was tried; empty when it could."""
        return self._fault

    def path(self, key: str, suffix: str) -> Path:
        return self._folder / key[:2] / f"{key}.{suffix}"

    def has(self, key: str, suffix: str) -> bool:
        """Whether there is such a file, whole or not. Asked for every sentence of a page."""
        if os.path.isfile(f"{self._folder}/{key[:2]}/{key}.{suffix}"):
            return True
        return bool(self._held) and self.path(key, suffix) in self._held

    def read(self, key: str, suffix: str) -> bytes | None:
        """The kept bytes, or None when there are none that are whole."""
        path = self.path(key, suffix)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return self._held.get(path)
        except OSError as error:  # the disk does not give it back
            log.error("%s: %s", path, error)
            return self._held.get(path)
        whole, seal = data[:-SEAL_LENGTH], data[-SEAL_LENGTH:]
        if seal == _seal(whole):
            self._note_use(path)
            return whole
        log.error("%s was spoilt, and is made anew", path)
        with contextlib.suppress(OSError):
            path.unlink()
        return None

    def keep(self, key: str, suffix: str, data: bytes) -> None:
        path = self.path(key, suffix)
        if not self._write(path, data):
            self._hold(path, data)

    def retry(self) -> None:
        """Write what is held, if that goes by now."""
        with self._lock:
            held = list(self._held.items())
        for path, data in held:
            if not self._write(path, data):
                return
            with self._lock:
                self._held.pop(path, None)

    def _write(self, path: Path, data: bytes) -> bool:
        try:
            write_whole(path, data + _seal(data))
        except OSError as error:
            if not self._fault:
                log.error("%s cannot be kept: %s", path, error)
            self._fault = error.strerror or str(error)
            return False
        self._fault = ""
        self._make_room(path, len(data) + SEAL_LENGTH)
        return True

    def _note_use(self, path: Path) -> None:
        """A file's time says on which day it was last asked for."""
        if self._most_kept is None:
            return
        with contextlib.suppress(OSError):
            if abs(time.time() - path.stat().st_mtime) > NOTED_EVERY_S:
                os.utime(path)

    def _make_room(self, new: Path, size: int) -> None:
        """Let the files go that were asked for longest ago, if there is no room for a new one."""
        if self._most_kept is None:
            return
        with self._lock:
            if self._kept is not None:
                self._kept += size
                if self._kept <= self._most_kept:
                    return
            files = sorted(self._files())
            self._kept = sum(size for _, _, size, _ in files)
            if self._kept <= self._most_kept:
                return
            for _, _, size, path in files:
                if self._kept <= self._most_kept * ROOM:
                    return
                if path != new:
                    with contextlib.suppress(OSError):
                        path.unlink(missing_ok=True)
                        self._kept -= size

    def _files(self) -> Iterator[tuple[bool, float, int, Path]]:
        """Each kept file: whether its time can be true, the time, its bytes and its path.

        A time to come is that of a clock that was wrong; it tells nothing of when the file was
        asked for. What a kill left half written goes.
        """
        now = time.time()
        for path in self._folder.glob("*/*"):
            try:
                facts = path.stat()
                if not path.name.startswith(NEW):
                    true = facts.st_mtime <= now + NOTED_EVERY_S
                    yield true, facts.st_mtime, facts.st_size, path
                elif abs(now - facts.st_mtime) > ABANDONED_S:
                    path.unlink()
            except OSError:
                continue  # another has taken it away

    def read_or_make(self, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
        """The kept bytes; else those that `make` gives, which are then kept."""
        data = self.read(key, suffix)
        if data is None:
            data = make()
            self.keep(key, suffix, data)
        return data

    def _hold(self, path: Path, data: bytes) -> None:
        with self._lock:
            self._held[path] = data
            while len(self._held) > 1 and sum(map(len, self._held.values())) > self._most_held:
                self._held.popitem(last=False)


def _seal(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:SEAL_LENGTH]
