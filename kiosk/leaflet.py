"""Turn a topic into a printable leaflet.

Takes a LeafletOrder; gives back PDF bytes tagged for screen readers (PDF/UA-1), and pictures of
its pages. The HTML is made here; WeasyPrint and pdfium work in the paper worker (paper.py).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.cache import Cache, key_of
from kiosk.errors import LeafletError
from kiosk.models import Block, CareCard, Line, Pack, Section, Source, Topic
from kiosk.page import TopicPage, topic_page
from kiosk.phrases import Phrases
from kiosk.reviews import Review
from kiosk.settings import Clinic
from kiosk.worker import Worker

# A figure's name, its mode and a prefix for its ids; its SVG, or "" when there is none.
Draw = Callable[[str, str, str], str]
MOST_SOURCES = 6  # on paper; the screen has the full list (design: "Short")


class Size(StrEnum):
    """How large the words are: 14, 18 and 24 pt."""

    STANDARD = "standard"
    LARGE = "large"
    GIANT = "giant"


class UnknownPartError(LeafletError):
    """A part was asked for that the topic does not have."""


@dataclass(frozen=True)
class LeafletOrder:
    """What a leaflet is to hold. Raises UnknownPartError for a part that the topic has not."""

    topic: Topic
    pack: Pack
    review: Review | None
    size: Size = Size.STANDARD
    parts: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        known = {section.id for section in self.topic.sections}
        for part in self.parts or ():
            if part not in known:
                raise UnknownPartError(f"{self.topic.id} has no part “{part}”")

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections asked for, in the topic's own order; without a choice, the usual ones.

        A section with an emergency card stays, whatever was asked for, save in a topic that is
        too long for paper and names its usual parts.
        """
        usual = self.topic.about.leaflet
        chosen = self.parts or usual
        return tuple(
            section
            for section in self.topic.sections
            if not chosen or section.id in chosen or (not usual and _has_emergency(section))
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the topic's own words that the leaflet has."""
        blocks = [*self.topic.opening, *(one for part in self.sections for one in part.blocks)]
        return tuple(line for block in blocks for line in block.lines)

    @property
    def is_whole(self) -> bool:
        """Whether the leaflet has all of the topic."""
        return len(self.sections) == len(self.topic.sections)


def template_environment(templates: Path) -> Environment:
    """Jinja for paper: everything escaped, a missing name is an error."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["signpost"] = _is_signpost
    return environment


def _is_signpost(block: Block) -> bool:
    """Whether a block only leads on to another screen."""
    lines = block.lines
    return bool(lines) and all(line.evidence == ("signpost",) for line in lines)


def _has_emergency(section: Section) -> bool:
    cards = (block for block in section.blocks if isinstance(block, CareCard))
    return any(card.urgency == "emergency" for card in cards)


def paper_sources(topic: Topic, pack: Pack) -> tuple[Source, ...]:
    """The sources that stand behind most of a topic's lines, at most six, in order of use."""
    weight: Counter[str] = Counter()
    for line in topic.lines:
        for item in line.evidence:
            entry = pack.evidence.get(item) or pack.flags.get(item) or pack.exercises.get(item)
            weight.update(entry.sources if entry else ())
    sources = pack.sources_of(topic)
    chosen = sorted(sources, key=lambda source: -weight[source.id])[:MOST_SOURCES]
    return tuple(source for source in sources if source in chosen)


class LeafletService:
    """Makes leaflets and keeps them by the hash of everything that made them."""

    def __init__(
        self,
        worker: Worker,
        cache: Cache,
        templates: Path,
        styles: Path,
        phrases: Phrases,
        clinic: Clinic,
    ) -> None:
        self._worker = worker
        self._cache = cache
        self._phrases = phrases
        self._clinic = clinic
        self._styles = styles / "paper.css"
        self._signature: list[str] = []
        self._jinja = template_environment(templates)

    def html(self, order: LeafletOrder, draw: Draw) -> str:
        """The leaflet before it is laid out."""
        page: TopicPage = topic_page(order.topic, order.pack, order.review, self._phrases)
        hard = {span.term for line in order.lines for span in line.spans}
        terms = zip(order.topic.terms, page.words, strict=True)
        return self._jinja.get_template("leaflet.html").render(
            page=page,
            explained=[line for term, line in terms if term.term in hard],
            order=order,
            sections=order.sections,
            sources=paper_sources(order.topic, order.pack),
            phrases=self._phrases,
            clinic=self._clinic,
            draw=draw,
        )

    def pdf(self, order: LeafletOrder, draw: Draw) -> bytes:
        """The leaflet as a tagged PDF. Raises LeafletError, WorkerError."""
        html, css = self.html(order, draw), self._styles.read_text("utf-8")
        if not self._signature:
            self._signature = self._worker.call("signature")
        key = key_of(self._signature, html, css)
        return self._cache.read_or_make(
            key, "pdf", lambda: bytes(self._worker.call("render", html, css))
        )

    def picture(self, pdf: bytes, number: int, width_px: int = 900) -> tuple[bytes, int]:
        """Page `number` (from 1) of a PDF as a PNG, and how many pages there are.

        Raises LeafletError when there is no such page.
        """
        pages = self.page_count(pdf)
        if not 1 <= number <= pages:
            raise LeafletError(f"the leaflet has no page {number}")
        key = key_of(pdf, number, width_px)
        png = self._cache.read_or_make(
            key, "png", lambda: bytes(self._worker.call("picture", pdf, number, width_px))
        )
        return png, pages

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has."""
        kept = self._cache.read_or_make(
            key_of(pdf, "pages"), "pages", lambda: str(self._worker.call("pages", pdf)).encode()
        )
        return int(kept)
