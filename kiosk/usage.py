"""Anonymous counts: how often something happened on a day, and nothing of who or when in it.

Takes events with a subject; keeps one row for each day, event and subject. A count that cannot be
written waits in memory and is written with the next. The sole user of sqlite3.
"""

import contextlib
import logging
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

log = logging.getLogger(__name__)
KEPT_DAYS = 800  # days with counts; two years and a little: what a clinic compares
MOST_WAITING = 1000  # kinds of counts that wait for a disk that is full
BUSY_S = 5.0
_TABLE = """CREATE TABLE IF NOT EXISTS counts (
    day TEXT NOT NULL, event TEXT NOT NULL, subject TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (day, event, subject)) STRICT, WITHOUT ROWID"""
_ADD = """INSERT INTO counts VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET number = number + excluded.number"""
# By the days that there are, not by today's date: a clock that jumps far ahead takes nothing.
_PRUNE = """DELETE FROM counts WHERE day < (
    SELECT DISTINCT day FROM counts ORDER BY day DESC LIMIT 1 OFFSET ?)"""
_TOTALS = "SELECT event, SUM(number) FROM counts GROUP BY event"
_SINCE = """SELECT day, event, subject, number FROM counts WHERE day >= ?
    ORDER BY day, event, subject"""


class Event(StrEnum):
    """What is counted. The subject is a topic, a session, a leaflet with its size, or a part."""

    READ = "read"
    HEARD = "heard"
    SESSION = "session"
    LEAFLET = "leaflet"
    FAILURE = "failure"


@dataclass(frozen=True)
class Count:
    """How often something happened on a day."""

    day: date
    event: Event
    subject: str
    number: int


class Usage:
    """The counts of this kiosk. May be used from any thread; counting never fails."""

    def __init__(self, file: Path, today: Callable[[], date] = date.today) -> None:
        self._file = file
        self._today = today
        self._lock = threading.Lock()
        self._waiting: Counter[tuple[str, str, str]] = Counter()
        self._totals: Counter[str] | None = None
        self._open: sqlite3.Connection | None = None
        self._pruned: date | None = None
        self._why = ""

    @property
    def fault(self) -> str:
        """Why counts cannot be kept just now; empty when they are."""
        return self._why

    def count(self, event: Event, subject: str, number: int = 1) -> None:
        """Note that something happened today."""
        with self._lock:
            key = (self._today().isoformat(), event.value, subject)
            if key in self._waiting or len(self._waiting) < MOST_WAITING:
                self._waiting[key] += number
                if self._totals is not None:
                    self._totals[event] += number
            self._write()

    def totals(self) -> dict[Event, int]:
        """How often each event happened, ever; read from the file once, and kept from then on.

        It never falls while the kiosk runs, whatever is pruned.
        """
        with self._lock:
            known = self._totals
            if known is None:
                self._write()
                known = Counter()
                for (_, event, _), number in self._waiting.items():
                    known[event] += number
                with self._told("read"):
                    known.update(dict(self._connection().execute(_TOTALS).fetchall()))
                    self._totals = known
            return {event: known[event] for event in Event}

    def since(self, day: date) -> list[Count]:
        """All counts from a day on, the oldest first; none when they cannot be read."""
        with self._lock:
            self._write()
            rows: list[tuple[str, str, str, int]] = []
            with self._told("read"):
                rows = self._connection().execute(_SINCE, (day.isoformat(),)).fetchall()
            left = [(*key, number) for key, number in sorted(self._waiting.items())]
        return [
            Count(date.fromisoformat(day_), Event(event), subject, number)
            for day_, event, subject, number in (*rows, *left)
        ]

    def close(self) -> None:
        """Write what waits, and let go of the file."""
        with self._lock:
            self._write()
            self._let_go()

    def _write(self) -> None:
        if not self._waiting:
            return
        with self._told("kept"):
            rows = [(*key, number) for key, number in self._waiting.items()]
            connection = self._connection()
            with connection:  # all of them or none
                connection.executemany(_ADD, rows)
                self._prune(connection)
            self._waiting.clear()

    def _prune(self, connection: sqlite3.Connection) -> None:
        today = self._today()
        if self._pruned != today:
            connection.execute(_PRUNE, (KEPT_DAYS - 1,))
            self._pruned = today

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._open = sqlite3.connect(self._file, timeout=BUSY_S, check_same_thread=False)
            # A count survives the kiosk's own end at any moment, and a power cut but for the last
            # few (sqlite.org/wal.html, section 2.2): no page waits for the disk.
            self._open.execute("PRAGMA journal_mode = WAL")
            self._open.execute("PRAGMA synchronous = NORMAL")
            self._open.execute(_TABLE)
        return self._open

    @contextlib.contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Whatever goes wrong is told to staff, once, and to no visitor."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self._let_go()
            if isinstance(error, sqlite3.DatabaseError) and _is_spoiled(error):
                self._set_aside()
            if not self._why:
                log.error("counts cannot be %s: %s", what, error)
            self._why = str(error)
        else:
            self._why = ""

    def _let_go(self) -> None:
        if self._open is not None:
            with contextlib.suppress(sqlite3.Error):
                self._open.close()
        self._open = None

    def _set_aside(self) -> None:
        """A file that is no database any more makes room for a new one, and is kept beside it."""
        with contextlib.suppress(OSError):
            self._file.replace(self._file.with_suffix(".spoiled"))
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(OSError):
                self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)


def _is_spoiled(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
