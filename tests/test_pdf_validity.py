"""PDF/UA-1 (ISO 14289-1) by the real veraPDF, over what a visitor can ask for.

One Java process checks every topic in every size, and choices of parts: all parts, every second
one, and parts alone, in one size or another.
"""

from itertools import cycle

import pytest

from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import Services
from tests.printed import Printed
from tests.rigs.verapdf import RigMissingError, Verdict, validate
from tests.tools import missing
from tests.topics import TOPIC_NAMES

pytestmark = pytest.mark.usefixtures("paper", "unhurried_press")
LEAST = 60  # files; with fewer, some choice is no longer looked at
MANY = 8  # parts; of a topic with more, each eighth one stands alone
CHOICES = ("pregnancy", "older-people", "get-help")


def orders(services: Services) -> dict[str, LeafletOrder]:
    """Leaflets with other parts than the usual ones, by name."""
    pack = services.catalogue.packs["leg-cramps"]
    sizes = cycle(Size)
    found = {}
    for topic_id in CHOICES:
        topic = pack.topics[topic_id]
        ids = tuple(section.id for section in topic.sections)
        alone = ids if len(ids) < MANY else ids[::MANY]
        for parts in [ids, ids[::2], *((part,) for part in alone)]:
            size = next(sizes)
            order = LeafletOrder(topic, pack, services.review(topic), size, parts)
            found[f"{topic_id} {size} {','.join(parts)}"] = order
    return found


@pytest.fixture(scope="module")
def verdicts(
    services: Services,
    printed: Printed,
    unhurried_press: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Verdict]:
    """What veraPDF says of each file, by the file's name for people."""
    folder = tmp_path_factory.mktemp("validity")
    paths = {f"{name} {size}": path for (name, size), (path, _) in printed.items()}

    def add(name: str, pdf: bytes) -> None:
        paths[name] = folder / f"{len(paths)}.pdf"
        paths[name].write_bytes(pdf)

    for name, order in orders(services).items():
        add(name, services.leaflets.make(order, services.drawer(order.pack.id)))
    pack = services.catalogue.packs["leg-cramps"]
    add("a proof", services.proof(pack, pack.topics["medicines"]))
    add("the test page", services.test_order().pdf)
    try:
        found = validate(list(paths.values()), tmp_path_factory.mktemp("java"))
    except RigMissingError as error:
        missing(str(error))
    return {name: found[path] for name, path in paths.items()}


def test_every_file_passes_every_rule(verdicts: dict[str, Verdict]) -> None:
    failed = {name: found.failures[:3] for name, found in verdicts.items() if found.failures}
    assert failed == {}
    assert all(found.passed for found in verdicts.values())


def test_enough_files_were_looked_at(services: Services, verdicts: dict[str, Verdict]) -> None:
    assert len(verdicts) >= LEAST
    assert {f"{name} {size}" for name in TOPIC_NAMES for size in Size} <= set(verdicts)
    assert {"a proof", "the test page", *orders(services)} <= set(verdicts)
