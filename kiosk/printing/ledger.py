"""Every print job and how it ended; no job leaves it silently.

Knows no printer: the service tells it what the printer said. May be used from any thread.
"""

import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kiosk.printing.jobs import DAY_S, SAME_TAP_S, Job, Order, Quota
from kiosk.printing.states import Cause, Report, Stage, State

log = logging.getLogger(__name__)
MOST_KEPT = 1000  # jobs remembered; the oldest settled ones go first


class Ledger:
    """The jobs, the papers not yet handed over, and the count of the ends."""

    def __init__(
        self,
        quota: Quota,
        clock: Callable[[], float],
        made: Iterable[float] = (),
        settled: Callable[[Job], None] = lambda _: None,
    ) -> None:
        """`made`: when, on the same clock, earlier runs made the leaflets that count.

        `settled` is told of each job once, when nothing more can come of it.
        """
        self._settled = settled
        self._quota = quota
        self._clock = clock
        self._lock = threading.RLock()
        self._jobs: dict[str, Job] = {}
        self._papers: dict[str, bytes] = {}
        self._made = {f"earlier-{number}": at for number, at in enumerate(made)}
        self._visit = 0
        self.ends: Counter[str] = Counter()

    # What visitors wish.

    def take(self, order: Order, refusal: Cause | None) -> Job:
        """The job of a wish: a new one, perhaps refused at once, or the same for a second tap."""
        with self._lock:
            now = self._clock()
            for job in self._jobs.values():
                if self._is_same_wish(job, order, now):
                    return job
            self._forget_old(now)
            if refusal is None and not order.staff:
                refusal = self._quota.reached(self._of_visit(), self._made.values(), now)
            job = Job(
                id=secrets.token_urlsafe(9),
                title=order.title,
                sides=order.sides,
                copies=order.copies,
                staff=order.staff,
                wish=order.wish,
                visit=self._visit,
                page=order.page,
                booklet=order.booklet,
                counts=order.counts,
                made_at=now,
                moved_at=now,
            )
            self._jobs[job.id] = job
            self._papers[job.id] = order.pdf
            self._count(job)
            if refusal is not None:
                self.end(job.id, refusal)
            return self._jobs[job.id]

    def _is_same_wish(self, job: Job, order: Order, now: float) -> bool:
        if (job.wish, job.staff, job.visit) != (order.wish, order.staff, self._visit):
            return False
        return not job.ended or (job.state is State.DONE and now - job.ended_at < SAME_TAP_S)

    def _of_visit(self) -> int:
        mine = [job for job in self._jobs.values() if job.visit == self._visit]
        return sum(job.id in self._made for job in mine)

    def _count(self, job: Job) -> None:
        """Count a leaflet towards the limits; what failed cost no paper, staff have none."""
        if job.staff or job.state is State.FAILED:
            self._made.pop(job.id, None)
        else:
            self._made[job.id] = job.made_at

    def _forget_old(self, now: float) -> None:
        self._made = {key: at for key, at in self._made.items() if now - at < DAY_S}
        spare = len(self._jobs) - MOST_KEPT
        for number, job in enumerate([job for job in self._jobs.values() if job.settled]):
            if number < spare or now - job.made_at > DAY_S:
                del self._jobs[job.id]

    def finish_visit(self) -> None:
        """What prints well may end, the rest is cancelled; whose it was and what is forgotten."""
        with self._lock:
            for job in list(self._jobs.values()):
                if job.staff or job.left:
                    continue
                if job.state is not State.PRINTING:
                    self.end(job.id, Cause.CANCELLED)
                self._change(job.id, left=True, title="", wish="", page="")
            self._visit += 1

    # What is asked.

    def get(self, job_id: str) -> Job | None:
        """A job as it is now, or None when there is none of that id (any more)."""
        with self._lock:
            return self._jobs.get(job_id)

    def unsettled(self) -> list[Job]:
        """The jobs that are not over, or not yet out of the printer's queue."""
        with self._lock:
            return [job for job in self._jobs.values() if not job.settled]

    def made(self) -> list[float]:
        """When the leaflets that count were made."""
        with self._lock:
            return list(self._made.values())

    # What the printer said.

    def start_sending(self, job_id: str) -> bytes | None:
        """The paper to hand over now, or None when the visitor no longer wants it."""
        with self._lock:
            if self._jobs[job_id].ended:
                return None
            self._change(job_id, sending=True)
            return self._papers[job_id]

    def sent(self, job_id: str, number: int | None) -> None:
        """The handing over came to an end; without a number, nothing is in the queue."""
        with self._lock:
            job = self._jobs[job_id]
            self._change(job_id, sending=False, number=number)
            if job.ended and number is None:
                self.settle(job_id, job.cause)
            elif not job.ended and number is not None:
                self._papers.pop(job_id)
                self._change(job_id, state=State.QUEUED, cause=None, moved_at=self._clock())

    def wait(self, job_id: str, its_turn: bool) -> None:
        """Nothing stops it, and it is not with the printer yet; only its own turn is timed."""
        with self._lock:
            job = self._jobs[job_id]
            if job.ended:
                return
            further = not its_turn or job.state is State.HELD
            moved_at = self._clock() if further else job.moved_at
            self._change(job_id, state=State.QUEUED, cause=None, moved_at=moved_at)
            self._end_if_out_of_time(job_id, Cause.NO_PROGRESS)

    def begin(self, job_id: str, report: Report) -> None:
        """The queue says that it is being printed."""
        with self._lock:
            self._change(job_id, began=True, begun_at=report.begun_at)

    def note(self, job_id: str, report: Report) -> None:
        """Nothing stops it, and this is how the queue says that it goes."""
        with self._lock:
            job = self._jobs[job_id]
            if job.ended:
                return
            state = State.PRINTING if report.stage is Stage.WORKING else State.QUEUED
            further = report.sides > job.done_sides or job.state is not state
            self._change(
                job_id,
                state=state,
                cause=None,
                done_sides=max(report.sides, job.done_sides),
                moved_at=self._clock() if further else job.moved_at,
            )
            self._end_if_out_of_time(job_id, Cause.NO_PROGRESS)

    def hold(self, job_id: str, cause: Cause) -> None:
        """It cannot go on just now; after a while, or with its visitor gone, it ends."""
        with self._lock:
            job = self._jobs[job_id]
            if job.ended:
                return
            self._change(job_id, state=State.HELD, cause=cause)
            if job.left:
                self.end(job_id, cause)
            self._end_if_out_of_time(job_id, cause)

    def end(self, job_id: str, cause: Cause) -> None:
        """Over for the visitor; settled too, unless it may be in the printer's queue.

        A printer that had begun and does not answer may yet bring it out: that is not known.
        """
        with self._lock:
            job = self._jobs[job_id]
            if job.ended:
                return
            if job.began and Cause.OFFLINE in (cause, job.cause):
                cause = Cause.UNKNOWN_END
            self._papers.pop(job_id, None)
            self._change(job_id, state=State.FAILED, cause=cause, ended_at=self._clock())
            self._count(self._jobs[job_id])
            if job.number is None and not job.sending:
                self.settle(job_id, cause)

    def settle(self, job_id: str, cause: Cause | None) -> None:
        """Nothing of it is in the queue any more: count it, done when there is no cause.

        A cause that it ended with stays, unless it is now not known what came of it.
        """
        with self._lock:
            job = self._jobs[job_id]
            if cause is None:
                # Also for one that was to be cancelled and came out first: it is on paper.
                self._change(job_id, state=State.DONE, cause=None)
            elif not job.ended or cause is Cause.UNKNOWN_END:
                self._change(job_id, state=State.FAILED, cause=cause)
            self._papers.pop(job_id, None)
            self._change(job_id, settled=True, ended_at=job.ended_at or self._clock())
            found = self._jobs[job_id]
            self._count(found)
            self.ends[found.cause or "done"] += 1
            log.info("leaflet %s: %s %s", found.id, found.state, found.cause or "")
        if not job.settled:
            self._settled(found)

    def _end_if_out_of_time(self, job_id: str, cause: Cause) -> None:
        if self._jobs[job_id].is_out_of_time(self._clock()):
            self.end(job_id, cause)

    def _change(self, job_id: str, **facts: Any) -> None:
        self._jobs[job_id] = replace(self._jobs[job_id], **facts)
