"""What the tests at the real queue and printer share: faults to pull, and what to wait for."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from kiosk.printing.jobs import Job, Quota
from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause, State
from tests.rigs.machinery import RigMissingError, until
from tests.rigs.virtual_printer import VirtualPrinter
from tests.tools import missing

PLENTY = Quota(visit=1000, hour=1000, day=1000)
HURRIED = 20  # times as fast as a wall clock, so that a minute's patience is three seconds
LATE_S = 1.6  # the queue tries again every second (JobRetryInterval of the rig)
SOON_S = 10.0  # a fault is told within 5 s (`make bench`); a busy machine gets the double
Make = Callable[..., PrintService]
Underway = tuple[PrintService, Job]


@contextmanager
def switched_on() -> Iterator[VirtualPrinter]:
    """A real queue and a virtual printer, as long as they are needed; in CI they must be there."""
    try:
        printer = VirtualPrinter()
    except RigMissingError as error:
        missing(str(error))
    try:
        yield printer.start()
    finally:
        printer.stop()


def kiosk_settings(printer: VirtualPrinter) -> dict[str, str]:
    """The settings of a kiosk that prints there as often as a test likes."""
    return {
        "KIOSK_PRINTER_QUEUE": printer.queue_uri,
        "KIOSK_PRINTER_DEVICE": printer.device_uri,
        "KIOSK_PRINTER_MOST_PER_VISIT": "100",
    }


def mend(printer: VirtualPrinter) -> None:
    """Everything right again, without touching a job."""
    if "cups" not in printer.running:
        printer.spooler_on()
    if "printer" not in printer.running:
        printer.power_on()
    printer.queue_does("cupsenable")
    printer.queue_does("cupsaccept")
    printer.fill(250)


def renew(printer: VirtualPrinter) -> None:
    """The printer as new: nothing printed, nothing waiting, nothing wrong."""
    printer.thaw()
    mend(printer)
    printer.cancel_everything()
    until(lambda: not printer.jobs())
    printer.finish_job()
    printer.say("none")
    printer.forget()


FAULTS: dict[Cause, Callable[[VirtualPrinter], None]] = {
    Cause.NO_PAPER: lambda printer: printer.fill(0),
    Cause.COVER_OPEN: lambda printer: printer.say("cover-open-error"),
    Cause.JAM: lambda printer: printer.say("media-jam-report"),
    Cause.NO_INK: lambda printer: printer.say("toner-empty-warning"),
    Cause.OFFLINE: VirtualPrinter.power_off,
    Cause.PAUSED: lambda printer: printer.queue_does("cupsdisable"),
    Cause.REJECTING: lambda printer: printer.queue_does("cupsreject"),
    Cause.SPOOLER_DOWN: VirtualPrinter.spooler_off,
}


def now(service: PrintService, job: Job) -> tuple[State, Cause | None]:
    """What the kiosk says of a job."""
    found = service.job(job.id)
    assert found is not None
    return found.state, found.cause


def comes_to(
    service: PrintService, job: Job, state: State, cause: Cause | None = None, within: float = 20
) -> None:
    """Wait until the kiosk says so."""
    try:
        until(lambda: now(service, job) == (state, cause), within)
    except TimeoutError:
        pytest.fail(f"{now(service, job)} and not {state}, {cause} within {within} s")


def begins(printer: VirtualPrinter, service: PrintService, job: Job) -> None:
    """Wait until a job is in the printer's hands, and the kiosk says that it prints."""
    comes_to(service, job, State.PRINTING)
    until(printer.printed)


def nothing_more_comes_out(printer: VirtualPrinter) -> None:
    """Neither now nor after the queue has tried again."""
    before = printer.printed()
    time.sleep(LATE_S)
    assert printer.printed() == before
    assert printer.jobs() == []
