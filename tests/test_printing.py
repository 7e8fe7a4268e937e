"""What the kiosk says of its print jobs, on a clock of the test's own."""

import random
from dataclasses import dataclass, field

import pytest

from kiosk.printing.jobs import LONGEST_S, PATIENCE_S, SAME_TAP_S, Job, Order, Quota
from kiosk.printing.service import BUSY_TICK_S, IDLE_TICK_S, WATCHED_S, PrintService
from kiosk.printing.states import Cause, Condition, Stage, State, condition_of
from tests.paper_tray import FakeClock, PaperTray

SEED, SIMULATED_S = 20261121, 120
PLENTY = Quota(visit=1000, hour=1000, day=1000)


def order(wish: str = "relief", sides: int = 2, copies: int = 1, staff: bool = False) -> Order:
    return Order(b"%%sides=" + str(sides).encode(), "Relief", sides, wish, copies, staff)


@dataclass
class Desk:
    """A service over a paper tray, and the clock of both."""

    tray: PaperTray
    service: PrintService

    def pass_time(self, seconds: float) -> None:
        """Time passes; the service looks as often as it says it would."""
        end = self.tray.clock.now + seconds
        while self.tray.clock.now < end - 1e-6:
            self.service.tick()
            self.tray.advance(min(self.service.pause_s(), end - self.tray.clock.now))

    def now(self, job: Job) -> Job:
        found = self.service.job(job.id)
        assert found is not None
        return found

    def tell(self, job: Job) -> tuple[State, Cause | None]:
        self.service.tick()
        found = self.now(job)
        return found.state, found.cause


def desk_with(quota: Quota = PLENTY) -> Desk:
    tray = PaperTray(FakeClock())
    return Desk(tray, PrintService(tray, quota, tray.clock))


@pytest.fixture
def desk() -> Desk:
    return desk_with()


@pytest.mark.parametrize(
    ("state", "reasons", "accepting", "cause"),
    [
        (3, ["none"], True, None),
        (3, [], True, None),
        (None, [], True, None),
        (4, ["media-empty-report"], True, Cause.NO_PAPER),
        (3, ["media-needed-warning"], True, Cause.NO_PAPER),
        (3, ["media-empty", "media-jam-error"], True, Cause.JAM),
        (3, ["cover-open"], True, Cause.COVER_OPEN),
        (3, ["door-open-error"], True, Cause.COVER_OPEN),
        (3, ["input-tray-missing"], True, Cause.NO_TRAY),
        (3, ["toner-empty"], True, Cause.NO_INK),
        (3, ["marker-supply-empty-warning"], True, Cause.NO_INK),
        (3, ["spool-area-full"], True, Cause.FULL),
        (3, ["paused"], True, Cause.PAUSED),
        (5, ["none"], True, Cause.PAUSED),
        (3, ["none"], False, Cause.REJECTING),
        (3, ["media-low-report", "something-new-error"], True, None),
    ],
)
def test_reasons_block_whatever_their_severity_and_the_unknown_may_work(
    state: int | None, reasons: list[str], accepting: bool, cause: Cause | None
) -> None:
    assert condition_of(state, reasons, accepting).cause is cause


def test_a_low_tray_is_a_warning_for_staff() -> None:
    assert condition_of(3, ["media-low-warning"]) == Condition(None, ("media-low",))


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


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        ({"sheets": 0}, Cause.NO_PAPER),
        ({"fault": Cause.COVER_OPEN}, Cause.COVER_OPEN),
        ({"fault": Cause.JAM}, Cause.JAM),
        ({"powered": False}, Cause.OFFLINE),
        ({"paused": True}, Cause.PAUSED),
        ({"spooler": False}, Cause.SPOOLER_DOWN),
    ],
)
@pytest.mark.parametrize("when", ["before", "during"])
def test_a_fault_is_told_at_the_next_look_and_the_job_is_cancelled_in_a_minute(
    desk: Desk, spoil: dict[str, object], cause: Cause, when: str
) -> None:
    job = desk.service.submit(order(sides=4))
    if when == "during":
        desk.pass_time(3)
    for name, value in spoil.items():
        setattr(desk.tray, name, value)
    assert desk.tell(job) == (State.HELD, cause)
    desk.pass_time(PATIENCE_S + 2)
    assert desk.tell(job) == (State.FAILED, cause)
    # Mended at last: nothing of it may come out for the next visitor.
    desk.tray.sheets, desk.tray.fault, desk.tray.powered = 250, None, True
    desk.tray.accepting, desk.tray.paused, desk.tray.spooler = True, False, True
    desk.pass_time(30)
    assert desk.tray.printed == []
    assert desk.service.ends == {cause: 1}
    assert desk.now(job).settled


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


def test_finish_lets_a_healthy_job_end_and_forgets_whose_it_was(desk: Desk) -> None:
    job = desk.service.submit(order(sides=4))
    desk.pass_time(3)
    desk.service.finish()
    left = desk.service.still_printing()
    assert left is not None
    assert (left.id, left.title, left.wish) == (job.id, "", "")
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


def test_the_printer_is_asked_often_while_somebody_looks_and_seldom_else(desk: Desk) -> None:
    desk.service.tick()
    assert desk.service.pause_s() == IDLE_TICK_S
    assert desk.service.ready().may_work
    assert desk.service.pause_s() == BUSY_TICK_S
    desk.tray.advance(WATCHED_S)
    assert desk.service.pause_s() == IDLE_TICK_S
    desk.service.submit(order())
    assert desk.service.pause_s() == BUSY_TICK_S


def test_a_bug_in_the_printer_s_answer_loses_no_job(desk: Desk) -> None:
    def broken(pdf: bytes, copies: int) -> int:
        raise RuntimeError("not foreseen")

    desk.tray.send = broken  # type: ignore[method-assign] # the fault under test
    job = desk.service.submit(order())
    assert desk.tell(job) == (State.FAILED, Cause.UNKNOWN_END)


# Two minutes of everything going wrong at once, many times over.


@dataclass
class Visitor:
    """Who ordered a job, and how it was when they left."""

    job: Job
    left_at: float | None = None
    was_printing: bool = False
    faulted_at: float | None = None  # the first fault after they left


@dataclass
class Storm:
    """Random wishes, faults and leavings."""

    desk: Desk
    random: random.Random
    visitors: list[Visitor] = field(default_factory=list)

    def happen(self) -> None:
        tray, service, chance = self.desk.tray, self.desk.service, self.random
        match chance.choice(["wish", "wish", "tap", "finish", "fault", "mend", "mend", "none"]):
            case "wish":
                job = service.submit(order(str(chance.random()), sides=chance.randint(1, 6)))
                self.visitors.append(Visitor(job))
            case "tap" if self.visitors and self.visitors[-1].left_at is None:
                last = self.desk.now(self.visitors[-1].job)
                if not last.ended:
                    assert service.submit(order(last.wish)).id == last.id
            case "finish":
                for visitor in self.visitors:
                    if visitor.left_at is None:
                        visitor.left_at = tray.clock.now
                        state = self.desk.now(visitor.job).state
                        visitor.was_printing = state is State.PRINTING
                service.finish()
            case "fault":
                self._fault()
            case "mend":
                self.mend()

    def watch(self) -> None:
        """Note when a job that its visitor left behind met a fault."""
        stopped = self.desk.tray.ask().cause not in (None, Cause.REJECTING)
        for visitor in self.visitors:
            if stopped and visitor.left_at is not None and visitor.faulted_at is None:
                visitor.faulted_at = self.desk.tray.clock.now

    def _fault(self) -> None:
        tray, chance = self.desk.tray, self.random
        match chance.choice(["sheets", "device", "power", "queue", "spooler", "odd"]):
            case "sheets":
                tray.sheets = chance.randint(0, 2)
            case "device":
                tray.fault = chance.choice([Cause.JAM, Cause.COVER_OPEN, Cause.NO_INK])
            case "power":
                tray.powered = False
            case "queue":
                tray.accepting, tray.paused = chance.choice([(False, False), (True, True)])
            case "spooler":
                tray.spooler = False
            case "odd":
                name = chance.choice(["refuses", "busy", "stuck", "loses_answer"])
                setattr(tray, name, True)
                if chance.random() < 0.3:
                    tray.abort()

    def mend(self) -> None:
        tray = self.desk.tray
        tray.sheets, tray.fault, tray.powered, tray.accepting = 250, None, True, True
        tray.paused, tray.spooler = False, True
        tray.refuses = tray.busy = tray.stuck = tray.loses_answer = False


@pytest.mark.parametrize("seed", range(SEED, SEED + 20))
def test_in_any_storm_every_job_is_accounted_for_and_none_prints_for_the_next_visitor(
    seed: int,
) -> None:
    desk = desk_with()
    storm = Storm(desk, random.Random(seed))
    for _ in range(SIMULATED_S):
        storm.happen()
        storm.watch()
        desk.pass_time(1)
    storm.mend()
    desk.pass_time(LONGEST_S)

    jobs = [desk.now(visitor.job) for visitor in storm.visitors]
    assert storm.visitors
    assert all(job.settled for job in jobs)
    assert sum(desk.service.ends.values()) == len(jobs)
    assert all(job.stage.is_over for job in desk.tray.jobs.values())
    assert all((job.state is State.FAILED) == (job.cause is not None) for job in jobs)
    said_done = {job.number for job in jobs if job.state is State.DONE}
    of_lost_answers = set(desk.tray.jobs) - {job.number for job in jobs}
    assert said_done == set(desk.tray.printed) - of_lost_answers
    for visitor, job in zip(storm.visitors, jobs, strict=True):
        stop_at = visitor.faulted_at if visitor.was_printing else visitor.left_at
        if job.number is None or stop_at is None:
            continue
        # It may take the printer's own thread one look to cancel; no side may follow that.
        late = [at for at in desk.tray.jobs[job.number].sides_at if at > stop_at + 1.05]
        assert late == [], (seed, job)
    for number in of_lost_answers:
        assert len(desk.tray.jobs[number].sides_at) <= 1
