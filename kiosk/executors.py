"""Where `build` has its work done: in processes on this machine's cores, or on a Dask cluster.

Takes what `--executor` says; gives back a concurrent.futures Executor. The sole user of Dask. Each
machine of a cluster needs this release of the kiosk and the same content, and runs
`dask worker ADDRESS` in its folder; files come back to the machine that asked.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from kiosk.errors import SettingsError

HERE, LOCAL, CLUSTER = "here", "local", "dask://"
ANSWER_S = 10  # a scheduler that is there answers at once


@contextmanager
def executor(asked: str) -> Iterator[Executor | None]:
    """`here`, `local` (one process for each core), `local:N`, or `dask://HOST:PORT`.

    None for `here`: one thing after another. Raises SettingsError for anything else, and for a
    cluster that cannot be used.
    """
    if asked == HERE:
        yield None
        return
    if asked.startswith(CLUSTER):
        with _cluster(asked.removeprefix(CLUSTER)) as found:
            yield found
        return
    name, _, number = asked.partition(":")
    processes = number or str(os.cpu_count() or 1)
    if name != LOCAL or not processes.isascii() or not processes.isdigit() or int(processes) < 1:
        raise SettingsError(
            f"there is no executor {asked}", "use here, local, local:2 or dask://127.0.0.1:8786"
        )
    # A fresh interpreter, not a fork: a forked child inherits locks of lost threads.
    with ProcessPoolExecutor(int(processes), get_context("spawn")) as pool:
        yield pool


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        raise SettingsError(
            "Dask is not on this machine", "install the package distributed"
        ) from error
    try:
        client = Client(f"tcp://{address}", timeout=ANSWER_S, set_as_default=False)  # type: ignore[no-untyped-call] # Dask carries no types
    except (OSError, ValueError) as error:  # a time-out is an OSError
        raise SettingsError(
            f"no Dask cluster answers at {address}", "start `dask scheduler` there"
        ) from error
    with client, client.get_executor() as found:  # type: ignore[no-untyped-call] # as above
        yield found
