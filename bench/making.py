"""`build`: in one process, in two, and on a local Dask cluster of two workers.

The work is the sample's twelve leaflets in four sizes, each time over an empty folder. What comes
out is compared byte for byte.
"""

import tempfile
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from bench.machine import load
from bench.rows import Row, ratio, said, timed
from bench.sample import topics
from kiosk.build import Job, build, topic_jobs
from kiosk.executors import executor
from kiosk.services import Services, build_services
from kiosk.settings import Settings

WORKERS = 2


def making() -> Iterator[Row]:
    """Every way to make the same files; then the same again, and after an edit of nothing."""
    alone, files = _built(None)
    with executor(f"local:{WORKERS}") as pool:
        _warm(pool)
        shared, same = _built(pool)
    yield Row(
        "all leaflets of the sample, four sizes: two processes",
        f"one process: {said([alone])}; {alone / shared:.2f}x as fast",
        "1.7x on two cores",
        f"{said([shared])}; {_compared(files, same)}; {load()}",
        {"here": [shared], "beside": [alone]},
    )
    try:
        with _cluster() as address, executor(address) as workers:
            _warm(workers)
            clustered, same = _built(workers)
    except ImportError as error:
        yield Row("the same on a local Dask cluster", "-", "1.25x", f"not measured: {error}")
    else:
        yield Row(
            f"the same on a local Dask cluster of {WORKERS} workers",
            f"ProcessPoolExecutor: {said([shared])}; {clustered / shared:.2f}x",
            "identical bytes; 1.25x",
            f"{said([clustered])}; {_compared(files, same)}; {load()}",
            {"here": [clustered], "beside": [shared]},
        )
    yield from _again()


def _again() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(state=Path(folder))
        first = timed(lambda: _build_here(settings))[:1]
        again = timed(lambda: _build_here(settings))
    yield Row(
        "the sample's leaflets when nothing has changed",
        f"the first time: {said(first)}; {1 / ratio(again, first):.0f}x",
        "1 s",
        said(again),
        {"here": again, "beside": first},
    )


def _build_here(settings: Settings) -> None:
    services = build_services(settings)
    try:
        _all_made(services, None)
    finally:
        services.close()


def _built(workers: Executor | None) -> tuple[float, dict[str, bytes]]:
    """The seconds it took over an empty folder, and the leaflets by their names."""
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(state=Path(folder)))
        try:
            services.workers["paper"].call("signature")  # both ways have their library loaded
            begun = perf_counter()
            _all_made(services, workers)
            took = perf_counter() - begun
        finally:
            services.close()
        made = Path(folder, "leaflets").rglob("*.pdf")
        return took, {path.name: path.read_bytes() for path in made}


def _all_made(services: Services, workers: Executor | None) -> None:
    for made in build(services, workers, _wanted(services)):
        assert not made.failed, f"{made.what}: {made.failed}"


def _wanted(services: Services) -> list[Job]:
    found = [job for pack, topic in topics(services) for job in topic_jobs(services, pack, topic)]
    return [job for job in found if job[0].startswith("leaflet")]


def _warm(workers: Executor | None) -> None:
    """Let every worker load its libraries, by a build that is not counted."""
    for _ in range(WORKERS):
        with tempfile.TemporaryDirectory() as folder:
            services = build_services(Settings(state=Path(folder)))
            try:
                for made in build(services, workers, _wanted(services)[: 2 * WORKERS]):
                    assert not made.failed, made.failed
            finally:
                services.close()


@contextmanager
def _cluster() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield "dask://" + cluster.scheduler_address.removeprefix("tcp://")


def _compared(one: dict[str, bytes], other: dict[str, bytes]) -> str:
    return f"{len(one)} files, {'identical bytes' if one == other else 'NOT the same bytes'}"
