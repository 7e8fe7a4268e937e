"""What the content is made of: packs, topics, sections, blocks and lines.

The block is the meeting point of page, speech and leaflet: all three walk the same blocks and
lines, in the same order, and know them by the same ids. Everything here is frozen.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# A sentence ends at . ? ! (or a colon that ends the line), and the next begins after white space.
_SENTENCE_GAP = re.compile(r"(?<=[.?!])\s+(?=[A-Z0-9‘“\"'])")


class Strict(BaseModel):
    """Frozen data that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Strength(StrEnum):
    """How sure the evidence is; it decides the words that may be used (see docs/writing.md)."""

    STRONG = "strong"
    MODERATE = "moderate"
    LIMITED = "limited"
    EXPERT_OPINION = "expert-opinion"
    NO_EVIDENCE = "traditional-no-evidence"
    CONTRADICTED = "contradicted"


class Urgency(StrEnum):
    """The three care cards (NHS design system)."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NON_URGENT = "non-urgent"


class Span(Strict):
    """A run of characters that look alike: plain, strong, or a word the glossary explains."""

    text: str
    strong: bool = False
    term: str | None = None


class Link(Strict):
    """A way onward to another topic of the same pack."""

    words: str
    topic: str


class Sentence(Strict):
    """One sentence of a line, with the id its element has on the page."""

    id: str
    start: int
    end: int
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class Line(Strict):
    """A paragraph, list item, heading or card line: the unit of evidence and of recorded sound."""

    id: str
    spans: tuple[Span, ...]
    evidence: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    number: int = 0
    screen_only: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The line cut into sentences; joined by single spaces they are the line again."""
        text, found, start = self.text, [], 0
        cuts = [(gap.start(), gap.end()) for gap in _SENTENCE_GAP.finditer(text)]
        for number, (end, after) in enumerate([*cuts, (len(text), len(text))]):
            spans = tuple(_cut(self.spans, start, end))
            found.append(Sentence(id=f"{self.id}-s{number}", start=start, end=end, spans=spans))
            start = after
        return tuple(found)


def _cut(spans: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in spans:
        left, right = max(start - at, 0), min(end - at, len(span.text))
        if left < right:
            yield span.model_copy(update={"text": span.text[left:right]})
        at += len(span.text)


class Block(Strict):
    """One thing on a page. `id` is its element's id; `lines` are its lines in reading order."""

    id: str

    @property
    def lines(self) -> tuple[Line, ...]:
        raise TypeError(f"{type(self).__name__} does not say what its lines are")


class Paragraph(Block):
    kind: Literal["paragraph"] = "paragraph"
    line: Line

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.line,)


class ItemList(Block):
    """A bulleted list, or a numbered one where the order matters."""

    kind: Literal["list"] = "list"
    ordered: bool
    items: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.items


class Advice(Block):
    """A do list or a do-not list."""

    kind: Literal["advice"] = "advice"
    do: bool
    heading: Line
    items: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.heading, *self.items)


class CareCard(Block):
    """When to get help, how fast, and from whom.

    `staff` is for the screen in a clinic; `relay` is how deaf people call, once a topic.
    """

    kind: Literal["card"] = "card"
    urgency: Urgency
    route: str
    prefix: Line
    heading: Line
    staff: Line | None
    items: tuple[Line, ...]
    after: tuple[Line, ...]
    relay: Line | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        staff = (self.staff,) if self.staff else ()
        relay = (self.relay,) if self.relay else ()
        return (self.prefix, self.heading, *staff, *self.items, *self.after, *relay)


class Callout(Block):
    """A safety fact that is not about getting help."""

    kind: Literal["callout"] = "callout"
    prefix: Line
    heading: Line
    paragraphs: tuple[Line, ...]
    items: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.prefix, self.heading, *self.paragraphs, *self.items)


class ExerciseCard(Block):
    """An exercise, with its words for this topic's audience."""

    kind: Literal["exercise"] = "exercise"
    exercise: str
    figure: str
    name: Line
    dose: Line
    steps: tuple[Line, ...]
    caution: Line
    easier: Line | None
    seated: Line | None = None
    seated_exercise: str = ""  # the exercise that `seated` names

    @property
    def lines(self) -> tuple[Line, ...]:
        others = (line for line in (self.easier, self.seated) if line)
        return (self.name, self.dose, *self.steps, self.caution, *others)


class FigureBlock(Block):
    """A drawing of advice that is easier seen; its words are its alt text, in the figures file."""

    kind: Literal["figure"] = "figure"
    figure: str
    number: int = 0

    @property
    def lines(self) -> tuple[Line, ...]:
        return ()


AnyBlock = Annotated[
    Paragraph | ItemList | Advice | CareCard | Callout | ExerciseCard | FigureBlock,
    Field(discriminator="kind"),
]


class Section(Strict):
    """A heading and what stands under it."""

    id: str
    heading: Line
    blocks: tuple[AnyBlock, ...]


class FrontMatter(Strict):
    """What stands between the two `---` at the top of a topic."""

    title: str = Field(max_length=65)
    tile: str = ""
    summary: str
    for_whom: str = Field(alias="for")
    aim: str
    figure: str = ""
    audience: Literal["everyone", "pregnancy", "older-people", "athletes"] = "everyone"
    layout: Literal["page", "steps"] = "page"
    leaflet: tuple[str, ...] = ()
    holds: dict[str, str] = {}  # of a page in steps: the section → the exercise whose hold it is
    key_steps: tuple[str, ...] = ()  # whole sentences of the topic, for a phone (key_steps.py)


class Term(Strict):
    """A hard word of the text, in one plain sentence."""

    term: str
    forms: tuple[str, ...] = ()
    meaning: str
    evidence: tuple[str, ...]
    figure: str = ""

    @property
    def anchor(self) -> str:
        """The id that the meaning has on a page; blocks.html makes the same from the word."""
        return f"meaning-{self.term.lower().replace(' ', '-')}"


class Topic(Strict):
    """One page of the kiosk, and one leaflet."""

    pack: str
    id: str
    lang: str
    about: FrontMatter
    title: Line
    opening: tuple[AnyBlock, ...]
    sections: tuple[Section, ...]
    terms: tuple[Term, ...] = ()
    fingerprint: str = ""

    @property
    def blocks(self) -> tuple[AnyBlock, ...]:
        """Every block, in reading order."""
        return (*self.opening, *(block for part in self.sections for block in part.blocks))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the topic's own words, headings among them, in reading order."""
        lines = [self.title, *(line for block in self.opening for line in block.lines)]
        for section in self.sections:
            lines.append(section.heading)
            lines.extend(line for block in section.blocks for line in block.lines)
        return tuple(lines)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the evidence used, each once, in the order of first use."""
        return tuple(dict.fromkeys(item for line in self.lines for item in line.evidence))


class Source(Strict):
    """Where a claim comes from."""

    id: str
    title: str
    publisher: str
    year: str
    kind: str
    url: str | None
    licence: str
    read: bool


class Evidence(Strict):
    """One claim, how strong it is, and what must be said with it."""

    id: str
    topic: str
    audiences: tuple[str, ...]
    statement: str
    detail: str
    strength: Strength
    sources: tuple[str, ...]
    cautions: str
    safe: bool = True


class RedFlag(Strict):
    """A sign that needs help, how soon, and from whom."""

    id: str
    level: Literal["emergency", "same-day", "routine"]
    services: tuple[str, ...]
    audiences: tuple[str, ...]
    sign: str
    any_of: tuple[str, ...] = ()
    action: str
    sources: tuple[str, ...]


class Step(Strict):
    text: str
    pose: str = ""
    hold: bool = False


class Dose(Strict):
    """How long, how often. Seconds and counts are [least, most]; a least of 0 means "up to"."""

    audience: str
    hold_s: tuple[int, int]
    repeats: tuple[int, int]
    each: Literal["leg", "foot", "side", "none"]
    rest_s: int = 0
    seconds_each: float = 3  # how long one movement takes where nothing is held
    times_a_day: tuple[int, int]
    when: str


class Exercise(Strict):
    """One movement, in words and numbers."""

    id: str
    name: str = Field(max_length=40)
    audiences: tuple[str, ...]
    muscle: str
    where: str
    position: str
    figure: str
    steps: tuple[Step, ...] = Field(min_length=1)
    doses: tuple[Dose, ...] = Field(min_length=1)
    caution: str
    easier: str = ""
    seated: str = ""
    evidence: tuple[str, ...]
    sources: tuple[str, ...]

    def dose_for(self, audience: str) -> Dose:
        """The dose for an audience; else the one for everyone; else the first."""
        by_audience = {dose.audience: dose for dose in self.doses}
        return by_audience.get(audience) or by_audience.get("everyone") or self.doses[0]


class GroupPart(Strict):
    """Topics that belong together, under a heading."""

    title: str
    topics: tuple[str, ...]


class Group(Strict):
    """A tile of the home screen that leads to further topics, so that home stays short."""

    title: str
    figure: str = ""
    parts: tuple[GroupPart, ...]


class SessionSet(Strict):
    """Exercises to be done one after another; `topic` has the warnings said before."""

    title: str
    audience: str
    topic: str
    exercises: tuple[str, ...]


class PackAbout(Strict):
    """pack.yaml: what the pack is, and the order of its topics and groups on the home screen."""

    title: str
    question: str
    version: str
    published: date
    review_due: date
    home: tuple[str, ...]
    groups: dict[str, Group] = {}
    for_you: tuple[str, ...] = ()
    sessions: dict[str, SessionSet] = {}
    leaflets: tuple[str, ...] = ()


class Pack(Strict):
    """One health subject, complete."""

    id: str
    lang: str
    about: PackAbout
    topics: Mapping[str, Topic]
    broken: tuple[str, ...] = ()
    evidence: dict[str, Evidence]
    flags: dict[str, RedFlag]
    exercises: dict[str, Exercise]
    sources: dict[str, Source]

    def sources_of(self, topic: Topic) -> tuple[Source, ...]:
        """The sources behind a topic that were read, each once, in the order of first use."""
        found: dict[str, Source] = {}
        for item in topic.evidence:
            entry = self.evidence.get(item) or self.flags.get(item) or self.exercises.get(item)
            for source in entry.sources if entry else ():
                if self.sources[source].read:
                    found.setdefault(source, self.sources[source])
        return tuple(found.values())
