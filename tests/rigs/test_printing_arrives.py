"""What arrives at the printer's end: the paper, and every option it was sent with."""

import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pdfplumber

from kiosk.paper.booklet import imposed
from kiosk.printing.client import IppPrinter
from kiosk.printing.jobs import Order, Quota
from kiosk.printing.states import Cause, State
from tests.barred_pages import a5, bars
from tests.own_thread import aside
from tests.rigs.machinery import PATH, until
from tests.rigs.printing_rig import Make, comes_to, now
from tests.rigs.virtual_printer import VirtualPrinter


def test_a_job_arrives_whole_with_every_option(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make()
    job = service.submit(replace(order, copies=3))
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


def test_a_booklet_arrives_to_be_turned_along_the_short_edge(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    service = make()
    booklet = replace(order, pdf=imposed(a5(4)), booklet=True)
    comes_to(service, service.submit(booklet), State.DONE)
    (paper,) = printer.printed()
    assert printer.options(paper)["SIDES"] == "two-sided-short-edge"
    # The last page beside the first, and behind them the two between.
    assert sorted(bars(paper.read_bytes())) == [(2, 3), (4, 1)]


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


def test_a_booklet_is_offered_only_where_queue_and_printer_turn_the_short_edge(
    printer: VirtualPrinter,
) -> None:
    queue, device = printer.queue_uri, printer.device_uri
    assert aside(IppPrinter(queue, device).ask).booklets
    assert not aside(IppPrinter(queue, device, duplex=False).ask).booklets
    printer.power_off()
    printer.power_on(both_sides=False)
    try:
        assert not aside(IppPrinter(queue, device).ask).booklets
    finally:
        printer.power_off()


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


def test_low_toner_prints_and_staff_are_warned(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.say("toner-low-report")
    service = make()
    comes_to(service, service.submit(order), State.DONE)
    assert service.ready().warnings == ("toner-low",)


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
