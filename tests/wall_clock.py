"""The clock on the wall of one process and its children, which a test sets while they run.

libfaketime answers for the system; the clock that only counts seconds goes on as it does.
"""

from datetime import UTC, datetime
from pathlib import Path

from tests.tools import missing

LIBRARY = "faketime/libfaketimeMT.so.1"


class WallClock:
    """A clock that shows what it was last set to, and goes on from there."""

    def __init__(self, folder: Path, now: datetime) -> None:
        found = list(Path("/usr/lib").glob(f"*/{LIBRARY}"))
        if not found:
            missing("no libfaketime: install the package faketime")
        self._library = found[0]
        self._file = folder / "wall-clock"
        self.set(now)

    @property
    def environ(self) -> dict[str, str]:
        """The variables of a process that is to go by this clock, in UTC."""
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "TZ": "UTC",
        }

    def set(self, now: datetime) -> None:
        """Set the clock, which is in UTC, from one moment to the next."""
        ahead_s = round((now.replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds())
        new = self._file.with_suffix(".new")
        new.write_text(f"{ahead_s:+d}\n")
        new.replace(self._file)
