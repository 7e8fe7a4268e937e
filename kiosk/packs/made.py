"""What a pack may carry ready made: recordings of its words, and its finished leaflets.

Both are kept under the hash of all that made them, so the kiosk computes from the pack's own words
which names may come with it. A file of any other name is left out: it would stand for words that
are not this pack's, or that this kiosk says or prints otherwise.
"""

import json
from collections.abc import Iterator

from kiosk.leaflet import LeafletOrder, Size
from kiosk.models import Pack
from kiosk.packs.manifest import LEAFLETS, SPEECH
from kiosk.said import said_of
from kiosk.services import Services
from kiosk.speech.voices import NATURAL


def names_made(services: Services, pack: Pack, leaflets: bool = True) -> Iterator[str]:
    """Every file that may be made ahead of a pack's words, as it is named in a pack.

    `leaflets`: those too; their names need the paper worker. Raises LeafletError, WorkerError.
    """
    said = {utterance.text: utterance for utterance in said_of(services, pack)}
    for voice in NATURAL.values():
        for utterance in said.values():
            key = services.speech.recordings.key(utterance, voice.signature)
            yield f"{SPEECH}/{key}.{voice.suffix}"
            yield f"{SPEECH}/{key}.json"
    for topic in pack.topics.values() if leaflets else ():
        for size in Size:
            order = LeafletOrder(topic, pack, services.review(topic), size)
            yield f"{LEAFLETS}/{services.leaflets.key(order, services.drawer(pack.id))}.pdf"


def is_made(name: str) -> bool:
    """Whether a file of a pack is one that was made ahead."""
    return name.startswith((f"{SPEECH}/", f"{LEAFLETS}/"))


def looks_right(name: str, data: bytes) -> bool:
    """Whether a file is what its name says, as far as a look can tell: a later reader trusts it."""
    if name.endswith(".ogg"):
        return data.startswith(b"OggS")
    if name.endswith(".pdf"):
        return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    try:
        facts = json.loads(data)
        return facts["duration_s"] > 0 and all(_is_word(word) for word in facts["words"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _is_word(word: object) -> bool:
    """Start and end in the text, start and end in seconds, and whether the engine timed it."""
    return (
        isinstance(word, list)
        and len(word) == 5
        and all(isinstance(place, int) for place in word[:2])
        and all(isinstance(time, int | float) for time in word[2:4])
        and isinstance(word[4], bool)
    )
