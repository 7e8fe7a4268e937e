"""Carries leaflets to the printer and says, at every moment, only what is known of them.

Web threads put wishes in and read snapshots; one thread alone talks to the printer (`tick`), so
that a printer that hangs delays nobody. Every job ends as done or failed, and is counted.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from time import monotonic

from kiosk.printing.jobs import Job, Order, Quota
from kiosk.printing.ledger import Ledger
from kiosk.printing.states import (
    Cause,
    Condition,
    Printer,
    PrinterBusyError,
    PrinterUnavailableError,
    PrintJobError,
    Stage,
    State,
)

log = logging.getLogger(__name__)
BUSY_TICK_S, IDLE_TICK_S = 1.0, 10.0
WATCHED_S = 30.0  # a leaflet page counts as open for so long after it was shown
_OVER = {
    Stage.COMPLETED: None,
    Stage.CANCELLED: Cause.CANCELLED,
    Stage.ABORTED: Cause.REFUSED,
}


class PrintService:
    """The printing of this kiosk. Without a printer every wish fails at once, as `off`."""

    def __init__(
        self, printer: Printer | None, quota: Quota, clock: Callable[[], float] = monotonic
    ) -> None:
        self._printer = printer
        self._clock = clock
        self._ledger = Ledger(quota, clock)
        self._wake = threading.Event()
        self._looked = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._condition: Condition | None = None
        self._asked_at = 0.0
        self._watched_until = 0.0
        self._must_clear = True  # what a power cut left in the queue is nobody's any more

    # What the web asks and wishes. None of these waits for the printer, but for `ready`.

    @property
    def is_on(self) -> bool:
        return self._printer is not None

    @property
    def ends(self) -> Mapping[str, int]:
        """How many jobs were done, and how many failed by each cause, since the start."""
        return dict(self._ledger.ends)

    def submit(self, order: Order) -> Job:
        """The job of a wish; for a second tap the same job, for a refused wish a failed one."""
        job = self._ledger.take(order, None if self._printer else Cause.OFF)
        self._wake.set()
        return job

    def job(self, job_id: str) -> Job | None:
        """A job as it is now, or None when there is none of that id (any more)."""
        return self._ledger.get(job_id)

    def ready(self, wait_s: float = 0.0) -> Condition:
        """How the printer is, as last asked; waits so long for a fresh answer, no longer.

        What was never asked may work: the job itself will tell.
        """
        if self._printer is None:
            return Condition(Cause.OFF)
        with self._looked:
            now = self._clock()
            self._watched_until = now + WATCHED_S
            fresh = self._condition is not None and now - self._asked_at <= BUSY_TICK_S
            if wait_s and not fresh and self._thread is not None:
                self._wake.set()
                self._looked.wait(wait_s)
            return self._condition or Condition()

    def known(self) -> Condition:
        """How the printer is, for a health check; asked here when no thread does (`doctor`).

        Unlike `ready` it does not count as somebody who looks.
        """
        if self._printer is None:
            return Condition(Cause.OFF)
        with self._looked:
            known = self._condition
        return known if known is not None else self._printer.ask()

    def cancel(self, job_id: str) -> None:
        """The visitor's own wish to stop. Nothing happens to a job that has ended."""
        if self._ledger.get(job_id):
            self._ledger.end(job_id, Cause.CANCELLED)
            self._wake.set()

    def finish(self) -> None:
        """The visit is over: what prints well may end, the rest is cancelled, all is forgotten."""
        self._ledger.finish_visit()
        self._wake.set()

    def still_printing(self) -> Job | None:
        """The leaflet of a visitor who has finished, while it prints."""
        left = [job for job in self._ledger.unsettled() if job.left and not job.ended]
        return left[-1] if left else None

    # What the printer's own thread does.

    def start(self) -> None:
        """Begin to look after jobs, in a thread of its own; only the process that serves does.

        At first it cancels every job that an earlier run left in the queue.
        """
        if self._printer is not None and self._thread is None:
            self._thread = threading.Thread(target=self._run, name="printing", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Cancel what has not begun to print, and stop looking."""
        self.finish()
        self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while True:
            self._wake.clear()
            closing = self._closing
            try:
                self.tick()
            except Exception:  # this thread must outlive a bug, or held jobs would print later
                log.exception("printing: unexpected fault")
            if closing:
                return
            self._wake.wait(self.pause_s())

    def pause_s(self) -> float:
        """How long to wait before the next `tick`: short while a job or its page is open."""
        watched = self._clock() < self._watched_until
        busy = watched or self._must_clear or self._ledger.unsettled()
        return BUSY_TICK_S if busy else IDLE_TICK_S

    def tick(self) -> None:
        """Ask the printer once and move every job on. Only one thread may call this."""
        printer = self._printer
        if printer is None:
            return
        condition = printer.ask()
        with self._looked:
            self._condition, self._asked_at = condition, self._clock()
            self._looked.notify_all()
        for job in self._ledger.unsettled():
            if job.number is not None:
                self._follow(printer, job, job.number, condition)
        if self._must_clear and not self._clear(printer):
            condition = Condition(condition.cause or Cause.SPOOLER_DOWN)
        for job in self._ledger.unsettled():
            if job.number is None:
                self._move_up(printer, job, condition)

    def _follow(self, printer: Printer, job: Job, number: int, condition: Condition) -> None:
        """See how a job in the queue goes; one that is over for us is cancelled there."""
        try:
            if job.ended:
                printer.cancel(number)
            report = printer.look(number)
        except PrintJobError:
            self._ledger.settle(job.id, Cause.UNKNOWN_END)
            return
        except PrinterUnavailableError as error:
            self._ledger.hold(job.id, error.cause)
            return
        if report.stage in _OVER:
            self._ledger.settle(job.id, _OVER[report.stage])
            return
        # A queue that takes no new jobs still prints what it has.
        cause = None if condition.cause is Cause.REJECTING else condition.cause
        if cause or report.stage is Stage.STOPPED:
            self._ledger.hold(job.id, cause or Cause.PAUSED)
        else:
            self._ledger.note(job.id, report)

    def _move_up(self, printer: Printer, job: Job, condition: Condition) -> None:
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
            self._ledger.sent(job.id, printer.send(paper, job.copies))
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

    def _clear(self, printer: Printer) -> bool:
        keep = [job.number for job in self._ledger.unsettled() if job.number is not None]
        try:
            found = printer.clear(keep)
        except PrinterUnavailableError:
            return False
        if found:
            log.warning("printing: %d job(s) left in the queue were cancelled", found)
        self._must_clear = False
        return True
