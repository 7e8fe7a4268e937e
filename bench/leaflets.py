"""How long a visitor waits for a leaflet: never made before, and kept."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.rows import Row
from kiosk.leaflet import Size
from kiosk.services import Services, build_services
from kiosk.settings import Settings

REPEATS = 3


def leaflets() -> Iterator[Row]:
    """Every topic at standard size; the press has started, as it has in a kiosk that serves."""
    cold: list[float] = []
    kept: list[float] = []
    first: list[float] = []
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as state:
            services = build_services(Settings(state=Path(state)))
            try:
                first.append(next(_times(services, Size.BOOKLET)))
                cold += _times(services, Size.STANDARD)
                kept += _times(services, Size.STANDARD)
            finally:
                services.close()
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield Row("a leaflet never made before: middle, longest", "-", "1.5 s", _said(cold, load))
    yield Row("a leaflet that is kept: middle, longest", "-", "20 ms", _said(kept, load))
    yield Row("the first leaflet after the kiosk starts", "-", "-", _said(first, load))


def _times(services: Services, size: Size) -> Iterator[float]:
    """The seconds that each topic's leaflet takes."""
    for pack in services.catalogue.packs.values():
        for topic in pack.topics.values():
            begun = perf_counter()
            services.leaflet(pack, topic, size)
            yield perf_counter() - begun


def _said(seconds: list[float], load: str) -> str:
    middle, longest = median(seconds), max(seconds)
    if longest < 0.1:
        return f"{middle * 1000:.0f} ms, {longest * 1000:.0f} ms ({load})"
    return f"{middle:.2f} s, {longest:.2f} s ({load})"
