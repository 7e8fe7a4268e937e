"""The end of a visit and of the kiosk, at a real queue: whose jobs go on, and whose do not."""

import pytest

from kiosk.printing.client import IppPrinter
from kiosk.printing.jobs import Order
from kiosk.printing.states import Stage, State
from tests.own_thread import aside
from tests.rigs.machinery import until
from tests.rigs.printing_rig import Make, Underway, comes_to, nothing_more_comes_out
from tests.rigs.virtual_printer import VirtualPrinter


def test_finish_lets_a_healthy_job_end(printer: VirtualPrinter, underway: Underway) -> None:
    service, job = underway
    service.finish()
    left = service.still_printing()
    assert left is not None
    assert left.title == ""
    printer.finish_job()
    comes_to(service, job, State.DONE)
    assert len(printer.printed()) == 1


def test_a_visitor_can_stop_a_job(printer: VirtualPrinter, underway: Underway) -> None:
    service, job = underway
    service.cancel(job.id)
    until(lambda: service.ends == {"cancelled": 1})
    assert printer.jobs() == []


def test_what_a_dead_kiosk_left_in_the_queue_is_cancelled_at_the_next_start(
    printer: VirtualPrinter, make: Make, order: Order
) -> None:
    printer.queue_does("cupsdisable")
    aside(IppPrinter(printer.queue_uri, printer.device_uri).send, order.pdf, 1)
    assert len(printer.jobs()) == 1
    make()
    until(lambda: not printer.jobs())
    printer.queue_does("cupsenable")
    nothing_more_comes_out(printer)
    assert printer.printed() == []


def test_another_program_s_jobs_are_left_alone(printer: VirtualPrinter, pdf: bytes) -> None:
    printer.queue_does("cupsdisable")
    path = printer.root / "other.pdf"
    path.write_bytes(pdf)
    path.chmod(0o644)
    printer.print_as_somebody_else(path)
    ipp = IppPrinter(printer.queue_uri, printer.device_uri)
    aside(ipp.send, pdf, 1)
    assert aside(ipp.clear, []) == 1
    assert len(printer.jobs()) == 1


@pytest.mark.parametrize("direct", [False, True], ids=["queue", "printer"])
def test_two_kiosks_at_one_printer_leave_each_other_s_jobs_alone(
    printer: VirtualPrinter, pdf: bytes, direct: bool
) -> None:
    address = printer.device_uri if direct else printer.queue_uri
    hall = IppPrinter(address, printer.device_uri, user="kiosk-hall-1a2b3c4d")
    ward = IppPrinter(address, printer.device_uri, user="kiosk-ward-5e6f7a8b")
    printer.each_job_takes(600)
    number = aside(hall.send, pdf, 1)
    until(printer.printed)
    assert aside(ward.clear, []) == 0
    assert not aside(hall.look, number).stage.is_over
    assert aside(hall.clear, [number]) == 0
    assert not aside(hall.look, number).stage.is_over
    assert aside(hall.clear, []) >= 1
    printer.finish_job()  # this printer ends a job that was cancelled when its side is out
    until(lambda: aside(hall.look, number).stage is Stage.CANCELLED)


def test_what_only_the_printer_still_holds_is_taken_back(
    printer: VirtualPrinter, pdf: bytes
) -> None:
    printer.each_job_takes(600)
    straight = IppPrinter(printer.device_uri)
    number = aside(straight.send, pdf, 1)
    until(printer.printed)
    assert aside(IppPrinter(printer.queue_uri, printer.device_uri).clear, []) == 1
    printer.finish_job()
    until(lambda: aside(straight.look, number).stage is Stage.CANCELLED)
