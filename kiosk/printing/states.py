"""The words of printing: what a job can be, what can stop it, and what a printer must answer.

Takes the reasons that a printer gives (RFC 8011 section 5.4.12); gives back one cause with a
phrase for the visitor, a next step, and a mend for staff.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.errors import KioskError


class State(StrEnum):
    """What is known of a job; `done` is the printer's word, not proof of paper."""

    QUEUED = "queued"
    PRINTING = "printing"
    DONE = "done"
    HELD = "held"
    FAILED = "failed"


class Cause(StrEnum):
    """Why a job waits or failed. Its phrases: print-fault-…, print-next-… and staff-mend-…."""

    NO_PAPER = "no-paper"
    COVER_OPEN = "cover-open"
    JAM = "jam"
    NO_TRAY = "no-tray"
    NO_INK = "no-ink"
    FULL = "full"
    OFFLINE = "offline"
    REJECTING = "rejecting"
    PAUSED = "paused"
    SPOOLER_DOWN = "spooler-down"
    NO_PROGRESS = "no-progress"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    UNKNOWN_END = "unknown-end"
    NO_BOOKLETS = "no-booklets"
    QUOTA_VISIT = "quota-visit"
    QUOTA_HOUR = "quota-hour"
    QUOTA_DAY = "quota-day"
    OFF = "off"


# Nothing is wrong: a visitor changed their mind, a limit was reached, there is no printer.
NO_FAULT = frozenset(
    {Cause.CANCELLED, Cause.OFF, Cause.QUOTA_VISIT, Cause.QUOTA_HOUR, Cause.QUOTA_DAY}
)

# In order of what a person at the printer would see first; anything not named here may work.
_BLOCKING = {
    "media-jam": Cause.JAM,
    "cover-open": Cause.COVER_OPEN,
    "door-open": Cause.COVER_OPEN,
    "input-tray-missing": Cause.NO_TRAY,
    "media-empty": Cause.NO_PAPER,
    "media-needed": Cause.NO_PAPER,
    "marker-supply-empty": Cause.NO_INK,
    "toner-empty": Cause.NO_INK,
    "spool-area-full": Cause.FULL,
    "paused": Cause.PAUSED,
}
_WARNINGS = ("media-low", "toner-low", "marker-supply-low")
_SEVERITIES = ("-report", "-warning", "-error")
STOPPED = 5  # printer-state, RFC 8011 section 5.4.11


@dataclass(frozen=True)
class Condition:
    """How the printer is: what stops it, if anything does, and what staff should see to soon.

    `restarts`: how often the device was seen to have been switched off and on.
    `booklets`: queue and device both say that they print on both sides along the short edge.
    """

    cause: Cause | None = None
    warnings: tuple[str, ...] = ()
    restarts: int = 0
    booklets: bool = False

    @property
    def may_work(self) -> bool:
        return self.cause is None


def condition_of(state: int | None, reasons: Iterable[str], accepting: bool = True) -> Condition:
    """What `printer-state`, `printer-state-reasons` and `printer-is-accepting-jobs` come to."""
    named = {_without_severity(reason) for reason in reasons}
    warnings = tuple(name for name in _WARNINGS if name in named)
    for name, cause in _BLOCKING.items():
        if name in named:
            return Condition(cause, warnings)
    if not accepting:
        return Condition(Cause.REJECTING, warnings)
    return Condition(Cause.PAUSED if state == STOPPED else None, warnings)


def _without_severity(reason: str) -> str:
    # Severity is not to be trusted: printers report an empty tray as a mere report.
    for severity in _SEVERITIES:
        reason = reason.removesuffix(severity)
    return reason


class PrintingError(KioskError):
    """Something about printing that staff should know."""


class PrinterUnavailableError(PrintingError):
    """The other end does not answer, or refuses; `cause` says which."""

    def __init__(self, cause: Cause, message: str = "") -> None:
        super().__init__(message or cause.value)
        self.cause = cause


class AnswerLostError(PrintingError):
    """The job was sent and no answer came: it may or may not be in the queue."""


class PrinterBusyError(PrintingError):
    """Not now; the same job may be sent again."""


class PrintJobError(PrintingError):
    """The job is not known any more."""


class Stage(StrEnum):
    """Where the queue says that a job is (RFC 8011 section 5.3.7, made fewer)."""

    WAITING = "waiting"
    WORKING = "working"
    STOPPED = "stopped"
    CANCELLED = "cancelled"
    ABORTED = "aborted"
    COMPLETED = "completed"

    @property
    def is_over(self) -> bool:
        return self in (Stage.CANCELLED, Stage.ABORTED, Stage.COMPLETED)


@dataclass(frozen=True)
class Report:
    """What the queue says of one job; `sides` counts the finished ones, if it counts at all.

    `begun_at` changes when the queue begins the job anew (RFC 8011 section 5.3.14.2).
    """

    stage: Stage
    sides: int = 0
    begun_at: int | None = None


class Printer(Protocol):
    """A queue and the device behind it. Every call has a time limit of its own."""

    def ask(self) -> Condition:
        """How the device is now, and whether the queue takes jobs. Never raises."""

    def send(self, pdf: bytes, copies: int, booklet: bool = False) -> int:
        """Hand a job over; its number there. A booklet is turned along the short edge.

        Raises PrinterUnavailableError, AnswerLostError, PrinterBusyError.
        """

    def look(self, number: int) -> Report:
        """How a job is. Raises PrintJobError when it is unknown, PrinterUnavailableError."""

    def cancel(self, number: int) -> None:
        """Ask for an end; `look` says when it came. Raises PrinterUnavailableError."""

    def clear(self, keep: Collection[int]) -> int:
        """Cancel every job of this kiosk but those; how many. Raises PrinterUnavailableError.

        With none to keep, what the device itself still holds of this kiosk is cancelled too.
        """
