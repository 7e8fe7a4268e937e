"""A printer that needs no IPP: a queue and a device on the test's own clock.

Everything that can go wrong is an attribute; `advance` lets time pass. `printed` lists what came
out: the job's number and when each of its sides did.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from kiosk.printing.states import (
    AnswerLostError,
    Cause,
    Condition,
    PrinterBusyError,
    PrinterUnavailableError,
    PrintJobError,
    Report,
    Stage,
)


class FakeClock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class TrayJob:
    """A job in the tray's own queue."""

    number: int
    sides: int
    stage: Stage = Stage.WAITING
    begins_at: float = 0.0
    sides_at: list[float] = field(default_factory=list)


@dataclass
class PaperTray:
    """The fake. A `%%sides=N` in the paper says how long it is."""

    clock: FakeClock
    side_s: float = 1.5
    warm_up_s: float = 2.0
    sheets: int = 250
    fault: Cause | None = None
    powered: bool = True
    spooler: bool = True
    accepting: bool = True
    paused: bool = False
    refuses: bool = False
    busy: bool = False
    stuck: bool = False
    loses_answer: bool = False
    jobs: dict[int, TrayJob] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)

    def ask(self) -> Condition:
        if not self.powered:
            return Condition(Cause.OFFLINE)
        if self.fault:
            return Condition(self.fault)
        if self.sheets <= 0:
            return Condition(Cause.NO_PAPER)
        if not self.spooler:
            return Condition(Cause.SPOOLER_DOWN)
        if not self.accepting:
            return Condition(Cause.REJECTING)
        return Condition(Cause.PAUSED if self.paused else None)

    def send(self, pdf: bytes, copies: int) -> int:
        self._needs_spooler()
        if not self.accepting:
            raise PrinterUnavailableError(Cause.REJECTING)
        if self.refuses:
            raise PrinterUnavailableError(Cause.REFUSED)
        if self.busy:
            raise PrinterBusyError("busy")
        number = len(self.jobs) + 1
        _, _, sides = pdf.partition(b"%%sides=")
        self.jobs[number] = TrayJob(number, int(sides or 1) * copies)
        self.copies[number] = copies
        if self.loses_answer:
            raise AnswerLostError("the answer was lost")
        return number

    def look(self, number: int) -> Report:
        self._needs_spooler()
        if number not in self.jobs:
            raise PrintJobError("unknown")
        job = self.jobs[number]
        return Report(job.stage, len(job.sides_at))

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
            raise PrinterUnavailableError(Cause.SPOOLER_DOWN)

    def abort(self) -> None:
        """Somebody stops the current job at the printer's own panel."""
        for job in self.jobs.values():
            if job.stage is Stage.WORKING:
                job.stage = Stage.CANCELLED

    @property
    def printed(self) -> list[int]:
        return [job.number for job in self.jobs.values() if job.stage is Stage.COMPLETED]

    def advance(self, seconds: float, step: float = 0.1) -> None:
        """Let time pass; the device does what it can."""
        for _ in range(round(seconds / step)):
            self.clock.now += step
            self._work()

    def _work(self) -> None:
        waiting = [job for job in self.jobs.values() if not job.stage.is_over]
        if not waiting or not self.spooler or self.paused:
            return
        job = waiting[0]
        if job.stage is Stage.WAITING:
            job.stage = Stage.WORKING
            job.begins_at = self.clock.now
        if self.stuck or not self.powered or self.fault or self.sheets <= 0:
            job.begins_at = max(job.begins_at, self.clock.now - self.warm_up_s)
            return
        last = job.sides_at[-1] if job.sides_at else job.begins_at + self.warm_up_s
        if self.clock.now >= last + self.side_s:
            job.sides_at.append(self.clock.now)
            self.sheets -= 1
        if len(job.sides_at) >= job.sides:
            job.stage = Stage.COMPLETED
