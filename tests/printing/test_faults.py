"""What goes wrong at the printer, and what the kiosk says of a job then."""

import pytest

from kiosk.printing.jobs import LONGEST_S, PATIENCE_S, Job
from kiosk.printing.states import Cause, Stage, State
from tests.printing.desk import Desk, order

FAULTS = {
    Cause.NO_PAPER: {"sheets": 0},
    Cause.COVER_OPEN: {"fault": Cause.COVER_OPEN},
    Cause.JAM: {"fault": Cause.JAM},
    Cause.OFFLINE: {"powered": False},
    Cause.PAUSED: {"paused": True},
    Cause.SPOOLER_DOWN: {"spooler": False},
}
HELD_DURING = [Cause.NO_PAPER, Cause.COVER_OPEN, Cause.JAM, Cause.SPOOLER_DOWN]
# The queue would print the job anew from its first side, so it is over.
OVER_DURING = {Cause.PAUSED: Cause.PAUSED, Cause.OFFLINE: Cause.UNKNOWN_END}


def spoil(desk: Desk, cause: Cause) -> None:
    for name, value in FAULTS[cause].items():
        setattr(desk.tray, name, value)
    desk.tray.advance(0.2)


def assert_nothing_more_comes_out(desk: Desk) -> None:
    before = sum(len(job.sides_at) for job in desk.tray.jobs.values())
    desk.mend()
    desk.pass_time(30)
    assert sum(len(job.sides_at) for job in desk.tray.jobs.values()) == before


def assert_it_is_held_and_ends_in_a_minute(desk: Desk, job: Job, cause: Cause) -> None:
    assert desk.tell(job) == (State.HELD, cause)
    desk.pass_time(PATIENCE_S + 2)
    assert desk.tell(job) == (State.FAILED, cause)
    assert_nothing_more_comes_out(desk)
    assert desk.service.ends == {cause: 1}
    assert desk.now(job).settled


@pytest.mark.parametrize("cause", FAULTS)
def test_a_fault_before_a_job_is_told_at_the_next_look_and_ends_it_in_a_minute(
    desk: Desk, cause: Cause
) -> None:
    spoil(desk, cause)
    job = desk.service.submit(order(sides=4))
    assert_it_is_held_and_ends_in_a_minute(desk, job, cause)


@pytest.mark.parametrize("cause", HELD_DURING)
def test_a_fault_during_a_job_is_told_at_the_next_look_and_ends_it_in_a_minute(
    desk: Desk, cause: Cause
) -> None:
    job = desk.begin()
    spoil(desk, cause)
    assert_it_is_held_and_ends_in_a_minute(desk, job, cause)


@pytest.mark.parametrize("cause", OVER_DURING)
def test_a_job_that_the_queue_would_print_anew_is_over_at_the_next_look(
    desk: Desk, cause: Cause
) -> None:
    job = desk.begin()
    spoil(desk, cause)
    assert desk.tell(job) == (State.FAILED, OVER_DURING[cause])
    assert desk.tray.jobs[1].stage is Stage.CANCELLED
    assert_nothing_more_comes_out(desk)
    assert desk.service.ends == {OVER_DURING[cause]: 1}


def test_a_job_that_a_new_spooler_begins_anew_is_over(desk: Desk) -> None:
    job = desk.begin()
    spoil(desk, Cause.SPOOLER_DOWN)
    assert desk.tell(job) == (State.HELD, Cause.SPOOLER_DOWN)
    desk.mend()
    desk.tray.advance(1)
    assert desk.tray.jobs[1].stage is Stage.WORKING
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)
    assert_nothing_more_comes_out(desk)


def test_a_job_that_waited_for_somebody_else_s_is_not_over(desk: Desk) -> None:
    job = desk.begin()
    desk.tray.jobs[1].stage = Stage.WAITING  # CUPS begins anew, too, when the device was busy
    assert desk.tell(job) == (State.QUEUED, None)
    desk.pass_time(10)
    assert desk.tell(job) == (State.DONE, None)


def test_a_printer_that_forgot_the_job_is_not_believed_to_have_printed_it(desk: Desk) -> None:
    job = desk.begin()
    desk.tray.switch_off_and_on()
    assert desk.tray.look(1).stage is Stage.COMPLETED
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)
    assert desk.service.ends == {"unknown-end": 1}


def test_a_job_that_is_over_while_the_printer_is_silent_waits_for_its_word(desk: Desk) -> None:
    on, off = desk.begin(), desk.service.submit(order("stretches"))
    desk.tray.silent, desk.tray.jobs[1].stage = True, Stage.COMPLETED
    assert desk.tell(on) == (State.HELD, Cause.OFFLINE)
    desk.tray.silent = False
    assert desk.tell(on) == (State.DONE, None)
    desk.pass_time(3)
    desk.tray.silent = True
    desk.tray.switch_off_and_on()
    assert desk.tell(off) == (State.HELD, Cause.OFFLINE)
    desk.tray.silent = False
    assert desk.tell(off) == (State.FAILED, Cause.UNKNOWN_END)


@pytest.mark.parametrize("wish", ["cancel", "finish", "wait"])
def test_what_a_silent_printer_has_in_its_hands_may_yet_come_out_and_this_is_said(
    desk: Desk, wish: str
) -> None:
    job = desk.begin()
    desk.tray.silent = True
    assert desk.tell(job) == (State.HELD, Cause.OFFLINE)
    if wish == "cancel":
        desk.service.cancel(job.id)
    elif wish == "finish":
        desk.service.finish()
    else:
        desk.pass_time(PATIENCE_S + 2)
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)
    assert desk.now(job).settled


def test_a_printer_that_speaks_again_is_asked_for_the_job_that_the_queue_let_go_of(
    desk: Desk,
) -> None:
    desk.begin()
    desk.tray.silent = True
    desk.service.tick()
    desk.service.finish()
    desk.service.tick()
    cleared: list[list[int]] = []
    desk.tray.clear = lambda keep: cleared.append(list(keep)) or 0  # type: ignore[method-assign,func-returns-value] # a spy
    desk.pass_time(20)
    desk.tray.silent = False
    cleared.clear()
    desk.pass_time(1)
    assert cleared == [[]]
    desk.pass_time(20)
    assert cleared == [[]]


def test_a_queue_that_takes_no_jobs_holds_a_new_one_and_prints_what_it_has(desk: Desk) -> None:
    first = desk.service.submit(order("relief", sides=4))
    desk.pass_time(3)
    desk.tray.accepting = False
    second = desk.service.submit(order("stretches"))
    assert desk.tell(second) == (State.HELD, Cause.REJECTING)
    assert desk.now(first).state is State.PRINTING
    desk.pass_time(PATIENCE_S + 2)
    assert desk.tell(first) == (State.DONE, None)
    assert desk.tell(second) == (State.FAILED, Cause.REJECTING)


def test_a_fault_mended_in_time_lets_the_job_go_on(desk: Desk) -> None:
    job = desk.service.submit(order())
    desk.pass_time(3)
    desk.tray.sheets = 0
    desk.pass_time(PATIENCE_S - 5)
    assert desk.tell(job) == (State.HELD, Cause.NO_PAPER)
    desk.tray.sheets = 250
    desk.pass_time(15)
    assert desk.tell(job) == (State.DONE, None)


def test_a_fault_that_comes_and_goes_does_not_keep_a_job_for_ever(desk: Desk) -> None:
    job = desk.service.submit(order())
    desk.tray.stuck = True
    for second in range(LONGEST_S + 60):
        desk.tray.fault = Cause.JAM if second // 20 % 2 else None
        desk.pass_time(1)
    assert desk.now(job).state is State.FAILED


def test_a_job_without_headway_is_cancelled(desk: Desk) -> None:
    desk.tray.stuck = True
    job = desk.service.submit(order())
    desk.pass_time(PATIENCE_S - 2)
    assert desk.now(job).state is State.PRINTING
    desk.pass_time(5)
    assert desk.tell(job) == (State.FAILED, Cause.NO_PROGRESS)
    assert desk.tray.jobs[1].stage is Stage.CANCELLED


def test_a_lost_answer_is_not_sent_again_and_is_looked_for(desk: Desk) -> None:
    desk.tray.loses_answer = True
    job = desk.service.submit(order())
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)
    desk.pass_time(10)
    assert [one.stage for one in desk.tray.jobs.values()] == [Stage.CANCELLED]


def test_a_job_unknown_to_the_queue_ends_as_not_known(desk: Desk) -> None:
    job = desk.service.submit(order())
    desk.pass_time(2)
    desk.tray.jobs.clear()
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)


def test_a_job_stopped_at_the_printer_is_cancelled(desk: Desk) -> None:
    job = desk.service.submit(order())
    desk.pass_time(3)
    desk.tray.abort()
    assert desk.tell(job) == (State.FAILED, Cause.CANCELLED)


def test_a_bug_in_the_printer_s_answer_loses_no_job(desk: Desk) -> None:
    def broken(pdf: bytes, copies: int) -> int:
        raise RuntimeError("not foreseen")

    desk.tray.send = broken  # type: ignore[method-assign] # the fault under test
    job = desk.service.submit(order())
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)
