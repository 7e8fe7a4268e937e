"""A day of a clinic, at a clock that runs ahead: everything is counted, and nothing piles up.

`make bench-long` measures a week of it.
"""

import tracemalloc
from pathlib import Path

import pytest

from kiosk.usage import Event
from tests.clinic_days import Clinic, clinic

TOPICS = ("causes", "sleep", "veins")
MB = 1_000_000
MAY_GROW = ("leaflets", "log", "speech", "templates", "printing.json")

pytestmark = pytest.mark.usefixtures("paper", "voice")


def test_after_a_day_everything_is_counted_and_nothing_has_piled_up(tmp_path: Path) -> None:
    with clinic(tmp_path, leaflets_mb=1, topics=TOPICS) as place:
        place.day(visits=6)  # what is made once is made
        first = place.sizes()
        tracemalloc.start()
        try:
            place.day(visits=16)
            held, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        _all_is_counted(place)
        then = place.sizes()
    assert held < 10 * MB
    assert MB // 2 < then["leaflets"] <= MB, "the limit was reached, and holds"
    assert then["usage.db"] < MB
    assert then["log"] - first["log"] < 20_000, "a leaflet is a line, and a page is none"
    grown = {name for name in then if then[name] > first.get(name, 0)}
    assert grown <= {*MAY_GROW, "usage.db", "usage.db-wal"}


def _all_is_counted(place: Clinic) -> None:
    counted = place.counted()
    for event in (Event.READ, Event.HEARD, Event.SESSION, Event.LEAFLET):
        assert counted[event] == place.expected[event] > 0, event
    assert counted[Event.FAILURE] == place.refused == 0
    days = {count.day for count in place.services.usage.since(place.now.date().min)}
    assert len(days) == 2
    assert place.quiet > 2, "some came in the quiet hours"
