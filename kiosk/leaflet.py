"""Turn a topic into a printable leaflet.

Takes a LeafletOrder; gives back PDF bytes tagged for screen readers (PDF/UA-1), and pictures of
its pages. The HTML is made here; WeasyPrint and pdfium work in the paper worker (paper.py).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError

from kiosk import qr
from kiosk.cache import Cache, key_of
from kiosk.errors import KioskError, LeafletError, WorkerBusyError
from kiosk.last_good import LastGood
from kiosk.models import Block, CareCard, Line, Pack, Section, Source, Topic
from kiosk.page import TopicPage, topic_page
from kiosk.phrases import Phrases
from kiosk.reviews import Review
from kiosk.settings import Clinic
from kiosk.worker import Turns, Worker

# A figure's name, its mode and a prefix for its ids; its SVG, or "" when there is none.
Draw = Callable[[str, str, str], str]
MOST_SOURCES = 6  # on paper; the screen has the full list (design: "Short")


# A browser opens six connections to one address: its pictures of a leaflet all find a place, and
# of the web's sixteen threads half are left for pages.
MOST_WAITING = 8


class Size(StrEnum):
    """How large the words are: 14, 18 and 24 pt on A4; a booklet has 12 pt on A5."""

    STANDARD = "standard"
    LARGE = "large"
    GIANT = "giant"
    BOOKLET = "booklet"


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
    def counts(self) -> str:
        """What is counted of it: whose leaflet it is, and its size."""
        return f"{self.pack.id}/{self.topic.id} {self.size}"

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the topic's own words that the leaflet has."""
        blocks = [*self.topic.opening, *(one for part in self.sections for one in part.blocks)]
        return tuple(line for block in blocks for line in block.lines)

    @property
    def is_whole(self) -> bool:
        """Whether the leaflet has all of the topic."""
        return len(self.sections) == len(self.topic.sections)


def template_environment(templates: Path, compiled: BytecodeCache | None = None) -> Environment:
    """Jinja for paper: everything escaped, a missing name is an error."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        bytecode_cache=compiled,
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
    """Makes leaflets and keeps them by the hash of everything that made them.

    Every file has passed the checks of paper/checks.py. One that fails them is given to nobody:
    who asks gets the last good one, and `failing` tells staff.
    """

    def __init__(
        self,
        worker: Worker,
        cache: Cache,
        templates: Path,
        styles: Path,
        phrases: Phrases,
        clinic: Clinic,
        compiled: BytecodeCache | None = None,
    ) -> None:
        self._worker = worker
        self._cache = cache
        self._phrases = phrases
        self._clinic = clinic
        self._styles = styles
        self._signature: list[str] = []
        self._jinja = template_environment(templates, compiled)
        self._turns = Turns("the leaflets", MOST_WAITING)
        self._last_good = LastGood(cache, "pdf")

    @property
    def failing(self) -> dict[str, str]:
        """Which leaflets cannot be made now, and why; for staff."""
        return self._last_good.failing

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
            code=self._address_code(),
            draw=draw,
        )

    def _address_code(self) -> str:
        """The clinic's web address as a QR code, or "" when there is none that a phone can open."""
        written = self._clinic.web
        address = qr.address_of(written)
        alt = self._phrases("code-address-alt", address=written)
        return qr.svg(address, alt, "web", qr.MODULE_MM) if address else ""

    def css(self, size: Size) -> str:
        """The style sheet of a size; a booklet's own lines come after the common ones."""
        sheets = ["paper.css"] + (["paper-booklet.css"] if size is Size.BOOKLET else [])
        return "\n".join((self._styles / name).read_text("utf-8") for name in sheets)

    def pdf(self, order: LeafletOrder, draw: Draw) -> bytes:
        """The leaflet as a tagged PDF, or the last good one when a new one cannot be made.

        Raises WorkerBusyError when too many wait, LeafletError or WorkerError when there is no
        good one at all.
        """
        try:
            return self.make(order, draw)
        except WorkerBusyError:
            raise
        except KioskError as error:
            name = f"{order.pack.id}/{order.topic.id} ({order.size})"
            last = self._last_good.failed(self._identity(order), name, str(error))
            if last is None:
                raise
            return last

    def make(self, order: LeafletOrder, draw: Draw) -> bytes:
        """The leaflet as it is to be now, kept or new. Raises LeafletError, WorkerError."""
        key, html, css = self._written(order, draw)
        pdf = self._kept_or_made(key, "pdf", "render", html, css)
        self._last_good.succeeded(self._identity(order), key)
        return pdf

    def key(self, order: LeafletOrder, draw: Draw) -> str:
        """The key that a leaflet is kept under. Raises LeafletError, WorkerError."""
        return self._written(order, draw)[0]

    def _written(self, order: LeafletOrder, draw: Draw) -> tuple[str, str, str]:
        """A leaflet before it is laid out: its key, its HTML and its style sheet."""
        try:
            html, css = self.html(order, draw), self.css(order.size)
        except TemplateError as error:
            raise LeafletError(f"leaflet.html: {error}", "mend the template") from error
        if not self._signature:
            self._signature = self._worker.call("signature")
        return key_of(self._signature, html, css), html, css

    def _identity(self, order: LeafletOrder) -> str:
        """What stays the same of a wish while its words are edited."""
        parts = [section.id for section in order.sections]
        clinic = self._clinic.model_dump(mode="json")  # never another number to call
        return key_of(order.pack.id, order.topic.id, order.size, parts, clinic)

    def imposed(self, pdf: bytes) -> bytes:
        """A booklet's A5 file as the sides that a printer folds: A4, two pages on each.

        For a printer that turns sheets over the short edge. Raises LeafletError, WorkerError.
        """
        return self._kept_or_made(key_of(pdf, "imposed"), "imposed", "imposed", pdf)

    def picture(self, pdf: bytes, number: int, width_px: int = 900) -> tuple[bytes, int]:
        """Page `number` (from 1) of a PDF as a PNG, and how many pages there are.

        Raises LeafletError when there is no such page.
        """
        pages = self.page_count(pdf)
        if not 1 <= number <= pages:
            raise LeafletError(f"the leaflet has no page {number}")
        key = key_of(pdf, number, width_px)
        return self._kept_or_made(key, "png", "picture", pdf, number, width_px), pages

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has."""
        return int(self._kept_or_made(key_of(pdf, "pages"), "pages", "page_count", pdf))

    def _kept_or_made(self, key: str, suffix: str, method: str, *arguments: object) -> bytes:
        """The kept bytes; else what the worker makes. Whoever waited for the same finds it kept."""
        kept = self._cache.read(key, suffix)
        if kept is not None:
            return kept
        with self._turns.take():
            return self._cache.read_or_make(
                key, suffix, lambda: bytes(self._worker.call(method, *arguments))
            )
