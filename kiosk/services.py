"""Builds all that the kiosk does from its settings; each part can be asked if it is well."""

import logging
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import cast

from markupsafe import Markup

from kiosk import health
from kiosk.cache import Cache, key_of
from kiosk.errors import ContentError, SpeechError, WorkerError
from kiosk.figures import FigureError, Figures, Mode
from kiosk.health import Health
from kiosk.kept_templates import KeptTemplates
from kiosk.leaflet import Draw, LeafletOrder, LeafletService, Size, template_environment
from kiosk.loader import Catalogue, load_catalogue
from kiosk.models import Pack, Topic
from kiosk.page import TopicPage, topic_page
from kiosk.printing.jobs import Job, Order, Quota
from kiosk.printing.memory import Memory
from kiosk.printing.service import PrintService
from kiosk.printing.states import NO_FAULT, Cause, State
from kiosk.proof import render_proof
from kiosk.reviews import Review, review_of
from kiosk.sessions import (
    SPEAKING_RATE,
    Session,
    every_session,
    find_session,
    playable,
    playable_steps,
)
from kiosk.settings import PROJECT, Printer, Settings
from kiosk.shelf import LANG
from kiosk.speech.headset import Jack, NoJack, jack_named
from kiosk.speech.interface import saying
from kiosk.speech.recordings import Clip
from kiosk.speech.script import Utterance, script
from kiosk.speech.service import EspeakSpeaker, Say, SpeechService
from kiosk.speech.spoken import Lexicon, pack_words
from kiosk.speech.utterances import LiveSounds
from kiosk.usage import Event, Usage
from kiosk.volume import HouseVolume
from kiosk.worker import Worker

log = logging.getLogger(__name__)
TEMPLATES = PROJECT / "templates"
STATIC = PROJECT / "kiosk" / "static"
MOST_SCRIPTS = 12  # of pages, some 0.1 MB each


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
    usage: Usage
    volume: HouseVolume
    caches: tuple[Cache, ...]
    compiled: KeptTemplates
    jack: Jack = field(default_factory=NoJack)
    live_sounds: LiveSounds = field(default_factory=LiveSounds)
    scripts: dict[Hashable, tuple[Utterance, ...]] = field(default_factory=dict)

    def page(self, pack: Pack, topic: Topic) -> TopicPage:
        return topic_page(topic, pack, self.review(topic), self.catalogue.phrases)

    def review(self, topic: Topic) -> Review | None:
        return review_of(topic, self.settings.state / "reviews")

    def script(self, pack: Pack, topic: Topic) -> tuple[Utterance, ...]:
        """What is said of a topic's page; of the last pages it is known already."""
        key = (pack.id, topic.id, topic.fingerprint, self.review(topic), date.today())
        said = self.scripts.get(key)
        if said is None:
            said = script(self.page(pack, topic), self.catalogue.phrases, self.alt(pack.id))
            if len(self.scripts) >= MOST_SCRIPTS:
                self.scripts.clear()
            self.scripts[key] = said
        return said

    def speech_listing(
        self, pack: Pack, topic: Topic, voice: str = "", beginning: bool = False
    ) -> dict[str, object]:
        """What speech.json says of a topic's page, by the chosen voice where that is ready.

        `beginning`: no more than its first sentences, where some must be made first. Raises
        SpeechError, WorkerError.
        """
        beside: list[Utterance] = []
        if topic.about.layout == "steps":  # the coach speaks on that page too
            playable_steps(topic, pack, self.catalogue.phrases, noting(beside))
        said = self.script(pack, topic)
        return self.speech.listing(said, topic.lang, voice, beside, beginning)

    def whole_recording(self, pack: Pack, topic: Topic) -> bytes:
        """A topic's page as one WAV file. Raises SpeechError, WorkerError."""
        return self.speech.whole(self.script(pack, topic))

    def phrase_recording(self, name: str, voice: str = "") -> Clip | None:
        """What the interface says under a name; None for a name that says nothing.

        Raises SpeechError, WorkerError.
        """
        words = saying(name, self.catalogue.phrases, self.settings.visit)
        return self.speech.in_one_voice(lambda say: say(words), voice) if words else None

    def session(self, pack: Pack, name: str, audience: str) -> Session | None:
        """A guided session, or None when there is none of that name."""
        return find_session(pack, name, audience, self.catalogue.phrases)

    def every_session(self, pack: Pack) -> tuple[Session, ...]:
        """Every set, and every exercise for each audience that it may be offered to."""
        return every_session(pack, self.catalogue.phrases)

    def playable_session(
        self, pack: Pack, session: Session, rate: float = 1, voice: str = ""
    ) -> dict[str, object]:
        """What the browser plays of a session; without sounds when there is no voice."""
        phrases = self.catalogue.phrases
        figures = self.figures.get(pack.id)

        def poses(figure: str) -> list[str]:
            known = figures is not None and figure in figures.names()
            return list(figures.figure(figure).data.poses) if figures and known else []

        try:
            return self.speech.in_one_voice(
                lambda say: playable(session, phrases, _sounding(say), poses, rate), voice
            )
        except (SpeechError, WorkerError) as error:
            log.error("a session without the voice: %s", error)
            return playable(session, phrases, None, poses)

    def playable_steps(
        self, pack: Pack, topic: Topic, rate: float = 1, voice: str = ""
    ) -> dict[str, object]:
        """The phases beside a page in steps; without sounds when there is no voice."""
        phrases = self.catalogue.phrases

        def play(say: Say) -> dict[str, object]:
            for utterance in self.script(pack, topic):  # the page's own voice is this one
                say(utterance)
            return playable_steps(topic, pack, phrases, _sounding(say), rate)

        try:
            return self.speech.in_one_voice(play, voice)
        except (SpeechError, WorkerError) as error:
            log.error("a cramp without the voice: %s", error)
            return playable_steps(topic, pack, phrases, None)

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

    def print_order(
        self, order: LeafletOrder, copies: int = 1, staff: bool = False, page: str = ""
    ) -> Order:
        """A leaflet as the printer takes it; a booklet is imposed for a printer that can fold.

        `page`: where it was chosen. Raises LeafletError, WorkerError.
        """
        pdf = self.leaflets.pdf(order, self.drawer(order.pack.id))
        booklet = order.size is Size.BOOKLET and self.printing.prints_booklets
        if booklet:
            pdf = self.leaflets.imposed(pdf)
        return Order(
            pdf=pdf,
            title=order.topic.about.title,
            sides=self.leaflets.page_count(pdf),
            wish=key_of(pdf),
            copies=copies,
            staff=staff,
            page=page,
            booklet=booklet,
            counts=order.counts,
            refusal=Cause.NO_BOOKLETS if order.size is Size.BOOKLET and not booklet else None,
        )

    def test_order(self) -> Order:
        """A page that shows staff whether the printer works. Raises LeafletError, WorkerError."""
        page = template_environment(TEMPLATES).get_template("test_print.html")
        html = page.render(phrases=self.catalogue.phrases, clinic=self.settings.clinic)
        css = (STATIC / "css" / "paper.css").read_text("utf-8")
        pdf = bytes(self.workers["paper"].call("render", html, css))
        title = self.catalogue.phrases("print-test-title")
        return Order(pdf, title, sides=1, wish="test", staff=True, page="/staff")

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

    @contextmanager
    def making_nothing(self) -> Iterator[None]:
        """Give only what is kept, and NotKeptError for the rest. Not while visitors are served."""
        for worker in self.workers.values():
            worker.makes = False
        try:
            yield
        finally:
            for worker in self.workers.values():
                worker.makes = True

    def health(self) -> dict[str, Health]:
        """Every part, asked now."""
        speech, paper = self.workers["speech"], self.workers["paper"]
        return {
            "content": health.content(self.catalogue),
            "voice": health.asked(lambda: health.voice(self.speech, speech), health.NO_VOICE),
            "leaflets": health.asked(
                lambda: health.leaflets(self.leaflets, paper), health.NO_PAPER
            ),
            "printer": health.printer(self.printing, self.catalogue.phrases),
            "font": health.font(),
            "disk": health.asked(
                lambda: health.disk(self.settings.state, self.caches, self.usage), health.NO_ROOM
            ),
        }

    def close(self) -> None:
        """End the printing and the child processes."""
        self.printing.close()
        self.usage.close()
        for worker in self.workers.values():
            worker.close()


def noting(said: list[Utterance]) -> Callable[[Utterance], tuple[str, float]]:
    """A voice for a session that is silent and notes what it would say."""

    def say(utterance: Utterance) -> tuple[str, float]:
        said.append(utterance)
        return "", len(utterance.text.split()) / SPEAKING_RATE

    return say


def _sounding(say: Say) -> Callable[[Utterance], tuple[str, float]]:
    def sound(utterance: Utterance) -> tuple[str, float]:
        clip = say(utterance)
        return clip.address, clip.duration_s

    return sound


def build_services(settings: Settings, now: Callable[[], datetime] = datetime.now) -> Services:
    """Everything, from settings. Raises ContentError when the interface has no words.

    `now`: the clock on the wall, for the day of a count and the quiet hours.
    """
    catalogue = load_catalogue(
        settings.content,
        settings.clinic.nation,
        settings.clinic.staff_nearby,
        settings.installed,
        Cache(settings.state / "content"),
        clinic_name=settings.clinic.name,
    )
    figures, undrawn = _load_figures(catalogue)
    said = [pack_words(folder, LANG) for folder in catalogue.folders.values()]
    unsaid = [problem for _, problems in said for problem in problems]
    catalogue = replace(catalogue, problems=(*catalogue.problems, *undrawn, *unsaid))
    speech_worker = Worker("kiosk.speech.espeak:EspeakEngine", timeout_s=10, memory_mb=512)
    paper_worker = Worker("kiosk.paper:PaperPress", timeout_s=20, memory_mb=768)
    state = settings.state
    phrases = catalogue.phrases
    usage = Usage(state / "usage.db", lambda: now().date())
    compiled = KeptTemplates(Cache(state / "templates"))
    sounds, papers = Cache(state / "speech"), leaflets_kept(settings)
    return Services(
        settings=settings,
        catalogue=catalogue,
        speech=SpeechService(
            EspeakSpeaker(speech_worker),
            Lexicon.load(
                settings.content, phrases.lang, [one for words, _ in said for one in words]
            ),
            sounds,
            settings.voice.usual,
        ),
        leaflets=LeafletService(
            paper_worker,
            papers,
            TEMPLATES,
            STATIC / "css",
            phrases,
            settings.clinic,
            compiled,
        ),
        printing=_build_printing(settings.printer, state, usage),
        workers={"speech": speech_worker, "paper": paper_worker},
        figures=figures,
        usage=usage,
        volume=HouseVolume(state / "volume.json", now),
        caches=(sounds, papers),
        compiled=compiled,
        jack=jack_named(settings.headset.watch, settings.headset.socket),
    )


def _build_printing(printer: Printer, state: Path, usage: Usage) -> PrintService:
    quota = Quota(printer.most_per_visit, printer.most_per_hour, printer.most_per_day)
    if not printer.queue:
        return PrintService(None, quota, settled=partial(count_job, usage))
    from kiosk.printing.client import IppPrinter  # a quarter of a second, for those who print

    memory = Memory(state / "printing.json")
    ipp = IppPrinter(printer.queue, printer.device, printer.duplex, printer.colour, memory.name)
    return PrintService(ipp, quota, memory=memory, settled=partial(count_job, usage))


def count_job(usage: Usage, job: Job) -> None:
    """Count a leaflet that came out, or why it did not; a change of mind is no failure."""
    if job.state is State.DONE:
        if job.counts:
            usage.count(Event.LEAFLET, job.counts, job.copies)
    elif job.cause not in NO_FAULT:
        usage.count(Event.FAILURE, f"print {job.cause}")


def _load_figures(catalogue: Catalogue) -> tuple[dict[str, Figures], list[ContentError]]:
    """The figures of each pack, and what is wrong with those that cannot be drawn.

    A page stands without a picture that is not there.
    """
    found: dict[str, Figures] = {}
    problems: list[ContentError] = []
    for pack_id, folder in catalogue.folders.items():
        path = folder / "figures.yaml"
        if not path.is_file():
            continue
        try:
            found[pack_id] = Figures.load(path)
        except FigureError as error:
            problems.append(error)
        else:
            problems += found[pack_id].problems
    for problem in problems:
        log.error("a figure is left out: %s", problem)
    return found, problems


def leaflets_kept(settings: Settings) -> Cache:
    """Where leaflets are kept: each choice of parts is one more, so that there is a limit."""
    return Cache(settings.state / "leaflets", most_kept=settings.leaflets_mb * 1_000_000)


def font_folder(settings: Settings) -> Path:
    """Where `build` puts the fonts for other devices."""
    return settings.state / "fonts"
