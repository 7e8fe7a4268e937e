"""What the client makes of answers that a printer should not give.

What good answers come to is tested at a real queue and printer (tests/rigs).
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from kiosk.printing import client
from kiosk.printing.client import IppPrinter, printer_address
from kiosk.printing.states import (
    AnswerLostError,
    Cause,
    Condition,
    PrinterBusyError,
    PrinterUnavailableError,
    PrintJobError,
)
from tests.own_thread import aside

OK, ATTRIBUTES_END = 0x0000, b"\x03"
BUSY, NOT_ACCEPTING, NOT_FOUND, NOT_POSSIBLE = 0x0507, 0x0506, 0x0406, 0x0404
GARBAGE = [b"", b"\x00", b"\xff" * 40, b"<html>sorry</html>", bytes(range(256)) * 40]
Answering = Callable[[bytes], IppPrinter]


def ipp(status: int) -> bytes:
    """An IPP answer with nothing in it but its status and what each must have."""
    name, charset = b"attributes-charset", b"utf-8"
    given = b"\x01\x47" + struct.pack(">H", len(name)) + name
    given += struct.pack(">H", len(charset)) + charset
    return http(struct.pack(">BBHI", 2, 0, status, 1) + given + ATTRIBUTES_END)


def http(body: bytes, status: str = "200 OK") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/ipp\r\nConnection: close\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class OddPrinter:
    """Takes a whole request, sends the same bytes back each time, and hangs up."""

    def __init__(self) -> None:
        self.answer: bytes | None = b""
        self._held: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.uri = f"ipp://127.0.0.1:{self._door.getsockname()[1]}/ipp/print"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                visitor, _ = self._door.accept()
            except OSError:
                return
            visitor.settimeout(5)
            said = b""
            while ATTRIBUTES_END not in said.partition(b"\r\n\r\n")[2]:
                said += visitor.recv(65536)
            if self.answer is None:
                self._held.append(visitor)  # and no answer ever
                continue
            visitor.sendall(self.answer)
            visitor.close()

    def close(self) -> None:
        self._door.close()
        for visitor in self._held:
            visitor.close()


@pytest.fixture
def odd() -> Iterator[OddPrinter]:
    printer = OddPrinter()
    yield printer
    printer.close()


@pytest.fixture
def nobody() -> IppPrinter:
    """The address of a printer that is off."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    return IppPrinter(f"ipp://127.0.0.1:{port}/ipp/print")


def test_a_queue_is_named_and_a_printer_is_an_address() -> None:
    assert printer_address("leaflet") == "ipp://localhost:631/printers/leaflet"
    assert printer_address("ipp://192.0.2.10/ipp/print") == "ipp://192.0.2.10/ipp/print"


def test_a_printer_that_is_off_took_nothing(nobody: IppPrinter) -> None:
    assert aside(nobody.ask) == Condition(Cause.OFFLINE)
    for call in (
        (nobody.send, b"%PDF", 1),
        (nobody.look, 1),
        (nobody.cancel, 1),
        (nobody.clear, []),
    ):
        with pytest.raises(PrinterUnavailableError) as caught:
            aside(*call)
        assert caught.value.cause is Cause.OFFLINE


@pytest.mark.parametrize("answer", [*map(http, GARBAGE), http(b"oh", "500 Broken"), b"", b"HTTP/"])
def test_after_an_answer_without_sense_a_job_may_have_been_taken(
    odd: OddPrinter, answer: bytes
) -> None:
    odd.answer = answer
    printer = IppPrinter(odd.uri)
    assert aside(printer.ask) == Condition(Cause.OFFLINE)
    with pytest.raises(AnswerLostError):
        aside(printer.send, b"%PDF", 1)
    for call in ((printer.look, 1), (printer.clear, [])):
        with pytest.raises(PrinterUnavailableError):
            aside(*call)


def test_a_printer_that_never_answers_is_not_waited_for(
    odd: OddPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd.answer = None
    monkeypatch.setattr(client, "ASK_S", 0.2)
    monkeypatch.setattr(client, "SEND_S", 0.2)
    printer = IppPrinter(odd.uri)
    assert aside(printer.ask) == Condition(Cause.OFFLINE)
    with pytest.raises(AnswerLostError):
        aside(printer.send, b"%PDF", 1)


def test_a_busy_printer_may_be_asked_again(odd: OddPrinter) -> None:
    odd.answer = ipp(BUSY)
    with pytest.raises(PrinterBusyError):
        aside(IppPrinter(odd.uri).send, b"%PDF", 1)


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (NOT_ACCEPTING, Cause.REJECTING),
        (NOT_FOUND, Cause.REFUSED),
        (NOT_POSSIBLE, Cause.REFUSED),
    ],
)
def test_a_refusal_says_why(odd: OddPrinter, status: int, cause: Cause) -> None:
    odd.answer = ipp(status)
    with pytest.raises(PrinterUnavailableError) as caught:
        aside(IppPrinter(odd.uri).send, b"%PDF", 1)
    assert caught.value.cause is cause


def test_a_job_without_a_number_may_have_been_taken(odd: OddPrinter) -> None:
    odd.answer = ipp(OK)
    with pytest.raises(AnswerLostError):
        aside(IppPrinter(odd.uri).send, b"%PDF", 1)


@pytest.mark.parametrize("status", [OK, NOT_FOUND])
def test_a_job_of_which_nothing_is_said_is_unknown(odd: OddPrinter, status: int) -> None:
    odd.answer = ipp(status)
    with pytest.raises(PrintJobError):
        aside(IppPrinter(odd.uri).look, 1)


def test_a_printer_that_says_nothing_of_itself_may_work(odd: OddPrinter) -> None:
    odd.answer = ipp(OK)
    assert aside(IppPrinter(odd.uri).ask) == Condition(None)
