"""A connection that only takes up a place is closed, however steadily it trickles.

A real server of its own process, with limits short enough to wait for.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from kiosk.serving import IDLE_S, REQUEST_S
from kiosk.settings import PROJECT

PATIENCE_S = 60  # only a hang is longer
SHORT_S, SHORT_IDLE_S = 1.0, 5.0  # the limits here, in place of ten seconds and thirty
SERVER = f"""
from kiosk import serving
serving.REQUEST_S, serving.IDLE_S = {SHORT_S}, {SHORT_IDLE_S}
def app(environ, start_response):
    start_response("200 OK", [("Content-Length", "4")])
    return [b"well"]
server, port = serving.serve_at(app, "127.0.0.1", 0)
print(port, flush=True)
server.run()
"""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


def well(line: HTTPConnection) -> bool:
    line.request("GET", "/")
    return line.getresponse().read() == b"well"


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"x"),
        (b"GET / HTTP/1.1\r\n", b"X-More: y\r\n"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (
            b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"1\r\nx\r\n",
        ),
    ],
    ids=["one header", "header after header", "a body", "a body in chunks"],
)
def test_a_request_that_trickles_in_is_hung_up_on(port: int, begin: bytes, piece: bytes) -> None:
    """Each piece is a sign of life, and the whole never comes."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.settimeout(0.2)  # between two pieces
        line.sendall(begin)
        for _ in range(round(PATIENCE_S / 0.2)):
            try:
                line.sendall(piece)
                if line.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:  # hung up on between the two
                break
        else:
            pytest.fail("it may go on for ever")


def test_trickling_requests_keep_nobody_waiting(port: int) -> None:
    halves = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        assert well(line)
    finally:
        line.close()
        for half in halves:
            half.close()


def test_a_connection_on_which_nothing_is_said_is_closed(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE_S) as line:
        assert line.recv(100) == b""


def test_a_connection_that_is_older_than_a_request_may_be_goes_on(port: int) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    assert well(line)
    own = line.sock
    for _ in range(4):  # with pauses that come to more than the limit
        time.sleep(SHORT_S / 2)
        assert well(line)
    assert line.sock is own, "it was closed, and another one was opened"
    line.close()


def test_the_limits_leave_a_slow_machine_its_time() -> None:
    assert 5 <= REQUEST_S <= 30
    assert IDLE_S >= REQUEST_S
