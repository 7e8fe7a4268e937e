"""What systemd hears: that the kiosk is ready, goes on, and stops. Never of who was there."""

import json
import os
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.notify import health, keep_telling, tell, watchdog_s

WELL = {"voice": {"ok": True}, "printer": {"ok": True}}
LONG_S = 10  # only something that hangs takes so long


class Kiosk:
    """A stand-in that answers /healthz, or hangs, as it is told."""

    def __init__(self) -> None:
        self.answer: object = WELL
        self.hangs = threading.Event()
        self.asked: list[str] = []
        kiosk = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kiosk.asked.append(self.path)
                if kiosk.hangs.is_set():
                    threading.Event().wait(LONG_S / 10)
                    return
                self.send_response(503)
                self.end_headers()
                self.wfile.write(json.dumps(kiosk.answer).encode())

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def kiosk() -> Iterator[Kiosk]:
    """A kiosk that is well."""
    found = Kiosk()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """What systemd listens on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.settimeout(LONG_S)
        yield ear


def environ(ear: socket.socket, limit_s: float | None = None) -> dict[str, str]:
    found = {"NOTIFY_SOCKET": str(ear.getsockname())}
    if limit_s:
        found |= {"WATCHDOG_USEC": f"{limit_s * 1e6:.0f}", "WATCHDOG_PID": str(os.getpid())}
    return found


def heard(ear: socket.socket) -> dict[str, str]:
    """The next message, as systemd reads it."""
    lines = ear.recv(4096).decode().splitlines()
    return dict(line.split("=", 1) for line in lines)


def hears(ear: socket.socket) -> bool:
    """Whether there is a message within the ear's time."""
    try:
        return bool(heard(ear))
    except TimeoutError:
        return False


def test_a_kiosk_that_answers_is_ready(kiosk: Kiosk, systemd: socket.socket) -> None:
    stop = keep_telling(kiosk.address, environ(systemd))
    assert heard(systemd) == {"READY": "1", "STATUS": "all is well", "WATCHDOG": "1"}
    stop()
    assert heard(systemd) == {"STOPPING": "1"}
    assert set(kiosk.asked) == {"/healthz"}


def test_a_kiosk_that_does_not_answer_is_not_ready(kiosk: Kiosk, systemd: socket.socket) -> None:
    kiosk.hangs.set()
    stop = keep_telling(kiosk.address, environ(systemd, limit_s=0.2))
    systemd.settimeout(1)
    assert not hears(systemd)
    kiosk.hangs.clear()
    systemd.settimeout(LONG_S)
    assert heard(systemd)["READY"] == "1"
    stop()


def test_it_is_told_again_and_again_that_the_kiosk_goes_on(
    kiosk: Kiosk, systemd: socket.socket
) -> None:
    stop = keep_telling(kiosk.address, environ(systemd, limit_s=0.4))
    assert "READY" in heard(systemd)
    for _ in range(3):
        assert heard(systemd) == {"STATUS": "all is well", "WATCHDOG": "1"}
    stop()


def test_a_kiosk_that_hangs_is_no_longer_vouched_for(kiosk: Kiosk, systemd: socket.socket) -> None:
    stop = keep_telling(kiosk.address, environ(systemd, limit_s=0.4))
    assert "READY" in heard(systemd)
    kiosk.hangs.set()
    systemd.settimeout(1)
    under_way = 0
    while under_way < 5 and hears(systemd):
        under_way += 1
    assert under_way < 5
    stop()


def test_a_degraded_kiosk_goes_on_and_says_which_part(kiosk: Kiosk, systemd: socket.socket) -> None:
    kiosk.answer = {**WELL, "printer": {"ok": False, "why": "no paper", "mend": "fill it"}}
    stop = keep_telling(kiosk.address, environ(systemd))
    assert heard(systemd)["STATUS"] == "needs a mend: printer"
    stop()


@pytest.mark.parametrize("answer", ["", [], {"voice": 3}, {"voice": {}}, None])
def test_an_answer_that_is_none_counts_as_none(kiosk: Kiosk, answer: object) -> None:
    kiosk.answer = answer
    assert health(kiosk.address, LONG_S) is None


def test_nobody_there_counts_as_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert health(f"http://127.0.0.1:{taken.getsockname()[1]}", LONG_S) is None


def test_without_systemd_nothing_is_asked(kiosk: Kiosk) -> None:
    keep_telling(kiosk.address, {})()
    assert not tell("READY=1", {})
    assert kiosk.asked == []


def test_a_listener_that_is_gone_harms_nothing(tmp_path: Path) -> None:
    assert not tell("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})


def test_an_abstract_socket_is_heard() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("")  # Linux gives it an abstract name
        name = ear.getsockname().decode()
        assert tell("READY=1", {"NOTIFY_SOCKET": f"@{name[1:]}"})
        assert ear.recv(64) == b"READY=1"


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "30000000"}, 30),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({"WATCHDOG_USEC": "-1"}, None),
    ],
)
def test_the_limit_is_systemd_s_own(given: dict[str, str], seconds: float | None) -> None:
    assert watchdog_s(given) == seconds
