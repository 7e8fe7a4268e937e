"""Moves jobs through the printer's queue: one at a time, and none twice.

Takes the jobs of the ledger and how the printer is; tells the ledger what came of them. Only the
printing thread may use it.
"""

import logging
from collections.abc import Callable

from kiosk.printing.jobs import LONGEST_S, Job
from kiosk.printing.ledger import Ledger
from kiosk.printing.states import (
    Cause,
    Condition,
    Printer,
    PrinterBusyError,
    PrinterUnavailableError,
    PrintJobError,
    Report,
    Stage,
    State,
)

log = logging.getLogger(__name__)
_OVER = {
    Stage.COMPLETED: None,
    Stage.CANCELLED: Cause.CANCELLED,
    Stage.ABORTED: Cause.REFUSED,
}
# After one of these CUPS prints a job anew from its first side.
_BEGINS_ANEW = (Cause.PAUSED, Cause.OFFLINE, Cause.SPOOLER_DOWN)


class Dispatcher:
    """Hands jobs over, follows them, and takes back what is nobody's any more."""

    def __init__(self, printer: Printer, ledger: Ledger, clock: Callable[[], float]) -> None:
        self._printer = printer
        self._ledger = ledger
        self._clock = clock
        self._restarts = 0
        self._must_clear = True  # what a power cut left in the queue is nobody's any more
        # The device may hold a job that the queue let go of while it was silent; it is asked for
        # that when it speaks again, often until then. None: no such job.
        self._device_in_doubt_until: float | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the printer must be asked often."""
        in_doubt = self._clock() < (self._device_in_doubt_until or 0.0)
        return self._must_clear or in_doubt or bool(self._ledger.unsettled())

    def advance(self, condition: Condition) -> None:
        """Move every job on, the printer being so."""
        self._notice_restart(condition)
        for job in self._ledger.unsettled():
            if job.number is not None:
                self._follow(job, job.number, condition)
        in_doubt = self._device_in_doubt_until is not None and condition.cause is not Cause.OFFLINE
        if (self._must_clear or in_doubt) and not self._clear(condition):
            condition = Condition(condition.cause or Cause.SPOOLER_DOWN)
        for job in self._ledger.unsettled():
            if job.number is None:
                self._move_up(job, condition)

    def _notice_restart(self, condition: Condition) -> None:
        """A printer that was switched off and on has forgotten its jobs.

        CUPS takes a forgotten job for a finished one, so its word is not asked for.
        """
        if condition.restarts > self._restarts:
            for job in self._ledger.unsettled():
                if job.number is not None:
                    self._ledger.end(job.id, Cause.UNKNOWN_END)
        self._restarts = max(condition.restarts, self._restarts)

    def _follow(self, job: Job, number: int, condition: Condition) -> None:
        """See how a job in the queue goes; one that is over for us is cancelled there."""
        try:
            if job.ended:
                self._printer.cancel(number)
            report = self._printer.look(number)
            if report.stage.is_over:
                self._see_off(job, report.stage, condition)
                return
            self._note(job, report, condition)
            now = self._ledger.get(job.id)
            if now is None or (now.ended and not job.ended):
                self._printer.cancel(number)  # at once: each second may be a side
        except PrintJobError:
            self._ledger.settle(job.id, Cause.UNKNOWN_END)
        except PrinterUnavailableError as error:
            self._ledger.hold(job.id, error.cause)

    def _see_off(self, job: Job, stage: Stage, condition: Condition) -> None:
        """The queue says that a job is over; believe it as far as it can know."""
        silent = condition.cause is Cause.OFFLINE
        if silent and stage is Stage.COMPLETED and not job.ended:
            # Whether it was off in between, and forgot the job, is known when it speaks again.
            self._ledger.hold(job.id, Cause.OFFLINE)
        elif silent and job.began:
            self._device_in_doubt_until = self._clock() + LONGEST_S
            self._ledger.settle(job.id, Cause.UNKNOWN_END)
        elif job.cause is Cause.UNKNOWN_END:
            self._ledger.settle(job.id, Cause.UNKNOWN_END)
        else:
            self._ledger.settle(job.id, _OVER[stage])

    def _note(self, job: Job, report: Report, condition: Condition) -> None:
        # A queue that takes no new jobs still prints what it has.
        cause = None if condition.cause is Cause.REJECTING else condition.cause
        if _is_dropped(job, report, cause):
            self._ledger.end(job.id, cause or Cause.UNKNOWN_END)
            return
        if report.stage is Stage.WORKING:
            self._ledger.begin(job.id, report)
        if cause or report.stage is Stage.STOPPED:
            self._ledger.hold(job.id, cause or Cause.PAUSED)
        else:
            self._ledger.note(job.id, report)

    def _move_up(self, job: Job, condition: Condition) -> None:
        """Hand a job over, unless the printer cannot work or another job is before it."""
        if condition.cause:
            self._ledger.hold(job.id, condition.cause)
            return
        before = [one for one in self._ledger.unsettled() if one.number is not None]
        if before:
            printing = any(one.state is State.PRINTING for one in before)
            self._ledger.wait(job.id, its_turn=not printing)
            return
        paper = self._ledger.start_sending(job.id)
        if paper is None:
            return
        try:
            self._ledger.sent(job.id, self._printer.send(paper, job.copies, job.booklet))
        except PrinterBusyError:
            self._ledger.sent(job.id, None)
            self._ledger.wait(job.id, its_turn=True)
        except PrinterUnavailableError as error:
            log.warning("printing: a job was not taken: %s", error)
            self._ledger.sent(job.id, None)
            if error.cause is Cause.REFUSED:
                self._ledger.end(job.id, error.cause)
            else:
                self._ledger.hold(job.id, error.cause)
        except Exception:  # no answer, or one that nobody foresaw
            log.exception("printing: it is not known whether a job was taken")
            # It may be in the queue, and would print for somebody else: look for it there.
            self._must_clear = True
            self._ledger.sent(job.id, None)
            self._ledger.end(job.id, Cause.UNKNOWN_END)

    def _clear(self, condition: Condition) -> bool:
        keep = [job.number for job in self._ledger.unsettled() if job.number is not None]
        try:
            found = self._printer.clear(keep)
        except PrinterUnavailableError:
            return False
        if found:
            log.warning("printing: %d job(s) left at the printer were cancelled", found)
        self._must_clear = False
        if not keep and condition.cause is not Cause.OFFLINE:
            self._device_in_doubt_until = None
        return True


def _is_dropped(job: Job, report: Report, cause: Cause | None) -> bool:
    """Whether the queue let go of a job that it had begun, and would print it anew.

    A queue also begins anew when the device was busy with somebody else's; then nothing had come
    out, and neither the condition nor the job has a cause.
    """
    if not job.began or job.ended:
        return False
    if cause not in _BEGINS_ANEW and job.cause not in _BEGINS_ANEW:
        return False
    known = job.begun_at is not None and report.begun_at is not None
    return report.stage is Stage.WAITING or (known and job.begun_at != report.begun_at)
