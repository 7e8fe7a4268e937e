"""The fixed sample that is measured: 12 leaflets and 40 paragraphs, the same in every run."""

from itertools import chain, islice

from kiosk.models import Pack, Topic
from kiosk.services import Services
from kiosk.speech.script import Utterance

PACK = "leg-cramps"
LEAFLETS = ("pregnancy", "older-people", "athletes", "relief", "prevention", "get-help")
LEAFLETS += ("cramp-now", "stretches", "causes", "night-cramps", "medicines", "sleep")
MOST_PARAGRAPHS, FROM_EACH = 40, 4  # four of each of ten topics


def topics(services: Services) -> list[tuple[Pack, Topic]]:
    """The twelve topics whose leaflets are made."""
    pack = services.catalogue.packs[PACK]
    return [(pack, pack.topics[name]) for name in LEAFLETS]


def paragraphs(services: Services) -> list[Utterance]:
    """The forty paragraphs that are said, no text twice."""
    said = (services.script(pack, topic) for pack, topic in topics(services))
    first = chain.from_iterable(islice(every, FROM_EACH) for every in said)
    return list(islice({one.text: one for one in first}.values(), MOST_PARAGRAPHS))
