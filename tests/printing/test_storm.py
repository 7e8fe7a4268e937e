"""Two minutes of everything going wrong at once, many times over, on the test's own clock."""

import random
from dataclasses import dataclass, field

import pytest

from kiosk.printing.jobs import LONGEST_S, Job
from kiosk.printing.states import Cause, State
from tests.printing.desk import Desk, desk_with, order

SEED, SIMULATED_S = 20261121, 120


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
                self.desk.mend()

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
                tray.powered, tray.silent = chance.choice([(False, False), (True, True)])
                if chance.random() < 0.3:
                    tray.switch_off_and_on()
            case "queue":
                tray.accepting, tray.paused = chance.choice([(False, False), (True, True)])
            case "spooler":
                tray.spooler = False
            case "odd":
                name = chance.choice(["refuses", "busy", "stuck", "loses_answer"])
                setattr(tray, name, True)
                if chance.random() < 0.3:
                    tray.abort()


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
    desk.mend()
    desk.pass_time(LONGEST_S)

    jobs = [desk.now(visitor.job) for visitor in storm.visitors]
    assert storm.visitors
    assert all(job.settled for job in jobs)
    assert sum(desk.service.ends.values()) == len(jobs)
    assert all(job.stage.is_over for job in desk.tray.jobs.values())
    assert all((job.state is State.FAILED) == (job.cause is not None) for job in jobs)
    said_done = {job.number for job in jobs if job.state is State.DONE}
    of_lost_answers = set(desk.tray.jobs) - {job.number for job in jobs}
    not_known = {job.number for job in jobs if job.cause is Cause.UNKNOWN_END}
    assert said_done <= set(desk.tray.printed)
    assert set(desk.tray.printed) <= said_done | not_known | of_lost_answers
    for visitor, job in zip(storm.visitors, jobs, strict=True):
        stop_at = visitor.faulted_at if visitor.was_printing else visitor.left_at
        if job.number is None or stop_at is None:
            continue
        # It may take the printer's own thread one look to cancel; no side may follow that.
        late = [at for at in desk.tray.jobs[job.number].sides_at if at > stop_at + 1.05]
        assert late == [], (seed, job)
    for number in of_lost_answers:
        assert len(desk.tray.jobs[number].sides_at) <= 1
