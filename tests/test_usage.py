"""Counts: kept through faults, and nothing in them of who or when."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.usage import KEPT_DAYS, Count, Event, Usage

TODAY = date(2026, 11, 21)
RELIEF = "leg-cramps/relief"


class Calendar:
    """A day that a test turns."""

    def __init__(self) -> None:
        self.day = TODAY

    def today(self) -> date:
        return self.day


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "var" / "usage.db"


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def usage(file: Path, calendar: Calendar) -> Iterator[Usage]:
    found = Usage(file, calendar.today)
    yield found
    found.close()


def all_of(usage: Usage) -> list[Count]:
    return usage.since(date.min)


def test_what_happens_twice_on_a_day_is_one_row_of_two(usage: Usage, calendar: Calendar) -> None:
    for _ in range(2):
        usage.count(Event.READ, RELIEF)
    usage.count(Event.LEAFLET, "leg-cramps/relief large", 20)
    calendar.day += timedelta(days=1)
    usage.count(Event.READ, RELIEF)
    assert all_of(usage) == [
        Count(TODAY, Event.LEAFLET, "leg-cramps/relief large", 20),
        Count(TODAY, Event.READ, RELIEF, 2),
        Count(TODAY + timedelta(days=1), Event.READ, RELIEF, 1),
    ]
    assert len(usage.since(calendar.day)) == 1


def test_a_row_holds_a_day_and_nothing_finer(usage: Usage, file: Path) -> None:
    usage.count(Event.HEARD, RELIEF)
    with sqlite3.connect(file) as connection:
        (row,) = connection.execute("SELECT * FROM counts").fetchall()
    connection.close()
    assert row == ("2026-11-21", "heard", RELIEF, 1)


def test_counts_outlive_the_kiosk(usage: Usage, file: Path, calendar: Calendar) -> None:
    usage.count(Event.READ, RELIEF)
    usage.close()
    again = Usage(file, calendar.today)
    again.count(Event.READ, RELIEF)
    assert [count.number for count in all_of(again)] == [2]
    again.close()


def test_a_kiosk_that_is_killed_has_lost_no_count(file: Path, usage: Usage) -> None:
    program = (
        "import sys, os, signal, pathlib\n"
        "from kiosk.usage import Usage, Event\n"
        "usage = Usage(pathlib.Path(sys.argv[1]))\n"
        "for _ in range(50): usage.count(Event.READ, 'a/b')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(file)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert sum(count.number for count in all_of(usage)) == 50


def test_a_count_that_cannot_be_written_waits(usage: Usage, file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.mkdir()  # nothing can be written here
    usage.count(Event.READ, RELIEF)
    assert usage.fault
    assert [count.number for count in all_of(usage)] == [1], "it is told all the same"
    file.rmdir()
    usage.count(Event.READ, RELIEF)
    assert not usage.fault
    assert [count.number for count in all_of(usage)] == [2]


@pytest.mark.parametrize("spoil", [b"not a database at all, but long enough " * 40, b""])
def test_a_spoiled_file_is_set_aside_and_counting_goes_on(
    usage: Usage, file: Path, spoil: bytes
) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(spoil)
    for _ in range(2):
        usage.count(Event.READ, RELIEF)
    assert [count.number for count in all_of(usage)] == [2]
    assert not usage.fault
    assert file.with_suffix(".spoiled").exists() == bool(spoil)


def test_what_is_old_goes(usage: Usage, calendar: Calendar) -> None:
    for _ in range(KEPT_DAYS + 5):
        usage.count(Event.READ, RELIEF)
        calendar.day += timedelta(days=2)  # not every day is counted on
    assert len(all_of(usage)) == KEPT_DAYS
    assert all_of(usage)[-1].day == calendar.day - timedelta(days=2)


@pytest.mark.parametrize("years", [1, 40, -40])
def test_a_clock_that_jumps_and_comes_back_takes_no_count_away(
    usage: Usage, calendar: Calendar, years: int
) -> None:
    for _ in range(KEPT_DAYS - 1):
        usage.count(Event.READ, RELIEF)
        calendar.day += timedelta(days=1)
    right = calendar.day
    calendar.day += timedelta(days=365 * years)
    usage.count(Event.READ, RELIEF)
    calendar.day = right
    usage.count(Event.READ, RELIEF)
    assert len(all_of(usage)) >= KEPT_DAYS
    assert right in {count.day for count in all_of(usage)}


def test_totals_are_those_of_every_day_and_of_every_run(
    usage: Usage, file: Path, calendar: Calendar
) -> None:
    usage.count(Event.READ, RELIEF, 3)
    calendar.day += timedelta(days=1)
    assert usage.totals()[Event.READ] == 3
    usage.count(Event.READ, RELIEF)
    usage.count(Event.HEARD, RELIEF)
    usage.close()
    again = Usage(file, calendar.today)
    for known in (usage, again):
        assert known.totals() == {
            **dict.fromkeys(Event, 0),
            Event.READ: 4,
            Event.HEARD: 1,
        }
    again.close()


def test_totals_read_the_file_once(usage: Usage, file: Path) -> None:
    usage.count(Event.READ, RELIEF)
    assert usage.totals()[Event.READ] == 1
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM counts")
    connection.close()
    usage.count(Event.READ, RELIEF)
    assert usage.totals()[Event.READ] == 2, "a total never falls while the kiosk runs"


def test_totals_of_a_file_that_cannot_be_read_are_those_that_wait(usage: Usage, file: Path) -> None:
    file.mkdir(parents=True)
    usage.count(Event.READ, RELIEF)
    assert usage.totals()[Event.READ] == 1
    file.rmdir()
    usage.count(Event.READ, RELIEF)
    assert usage.totals()[Event.READ] == 2


def test_a_folder_that_is_read_only_stops_nothing(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        shut = Path("/proc/no-such-folder")  # where even root writes nothing
    else:
        shut = tmp_path / "shut"
        shut.mkdir(mode=0o500)
    usage = Usage(shut / "var" / "usage.db")
    usage.count(Event.READ, RELIEF)
    assert usage.fault
    usage.close()
