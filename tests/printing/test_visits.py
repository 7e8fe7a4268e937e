"""What becomes of print jobs at the end of a visit, and at the start of the kiosk."""

from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause, Stage, State
from tests.paper_tray import FakeClock, PaperTray
from tests.printing.desk import PLENTY, Desk, order


def test_finish_lets_a_healthy_job_end_and_forgets_whose_it_was(desk: Desk) -> None:
    job = desk.service.submit(order(sides=4))
    desk.pass_time(3)
    desk.service.finish()
    left = desk.service.still_printing()
    assert left is not None
    assert (left.id, left.title, left.wish, left.page) == (job.id, "", "", "")
    desk.pass_time(10)
    assert desk.tell(job) == (State.DONE, None)
    assert desk.service.still_printing() is None


def test_finish_cancels_what_has_not_begun(desk: Desk) -> None:
    unsent = desk.service.submit(order())
    desk.service.finish()
    desk.pass_time(20)
    assert desk.tell(unsent) == (State.FAILED, Cause.CANCELLED)
    assert desk.tray.jobs == {}


def test_finish_cancels_what_is_held(desk: Desk) -> None:
    job = desk.service.submit(order())
    desk.pass_time(3)
    desk.tray.sheets = 0
    desk.pass_time(2)
    desk.service.finish()
    desk.service.tick()
    assert desk.tray.jobs[1].stage is Stage.CANCELLED
    assert desk.now(job).state is State.FAILED


def test_a_job_left_behind_is_cancelled_at_its_first_fault(desk: Desk) -> None:
    job = desk.service.submit(order(sides=6))
    desk.pass_time(4)
    desk.service.finish()
    desk.tray.fault = Cause.JAM
    assert desk.tell(job) == (State.FAILED, Cause.JAM)
    desk.tray.fault = None
    desk.pass_time(20)
    assert desk.tray.printed == []


def test_finish_leaves_staff_s_own_jobs(desk: Desk) -> None:
    job = desk.service.submit(order(staff=True))
    desk.service.finish()
    desk.pass_time(10)
    assert desk.tell(job) == (State.DONE, None)
    assert desk.now(job).title == "Relief"


def test_what_an_earlier_run_left_in_the_queue_is_cancelled_before_anything_is_sent() -> None:
    tray = PaperTray(FakeClock(), powered=False)
    tray.send(b"%%sides=1", 1)
    service = PrintService(tray, PLENTY, tray.clock)
    tray.powered = True
    service.submit(order())
    service.tick()
    assert [job.stage for job in tray.jobs.values()] == [Stage.CANCELLED, Stage.WAITING]
