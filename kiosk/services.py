"""Builds all that the kiosk does from its settings; each part can be asked if it is well."""

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from markupsafe import Markup

from kiosk import fonts
from kiosk.cache import Cache, key_of
from kiosk.errors import KioskError, SpeechError, WorkerError
from kiosk.figures import FigureError, Figures, Mode
from kiosk.leaflet import Draw, LeafletOrder, LeafletService, Size, template_environment
from kiosk.loader import Catalogue, load_catalogue
from kiosk.models import Pack, Topic
from kiosk.page import TopicPage, topic_page
from kiosk.printing.jobs import Order, Quota
from kiosk.printing.service import PrintService
from kiosk.proof import render_proof
from kiosk.reviews import Review, review_of
from kiosk.sessions import Session, find_session, playable
from kiosk.settings import PROJECT, Printer, Settings
from kiosk.speech.script import Utterance, script
from kiosk.speech.service import EspeakSpeaker, SpeechService
from kiosk.speech.spoken import Lexicon
from kiosk.worker import Worker

log = logging.getLogger(__name__)
TEMPLATES = PROJECT / "templates"
STATIC = PROJECT / "kiosk" / "static"
LEAST_FREE_MB = 200  # under this, nothing new is kept safely


@dataclass(frozen=True)
class Health:
    """How one part is; `why` and `mend` are for staff."""

    ok: bool
    why: str = ""
    mend: str = ""
    needed: bool = False  # without a needed part the kiosk cannot serve at all


@dataclass
class Services:
    """The kiosk, apart from the web."""

    settings: Settings
    catalogue: Catalogue
    speech: SpeechService
    leaflets: LeafletService
    printing: PrintService
    workers: Mapping[str, Worker]
    figures: Mapping[str, Figures]

    def page(self, pack: Pack, topic: Topic) -> TopicPage:
        return topic_page(topic, pack, self.review(topic), self.catalogue.phrases)

    def review(self, topic: Topic) -> Review | None:
        return review_of(topic, self.settings.state / "reviews")

    def speech_listing(self, pack: Pack, topic: Topic) -> dict[str, object]:
        """What speech.json says of a topic's page. Raises SpeechError, WorkerError."""
        page = self.page(pack, topic)
        return self.speech.listing(
            script(page, self.catalogue.phrases, self.alt(pack.id)), topic.lang
        )

    def whole_recording(self, pack: Pack, topic: Topic) -> bytes:
        """A topic's page as one WAV file. Raises SpeechError, WorkerError."""
        page = self.page(pack, topic)
        return self.speech.whole(script(page, self.catalogue.phrases, self.alt(pack.id)))

    def session(self, pack: Pack, name: str, audience: str) -> Session | None:
        """A guided session, or None when there is none of that name."""
        return find_session(pack, name, audience, self.catalogue.phrases)

    def playable_session(self, pack: Pack, session: Session) -> dict[str, object]:
        """What the browser plays of a session; without sounds when there is no voice."""
        phrases = self.catalogue.phrases
        figures = self.figures.get(pack.id)

        def poses(figure: str) -> list[str]:
            known = figures is not None and figure in figures.names()
            return list(figures.figure(figure).data.poses) if figures and known else []

        try:
            return playable(session, phrases, self._say, poses)
        except (SpeechError, WorkerError) as error:
            log.error("a session without the voice: %s", error)
            return playable(session, phrases, None, poses)

    def _say(self, utterance: Utterance) -> tuple[str, float]:
        clip = self.speech.clip(utterance)
        return f"/speech/{clip.key}.wav", clip.duration_s

    def leaflet(
        self,
        pack: Pack,
        topic: Topic,
        size: Size = Size.STANDARD,
        parts: tuple[str, ...] | None = None,
    ) -> bytes:
        """A topic's leaflet as a PDF. Raises LeafletError, WorkerError."""
        order = LeafletOrder(topic, pack, self.review(topic), size, parts)
        return self.leaflets.pdf(order, self.drawer(pack.id))

    def print_order(self, order: LeafletOrder, copies: int = 1, staff: bool = False) -> Order:
        """A leaflet as the printer takes it. Raises LeafletError, WorkerError."""
        pdf = self.leaflets.pdf(order, self.drawer(order.pack.id))
        return Order(
            pdf=pdf,
            title=order.topic.about.title,
            sides=self.leaflets.page_count(pdf),
            wish=key_of(pdf),
            copies=copies,
            staff=staff,
        )

    def test_order(self) -> Order:
        """A page that shows staff whether the printer works. Raises LeafletError, WorkerError."""
        page = template_environment(TEMPLATES).get_template("test_print.html")
        html = page.render(phrases=self.catalogue.phrases, clinic=self.settings.clinic)
        css = (STATIC / "css" / "paper.css").read_text("utf-8")
        pdf = bytes(self.workers["paper"].call("render", html, css))
        title = self.catalogue.phrases("print-test-title")
        return Order(pdf, title, sides=1, wish="test", staff=True)

    def proof(self, pack: Pack, topic: Topic) -> bytes:
        """A topic's proof for its reviewer as a PDF. Raises LeafletError, WorkerError."""
        return render_proof(
            pack, topic, self.catalogue.phrases, self.workers["paper"], TEMPLATES, STATIC / "css"
        )

    def drawer(self, pack_id: str) -> Draw:
        """Draws the figures of a pack."""
        figures = self.figures.get(pack_id)
        known = set(figures.names()) if figures else set()

        def draw(name: str, mode: str, prefix: str) -> Markup:
            if figures is None or name not in known:
                return Markup("")
            # The figures are the program's own drawings, made of numbers: safe as they are.
            return Markup(figures.svg(name, cast(Mode, mode), prefix))  # noqa: S704

        return draw

    def alt(self, pack_id: str) -> Callable[[str], str]:
        """Says what a pack's figures show; nothing for a figure that is not there."""
        figures = self.figures.get(pack_id)
        known = set(figures.names()) if figures else set()
        return lambda name: figures.alt(name) if figures and name in known else ""

    def health(self) -> dict[str, Health]:
        """Every part, asked now."""
        return {
            "content": self._content_health(),
            "voice": _ask(self._voice_health, "install the package libespeak-ng1"),
            "leaflets": _ask(self._paper_health, "install libpango-1.0-0 and libpangoft2-1.0-0"),
            "printer": self._printer_health(),
            "font": Health(True)
            if fonts.installed()
            else Health(
                False,
                "Andika is not installed; the system's font is used",
                "install the package fonts-sil-andika",
            ),
            "disk": _ask(self._disk_health, "free some space on the disk"),
        }

    def _content_health(self) -> Health:
        problems = self.catalogue.problems
        if not any(pack.topics for pack in self.catalogue.packs.values()):
            return Health(False, "no topic can be shown", "run `check`", needed=True)
        if problems:
            return Health(False, f"{len(problems)} problem(s): {problems[0]}", problems[0].mend)
        return Health(True)

    def _voice_health(self) -> Health:
        version = self.workers["speech"].call("version")
        return Health(True, f"eSpeak NG {version}")

    def _paper_health(self) -> Health:
        return Health(True, f"WeasyPrint {self.workers['paper'].call('signature')[0]}")

    def _printer_health(self) -> Health:
        phrases = self.catalogue.phrases
        condition = self.printing.known()
        cause = condition.cause
        if cause is None:
            return Health(True, ", ".join(condition.warnings))
        # A kiosk without a printer was meant so; it is told, and nothing is amiss.
        return Health(
            not self.printing.is_on, phrases(f"print-fault-{cause}"), phrases(f"staff-mend-{cause}")
        )

    def _disk_health(self) -> Health:
        self.settings.state.mkdir(parents=True, exist_ok=True)
        free_mb = shutil.disk_usage(self.settings.state).free // 1_000_000
        if free_mb < LEAST_FREE_MB:
            return Health(False, f"only {free_mb} MB free", "free some space on the disk")
        return Health(True, f"{free_mb} MB free")

    def close(self) -> None:
        """End the printing and the child processes."""
        self.printing.close()
        for worker in self.workers.values():
            worker.close()


def _ask(part: Callable[[], Health], mend: str) -> Health:
    try:
        return part()
    except (KioskError, OSError) as error:
        return Health(False, str(error), getattr(error, "hint", "") or mend)


def build_services(settings: Settings) -> Services:
    """Everything, from settings. Raises ContentError when the interface has no words."""
    catalogue = load_catalogue(
        settings.content,
        settings.clinic.nation,
        settings.clinic.staff_nearby,
        clinic_name=settings.clinic.name,
    )
    speech_worker = Worker("kiosk.speech.espeak:EspeakEngine", timeout_s=10, memory_mb=512)
    paper_worker = Worker("kiosk.paper:PaperPress", timeout_s=20, memory_mb=768)
    state = settings.state
    phrases = catalogue.phrases
    return Services(
        settings=settings,
        catalogue=catalogue,
        speech=SpeechService(
            EspeakSpeaker(speech_worker),
            Lexicon.load(settings.content, phrases.lang),
            Cache(state / "speech"),
        ),
        leaflets=LeafletService(
            paper_worker,
            Cache(state / "leaflets"),
            TEMPLATES,
            STATIC / "css",
            phrases,
            settings.clinic,
        ),
        printing=_build_printing(settings.printer),
        workers={"speech": speech_worker, "paper": paper_worker},
        figures=_load_figures(settings.content, catalogue),
    )


def _build_printing(printer: Printer) -> PrintService:
    quota = Quota(printer.most_per_visit, printer.most_per_hour, printer.most_per_day)
    if not printer.queue:
        return PrintService(None, quota)
    from kiosk.printing.client import IppPrinter  # a quarter of a second, for those who print

    ipp = IppPrinter(printer.queue, printer.device, printer.duplex, printer.colour)
    return PrintService(ipp, quota)


def _load_figures(content: Path, catalogue: Catalogue) -> dict[str, Figures]:
    """The figures of each pack; a pack whose figures cannot be drawn does without."""
    found = {}
    for pack_id in catalogue.packs:
        path = content / pack_id / "figures.yaml"
        if not path.is_file():
            continue
        try:
            found[pack_id] = Figures.load(path)
        except FigureError as error:
            log.error("no figures for %s: %s", pack_id, error)
    return found


def font_folder(settings: Settings) -> Path:
    """Where `build` puts the fonts for other devices."""
    return settings.state / "fonts"
