"""All that the kiosk says and that is known before: pages, sessions, and each thing on the screen.

Takes the services; gives back utterances, each text once, to be made ahead in a natural voice.
What is left to eSpeak NG holds a number or a state of this moment.
"""

from collections.abc import Iterator

from kiosk.models import ExerciseCard, Pack, Topic
from kiosk.phrases import Phrases
from kiosk.services import Services, noting
from kiosk.sessions import playable, playable_steps
from kiosk.speech.interface import saying, sayings
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.utterances import ahead


def everything_said(services: Services) -> Iterator[Utterance]:
    """All that the kiosk says and that is known before: each text once."""
    seen: set[str] = set()
    for utterance in _said(services):
        if utterance.text not in seen:
            seen.add(utterance.text)
            yield utterance


def _said(services: Services) -> Iterator[Utterance]:
    phrases = services.catalogue.phrases
    for name in sayings(phrases, services.settings.visit):
        if words := saying(name, phrases, services.settings.visit):
            yield words
    yield from ahead(phrases)
    for pack in services.catalogue.packs.values():
        yield from map(_whole, _names(pack))
        yield from said_of(services, pack)


def said_of(services: Services, pack: Pack) -> Iterator[Utterance]:
    """All that is said of a pack: its pages, its sessions, the steps of a cramp, its items."""
    phrases = services.catalogue.phrases
    for topic in pack.topics.values():
        yield from services.script(pack, topic)
    said: list[Utterance] = []
    for session in services.every_session(pack):
        playable(session, phrases, noting(said), lambda _: ())
    for topic in pack.topics.values():
        if topic.about.layout == "steps":
            playable_steps(topic, pack, phrases, noting(said))
    yield from said
    yield from map(_whole, _pictures(services, pack))
    for topic in pack.topics.values():
        yield from map(_whole, _items(topic, phrases))


def _whole(text: str) -> Utterance:
    return Utterance((Segment("", text),))


def _names(pack: Pack) -> Iterator[str]:
    """What the tiles and lists of a pack show: its question, its groups, its topics."""
    yield pack.about.question
    for group in pack.about.groups.values():
        yield group.title
        yield from (part.title for part in group.parts)
    for topic in pack.topics.values():
        yield from (topic.about.tile or topic.about.title, topic.about.title)


def _pictures(services: Services, pack: Pack) -> Iterator[str]:
    """The name of each picture and what it shows, as accessible-name.js says them."""
    figures = services.figures.get(pack.id)
    for name in figures.names() if figures else ():
        assert figures is not None
        yield figures.title(name)
        yield services.catalogue.phrases("spoken-picture", alt=figures.alt(name))


def _items(topic: Topic, phrases: Phrases) -> Iterator[str]:
    """What stands on a topic's page and its leaflet's apart from the lines that are read."""
    yield phrases("leaflet-title", title=topic.about.title)
    yield f"{phrases('leaflet-for')} {topic.about.for_whom}"
    for line in topic.lines:
        yield from (span.text for span in line.spans if span.term)
    for block in topic.blocks:
        if isinstance(block, ExerciseCard):
            yield f"{phrases('session-this')}: {block.name.text}"
            if block.seated:
                yield f"{phrases('exercise-seated-do')}: {block.seated.text}"
