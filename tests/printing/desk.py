"""A printing service over a paper tray, on one clock that the test moves."""

from dataclasses import dataclass

from kiosk.printing.jobs import Job, Order, Quota
from kiosk.printing.memory import Memory
from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause, State
from tests.paper_tray import FakeClock, PaperTray

PLENTY = Quota(visit=1000, hour=1000, day=1000)


def order(wish: str = "relief", sides: int = 2, copies: int = 1, staff: bool = False) -> Order:
    paper = b"%%sides=" + str(sides).encode()
    page = f"/leg-cramps/leaflets/{wish}"
    return Order(paper, "Relief", sides, wish, copies, staff, page)


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

    def begin(self, sides: int = 4) -> Job:
        """A job of which the printer has begun the first side."""
        job = self.service.submit(order(sides=sides))
        self.pass_time(3)
        assert self.now(job).state is State.PRINTING
        return job

    def mend(self) -> None:
        """Put everything right again."""
        tray = self.tray
        tray.sheets, tray.fault, tray.powered, tray.accepting = 250, None, True, True
        tray.paused, tray.spooler, tray.silent = False, True, False
        tray.refuses = tray.busy = tray.stuck = tray.loses_answer = False


def desk_with(
    quota: Quota = PLENTY, tray: PaperTray | None = None, memory: Memory | None = None
) -> Desk:
    tray = tray or PaperTray(FakeClock())
    return Desk(tray, PrintService(tray, quota, tray.clock, memory))
