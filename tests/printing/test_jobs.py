"""A leaflet's way to paper when nothing is wrong with the printer."""

from dataclasses import replace

from kiosk.printing.jobs import SAME_TAP_S
from kiosk.printing.service import BUSY_TICK_S, IDLE_TICK_S, WATCHED_S, PrintService
from kiosk.printing.states import Cause, Stage, State
from tests.paper_tray import FakeClock
from tests.printing.desk import PLENTY, Desk, order


def test_a_healthy_job_is_queued_then_printing_then_done(desk: Desk) -> None:
    job = desk.service.submit(order())
    assert job.state is State.QUEUED
    desk.service.tick()
    assert desk.now(job).number == 1
    desk.pass_time(2)
    assert desk.now(job).state is State.PRINTING
    desk.pass_time(10)
    assert desk.tell(job) == (State.DONE, None)
    assert desk.tray.printed == [1]
    assert desk.service.ends == {"done": 1}


def test_without_a_printer_printing_is_off_and_says_so() -> None:
    service = PrintService(None, PLENTY, FakeClock())
    job = service.submit(order())
    assert (job.state, job.cause, job.settled) == (State.FAILED, Cause.OFF, True)
    assert service.ready().cause is Cause.OFF
    assert not service.is_on
    service.tick()
    service.start()
    service.close()


def test_a_long_job_whose_sides_are_counted_late_is_not_cut_short(desk: Desk) -> None:
    desk.tray.side_s = 5
    job = desk.service.submit(order(sides=4, copies=10, staff=True))
    desk.pass_time(230)
    assert desk.tell(job) == (State.DONE, None)
    assert desk.tray.copies == {1: 10}


def test_a_second_tap_does_not_print_twice(desk: Desk) -> None:
    first = desk.service.submit(order())
    assert desk.service.submit(order()).id == first.id
    desk.pass_time(8)
    assert desk.now(first).state is State.DONE
    assert desk.service.submit(order()).id == first.id
    desk.pass_time(SAME_TAP_S + 5)
    assert desk.service.submit(order()).id != first.id


def test_a_different_leaflet_waits_its_turn_without_losing_time(desk: Desk) -> None:
    first = desk.service.submit(order("relief", sides=50))
    second = desk.service.submit(order("stretches"))
    desk.pass_time(70)
    assert desk.now(first).state is State.PRINTING
    assert desk.now(second).state is State.QUEUED
    desk.pass_time(30)
    assert [desk.tell(job)[0] for job in (first, second)] == [State.DONE, State.DONE]


def test_a_failed_job_may_be_tried_again(desk: Desk) -> None:
    desk.tray.refuses = True
    first = desk.service.submit(order())
    assert desk.tell(first) == (State.FAILED, Cause.REFUSED)
    desk.tray.refuses = False
    assert desk.service.submit(order()).id != first.id


def test_a_busy_printer_is_tried_again(desk: Desk) -> None:
    desk.tray.busy = True
    job = desk.service.submit(order())
    desk.pass_time(5)
    assert desk.now(job).state is State.QUEUED
    desk.tray.busy = False
    desk.pass_time(8)
    assert desk.tell(job) == (State.DONE, None)


def test_a_visitor_can_stop_a_job(desk: Desk) -> None:
    job = desk.service.submit(order(sides=4))
    desk.pass_time(3)
    desk.service.cancel(job.id)
    assert desk.tell(job) == (State.FAILED, Cause.CANCELLED)
    assert desk.tray.jobs[1].stage is Stage.CANCELLED
    desk.service.cancel(job.id)
    desk.service.cancel("unknown")
    assert desk.service.ends == {"cancelled": 1}


def test_a_cancelled_job_that_came_out_first_is_said_to_be_done(desk: Desk) -> None:
    job = desk.service.submit(order(sides=1))
    desk.pass_time(3)
    desk.tray.advance(3)
    desk.service.cancel(job.id)
    assert desk.tell(job) == (State.DONE, None)
    assert desk.service.ends == {"done": 1}


def test_the_printer_is_asked_often_while_somebody_looks_and_seldom_else(desk: Desk) -> None:
    desk.service.tick()
    assert desk.service.pause_s() == IDLE_TICK_S
    assert desk.service.ready().may_work
    assert desk.service.pause_s() == BUSY_TICK_S
    desk.tray.advance(WATCHED_S)
    assert desk.service.pause_s() == IDLE_TICK_S
    desk.service.ready()
    desk.service.finish()
    assert desk.service.pause_s() == IDLE_TICK_S
    desk.service.submit(order())
    assert desk.service.pause_s() == BUSY_TICK_S


def test_a_booklet_is_turned_along_the_short_edge_and_nothing_else_is(desk: Desk) -> None:
    for wish in (order("flat"), replace(order("folded"), booklet=True)):
        desk.service.submit(wish)
        desk.pass_time(10)
    assert desk.tray.folded == {2}


def test_whether_booklets_can_be_printed_is_the_printer_s_own_word(desk: Desk) -> None:
    desk.service.tick()
    assert desk.service.ready().booklets
    desk.tray.booklets = False
    desk.service.tick()
    assert not desk.service.ready().booklets
    assert not PrintService(None, PLENTY, FakeClock()).ready().booklets
