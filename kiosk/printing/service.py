"""Carries leaflets to the printer and says, at every moment, only what is known of them.

Web threads put wishes in and read snapshots; one thread alone talks to the printer (`tick`), so
that a printer that hangs delays nobody. Every job ends as done or failed, and is counted.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from time import monotonic

from kiosk.printing.dispatch import Dispatcher
from kiosk.printing.jobs import Job, Order, Quota
from kiosk.printing.ledger import Ledger
from kiosk.printing.memory import Memory
from kiosk.printing.states import Cause, Condition, Printer

log = logging.getLogger(__name__)
BUSY_TICK_S, IDLE_TICK_S = 1.0, 10.0
WATCHED_S = 30.0  # a page counts as open for so long after it asked; it asks every few seconds


class PrintService:
    """The printing of this kiosk. Without a printer every wish fails at once, as `off`."""

    def __init__(
        self,
        printer: Printer | None,
        quota: Quota,
        clock: Callable[[], float] = monotonic,
        memory: Memory | None = None,
        settled: Callable[[Job], None] = lambda _: None,
    ) -> None:
        """Without a `memory` the limits begin anew with each start; `settled` hears of each end."""
        self._printer = printer
        self._clock = clock
        self._memory = memory
        self._kept = [clock() - age for age in memory.ages()] if memory else []
        self._ledger = Ledger(quota, clock, self._kept, settled)
        self._dispatcher = Dispatcher(printer, self._ledger, clock) if printer else None
        self._wake = threading.Event()
        self._looked = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._condition: Condition | None = None
        self._booklets = False
        self._asked_at = 0.0
        self._watched_until = 0.0

    # What the web asks and wishes. None of these waits for the printer, but for `ready`.

    @property
    def is_on(self) -> bool:
        return self._printer is not None

    @property
    def prints_booklets(self) -> bool:
        """Whether queue and device said, when they last answered, that they can."""
        return self._booklets

    @property
    def ends(self) -> Mapping[str, int]:
        """How many jobs were done, and how many failed by each cause, since the start."""
        return dict(self._ledger.ends)

    def submit(self, order: Order) -> Job:
        """The job of a wish; for a second tap the same job, for a refused wish a failed one."""
        job = self._ledger.take(order, order.refusal if self._printer else Cause.OFF)
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
            if not fresh and self._thread is not None:
                self._wake.set()
                if wait_s:
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
        self._watched_until = 0.0
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
        busy = watched or (self._dispatcher is not None and self._dispatcher.is_busy)
        return BUSY_TICK_S if busy else IDLE_TICK_S

    def tick(self) -> None:
        """Ask the printer once and move every job on. Only one thread may call this."""
        if self._printer is None or self._dispatcher is None:
            return
        condition = self._printer.ask()
        with self._looked:
            self._condition, self._asked_at = condition, self._clock()
            if condition.cause not in (Cause.OFFLINE, Cause.SPOOLER_DOWN):
                self._booklets = condition.booklets
            self._looked.notify_all()
        self._dispatcher.advance(condition)
        self._remember()

    def _remember(self) -> None:
        """Keep what counts towards the limits, when it has changed."""
        made = self._ledger.made()
        if self._memory is not None and made != self._kept:
            now = self._clock()
            self._memory.keep([now - at for at in made])
            self._kept = made
