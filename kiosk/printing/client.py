"""A printer by IPP: the sole user of pyipp.

Jobs go to the queue, and the device is asked whether it is ready: a CUPS queue says that all is
well while its printer is out of paper, and goes on saying “cover open” after it was shut.
"""

import asyncio
import errno
import re
import socket
from collections.abc import Collection
from typing import Any

import pyipp
from pyipp.enums import IppOperation, IppStatus, IppTag
from pyipp.tags import ATTRIBUTE_TAG_MAP

from kiosk.printing.states import (
    AnswerLostError,
    Cause,
    Condition,
    PrinterBusyError,
    PrinterUnavailableError,
    PrintJobError,
    Report,
    Stage,
    condition_of,
)

# pyipp drops an attribute whose type it does not know, without a word: colour for grey.
ATTRIBUTE_TAG_MAP["print-color-mode"] = IppTag.KEYWORD

JOB_NAME = "leaflet"  # a title would be health information in the printer's own list of jobs
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
# A connection that stood and broke: what was sent may have arrived.
_CUT_SHORT = {None, errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT}
_TRY_AGAIN = {IppStatus.ERROR_BUSY, IppStatus.ERROR_TEMPORARY, IppStatus.ERROR_SERVICE_UNAVAILABLE}


class _StatusError(Exception):
    """An answer, and its code is not a good one."""

    def __init__(self, code: int) -> None:
        super().__init__(f"IPP status {code:#06x}")
        self.code = code


class _NoConnectionError(Exception):
    """Nobody there: nothing was handed over."""


class _NoAnswerError(Exception):
    """The connection stood, and no sense came back."""


def printer_address(name: str) -> str:
    """The IPP address of a setting: a CUPS queue of this machine by its name, or an address."""
    return f"ipp://localhost:631/printers/{name}" if _QUEUE_NAME.fullmatch(name) else name


class IppPrinter:
    """A queue and its device, by IPP."""

    def __init__(self, queue: str, device: str = "", duplex: bool = True, colour: bool = False):
        """`queue` and `device` as in the settings; no device: the queue is asked instead."""
        self._queue = printer_address(queue)
        self._device = printer_address(device) if device else self._queue
        self._user = f"kiosk-{socket.gethostname()}"
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
        return Condition(queue.cause if queue.cause in own else None, device.warnings)

    def _condition(self, address: str, silent: Cause) -> Condition:
        wanted = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
        try:
            answer = self._execute(
                address, IppOperation.GET_PRINTER_ATTRIBUTES, {"requested-attributes": wanted}
            )
        except (_StatusError, _NoConnectionError, _NoAnswerError):
            return Condition(silent)
        said = _first(answer["printers"])
        reasons = _listed(said.get("printer-state-reasons"))
        if address == self._queue != self._device:
            reasons = [reason for reason in reasons if reason == "paused"]
        accepting = said.get("printer-is-accepting-jobs") is not False
        return condition_of(said.get("printer-state"), reasons, accepting)

    def send(self, pdf: bytes, copies: int) -> int:
        """Hand a job over; its number in the queue (see Printer)."""
        operation = {"job-name": JOB_NAME, "document-format": "application/pdf"}
        options = {"copies": copies, **self._options}
        try:
            answer = self._execute(
                self._queue, IppOperation.PRINT_JOB, operation, options, pdf, SEND_S
            )
        except _NoConnectionError as error:
            raise PrinterUnavailableError(self._silent, str(error)) from error
        except _NoAnswerError as error:
            raise AnswerLostError(str(error)) from error
        except _StatusError as error:
            if error.code in _TRY_AGAIN:
                raise PrinterBusyError(str(error)) from error
            rejecting = error.code == IppStatus.ERROR_NOT_ACCEPTING_JOBS
            cause = Cause.REJECTING if rejecting else Cause.REFUSED
            raise PrinterUnavailableError(cause, str(error)) from error
        number = _first(answer["jobs"]).get("job-id")
        if not isinstance(number, int):
            raise AnswerLostError("the printer gave the job no number")
        return number

    def look(self, number: int) -> Report:
        """How a job is (see Printer)."""
        wanted = ["job-state", "job-impressions-completed", "job-media-sheets-completed"]
        answer = self._of_job(
            IppOperation.GET_JOB_ATTRIBUTES, {"job-id": number, "requested-attributes": wanted}
        )
        said = _first(answer["jobs"])
        if said.get("job-state") not in _STAGES:
            raise PrintJobError(f"nothing is said of job {number}")
        counts = (said.get(name) for name in wanted[1:])
        sides = max((count for count in counts if isinstance(count, int)), default=0)
        return Report(_STAGES[said["job-state"]], sides)

    def cancel(self, number: int) -> None:
        """Ask for a job's end (see Printer)."""
        try:
            self._of_job(IppOperation.CANCEL_JOB, {"job-id": number})
        except PrintJobError:
            return  # over already, or unknown: `look` says which

    def clear(self, keep: Collection[int]) -> int:
        """Cancel every other job of this kiosk (see Printer)."""
        wanted = ["job-id", "job-name", "job-originating-user-name"]
        asked = {"which-jobs": "not-completed", "my-jobs": True, "requested-attributes": wanted}
        try:
            answer = self._of_job(IppOperation.GET_JOBS, asked)
        except PrintJobError as error:
            raise PrinterUnavailableError(Cause.REFUSED, str(error)) from error
        mine = [
            job["job-id"]
            for job in answer["jobs"]
            if job.get("job-name") == JOB_NAME
            and job.get("job-originating-user-name") == self._user
            and job["job-id"] not in keep
        ]
        for number in mine:
            self.cancel(number)
        return len(mine)

    @property
    def _silent(self) -> Cause:
        return Cause.OFFLINE if self._device == self._queue else Cause.SPOOLER_DOWN

    def _of_job(self, operation: IppOperation, attributes: dict[str, Any]) -> dict[str, Any]:
        try:
            return self._execute(self._queue, operation, attributes)
        except _StatusError as error:
            raise PrintJobError(str(error)) from error
        except (_NoConnectionError, _NoAnswerError) as error:
            raise PrinterUnavailableError(self._silent, str(error)) from error

    def _execute(
        self,
        address: str,
        operation: IppOperation,
        attributes: dict[str, Any],
        options: dict[str, Any] | None = None,
        data: bytes = b"",
        limit_s: float = ASK_S,
    ) -> dict[str, Any]:
        message: dict[str, Any] = {
            "operation-attributes-tag": {"requesting-user-name": self._user, **attributes},
            "data": data,
        }
        if options:
            message["job-attributes-tag"] = options
        return asyncio.run(_ask(address, operation, message, limit_s))


async def _ask(
    address: str, operation: IppOperation, message: dict[str, Any], limit_s: float
) -> dict[str, Any]:
    try:
        # pyipp limits the wait for the first line of an answer only; this limits all of it.
        async with asyncio.timeout(limit_s), pyipp.IPP(address) as ipp:
            return await ipp.execute(operation, message)
    except pyipp.IPPConnectionError as error:
        reason = error.__cause__
        if isinstance(reason, OSError) and reason.errno not in _CUT_SHORT:
            raise _NoConnectionError(str(reason)) from error
        raise _NoAnswerError(repr(reason)) from error
    except pyipp.IPPError as error:
        if type(error) is pyipp.IPPError:  # the others of its family carry no IPP status
            raise _StatusError(error.args[1]["status-code"]) from error
        raise _NoAnswerError(repr(error)) from error
    except (OSError, ValueError) as error:  # a time-out; or an answer that is not even text
        raise _NoAnswerError(repr(error)) from error


def _first(groups: list[dict[str, Any]]) -> dict[str, Any]:
    return groups[0] if groups else {}


def _listed(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value is None else [str(value)]
