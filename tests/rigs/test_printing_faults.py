"""Every fault of a printer, made to happen to a real queue and a real IPP printer.

What is asserted is what the kiosk says, and that nothing comes out later in front of somebody
else.
"""

import time

import pytest

from kiosk.printing.client import IppPrinter
from kiosk.printing.jobs import Order
from kiosk.printing.states import Cause, PrinterUnavailableError, State
from tests.own_thread import aside
from tests.rigs.machinery import until
from tests.rigs.printing_rig import (
    FAULTS,
    HURRIED,
    SOON_S,
    Make,
    Underway,
    comes_to,
    mend,
    nothing_more_comes_out,
    now,
)
from tests.rigs.virtual_printer import VirtualPrinter

# What the device reports in the middle of a job.
REPORTS = {Cause.COVER_OPEN: "cover-open-error", Cause.JAM: "media-jam-report"}


@pytest.mark.parametrize("cause", FAULTS)
def test_a_fault_before_a_job_is_told_and_finish_leaves_nothing_behind(
    printer: VirtualPrinter, make: Make, order: Order, cause: Cause
) -> None:
    service = make()
    until(lambda: service.ready(wait_s=1).may_work)
    FAULTS[cause](printer)
    until(lambda: service.ready().cause is cause, SOON_S)  # known before printing is offered
    job = service.submit(order)
    comes_to(service, job, State.HELD, cause, SOON_S)
    service.finish()
    assert now(service, job) == (State.FAILED, Cause.CANCELLED)
    mend(printer)
    nothing_more_comes_out(printer)
    assert printer.printed() == []


def test_paper_that_runs_out_and_is_filled_again_prints_the_job(
    printer: VirtualPrinter, underway: Underway
) -> None:
    service, job = underway
    printer.fill(0)
    comes_to(service, job, State.HELD, Cause.NO_PAPER, SOON_S)
    printer.fill(250)
    printer.finish_job()
    comes_to(service, job, State.DONE)


@pytest.mark.parametrize("cause", REPORTS)
def test_a_fault_during_a_job_is_told_and_the_job_goes_on_when_it_is_mended(
    printer: VirtualPrinter, underway: Underway, cause: Cause
) -> None:
    service, job = underway
    printer.say_now(REPORTS[cause])
    comes_to(service, job, State.HELD, cause, SOON_S)
    printer.say_now("none")
    comes_to(service, job, State.PRINTING)
    printer.finish_job()
    comes_to(service, job, State.DONE)


def test_a_queue_that_takes_no_more_jobs_finishes_the_one_it_has(
    printer: VirtualPrinter, underway: Underway
) -> None:
    service, job = underway
    printer.queue_does("cupsreject")
    until(lambda: service.ready().cause is Cause.REJECTING, SOON_S)
    assert now(service, job) == (State.PRINTING, None)
    printer.finish_job()
    comes_to(service, job, State.DONE)


def test_a_queue_that_is_stopped_during_a_job_does_not_print_it_twice(
    printer: VirtualPrinter, underway: Underway
) -> None:
    service, job = underway
    printer.queue_does("cupsdisable")
    comes_to(service, job, State.FAILED, Cause.PAUSED, SOON_S)
    until(lambda: not printer.jobs())
    printer.queue_does("cupsenable")
    printer.finish_job()
    nothing_more_comes_out(printer)


def test_power_lost_during_a_job_is_told_and_the_job_never_comes_out_later(
    printer: VirtualPrinter, underway: Underway
) -> None:
    service, job = underway
    printer.power_off()
    until(lambda: service.ready().cause is Cause.OFFLINE, SOON_S)
    # The queue may notice at once, and would begin anew; or only when it asks the next time.
    told = {(State.HELD, Cause.OFFLINE), (State.FAILED, Cause.UNKNOWN_END)}
    until(lambda: now(service, job) in told, SOON_S)
    printer.power_on()
    comes_to(service, job, State.FAILED, Cause.UNKNOWN_END)
    until(lambda: service.ends == {Cause.UNKNOWN_END: 1})
    nothing_more_comes_out(printer)


def test_a_printer_switched_off_and_on_at_once_is_not_believed_to_have_printed(
    printer: VirtualPrinter, underway: Underway
) -> None:
    """CUPS says “completed” of a job that the printer has forgotten."""
    service, job = underway
    time.sleep(3)  # it tells how long it has been on in whole seconds
    printer.power_off()
    printer.power_on()
    comes_to(service, job, State.FAILED, Cause.UNKNOWN_END)
    until(lambda: service.ends == {Cause.UNKNOWN_END: 1})
    nothing_more_comes_out(printer)


def test_a_printer_that_stands_still_counts_as_off(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make()
    printer.freeze()
    until(lambda: service.ready(wait_s=1).cause is Cause.OFFLINE, SOON_S)
    job = service.submit(order)
    comes_to(service, job, State.HELD, Cause.OFFLINE)
    service.cancel(job.id)
    printer.thaw()
    nothing_more_comes_out(printer)
    assert printer.printed() == []


def test_a_job_that_a_still_printer_has_in_its_hands_is_said_to_be_unknown(
    printer: VirtualPrinter, underway: Underway
) -> None:
    """Nobody can take it back, so nobody is told that it was."""
    service, job = underway
    printer.freeze()
    comes_to(service, job, State.HELD, Cause.OFFLINE)
    service.cancel(job.id)
    assert now(service, job) == (State.FAILED, Cause.UNKNOWN_END)
    until(lambda: service.ends == {Cause.UNKNOWN_END: 1})
    printer.thaw()
    nothing_more_comes_out(printer)


def test_a_dead_spooler_during_a_job_is_told_and_the_job_is_not_printed_twice(
    printer: VirtualPrinter, underway: Underway
) -> None:
    service, job = underway
    printer.spooler_off()
    comes_to(service, job, State.HELD, Cause.SPOOLER_DOWN, SOON_S)
    printer.spooler_on()
    comes_to(service, job, State.FAILED, Cause.UNKNOWN_END)
    until(lambda: not printer.jobs())
    printer.finish_job()
    nothing_more_comes_out(printer)


def test_a_job_that_waits_a_minute_is_cancelled_by_itself(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make(pace=HURRIED)
    printer.power_off()
    job = service.submit(order)
    comes_to(service, job, State.FAILED, Cause.OFFLINE)
    printer.power_on()
    nothing_more_comes_out(printer)
    assert printer.printed() == []


def test_a_job_that_gets_no_further_is_cancelled_by_itself(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_takes(600)
    service = make(pace=HURRIED)
    job = service.submit(order)
    comes_to(service, job, State.FAILED, Cause.NO_PROGRESS)
    until(lambda: not printer.jobs())


def test_a_job_that_the_printer_gives_up_is_failed(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_fails()
    service = make(direct=True)
    comes_to(service, service.submit(order), State.FAILED, Cause.REFUSED)


def test_a_job_that_staff_cancel_in_the_queue_is_said_to_be_cancelled(
    printer: VirtualPrinter, underway: Underway
) -> None:
    service, job = underway
    printer.cancel_everything()
    comes_to(service, job, State.FAILED, Cause.CANCELLED)


def test_an_unknown_queue_is_told(printer: VirtualPrinter) -> None:
    ipp = IppPrinter(printer.queue_uri + "x", printer.device_uri)
    assert aside(ipp.ask).cause is Cause.SPOOLER_DOWN
    with pytest.raises(PrinterUnavailableError):
        aside(ipp.clear, [])
