"""The clock on the wall jumps while a visitor goes on: a year ahead, then back to before it.

Machines without a battery begin each day in the past, and are set right once they find the time.
What printing keeps through such a jump is in printing/test_limits.py.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from kiosk.settings import PROJECT
from kiosk.usage import Event, Usage
from tests.browser.kiosk_process import PIN, RunningKiosk, running_kiosk
from tests.test_faults import LEAFLET, OTHER, PATIENCE_S, ask, goes_on, health, hears
from tests.wall_clock import WallClock

NOON = datetime(2026, 11, 21, 12, 0)
A_YEAR_ON = datetime(2027, 11, 21, 22, 0)
A_DAY_BACK = datetime(2026, 11, 20, 12, 0)
LOUD, QUIET = 5, 2
RULES = {"volume": LOUD, "quiet_from": "20:00", "quiet_until": "08:00", "quiet_volume": QUIET}
LOCKED = """
import sys
from pathlib import Path
from kiosk.door import Door, set_pin
state = Path(sys.argv[1])
set_pin(state, "2468")
door = Door(state)
door._wrong = 8  # so many wrong tries before
door.knock("0000")
for _ in sys.stdin:
    print(door.wait_s(), door.knock("2468"), flush=True)
"""


@pytest.mark.usefixtures("paper", "voice")
def test_a_clock_that_jumps_a_year_ahead_and_then_a_day_back_confuses_nothing(
    tmp_path: Path,
) -> None:
    clock = WallClock(tmp_path, NOON)
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "volume.json").write_text(json.dumps(RULES))
    with running_kiosk(tmp_path, clock.environ) as kiosk:
        kiosk.set_pin()
        goes_on(kiosk, LEAFLET)
        hears(kiosk)
        paper = ask(kiosk, LEAFLET)[1]
        staff = _StaffMember(kiosk)
        for now, loud in ((A_YEAR_ON, QUIET), (A_DAY_BACK, LOUD)):
            clock.set(now)
            goes_on(kiosk)
            hears(kiosk)
            hears(kiosk, OTHER)
            assert ask(kiosk, LEAFLET)[1] == paper
            assert _volume(kiosk) == loud, "the quiet hours are those of the clock"
            assert staff.is_inside(), "who has typed the PIN stays inside"
            assert all(part["ok"] for part in health(kiosk).values())
        staff.leave()
        assert not kiosk.faults
    assert _read_on(kiosk.state) == {
        NOON.date(): 2,
        A_YEAR_ON.date(): 2,
        A_DAY_BACK.date(): 2,
    }


def test_a_kiosk_that_starts_before_its_own_files_were_made_serves_them(
    tmp_path: Path, paper: None, voice: None
) -> None:
    clock = WallClock(tmp_path, A_YEAR_ON)
    for now in (A_YEAR_ON, A_DAY_BACK):
        clock.set(now)
        with running_kiosk(tmp_path, clock.environ) as kiosk:
            goes_on(kiosk, LEAFLET)
            hears(kiosk)
            assert all(part["ok"] for part in health(kiosk).values())
            assert not kiosk.faults
    assert sum(_read_on(kiosk.state).values()) == 4


def test_no_clock_opens_a_door_that_is_shut_or_shuts_it_for_longer(tmp_path: Path) -> None:
    clock = WallClock(tmp_path, NOON)
    with subprocess.Popen(
        [sys.executable, "-c", LOCKED, str(tmp_path)],
        cwd=PROJECT,
        env={**os.environ, **clock.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as door:
        assert door.stdin is not None
        assert door.stdout is not None
        for now in (NOON, A_YEAR_ON, A_DAY_BACK):
            clock.set(now)
            door.stdin.write("\n")
            door.stdin.flush()
            wait_s, token = door.stdout.readline().split()
            assert 0 < int(wait_s) <= 300
            assert token == "None"
        door.stdin.close()


class _StaffMember:
    """Somebody with the PIN, on one connection that stays open."""

    def __init__(self, kiosk: RunningKiosk) -> None:
        place = urlsplit(kiosk.address)
        assert place.hostname is not None
        self._line = HTTPConnection(place.hostname, place.port, timeout=PATIENCE_S)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
        }
        self._line.request("POST", "/staff", urlencode({"pin": PIN}), headers)
        answer = self._line.getresponse()
        answer.read()
        assert answer.status == 303
        self._cookie = answer.headers["Set-Cookie"].partition(";")[0]

    def is_inside(self) -> bool:
        """Whether the pages behind the door are shown; the plots of the counts are."""
        self._line.request("GET", "/staff/counts?days=7", headers={"Cookie": self._cookie})
        answer = self._line.getresponse()
        answer.read()
        return answer.status == 200

    def leave(self) -> None:
        self._line.close()


def _volume(kiosk: RunningKiosk) -> int:
    """How loud a visit begins that begins now."""
    found = re.search(rb'data-volume="(\d+)"', ask(kiosk, "/")[1])
    assert found
    return int(found[1])


def _read_on(state: Path) -> dict[date, int]:
    """How many topics were read on each day."""
    usage = Usage(state / "usage.db")
    days: Counter[date] = Counter()
    for count in usage.since(date.min):
        days[count.day] += count.number if count.event is Event.READ else 0
    usage.close()
    return dict(days)
