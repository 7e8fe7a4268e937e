"""A web server as a process of its own, and one client that asks it."""

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from urllib.parse import urlsplit

from kiosk.settings import PROJECT
from tests.browser.kiosk_process import RunningKiosk, running_kiosk

STOP_S = 10
NO_SETTINGS: MappingProxyType[str, str] = MappingProxyType({})


class Client:
    """One client on one connection, as a browser keeps it."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[bytes, http.client.HTTPMessage]:
        """The body as it was sent, and its headers; only a 200 will do."""
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"} | headers)
        answer = self._connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        return body, answer.headers

    def times(self, path: str, number: int) -> list[float]:
        """The seconds from asking to the last byte, `number` times."""
        found = []
        for _ in range(number):
            begun = perf_counter()
            self.get(path)
            found.append(perf_counter() - begun)
        return found

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


@contextmanager
def peer(module: str, *arguments: str) -> Iterator[str]:
    """A peer's server, `python -m module`; its address, which it prints first."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found, f"{module} did not start"
            yield found[0]
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_S)


def first_page(folder: Path, path: str, settings: dict[str, str] | None = None) -> float:
    """The seconds from starting `serve` to a whole page, with whatever is kept in `folder`."""
    begun = perf_counter()
    with running_kiosk(folder, settings or NO_SETTINGS) as kiosk:
        client = Client(kiosk.address)
        client.get(path)
        took = perf_counter() - begun
        client.close()
    return took


def in_turns(
    servers: Sequence[tuple[str, str]], rounds: int, number: int
) -> tuple[list[float], ...]:
    """The times of several servers, each an address and a path, asked in turns.

    So whatever else the machine does falls on all of them alike.
    """
    clients = [Client(address) for address, _ in servers]
    found: tuple[list[float], ...] = tuple([] for _ in servers)
    for client, (_, path) in zip(clients, servers, strict=True):
        client.times(path, number)  # warm
    for _ in range(rounds):
        for client, (_, path), times in zip(clients, servers, found, strict=True):
            times += client.times(path, number)
    for client in clients:
        client.close()
    return found


__all__ = ["Client", "RunningKiosk", "first_page", "in_turns", "peer", "running_kiosk"]
