"""Every fault of a printer, made to happen to a real queue and a real IPP printer.

What is asserted is what the kiosk says, what arrived at the printer's end, and that nothing comes
out later in front of somebody else.
"""

import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from weasyprint import HTML

from kiosk.printing.client import IppPrinter
from kiosk.printing.jobs import Job, Order, Quota
from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause, PrinterUnavailableError, State
from tests.rigs.virtual_printer import PATH, RigMissingError, VirtualPrinter, until

PLENTY = Quota(visit=1000, hour=1000, day=1000)
TOLD_S = 3.0  # a fault is on the screen within this
SEED, STORM_S = 20261121, 8
HURRIED = 20  # times as fast as a wall clock, so that a minute's patience is three seconds
LATE_S = 1.6  # the queue tries again every second (JobRetryInterval of the rig)


@pytest.fixture(scope="module")
def rig() -> Iterator[VirtualPrinter]:
    """The printer, switched on once for all tests."""
    try:
        printer = VirtualPrinter()
    except RigMissingError as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    try:
        yield printer.start()
    finally:
        printer.stop()


@pytest.fixture
def printer(rig: VirtualPrinter) -> VirtualPrinter:
    """The printer as new: nothing printed, nothing waiting, nothing wrong."""
    mend(rig)
    for path in [*rig.out.glob("*.pdf"), *rig.out.glob("*.env")]:
        path.unlink()
    return rig


def mend(rig: VirtualPrinter) -> None:
    if "cups" not in rig.running:
        rig.spooler_on()
    if "printer" not in rig.running:
        rig.power_on()
    rig.thaw()
    rig.finish_job()
    rig.queue_does("cupsenable")
    rig.queue_does("cupsaccept")
    rig.cancel_everything()
    rig.fill(250)
    rig.say("none")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A paper of two sides, with words to look for."""
    words = "<h1>Stretch your calf</h1><h1 style='break-before: page'>Hold and breathe</h1>"
    return bytes(HTML(string=words).write_pdf())


Make = Callable[..., PrintService]


@pytest.fixture
def make(printer: VirtualPrinter) -> Iterator[Make]:
    """Makes services that are closed at the end."""
    made: list[PrintService] = []

    def service(
        quota: Quota = PLENTY, pace: int = 1, direct: bool = False, **options: bool
    ) -> PrintService:
        queue = printer.device_uri if direct else printer.queue_uri
        ipp = IppPrinter(queue, printer.device_uri, **options)
        found = PrintService(ipp, quota, lambda: time.monotonic() * pace)
        found.start()
        made.append(found)
        return found

    yield service
    for found in made:
        found.close()


@pytest.fixture
def order(pdf: bytes) -> Order:
    return Order(pdf, "Stretches", 2, "stretches")


def now(service: PrintService, job: Job) -> tuple[State, Cause | None]:
    found = service.job(job.id)
    assert found is not None
    return found.state, found.cause


def comes_to(
    service: PrintService, job: Job, state: State, cause: Cause | None = None, within: float = 10
) -> float:
    """Wait until a job is so; how many seconds it took."""
    start = time.monotonic()
    try:
        until(lambda: now(service, job) == (state, cause), within)
    except TimeoutError:
        pytest.fail(f"{now(service, job)} and not {state}, {cause} within {within} s")
    return time.monotonic() - start


def begins(service: PrintService, job: Job) -> None:
    comes_to(service, job, State.PRINTING, within=5)


def nothing_comes_out(printer: VirtualPrinter) -> None:
    time.sleep(LATE_S)
    assert printer.printed() == []
    assert printer.jobs() == []


# A healthy printer.


def test_a_job_arrives_whole_with_every_option(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make()
    tap = time.monotonic()
    job = service.submit(replace(order, copies=3))
    until(printer.printed)
    assert time.monotonic() - tap < TOLD_S
    comes_to(service, job, State.DONE)
    (paper,) = printer.printed()
    options = printer.options(paper)
    assert options["COPIES"] == "3"
    assert options["SIDES"] == "two-sided-long-edge"
    assert options["PRINT_COLOR_MODE"] == "monochrome"
    assert "x-dimension=21000 y-dimension=29700" in options["MEDIA_COL"]
    assert options["JOB_NAME"] == "leaflet"
    assert_words(paper)


def assert_words(paper: Path) -> None:
    # CUPS writes the file anew, so its words and its soundness are compared, not its bytes.
    with pdfplumber.open(paper) as found:
        words = [page.extract_text() for page in found.pages]
    # This printer lays sides face up, so CUPS sends the last one first.
    assert words == ["Hold and breathe", "Stretch your calf"]
    environ = {**os.environ, "PATH": PATH}
    subprocess.run(["qpdf", "--check", paper], check=True, capture_output=True, env=environ)


def test_the_other_options_arrive_too(printer: VirtualPrinter, make: Make, order: Order) -> None:
    service = make(duplex=False, colour=True)
    comes_to(service, service.submit(order), State.DONE)
    options = printer.options(printer.printed()[0])
    assert (options["SIDES"], options["PRINT_COLOR_MODE"]) == ("one-sided", "color")


def test_straight_to_the_printer_the_bytes_are_the_same(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make(direct=True)
    comes_to(service, service.submit(order), State.DONE)
    (paper,) = printer.printed()
    assert paper.read_bytes() == order.pdf
    options = printer.options(paper)
    assert (options["MEDIA"], options["SIDES"]) == ("iso_a4_210x297mm", "two-sided-long-edge")
    assert options["PRINT_COLOR_MODE"] == "monochrome"


def test_a_second_tap_does_not_print_twice(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make()
    first, second = service.submit(order), service.submit(order)
    assert first.id == second.id
    comes_to(service, first, State.DONE)
    assert service.submit(order).id == first.id
    time.sleep(1)
    assert len(printer.printed()) == 1


def test_low_paper_prints_and_staff_are_warned(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.say("toner-low-report")
    service = make()
    comes_to(service, service.submit(order), State.DONE)
    assert service.ready().warnings == ("toner-low",)


# The device.


def spoil_paper(printer: VirtualPrinter) -> None:
    printer.fill(0)


def spoil_cover(printer: VirtualPrinter) -> None:
    printer.say("cover-open-error")


def spoil_jam(printer: VirtualPrinter) -> None:
    printer.say("media-jam-report")


def spoil_ink(printer: VirtualPrinter) -> None:
    printer.say("toner-empty-warning")


def spoil_power(printer: VirtualPrinter) -> None:
    printer.power_off()


def spoil_pause(printer: VirtualPrinter) -> None:
    printer.queue_does("cupsdisable")


def spoil_reject(printer: VirtualPrinter) -> None:
    printer.queue_does("cupsreject")


def spoil_spooler(printer: VirtualPrinter) -> None:
    printer.spooler_off()


FAULTS = {
    Cause.NO_PAPER: spoil_paper,
    Cause.COVER_OPEN: spoil_cover,
    Cause.JAM: spoil_jam,
    Cause.NO_INK: spoil_ink,
    Cause.OFFLINE: spoil_power,
    Cause.PAUSED: spoil_pause,
    Cause.REJECTING: spoil_reject,
    Cause.SPOOLER_DOWN: spoil_spooler,
}


@pytest.mark.parametrize("cause", FAULTS)
def test_a_fault_before_a_job_is_told_and_finish_leaves_nothing_behind(
    printer: VirtualPrinter, make: Make, order: Order, cause: Cause
) -> None:
    service = make()
    assert service.ready(wait_s=2).may_work
    FAULTS[cause](printer)
    until(lambda: service.ready().cause is cause, TOLD_S)  # known before printing is offered
    job = service.submit(order)
    assert comes_to(service, job, State.HELD, cause) < TOLD_S
    service.finish()
    assert now(service, job) == (State.FAILED, Cause.CANCELLED)
    mend(printer)
    nothing_comes_out(printer)


def test_a_printer_that_stands_still_counts_as_off(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make()
    printer.freeze()
    job = service.submit(order)
    comes_to(service, job, State.HELD, Cause.OFFLINE, within=6)
    service.cancel(job.id)
    printer.thaw()
    nothing_comes_out(printer)


def test_paper_that_runs_out_and_is_filled_again_prints_the_job(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_takes(2)
    service = make()
    job = service.submit(order)
    begins(service, job)
    printer.fill(0)
    comes_to(service, job, State.HELD, Cause.NO_PAPER)
    printer.fill(250)
    comes_to(service, job, State.DONE, within=20)


def test_power_lost_during_a_job_holds_it_and_it_never_comes_out_later(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_takes(5)
    service = make()
    job = service.submit(order)
    begins(service, job)
    printer.power_off()
    assert comes_to(service, job, State.HELD, Cause.OFFLINE) < TOLD_S
    service.finish()
    until(lambda: service.ends, 5)
    for paper in printer.printed():
        paper.unlink()
    printer.power_on()
    nothing_comes_out(printer)


def test_a_job_that_waits_a_minute_is_cancelled_by_itself(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make(pace=HURRIED)
    printer.power_off()
    job = service.submit(order)
    comes_to(service, job, State.FAILED, Cause.OFFLINE, within=12)
    printer.power_on()
    nothing_comes_out(printer)


def test_a_job_that_gets_no_further_is_cancelled_by_itself(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_takes(20)
    service = make(pace=HURRIED)
    job = service.submit(order)
    comes_to(service, job, State.FAILED, Cause.NO_PROGRESS, within=12)
    until(lambda: not printer.jobs(), 5)


def test_a_job_that_the_printer_gives_up_is_failed(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_fails()
    service = make(direct=True)
    comes_to(service, service.submit(order), State.FAILED, Cause.REFUSED)


def test_a_visitor_can_stop_a_job(printer: VirtualPrinter, make: Make, order: Order) -> None:
    printer.each_job_takes(5)
    service = make()
    job = service.submit(order)
    begins(service, job)
    service.cancel(job.id)
    until(lambda: service.ends == {"cancelled": 1}, 5)
    assert printer.jobs() == []


# The queue.


def test_a_dead_spooler_during_a_job_is_told_and_nothing_is_left_in_it(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.each_job_takes(4)
    service = make()
    job = service.submit(order)
    begins(service, job)
    printer.spooler_off()
    assert comes_to(service, job, State.HELD, Cause.SPOOLER_DOWN) < TOLD_S
    service.finish()
    printer.spooler_on()
    until(lambda: service.ends, 8)
    assert printer.jobs() == []


def test_the_queue_s_own_quota_is_a_refusal(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    limits = ["-o", "job-quota-period=3600", "-o", "job-page-limit=1"]
    none = ["-o", "job-quota-period=0", "-o", "job-page-limit=0"]
    printer.queue_does("lpadmin", *limits, "-p")
    try:
        service = make()
        jobs = []
        for number in range(2):
            jobs.append(service.submit(replace(order, wish=str(number))))
            until(lambda job=jobs[-1]: service.job(job.id).ended)
        assert now(service, jobs[-1]) == (State.FAILED, Cause.REFUSED)
    finally:
        printer.queue_does("lpadmin", *none, "-p")


def test_the_kiosk_s_own_limit_sends_nothing(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make(Quota(visit=1, hour=9, day=9))
    comes_to(service, service.submit(order), State.DONE)
    job = service.submit(replace(order, wish="another"))
    assert now(service, job) == (State.FAILED, Cause.QUOTA_VISIT)
    time.sleep(1)
    assert len(printer.printed()) == 1


# The end of a visit, and of the kiosk.


def test_finish_lets_a_healthy_job_end(printer: VirtualPrinter, make: Make, order: Order) -> None:
    printer.each_job_takes(3)
    service = make()
    job = service.submit(order)
    begins(service, job)
    service.finish()
    left = service.still_printing()
    assert left is not None
    assert left.title == ""
    comes_to(service, job, State.DONE)
    assert len(printer.printed()) == 1


def test_what_a_dead_kiosk_left_in_the_queue_is_cancelled_at_the_next_start(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.queue_does("cupsdisable")
    IppPrinter(printer.queue_uri, printer.device_uri).send(order.pdf, 1)
    assert len(printer.jobs()) == 1
    make()
    until(lambda: not printer.jobs())
    printer.queue_does("cupsenable")
    nothing_comes_out(printer)


def test_another_program_s_jobs_are_left_alone(printer: VirtualPrinter, pdf: bytes) -> None:
    printer.queue_does("cupsdisable")
    path = printer.root / "other.pdf"
    path.write_bytes(pdf)
    path.chmod(0o644)
    printer.print_as_somebody_else(path)
    ipp = IppPrinter(printer.queue_uri, printer.device_uri)
    ipp.send(pdf, 1)
    assert ipp.clear([]) == 1
    assert len(printer.jobs()) == 1


def test_an_unknown_queue_is_told(printer: VirtualPrinter) -> None:
    ipp = IppPrinter(printer.queue_uri + "x", printer.device_uri)
    assert ipp.ask().cause is Cause.SPOOLER_DOWN
    with pytest.raises(PrinterUnavailableError):
        ipp.clear([])


def test_in_a_short_storm_every_job_is_accounted_for(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    chance = random.Random(SEED)
    service = make(pace=HURRIED)
    jobs: list[Job] = []
    end = time.monotonic() + STORM_S
    while time.monotonic() < end:
        # The number of copies tells one paper from another at the printer's end.
        wish = replace(order, wish=str(len(jobs)), copies=len(jobs) + 2)
        jobs.append(service.submit(wish))
        time.sleep(chance.uniform(0, 0.6))
        FAULTS[chance.choice([Cause.NO_PAPER, Cause.PAUSED, Cause.REJECTING, Cause.JAM])](printer)
        time.sleep(chance.uniform(0, 0.6))
        if chance.random() < 0.3:
            service.finish()
        mend_without_cancelling(printer)
        time.sleep(chance.uniform(0, 0.6))
    service.finish()
    until(lambda: sum(service.ends.values()) == len(jobs), 20)
    ended = [service.job(job.id) for job in jobs]
    assert all(job is not None and job.ended and job.settled for job in ended)
    papers = printer.printed()
    came_out = [int(printer.options(paper)["COPIES"]) for paper in papers]
    said = {job.copies for job in ended if job is not None and job.state is State.DONE}
    sent = {job.copies for job in ended if job is not None and job.was_sent}
    # One paper may come out twice: a queue that is stopped in the middle of a job begins it anew.
    assert said
    assert said <= set(came_out) <= sent
    time.sleep(LATE_S)
    assert printer.printed() == papers
    assert printer.jobs() == []


def mend_without_cancelling(printer: VirtualPrinter) -> None:
    printer.fill(250)
    printer.say("none")
    printer.queue_does("cupsenable")
    printer.queue_does("cupsaccept")
