"""A printer by IPP, as the service sees it.

Jobs go to the queue, and the device is asked whether it is ready: a CUPS queue says that all is
well while its printer is out of paper, and goes on saying “cover open” after it was shut.
"""

import logging
import re
from collections.abc import Callable, Collection
from time import monotonic
from typing import Any

from kiosk.printing import states
from kiosk.printing.ipp import (
    IppOperation,
    IppStatus,
    NoAnswerError,
    NoConnectionError,
    StatusError,
    execute,
    first,
    listed,
)
from kiosk.printing.power import Power
from kiosk.printing.states import Cause, Condition, Report, Stage, condition_of

log = logging.getLogger(__name__)
JOB_NAME = "leaflet"  # a title would be health information in the printer's own list of jobs
SHORT_EDGE = "two-sided-short-edge"
ASK_S, SEND_S = 3, 15  # time limits
_QUEUE_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_STAGES = {
    3: Stage.WAITING,
    4: Stage.WAITING,
    5: Stage.WORKING,
    6: Stage.STOPPED,
    7: Stage.CANCELLED,
    8: Stage.ABORTED,
    9: Stage.COMPLETED,
}
_TRY_AGAIN = {IppStatus.ERROR_BUSY, IppStatus.ERROR_TEMPORARY, IppStatus.ERROR_SERVICE_UNAVAILABLE}


def printer_address(name: str) -> str:
    """The IPP address of a setting: a CUPS queue of this machine by its name, or an address."""
    return f"ipp://localhost:631/printers/{name}" if _QUEUE_NAME.fullmatch(name) else name


class IppPrinter:
    """A queue and its device, by IPP (see Printer)."""

    def __init__(
        self,
        queue: str,
        device: str = "",
        duplex: bool = True,
        colour: bool = False,
        user: str = "kiosk",
        clock: Callable[[], float] = monotonic,
    ):
        """`queue` and `device` as in the settings; no device: the queue is asked instead.

        `user` is this kiosk's own name there: of jobs by another name none is ever touched.
        """
        self._queue = printer_address(queue)
        self._device = printer_address(device) if device else self._queue
        self._user = user
        self._power = Power(clock)
        self._duplex = duplex
        self._options = {
            # All of them, each time: a printer's own defaults may be US Letter and colour.
            "media": "iso_a4_210x297mm",
            "sides": "two-sided-long-edge" if duplex else "one-sided",
            "print-color-mode": "color" if colour else "monochrome",
        }

    def ask(self) -> Condition:
        """How the device is now, and whether the queue takes jobs. Never raises."""
        device = self._condition(self._device, Cause.OFFLINE)
        if self._device == self._queue or device.cause is not None:
            return device
        queue = self._condition(self._queue, Cause.SPOOLER_DOWN)
        # Only these are the queue's own to say; the rest of what it says of the device is stale.
        own = (Cause.SPOOLER_DOWN, Cause.REJECTING, Cause.PAUSED)
        return Condition(
            queue.cause if queue.cause in own else None,
            device.warnings,
            device.restarts,
            device.booklets and queue.booklets,
        )

    def _condition(self, address: str, silent: Cause) -> Condition:
        wanted = [
            "printer-state",
            "printer-state-reasons",
            "printer-is-accepting-jobs",
            "printer-up-time",
            "sides-supported",
        ]
        asked_at = self._power.clock()
        try:
            answer = self._execute(
                address, IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": wanted}
            )
        except (StatusError, NoConnectionError, NoAnswerError):
            return Condition(silent)
        said = first(answer["printers"])
        reasons = listed(said.get("printer-state-reasons"))
        if address == self._queue != self._device:
            reasons = [reason for reason in reasons if reason == "paused"]
        accepting = said.get("printer-is-accepting-jobs") is not False
        found = condition_of(said.get("printer-state"), reasons, accepting)
        # A clinic that wants one side to a sheet has its reason: no booklets there.
        booklets = self._duplex and SHORT_EDGE in listed(said.get("sides-supported"))
        if address == self._device:
            self._power.note(_number(said.get("printer-up-time")), asked_at)
        return Condition(found.cause, found.warnings, self._power.restarts, booklets)

    def send(self, pdf: bytes, copies: int, booklet: bool = False) -> int:
        """Hand a job over; its number in the queue (see Printer)."""
        operation = {"job-name": JOB_NAME, "document-format": "application/pdf"}
        options = {"copies": copies, **self._options}
        if booklet:
            options["sides"] = SHORT_EDGE
        try:
            answer = self._execute(
                self._queue, IppOperation.PRINT_JOB, operation, options, pdf, SEND_S
            )
        except NoConnectionError as error:
            raise states.PrinterUnavailableError(self._silent, str(error)) from error
        except NoAnswerError as error:
            raise states.AnswerLostError(str(error)) from error
        except StatusError as error:
            if error.code in _TRY_AGAIN:
                raise states.PrinterBusyError(str(error)) from error
            rejecting = error.code == IppStatus.ERROR_NOT_ACCEPTING_JOBS
            cause = Cause.REJECTING if rejecting else Cause.REFUSED
            raise states.PrinterUnavailableError(cause, str(error)) from error
        number = first(answer["jobs"]).get("job-id")
        if not isinstance(number, int):
            raise states.AnswerLostError("the printer gave the job no number")
        return number

    def look(self, number: int) -> Report:
        """How a job is (see Printer)."""
        counted = ["job-impressions-completed", "job-media-sheets-completed"]
        wanted = ["job-state", "time-at-processing", *counted]
        answer = self._of_job(
            IppOperation.GET_JOB_ATTRIBUTES, {"job-id": number, "requested-attributes": wanted}
        )
        said = first(answer["jobs"])
        if said.get("job-state") not in _STAGES:
            raise states.PrintJobError(f"nothing is said of job {number}")
        sides = max(_number(said.get(name)) or 0 for name in counted)
        begun_at = _number(said.get("time-at-processing"))
        return Report(_STAGES[said["job-state"]], sides, begun_at)

    def cancel(self, number: int) -> None:
        """Ask for a job's end (see Printer)."""
        try:
            self._of_job(IppOperation.CANCEL_JOB, {"job-id": number})
        except states.PrintJobError:
            return  # over already, or unknown: `look` says which

    def clear(self, keep: Collection[int]) -> int:
        """Cancel every other job of this kiosk (see Printer)."""
        try:
            found = self._clear(self._queue, keep)
        except StatusError as error:
            raise states.PrinterUnavailableError(Cause.REFUSED, str(error)) from error
        except (NoConnectionError, NoAnswerError) as error:
            raise states.PrinterUnavailableError(self._silent, str(error)) from error
        if keep or self._device == self._queue:
            return found
        try:
            # The queue lets go of a job that the device took before it fell silent.
            return found + self._clear(self._device, ())
        except (StatusError, NoConnectionError, NoAnswerError) as error:
            log.info("printing: the device does not tell its jobs: %s", error)
            return found

    def _clear(self, address: str, keep: Collection[int]) -> int:
        wanted = ["job-id", "job-name", "job-originating-user-name"]
        asked = {"which-jobs": "not-completed", "my-jobs": True, "requested-attributes": wanted}
        answer = self._execute(address, IppOperation.GET_JOBS, asked)
        # Some printers do not know `my-jobs` and tell of everybody's.
        mine = [
            job["job-id"]
            for job in answer["jobs"]
            if job.get("job-name") == JOB_NAME
            and job.get("job-originating-user-name") == self._user
            and job["job-id"] not in keep
        ]
        for number in mine:
            try:
                self._execute(address, IppOperation.CANCEL_JOB, {"job-id": number})
            except StatusError as error:
                log.info("printing: job %d was over: %s", number, error)
        return len(mine)

    @property
    def _silent(self) -> Cause:
        return Cause.OFFLINE if self._device == self._queue else Cause.SPOOLER_DOWN

    def _of_job(self, operation: IppOperation, attributes: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._execute(self._queue, operation, attributes)
        except StatusError as error:
            raise states.PrintJobError(str(error)) from error
        except (NoConnectionError, NoAnswerError) as error:
            raise states.PrinterUnavailableError(self._silent, str(error)) from error

    def _execute(
        self,
        address: str,
        operation: IppOperation,
        attributes: dict[str, Any],
        options: dict[str, Any] | None = None,
        data: bytes = b"",
        limit_s: float | None = None,
    ) -> dict[str, Any]:
        message: dict[str, Any] = {
            "operation-attributes-tag": {"requesting-user-name": self._user, **attributes},
            "data": data,
        }
        if options:
            message["job-attributes-tag"] = options
        return execute(address, operation, message, limit_s or ASK_S)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
