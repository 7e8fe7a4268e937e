"""What is said of a page: its lines in reading order, and the extras that only the ear needs.

Takes a TopicPage; gives back utterances. An utterance is one recording. Its segments are the
page's sentences, each with the id of the element that shows it; an extra ("5 items", a picture
in words) has the id of the thing it describes and is marked as not shown.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kiosk.models import (
    Advice,
    AnyBlock,
    Callout,
    CareCard,
    ExerciseCard,
    FigureBlock,
    ItemList,
    Line,
    Paragraph,
)
from kiosk.page import TopicPage
from kiosk.phrases import Phrases


@dataclass(frozen=True)
class Segment:
    """One sentence that is said. When `shown`, `text` is exactly what the element shows."""

    id: str
    text: str
    shown: bool = True


@dataclass(frozen=True)
class Utterance:
    """What is recorded in one piece: segments, joined by single spaces."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


def script(
    page: TopicPage, phrases: Phrases, alt: Callable[[str], str] = lambda _: ""
) -> tuple[Utterance, ...]:
    """All that is said of a topic's page, in order; `alt` tells what a figure shows."""
    return tuple(_Script(phrases, alt).topic(page))


class _Script:
    def __init__(self, phrases: Phrases, alt: Callable[[str], str]) -> None:
        self._phrases = phrases
        self._alt = alt

    def topic(self, page: TopicPage) -> Iterator[Utterance]:
        if page.stop:
            yield _extra(page.stop.id, page.stop.text)
        yield _line(page.topic.title)
        yield from self._blocks(page.topic.opening)
        for section in page.sections:
            yield _line(section.heading)
            yield from self._blocks(section.blocks)
        if page.words:
            yield _line(page.words_heading)
            for term, line in zip(page.topic.terms, page.words, strict=True):
                yield _line(line)
                if term.figure:
                    yield from self._picture(f"{term.anchor}-figure", term.figure)
        yield _line(page.about_heading)
        yield from map(_line, page.about)
        yield _extra("about", self._phrases("player-end"))

    def _blocks(self, blocks: Iterable[AnyBlock]) -> Iterator[Utterance]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: AnyBlock) -> Iterator[Utterance]:
        match block:
            case Paragraph():
                yield _line(block.line)
            case ItemList():
                yield from self._items(f"{block.id}-list", block.items)
            case Advice():
                yield _line(block.heading)
                yield from self._items(f"{block.id}-list", block.items)
            case CareCard():
                yield _line(block.prefix, block.heading)
                if block.staff:
                    yield _line(block.staff)
                yield from self._items(f"{block.id}-list", block.items)
                yield from map(_line, block.after)
                if block.relay:
                    yield _line(block.relay)
            case Callout():
                yield _line(block.prefix, block.heading)
                yield from map(_line, block.paragraphs)
                yield from self._items(f"{block.id}-list", block.items)
            case ExerciseCard():
                yield _line(block.name)
                yield from self._picture(f"{block.id}-figure", block.figure)
                yield _line(block.dose)
                yield from self._items(f"{block.id}-list", block.steps, count="steps")
                yield _line(block.caution)
                yield from (_line(line) for line in (block.easier, block.seated) if line)
            case FigureBlock():
                yield from self._picture(block.id, block.figure)

    def _picture(self, element: str, figure: str) -> Iterator[Utterance]:
        if alt := self._alt(figure):
            yield _extra(element, self._phrases("spoken-picture", alt=alt))

    def _items(
        self, list_id: str, items: tuple[Line, ...], count: str = "items"
    ) -> Iterator[Utterance]:
        if len(items) > 1:
            yield _extra(list_id, self._phrases(f"spoken-{count}", n=len(items)))
        yield from map(_line, items)


def _line(*lines: Line) -> Utterance:
    return Utterance(
        tuple(Segment(sentence.id, sentence.text) for line in lines for sentence in line.sentences)
    )


def _extra(element: str, text: str) -> Utterance:
    return Utterance((Segment(element, text, shown=False),))
