"""Two minutes of faults at random on a real queue and printer, and every job accounted for.

The service's clock is hurried: the storm lasts eight seconds on the wall and 160 on its clock.
"""

import random
import time
from dataclasses import dataclass

from kiosk.printing.jobs import Job, Order
from kiosk.printing.service import BUSY_TICK_S, PrintService
from kiosk.printing.states import Cause, State
from tests.rigs.machinery import until
from tests.rigs.printing_rig import FAULTS, HURRIED, Make, comes_to, mend, nothing_more_comes_out
from tests.rigs.virtual_printer import VirtualPrinter

SEED, STORM_S = 20261121, 8
PULLED = [Cause.NO_PAPER, Cause.PAUSED, Cause.REJECTING, Cause.JAM, Cause.OFFLINE]


@dataclass
class Wish:
    """A job, and how it was when its visitor left. The copies tell one paper from another."""

    job: Job
    left_at: float | None = None
    may_go_on: bool = False


class Storm:
    """Visitors who come and go while faults are pulled."""

    def __init__(self, printer: VirtualPrinter, service: PrintService, order: Order) -> None:
        self.printer, self.service, self.order = printer, service, order
        self.random = random.Random(SEED)
        self.wishes: list[Wish] = []

    def rage(self) -> None:
        end = time.monotonic() + STORM_S
        while time.monotonic() < end:
            self._wish()
            self._pause()
            FAULTS[self.random.choice(PULLED)](self.printer)
            self._pause()
            if self.random.random() < 0.3:
                self.leave()
            mend(self.printer)
            self.printer.say("none")
            self._pause()
        self.leave()

    def _pause(self) -> None:
        time.sleep(self.random.uniform(0, 0.6))

    def _wish(self) -> None:
        number = len(self.wishes)
        order = Order(self.order.pdf, "Stretches", 2, str(number), copies=number + 2)
        self.wishes.append(Wish(self.service.submit(order)))

    def leave(self) -> None:
        here = [wish for wish in self.wishes if wish.left_at is None]
        for wish in here:
            wish.may_go_on = self.now(wish).state is State.PRINTING
        self.service.finish()
        for wish in here:
            wish.left_at = time.time()
            wish.may_go_on |= self.now(wish).state in (State.PRINTING, State.DONE)

    def now(self, wish: Wish) -> Job:
        found = self.service.job(wish.job.id)
        assert found is not None
        return found


def test_in_a_storm_no_job_is_lost_and_none_comes_out_for_the_next_visitor(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make(pace=HURRIED)
    comes_to(service, service.submit(order), State.DONE)  # there is one that must be DONE
    storm = Storm(printer, service, order)
    storm.rage()
    until(lambda: all(storm.now(wish).settled for wish in storm.wishes), 60)
    nothing_more_comes_out(printer)

    jobs = [storm.now(wish) for wish in storm.wishes]
    assert sum(service.ends.values()) == len(jobs) + 1
    came_out: dict[int, list[float]] = {}
    for paper in printer.printed():
        copies = int(printer.options(paper).get("COPIES", "1"))
        came_out.setdefault(copies, []).append(paper.stat().st_mtime)
    said_done = {job.copies for job in jobs if job.state is State.DONE}
    assert said_done <= set(came_out)
    assert set(came_out) <= {job.copies for job in jobs if job.was_sent} | {order.copies}
    for wish in storm.wishes:
        assert wish.left_at is not None
        # The printing thread may need one look to cancel; nothing may begin after that.
        last_at = wish.left_at + BUSY_TICK_S + 1
        late = [at for at in came_out.get(wish.job.copies, []) if at > last_at]
        assert wish.may_go_on or late == [], wish
