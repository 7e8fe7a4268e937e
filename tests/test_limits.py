"""What is too large, too long or no request at all is refused, and leaves the kiosk as it was."""

import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from kiosk.notify import health
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.page_rules import SAME_ORIGIN

PATIENCE_S = 30
KB = 1024


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory, voice: None) -> Iterator[RunningKiosk]:
    """The real kiosk, to be asked over a bare socket."""
    with running_kiosk(tmp_path_factory.mktemp("kiosk")) as running:
        yield running


def send(kiosk: RunningKiosk, request: bytes) -> bytes:
    """All that the kiosk answers to these bytes."""
    place = urlsplit(kiosk.address)
    assert place.hostname is not None
    with socket.create_connection((place.hostname, place.port), PATIENCE_S) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
        except OSError:  # refused before all was said
            pass
        answer = b""
        try:
            while part := line.recv(64 * KB):
                answer += part
        except ConnectionResetError:
            pass
        return answer


def get(path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def status(answer: bytes) -> int:
    """The status; 0 where the kiosk only hung up."""
    if not answer:
        return 0
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    assert found, answer[:200]
    return int(found[1])


REFUSED = {
    "a header of 20 KB": (get("/", f"X-Long: {'x' * 20 * KB}"), {431}),
    "a thousand headers": (get("/", *(f"X-{n}: {'y' * 20}" for n in range(1000))), {431}),
    "an address of 5 KB": (get(f"/{'x' * 5 * KB}"), {414}),
    "a query of 5 KB": (get(f"/help?{'x' * 5 * KB}"), {414}),
    "a path that climbs": (get("/static/../../kiosk.toml"), {404}),
    "a path that climbs in disguise": (get("/static/%2e%2e/%2e%2e/kiosk.toml"), {404}),
    "a path with a zero byte": (get("/static/a%00b"), {404}),
    "a path of another file": (get("/static//etc/passwd"), {404, 308}),
    "an address of another host": (get("http://clinic.example/help"), {200, 400}),
    "another method": (get("/help").replace(b"GET", b"BREW"), {405}),
    "a method that shows headers": (get("/help").replace(b"GET", b"TRACE"), {405}),
    "a tunnel": (
        b"CONNECT clinic.example:443 HTTP/1.1\r\nHost: clinic.example\r\n\r\n",
        {400, 404},
    ),
    "no request": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    "two lengths": (get("/help", "Content-Length: 5", "Content-Length: 6"), {400}),
    "a length that is none": (get("/help", "Content-Length: -1"), {400}),
    "a length and chunks": (
        get("/finish", "Content-Length: 3", "Transfer-Encoding: chunked").replace(b"GET", b"POST"),
        {0, 400, 403},
    ),
    "a smuggled second line": (get("/help", "X-A: b\nX-C: d"), {400}),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_good_request_is_refused(kiosk: RunningKiosk, what: str) -> None:
    request, wanted = REFUSED[what]
    answer = send(kiosk, request)
    assert status(answer) in wanted
    for word in (b"Traceback", b".py", b"werkzeug", b"waitress", b"root:"):
        assert word not in answer.lower()


def test_a_body_that_is_larger_than_any_form_is_refused_before_it_is_read(
    kiosk: RunningKiosk,
) -> None:
    origin = f"Origin: {SAME_ORIGIN['Origin']}"
    head = get("/preferences", origin, f"Content-Length: {100 * KB * KB}").replace(b"GET", b"POST")
    assert status(send(kiosk, head + b"x" * 100 * KB)) in (403, 413)


def test_half_a_request_keeps_nobody_waiting(kiosk: RunningKiosk) -> None:
    place = urlsplit(kiosk.address)
    assert place.hostname is not None
    halves = [socket.create_connection((place.hostname, place.port)) for _ in range(40)]
    try:
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        assert status(send(kiosk, get("/help"))) == 200
    finally:
        for half in halves:
            half.close()


def test_nothing_tells_what_serves(kiosk: RunningKiosk) -> None:
    head = send(kiosk, get("/help")).partition(b"\r\n\r\n")[0].lower()
    assert b"server:" not in head
    assert b"x-powered-by:" not in head


def test_the_log_has_nothing_of_a_visit(kiosk: RunningKiosk) -> None:
    """Neither what was read nor by whom, also where it was refused."""
    for path in ("/leg-cramps/pregnancy", "/leg-cramps/secret-page", "/leg-cramps/relief?q=secret"):
        send(kiosk, get(path, "User-Agent: secret-browser", "Cookie: preferences=size=large"))
    for request, _ in REFUSED.values():
        send(kiosk, request)
    log = kiosk.log.read_text("utf-8")
    for word in ("pregnancy", "secret", "GET", "127.0.0.1", "size=large", "Traceback"):
        assert word not in log


def test_a_kiosk_that_others_can_reach_says_so_loudly(
    tmp_path_factory: pytest.TempPathFactory, voice: None
) -> None:
    folder = tmp_path_factory.mktemp("open")
    with running_kiosk(folder, {"KIOSK_HOST": "0.0.0.0"}) as running:
        assert health(running.address.replace("0.0.0.0", "127.0.0.1"), PATIENCE_S)
    log = running.log.read_text("utf-8")
    assert "WARNING" in log
    assert "other machines" in log
