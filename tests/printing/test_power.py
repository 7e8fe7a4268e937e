"""Whether a printer was switched off and on since it was last asked."""

import pytest

from kiosk.printing.power import Power
from tests.paper_tray import FakeClock


@pytest.mark.parametrize(
    ("before", "silent_s", "after", "restarts"),
    [
        (500, 1, 501, 0),
        (500, 10, 510, 0),
        (500, 10, 509, 0),  # its clock and ours are not the same
        (500, 600, 1098, 0),
        (500, 10, 3, 1),
        (5, 600, 14, 1),  # off for ten minutes; more than before all the same
        (0, 1, 1, 0),
        (1, 2, 2, 0),
        (2, 5, 4, 1),
        (500, 10, None, 0),
    ],
)
def test_a_restart_is_told_from_a_silence(
    before: int, silent_s: float, after: int | None, restarts: int
) -> None:
    clock = FakeClock()
    power = Power(clock)
    power.note(before, clock.now)
    clock.now += silent_s
    power.note(after, clock.now)
    assert power.restarts == restarts


def test_each_restart_counts_once() -> None:
    clock = FakeClock()
    power = Power(clock)
    for up_s in (100, 2, 3, 4, 1):
        power.note(up_s, clock.now)
        clock.now += 1
    assert power.restarts == 2


def test_a_printer_that_never_tells_has_no_restarts() -> None:
    power = Power(FakeClock())
    power.note(None, 1000.0)
    power.note(None, 2000.0)
    assert power.restarts == 0
