"""Is a visitor at the kiosk? The web process notes it; work that can wait asks.

Takes the state folder: one empty file there, whose time is that of the last page. It says that
somebody is here, and nothing of who.
"""

import time
from collections.abc import Callable
from pathlib import Path

NOTED_EVERY_S = 5  # a page has some twenty requests; one note for all of them


class Presence:
    """The note that somebody is here, shared between processes."""

    def __init__(self, state: Path, clock: Callable[[], float] = time.time) -> None:
        self._file = state / "visitor-is-here"
        self._clock = clock
        self._noted = 0.0

    def here(self) -> None:
        """Note that somebody is here now. A folder that cannot be written is no one's concern."""
        now = self._clock()
        if abs(now - self._noted) < NOTED_EVERY_S:
            return
        self._noted = now
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch()
        except OSError:
            return

    def gone(self) -> None:
        """Note that nobody is here."""
        self._noted = 0.0
        try:
            self._file.unlink(missing_ok=True)
        except OSError:
            return

    def is_near(self, within_s: float) -> bool:
        """Whether somebody was here in the last `within_s` seconds."""
        try:
            return self._clock() - self._file.stat().st_mtime < within_s
        except OSError:
            return False
