"""How soon a leaflet is at the printer, and how soon a fault is on the screen.

A real kiosk as a process of its own, a real CUPS queue, and a virtual IPP printer behind it. The
page asks once a second, as its script does.
"""

import http.client
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from bench.rows import Row
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.rigs.machinery import RigMissingError, until
from tests.rigs.virtual_printer import VirtualPrinter

REPEATS = 7
PAGE_S = 1.0  # print-watch.js asks so often
TOPIC = {"pack": "leg-cramps", "topic": "relief", "size": "standard"}


def printing() -> Iterator[Row]:
    """Tap on Print to job at the printer, and a fault of the printer to its words."""
    try:
        printer = VirtualPrinter()
    except RigMissingError as error:
        yield Row("printing", "-", "-", f"not measured: {error}")
        return
    settings = {
        "KIOSK_PRINTER_QUEUE": printer.queue_uri,
        "KIOSK_PRINTER_DEVICE": printer.device_uri,
        "KIOSK_PRINTER_MOST_PER_VISIT": "100",
    }
    with tempfile.TemporaryDirectory() as folder:
        try:
            printer.start()
            with running_kiosk(Path(folder), settings) as kiosk:
                yield from _rows(printer, _Tap(kiosk))
        finally:
            printer.stop()


def _rows(printer: VirtualPrinter, tap: "_Tap") -> Iterator[Row]:
    tap.end(tap.print())  # makes the leaflet, which is kept from then on
    arrived = [_arrival(printer, tap) for _ in range(REPEATS)]
    yield Row("tap on Print to job at the printer", "-", "1 s", _spread(arrived))
    told = [_fault(printer, tap) for _ in range(REPEATS)]
    yield Row("a fault during a job to its words on the screen", "-", "5 s", _spread(told))


def _arrival(printer: VirtualPrinter, tap: "_Tap") -> float:
    printer.forget()
    begun = time.monotonic()
    job = tap.print()
    until(printer.printed)
    took = time.monotonic() - begun
    tap.end(job)
    return took


def _fault(printer: VirtualPrinter, tap: "_Tap") -> float:
    printer.each_job_takes(60)
    printer.forget()
    job = tap.print()
    until(printer.printed)
    tap.wait(job, lambda said: said["state"] == "printing")
    begun = time.monotonic()
    printer.fill(0)
    tap.wait(job, lambda said: said["cause"] == "no-paper")
    took = time.monotonic() - begun
    printer.fill(250)
    printer.finish_job()
    tap.end(job)
    return took


class _Tap:
    """What a visitor's screen asks of the kiosk; each leaflet by a visitor of its own."""

    def __init__(self, kiosk: RunningKiosk) -> None:
        self._host = urlsplit(kiosk.address).netloc

    def print(self) -> str:
        self._ask("POST", "/finish")
        return self._ask("POST", "/print", TOPIC)[0]

    def wait(self, job: str, holds: Callable[[dict[str, object]], bool]) -> None:
        """Ask as the page does until its answer holds."""
        while not holds(json.loads(self._ask("GET", job)[1])):
            time.sleep(PAGE_S)

    def end(self, job: str) -> None:
        self.wait(job, lambda said: said["ended"] is True)

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, bytes]:
        connection = http.client.HTTPConnection(self._host, timeout=30)
        try:
            headers = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}
            if form:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request(method, path, urlencode(form or {}), headers)
            answer = connection.getresponse()
            return answer.headers.get("Location", ""), answer.read()
        finally:
            connection.close()


def _spread(seconds: list[float]) -> str:
    low, high = min(seconds), max(seconds)
    return f"{median(seconds):.2f} s ({low:.2f} to {high:.2f}, {len(seconds)} times)"
