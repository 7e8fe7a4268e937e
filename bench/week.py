"""A week of a busy clinic at a fast clock: what grows in memory, in the state folder, in the log.

The visits of tests/clinic_days.py, BENCH_WEEK_VISITS a day (200). Memory is compared with that of
the first evening: by then everything that is loaded once is there.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.rows import Row
from kiosk.usage import Event
from tests.clinic_days import Clinic, clinic

VISITS = int(os.environ.get("BENCH_WEEK_VISITS", "200"))
DAYS = 7
LEAFLETS_MB = 40  # so little that a week reaches it
MB = 1_000_000


def week() -> Iterator[Row]:
    """Seven days of visits, with quiet hours, nights, prints, counts and looks by staff."""
    with tempfile.TemporaryDirectory() as folder, clinic(Path(folder), LEAFLETS_MB) as place:
        place.day(VISITS)
        first, sizes = _memory_mb(place), place.sizes()
        most = sizes["leaflets"]
        for _ in range(DAYS - 1):
            place.day(VISITS)
            most = max(most, place.sizes()["leaflets"])
        last, then = _memory_mb(place), place.sizes()
        lost = [
            f"{event}: {place.counted()[event]} of {place.expected[event]}"
            for event in (Event.READ, Event.HEARD, Event.SESSION, Event.LEAFLET)
            if place.counted()[event] != place.expected[event]
        ]
        failed = place.counted()[Event.FAILURE]
    what = f"{DAYS} days of {VISITS} visits"
    grown = " and ".join(f"{late - early:+.1f} MB" for early, late in zip(first, last, strict=True))
    yield Row(f"memory of web and workers after {what}", "-", "under 10 MB more", grown)
    yield Row(
        "leaflets kept, at most", "-", f"{LEAFLETS_MB} MB (leaflets_mb)", f"{most / MB:.1f} MB"
    )
    yield Row("everything else in the state folder", "-", "-", _others(sizes, then))
    yield Row("the log of that week", "-", "1 MB", f"{then['log'] / MB:.3f} MB")
    yield Row("counts", "-", "none lost", "; ".join(lost) or f"none lost, {failed} failures")


def _memory_mb(place: Clinic) -> tuple[float, float]:
    """What this process holds, which is the web's, and what its workers do."""
    pids = [worker.pid for worker in place.services.workers.values()]
    return _held_mb(os.getpid()), sum(_held_mb(pid) for pid in pids if pid)


def _held_mb(pid: int) -> float:
    found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1000 if found else 0.0


def _others(first: dict[str, int], then: dict[str, int]) -> str:
    names = sorted(set(then) - {"leaflets", "log"}, key=lambda name: -then[name])[:3]
    return ", ".join(
        f"{name} {first.get(name, 0) / MB:.2f} to {then[name] / MB:.2f} MB" for name in names
    )
