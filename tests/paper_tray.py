"""A printer that needs no IPP: a queue and a device on the test's own clock.

Everything that can go wrong is an attribute; `advance` lets time pass. As CUPS does, the queue
begins a job anew when it was stopped, or lost its device, in the middle of it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from kiosk.printing import states
from kiosk.printing.states import Cause, Condition, Report, Stage


class FakeClock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class TrayJob:
    """A job in the tray's own queue; `sides_at` tells when each side came out."""

    number: int
    sides: int
    stage: Stage = Stage.WAITING
    begun_at: float = 0.0
    warm_at: float = 0.0
    sides_at: list[float] = field(default_factory=list)
    sides_before: int = 0  # of a run that was broken off

    @property
    def sides_done(self) -> int:
        return len(self.sides_at) - self.sides_before

    def begin(self, now: float, warm_up_s: float) -> None:
        self.stage, self.begun_at, self.warm_at = Stage.WORKING, now, now + warm_up_s
        self.sides_before = len(self.sides_at)


@dataclass
class PaperTray:
    """The fake. A `%%sides=N` in the paper says how long it is."""

    clock: FakeClock
    side_s: float = 1.5
    warm_up_s: float = 2.0
    sheets: int = 250
    fault: Cause | None = None
    powered: bool = True
    silent: bool = False  # it takes what is sent and answers nothing
    spooler: bool = True
    accepting: bool = True
    paused: bool = False
    refuses: bool = False
    busy: bool = False
    stuck: bool = False
    loses_answer: bool = False
    booklets: bool = True
    restarts: int = 0
    jobs: dict[int, TrayJob] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    folded: set[int] = field(default_factory=set)

    def ask(self) -> Condition:
        if not self.powered or self.silent:
            return Condition(Cause.OFFLINE)
        return Condition(self._cause(), (), self.restarts, self.booklets)

    def _cause(self) -> Cause | None:
        if self.fault:
            return self.fault
        if self.sheets <= 0:
            return Cause.NO_PAPER
        if not self.spooler:
            return Cause.SPOOLER_DOWN
        if not self.accepting:
            return Cause.REJECTING
        return Cause.PAUSED if self.paused else None

    def send(self, pdf: bytes, copies: int, booklet: bool = False) -> int:
        self._needs_spooler()
        if not self.accepting:
            raise states.PrinterUnavailableError(Cause.REJECTING)
        if self.refuses:
            raise states.PrinterUnavailableError(Cause.REFUSED)
        if self.busy:
            raise states.PrinterBusyError("busy")
        number = len(self.jobs) + 1
        _, _, sides = pdf.partition(b"%%sides=")
        self.jobs[number] = TrayJob(number, int(sides or 1) * copies)
        self.copies[number] = copies
        if booklet:
            self.folded.add(number)
        if self.loses_answer:
            raise states.AnswerLostError("the answer was lost")
        return number

    def look(self, number: int) -> Report:
        self._needs_spooler()
        if number not in self.jobs:
            raise states.PrintJobError("unknown")
        job = self.jobs[number]
        return Report(job.stage, job.sides_done, int(job.begun_at) or None)

    def cancel(self, number: int) -> None:
        self._needs_spooler()
        job = self.jobs.get(number)
        if job and not job.stage.is_over:
            job.stage = Stage.CANCELLED

    def clear(self, keep: Collection[int]) -> int:
        self._needs_spooler()
        mine = [job for job in self.jobs.values() if not job.stage.is_over]
        for job in mine:
            if job.number not in keep:
                self.cancel(job.number)
        return sum(job.number not in keep for job in mine)

    def _needs_spooler(self) -> None:
        if not self.spooler:
            raise states.PrinterUnavailableError(Cause.SPOOLER_DOWN)

    def abort(self) -> None:
        """Somebody stops the current job at the printer's own panel."""
        for job in self.jobs.values():
            if job.stage is Stage.WORKING:
                job.stage = Stage.CANCELLED

    def switch_off_and_on(self) -> None:
        """So quickly that the queue takes the job that the device forgot for a finished one."""
        self.restarts += 1
        for job in self.jobs.values():
            if job.stage is Stage.WORKING:
                job.stage = Stage.COMPLETED

    @property
    def printed(self) -> list[int]:
        """The jobs of which every side came out, whatever the queue says of them."""
        return [job.number for job in self.jobs.values() if job.sides_done >= job.sides]

    def advance(self, seconds: float, step: float = 0.1) -> None:
        """Let time pass; the device does what it can."""
        for _ in range(round(seconds / step)):
            self.clock.now += step
            self._work()

    def _work(self) -> None:
        waiting = [job for job in self.jobs.values() if not job.stage.is_over]
        if not waiting:
            return
        job = waiting[0]
        if not self.spooler or self.paused or not self.powered:
            job.stage = Stage.WAITING
            return
        if job.stage is Stage.WAITING:
            job.begin(self.clock.now, self.warm_up_s)
        if self.stuck or self.silent or self.fault or self.sheets <= 0:
            job.warm_at = max(job.warm_at, self.clock.now)
            return
        last = job.sides_at[-1] if job.sides_done else job.warm_at
        if self.clock.now >= last + self.side_s:
            job.sides_at.append(self.clock.now)
            self.sheets -= 1
        if job.sides_done >= job.sides:
            job.stage = Stage.COMPLETED
