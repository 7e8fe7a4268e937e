"""Every text of a pack that a visitor can read, each with the place it was written.

A passage is one line of a topic, of its front matter, of an exercise, of the glossary or of the
home screen. Words that the kiosk itself puts in ("Do", "Call 999 …") are not passages: they are
written once, in phrases.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path

from kiosk.dose import dose_in_words
from kiosk.models import (
    Advice,
    AnyBlock,
    Callout,
    CareCard,
    ExerciseCard,
    ItemList,
    Line,
    Pack,
    Paragraph,
    Span,
    Topic,
)
from kiosk.phrases import Phrases


class Kind(StrEnum):
    """What a passage is; some rules are for one kind only."""

    HEADING = auto()
    PARAGRAPH = auto()
    ITEM = auto()
    CARD_ITEM = auto()
    DO = auto()
    DO_NOT = auto()
    EXERCISE = auto()
    MEANING = auto()


@dataclass(frozen=True)
class Finding:
    """What is wrong at a line of a file, and how to mend it."""

    path: Path
    number: int
    problem: str
    mend: str


@dataclass(frozen=True)
class Passage:
    """One text: where it stands, what it is, and the evidence it goes by.

    A heading goes by the evidence of all that stands under it. `lead` is the paragraph that a
    list follows: "These may help:" speaks for each item.
    """

    path: Path
    number: int
    kind: Kind
    line: Line
    evidence: tuple[str, ...] = ()
    lead: str = ""
    in_card: bool = False

    @property
    def text(self) -> str:
        return self.line.text


def topic_path(topic: Topic, content: Path) -> Path:
    """The file a topic was read from."""
    return content / topic.pack / topic.lang / f"{topic.id}.md"


def pack_passages(pack: Pack, phrases: Phrases, content: Path) -> Iterator[Passage]:
    """Every passage of a pack: its titles, its topics, its exercises, its glossary."""
    yield from _titles(pack, content / pack.id / "pack.yaml")
    for topic in pack.topics.values():
        yield from _front_matter(topic, topic_path(topic, content))
        yield from topic_passages(topic, topic_path(topic, content))
    yield from _exercises(pack, phrases, content / pack.id / "exercises.yaml")
    yield from _meanings(pack, content / pack.id / pack.lang / "glossary.yaml")


def topic_passages(topic: Topic, path: Path) -> Iterator[Passage]:
    """The passages of a topic's own blocks and headings, in reading order."""
    yield from _blocks(topic.opening, path)
    for section in topic.sections:
        under = tuple(item for block in section.blocks for item in _evidence(block))
        yield Passage(path, section.heading.number, Kind.HEADING, section.heading, under)
        yield from _blocks(section.blocks, path)


def _blocks(blocks: tuple[AnyBlock, ...], path: Path) -> Iterator[Passage]:
    before = ""
    for block in blocks:
        for kind, line in _lines(block):
            lead = before if kind in (Kind.ITEM, Kind.DO) else ""
            card = isinstance(block, CareCard)
            yield Passage(path, line.number, kind, line, line.evidence, lead, card)
        before = block.line.text if isinstance(block, Paragraph) else ""


def _lines(block: AnyBlock) -> Iterator[tuple[Kind, Line]]:
    """A block's own lines; an exercise's words stand in its own file."""
    match block:
        case Paragraph():
            yield Kind.PARAGRAPH, block.line
        case ItemList():
            yield from ((Kind.ITEM, line) for line in block.items)
        case Advice():
            yield from ((Kind.DO if block.do else Kind.DO_NOT, line) for line in block.items)
        case CareCard():
            yield from ((Kind.CARD_ITEM, line) for line in block.items)
            yield from ((Kind.PARAGRAPH, line) for line in block.after)
        case Callout():
            first = min((line.number for line in (*block.paragraphs, *block.items)), default=0)
            yield Kind.HEADING, block.heading.model_copy(update={"number": first})
            yield from ((Kind.PARAGRAPH, line) for line in block.paragraphs)
            yield from ((Kind.ITEM, line) for line in block.items)
        case ExerciseCard():
            return


def _evidence(block: AnyBlock) -> tuple[str, ...]:
    return tuple(item for line in block.lines for item in line.evidence)


def _front_matter(topic: Topic, path: Path) -> Iterator[Passage]:
    about, text = topic.about, path.read_text("utf-8")
    headings = {"title": about.title, "tile": about.tile}
    sentences = {"summary": about.summary, "for": about.for_whom, "aim": about.aim}
    for kind, texts in ((Kind.HEADING, headings), (Kind.PARAGRAPH, sentences)):
        for key, words in texts.items():
            if words:
                yield Passage(path, _find(text, f"{key}:"), kind, _line(key, words), topic.evidence)


def _titles(pack: Pack, path: Path) -> Iterator[Passage]:
    text = path.read_text("utf-8")
    titles = [pack.about.title, pack.about.question]
    for group in pack.about.groups.values():
        titles += [group.title, *(part.title for part in group.parts)]
    for words in titles:
        number = next((n for n, row in enumerate(text.splitlines(), 1) if words in row), 1)
        yield Passage(path, number, Kind.HEADING, _line("title", words))


def _exercises(pack: Pack, phrases: Phrases, path: Path) -> Iterator[Passage]:
    text = path.read_text("utf-8")
    for exercise in pack.exercises.values():
        number = _find(text, f"- id: {exercise.id}")
        doses = [dose_in_words(dose, phrases) for dose in exercise.doses]
        steps = [step.text for step in exercise.steps]
        for words in (exercise.name, *steps, *doses, exercise.caution, exercise.easier):
            if words:
                yield Passage(path, number, Kind.EXERCISE, _line(exercise.id, words))


def _meanings(pack: Pack, path: Path) -> Iterator[Passage]:
    if not path.is_file():
        return
    text = path.read_text("utf-8")
    terms = {term.term: term for topic in pack.topics.values() for term in topic.terms}
    for term in terms.values():
        number = _find(text, f"term: {term.term}")
        yield Passage(path, number, Kind.MEANING, _line(term.term, term.meaning), term.evidence)


def _line(line_id: str, words: str) -> Line:
    return Line(id=line_id, spans=(Span(text=words),))


def _find(text: str, start: str) -> int:
    """The number of the line that holds `start`, as far as plain YAML shows it; else 1."""
    found = re.search(rf"^[- {{]*{re.escape(start.removeprefix('- '))}(?![\w-])", text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1
