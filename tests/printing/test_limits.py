"""How many leaflets there may be, also across a restart."""

from pathlib import Path

import pytest

from kiosk.printing.jobs import DAY_S, HOUR_S, Quota
from kiosk.printing.memory import Memory
from kiosk.printing.states import Cause, State
from tests.printing.desk import Desk, desk_with, order


@pytest.mark.parametrize(
    ("quota", "gap_s", "cause"),
    [
        (Quota(visit=2, hour=9, day=9), 15, Cause.QUOTA_VISIT),
        (Quota(visit=9, hour=2, day=9), 15, Cause.QUOTA_HOUR),
        (Quota(visit=9, hour=9, day=2), 4000, Cause.QUOTA_DAY),
    ],
)
def test_a_limit_is_kept_and_told(quota: Quota, gap_s: float, cause: Cause) -> None:
    desk = desk_with(quota)
    for number in range(2):
        desk.service.submit(order(str(number)))
        desk.pass_time(gap_s)
    job = desk.service.submit(order("third"))
    assert (job.state, job.cause) == (State.FAILED, cause)
    assert desk.service.submit(order("rack", staff=True)).cause is None
    desk.service.finish()
    again = desk.service.submit(order("third"))
    assert again.cause is (None if cause is Cause.QUOTA_VISIT else cause)


def test_a_failed_job_does_not_use_up_the_limit() -> None:
    desk = desk_with(Quota(visit=1, hour=9, day=9))
    desk.tray.refuses = True
    desk.tell(desk.service.submit(order()))
    assert desk.service.submit(order()).cause is None


class WallClock:
    """A clock on the wall, which people may set."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def after_a_restart(path: Path, wall: WallClock, quota: Quota) -> Desk:
    """A kiosk that has just started; its own clock begins somewhere, as after any start."""
    return desk_with(quota, memory=Memory(path, wall))


def print_one(desk: Desk, wall: WallClock) -> tuple[State, Cause | None]:
    job = desk.service.submit(order(str(wall.now)))
    desk.pass_time(10)
    wall.now += 10
    return desk.tell(job)


@pytest.mark.parametrize(
    ("quota", "cause", "life_s"),
    [
        (Quota(visit=9, hour=2, day=9), Cause.QUOTA_HOUR, HOUR_S),
        (Quota(visit=9, hour=9, day=2), Cause.QUOTA_DAY, DAY_S),
    ],
)
def test_a_restart_gives_nobody_a_new_limit(
    tmp_path: Path, quota: Quota, cause: Cause, life_s: float
) -> None:
    path, wall = tmp_path / "state" / "printing.json", WallClock()
    for _ in range(2):
        assert print_one(after_a_restart(path, wall, quota), wall) == (State.DONE, None)
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.FAILED, cause)
    wall.now += life_s
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.DONE, None)


def test_a_clock_set_back_does_not_lift_a_limit_and_does_not_keep_it_for_ever(
    tmp_path: Path,
) -> None:
    path, wall, quota = tmp_path / "printing.json", WallClock(), Quota(visit=9, hour=1, day=9)
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.DONE, None)
    wall.now -= DAY_S
    desk = after_a_restart(path, wall, quota)
    assert print_one(desk, wall) == (State.FAILED, Cause.QUOTA_HOUR)
    desk.pass_time(HOUR_S)
    assert print_one(desk, wall) == (State.DONE, None)


def test_a_clock_that_was_a_year_ahead_keeps_no_limit_through_the_starts_of_that_year(
    tmp_path: Path,
) -> None:
    """A kiosk that starts anew each morning must not take last year's leaflets for new ones."""
    path, wall, quota = tmp_path / "printing.json", WallClock(), Quota(visit=9, hour=1, day=9)
    wall.now += 365 * DAY_S
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.DONE, None)
    wall.now -= 366 * DAY_S
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.FAILED, Cause.QUOTA_HOUR)
    wall.now += DAY_S
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.DONE, None)


def test_a_clock_that_jumps_while_the_kiosk_runs_changes_no_limit(tmp_path: Path) -> None:
    path, wall, quota = tmp_path / "printing.json", WallClock(), Quota(visit=9, hour=1, day=9)
    desk = after_a_restart(path, wall, quota)
    assert print_one(desk, wall) == (State.DONE, None)
    for jump in (365 * DAY_S, -366 * DAY_S):
        wall.now += jump
        assert print_one(desk, wall) == (State.FAILED, Cause.QUOTA_HOUR)
    desk.pass_time(HOUR_S)
    assert print_one(desk, wall) == (State.DONE, None)


def test_what_failed_and_what_staff_print_is_not_counted_after_a_restart(tmp_path: Path) -> None:
    path, wall, quota = tmp_path / "printing.json", WallClock(), Quota(visit=9, hour=1, day=9)
    desk = after_a_restart(path, wall, quota)
    desk.tray.refuses = True
    assert print_one(desk, wall) == (State.FAILED, Cause.REFUSED)
    desk.tray.refuses = False
    desk.service.submit(order("rack", copies=20, staff=True))
    desk.pass_time(90)
    assert print_one(after_a_restart(path, wall, quota), wall) == (State.DONE, None)
