"""A proof of a topic for the clinician who reviews it.

Takes a topic; gives back a tagged PDF: every line with its evidence, strength, cautions and
sources beside it, and room to sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.leaflet import template_environment
from kiosk.models import Evidence, Line, Pack, RedFlag, Topic
from kiosk.phrases import Phrases
from kiosk.reviews import long_date
from kiosk.worker import Worker


@dataclass(frozen=True)
class Entry:
    """One piece of evidence, as a reviewer needs it."""

    id: str
    strength: str
    says: str
    cautions: str
    sources: str


@dataclass(frozen=True)
class Row:
    """A line of the topic with its evidence."""

    line: Line
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Part:
    """A heading of the topic and its lines."""

    heading: str
    rows: tuple[Row, ...]


def render_proof(
    pack: Pack, topic: Topic, phrases: Phrases, worker: Worker, templates: Path, styles: Path
) -> bytes:
    """The proof as a PDF. Raises LeafletError, WorkerError."""
    html = (
        template_environment(templates)
        .get_template("proof.html")
        .render(
            topic=topic,
            pack=pack,
            phrases=phrases,
            parts=list(_parts(pack, topic)),
            published=long_date(pack.about.published),
            due=long_date(pack.about.review_due),
        )
    )
    return bytes(worker.call("render", html, (styles / "proof.css").read_text("utf-8")))


def _parts(pack: Pack, topic: Topic) -> Iterator[Part]:
    opening = [line for block in topic.opening for line in block.lines]
    if opening:
        yield Part(topic.about.title, _rows(pack, opening))
    for section in topic.sections:
        lines = [line for block in section.blocks for line in block.lines]
        yield Part(section.heading.text, _rows(pack, lines))


def _rows(pack: Pack, lines: list[Line]) -> tuple[Row, ...]:
    return tuple(
        Row(line, tuple(_entry(pack, item) for item in line.evidence if _known(pack, item)))
        for line in lines
    )


def _known(pack: Pack, item: str) -> bool:
    return item in pack.evidence or item in pack.flags or item in pack.exercises


def _entry(pack: Pack, item: str) -> Entry:
    found = pack.evidence.get(item) or pack.flags.get(item) or pack.exercises[item]
    sources = "; ".join(
        f"{pack.sources[source].title} ({pack.sources[source].publisher})"
        for source in found.sources
        if pack.sources[source].read
    )
    if isinstance(found, Evidence):
        says = f"{found.statement} {found.detail}".strip()
        return Entry(item, found.strength.value, says, found.cautions, sources)
    if isinstance(found, RedFlag):
        says = " ".join([found.sign, *found.any_of, found.action])
        return Entry(item, found.level, says, "", sources)
    return Entry(item, found.position, found.name, found.caution, sources)
