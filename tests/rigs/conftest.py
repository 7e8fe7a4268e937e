"""One queue and one printer for all the tests of printing; as new for each."""

from collections.abc import Iterator
from time import monotonic

import pytest
from weasyprint import HTML

from kiosk.printing.client import IppPrinter
from kiosk.printing.jobs import Order, Quota
from kiosk.printing.service import PrintService
from tests.rigs.printing_rig import PLENTY, Make, Underway, begins, renew, switched_on
from tests.rigs.virtual_printer import VirtualPrinter


@pytest.fixture(scope="session")
def rig() -> Iterator[VirtualPrinter]:
    """The printer, switched on once for all tests; in CI it must be there."""
    with switched_on() as found:
        yield found


@pytest.fixture
def printer(rig: VirtualPrinter) -> VirtualPrinter:
    """The printer as new: nothing printed, nothing waiting, nothing wrong."""
    renew(rig)
    return rig


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A paper of two sides, with words to look for."""
    words = "<h1>Stretch your calf</h1><h1 style='break-before: page'>Hold and breathe</h1>"
    return bytes(HTML(string=words).write_pdf())


@pytest.fixture
def order(pdf: bytes) -> Order:
    return Order(pdf, "Stretches", 2, "stretches")


@pytest.fixture
def make(printer: VirtualPrinter) -> Iterator[Make]:
    """Makes services that are closed at the end."""
    made: list[PrintService] = []

    def service(
        quota: Quota = PLENTY, pace: int = 1, direct: bool = False, **options: bool
    ) -> PrintService:
        queue = printer.device_uri if direct else printer.queue_uri
        ipp = IppPrinter(queue, printer.device_uri, **options)
        found = PrintService(ipp, quota, lambda: monotonic() * pace)
        found.start()
        made.append(found)
        return found

    yield service
    for found in made:
        found.close()


@pytest.fixture
def underway(printer: VirtualPrinter, make: Make, order: Order) -> Underway:
    """A service, and a job of it that the printer works at until it is told to finish it."""
    printer.each_job_takes(600)
    service = make()
    job = service.submit(order)
    begins(printer, service, job)
    return service, job
