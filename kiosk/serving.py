"""Serves the app over HTTP: one process with threads, and a limit to everything that is sent to it.

Takes a WSGI app and an address; gives back a server that runs until Ctrl+C. The sole user of
waitress. Its own limits of time follow the clock of the wall, which may jump; these do not.
"""

import math
import time
from collections.abc import Callable
from typing import Any, Protocol, cast

from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

THREADS = 16  # leaflet.py and the speech worker let only some of them wait
MOST_HEADER, MOST_BODY = 16 * 1024, 64 * 1024  # bytes; the largest real form has under 1 KB
# From a request's first byte to its last. A screen of this machine sends one in a millisecond; who
# takes longer holds a place that others need (CWE-400, "slowloris").
REQUEST_S = 10.0
IDLE_S = 30.0  # a connection on which nothing moves; a browser opens another when it needs one


class Server(Protocol):
    """What serves until it is stopped."""

    def run(self) -> None: ...
    def close(self) -> None: ...


class Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection that is closed when a request takes too long to arrive, or nothing moves."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._timed: object = None
        self._begun = self._moved = time.monotonic()
        super().__init__(*given, **named)

    @property
    def last_activity(self) -> float:
        """For waitress, which would compare it with the wall clock: never too long ago."""
        return math.inf

    @last_activity.setter
    def last_activity(self, _wall_clock: float) -> None:
        self._moved = time.monotonic()

    def received(self, data: bytes) -> bool:
        """Take what was sent; the time of a request begins with its first byte."""
        taken = bool(super().received(data))
        if self.request is not self._timed:
            self._timed, self._begun = self.request, time.monotonic()
        return taken

    def readable(self) -> bool:
        """Whether more may be read; asked of every connection at least once a second."""
        if not self.requests:  # while one is answered, nothing is read and nothing is late
            now = time.monotonic()
            late = self.request is not None and now - self._begun > REQUEST_S
            if late or now - self._moved > IDLE_S:
                self.will_close = True
        return bool(super().readable())


def serve_at(app: Callable[..., Any], host: str, port: int) -> tuple[Server, int]:
    """A server that listens already, and its port. Raises OSError, ValueError."""
    places: dict[int, Any] = {}
    server = create_server(
        app,
        map=places,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=MOST_BODY,
        max_request_header_size=MOST_HEADER,
    )
    listening = [one for one in places.values() if isinstance(one, BaseWSGIServer)]
    for one in listening:
        one.channel_class = Channel
    return cast(Server, server), int(listening[0].effective_port)
