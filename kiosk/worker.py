"""A child process that owns a native library: a job in, a result out, limits.

The web process holds no native state, so a bad font or voice cannot take it down. A child that
hangs, dies or grows too large is replaced, and the next job goes to the new one.
"""

import contextlib
import importlib
import multiprocessing
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kiosk.errors import (
    KioskError,
    NotKeptError,
    WorkerBusyError,
    WorkerError,
    WorkerTimeoutError,
)

PROJECT = Path(__file__).parent.parent
TELLS = frozenset({"signature", "version"})  # what a child says of itself
START_S = 40  # loading the libraries: half a second here, many on a small and busy machine


class Turns:
    """One at a time, and only so many waiting: a crowd must not take every thread of the web."""

    def __init__(self, name: str, most: int) -> None:
        """`most` counts the one whose turn it is; `name` is for the log."""
        self._name = name
        self._places = threading.BoundedSemaphore(most)
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn and have it. Raises WorkerBusyError at once when there is no place."""
        if not self._places.acquire(blocking=False):
            raise WorkerBusyError(f"{self._name}: too many jobs are waiting", "try again shortly")
        try:
            with self._turn:
                yield
        finally:
            self._places.release()

    def after(self) -> threading.Lock:
        """The turn itself, for what must not run beside a job."""
        return self._turn


class Worker:
    """One child process. `call` may be used from any thread; jobs are done one at a time."""

    def __init__(
        self, owner: str, timeout_s: float, memory_mb: int, most_waiting: int = 16
    ) -> None:
        """`owner` is the class that the child makes and keeps, as `package.module:Class`."""
        self._owner = owner
        self._timeout_s = timeout_s
        self._memory_mb = memory_mb
        self._turns = Turns(owner, most_waiting)
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._ending = False
        self.makes = True  # while it makes nothing, it only tells of itself

    @property
    def pid(self) -> int | None:
        """The child's process id, or None when there is none at the moment."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def call(self, method: str, *arguments: Any) -> Any:
        """Have the child's owner do `method(*arguments)`; give back its result.

        Raises WorkerBusyError, WorkerTimeoutError, WorkerError when the child dies, and the
        KioskError that the method itself raised. While it makes nothing: NotKeptError.
        """
        if not self.makes and method not in TELLS:
            raise NotKeptError(f"{self._owner}.{method} would have to make it")
        with self._turns.take():
            return self._do(method, arguments)

    def _do(self, method: str, arguments: tuple[Any, ...]) -> Any:
        known = self._pipe
        pipe = self._running()
        # A new child loads its libraries within its first job, and is given the time for it.
        limit_s = self._timeout_s + (0 if pipe is known else START_S)
        try:
            pipe.send((method, arguments))
            if not pipe.poll(limit_s):
                self._replace()
                raise WorkerTimeoutError(
                    f"{self._owner}.{method} took longer than {limit_s:g} s",
                    "the worker was replaced; try again",
                )
            outcome, value = pipe.recv()
        except (EOFError, OSError) as error:
            self._replace()
            raise WorkerError(
                f"{self._owner}.{method}: the worker ended", "it was replaced; try again"
            ) from error
        if outcome == "error":
            raise value
        return value

    def _running(self) -> Connection:
        if self._ending:
            raise WorkerError(f"{self._owner}: the kiosk is stopping")
        if self._process is None or self._process.poll() is not None or self._pipe is None:
            self._replace()
            ours, theirs = multiprocessing.Pipe()
            # A fresh interpreter, not a fork: a forked child inherits locks of lost threads.
            path = os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "kiosk.worker"),
                    *(str(theirs.fileno()), self._owner, str(self._memory_mb)),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path.rstrip(os.pathsep)},
            )
            theirs.close()
            self._pipe = ours
        return self._pipe

    def _replace(self) -> None:
        """End the child; the next job starts a new one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(5)
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def close(self) -> None:
        """End the child at the end of the kiosk's own life, in the midst of a job if need be."""
        self._ending = True
        process = self._process
        if process is not None:
            process.kill()  # whoever waits for it is told so at once
        with self._turns.after():
            self._replace()
        self._ending = False


def _serve(pipe: Connection, owner: str, memory_mb: int) -> None:
    """The child's life: make the owner, then do job after job until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, who closes the pipe
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    module, _, name = owner.partition(":")
    instance: Any = None
    # The parent may end at any moment: while a job is waited for, or before its result is sent.
    with contextlib.suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            method, arguments = pipe.recv()
            try:
                if instance is None:
                    instance = getattr(importlib.import_module(module), name)()
                answer = ("ok", getattr(instance, method)(*arguments))
            except KioskError as error:
                answer = ("error", error)
            except MemoryError:
                answer = ("error", WorkerError(f"{owner}.{method} needs more than {memory_mb} MB"))
            except Exception as error:  # a bug in the owner must reach the log, not end the child
                answer = ("error", WorkerError(f"{owner}.{method}: {error!r}"))
            pipe.send(answer)


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), sys.argv[2], int(sys.argv[3]))
