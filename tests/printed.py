"""Every leaflet of the real content in every size, made once for all tests that look at them."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from kiosk.leaflet import Size
from kiosk.services import Services
from tests.paper_facts import Facts, read_facts
from tests.topics import TOPICS

PATIENCE_S = 120  # for a machine that is busy with other tests; only a hang is longer
Printed = dict[tuple[str, Size], tuple[Path, Facts]]


@contextmanager
def unhurried(services: Services) -> Iterator[None]:
    """The press with all the time it needs: not how fast it is, only what it makes, is asked."""
    worker = services.workers["paper"]
    limit_s, worker._timeout_s = worker._timeout_s, PATIENCE_S
    try:
        yield
    finally:
        worker._timeout_s = limit_s


def print_all(services: Services, folder: Path) -> Printed:
    """Every leaflet and its measures; one core makes them while the other measures."""
    spawn = multiprocessing.get_context("spawn")
    with unhurried(services), ProcessPoolExecutor(1, mp_context=spawn) as pool:
        made = {}
        for pack_id, topic_id in TOPICS:
            pack = services.catalogue.packs[pack_id]
            for size in Size:
                path = folder / f"{pack_id}-{topic_id}-{size}.pdf"
                path.write_bytes(services.leaflet(pack, pack.topics[topic_id], size))
                made[f"{pack_id}/{topic_id}", size] = path, pool.submit(read_facts, path)
        return {key: (path, facts.result()) for key, (path, facts) in made.items()}
