"""One real kiosk and one real Chromium for all the browser tests; a fresh visitor for each."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from kiosk.loader import Catalogue, load_catalogue
from kiosk.settings import Settings
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.listening import Reader, Script
from tests.browser.pages import CrampNow, Home
from tests.browser.visitor import PANEL, SCREENS, SCRIPTS, Visitor, Watch
from tests.tools import missing

CHROMIUM = Path("/usr/bin/chromium")
# The same engine, of the same version, without windows, bars and menus of its own around each page:
# half the work for a visitor. What is about these (the screen's policy, leaving) takes Chromium.
ENGINE = Path("/usr/bin/chromium-headless-shell")
PATIENCE_MS = 10_000  # longer than anything the kiosk does, shorter than a reader's patience
SWITCHES = [
    "--disable-gpu",
    "--autoplay-policy=no-user-gesture-required",  # as on the kiosk's own panel
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

NO_PAGE = "/nobody/was-here"
NewVisitor = Callable[..., Visitor]


def as_root() -> list[str]:
    """Chromium's sandbox cannot be set up by root, and for nobody else may it be left out."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The engine of Debian's Chromium; in CI it must be there."""
    if not ENGINE.is_file():
        missing(f"there is no {ENGINE}: install the package chromium-headless-shell")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(ENGINE), args=[*SWITCHES, *as_root()]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKiosk]:
    """The kiosk with its real content, voice and leaflets, and an empty state folder."""
    with running_kiosk(tmp_path_factory.mktemp("kiosk")) as running:
        yield running
    assert not running.faults, running.log.read_text("utf-8")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The content that the kiosk shows."""
    return load_catalogue(Settings().content)


@pytest.fixture(scope="session")
def topics(catalogue: Catalogue) -> list[str]:
    """The addresses of all topics that exist."""
    return [f"/{pack.id}/{topic}" for pack in catalogue.packs.values() for topic in pack.topics]


@pytest.fixture(scope="session")
def sessions(catalogue: Catalogue) -> list[str]:
    """The addresses of all guided sessions."""
    return [
        f"/{pack.id}/session/{name}"
        for pack in catalogue.packs.values()
        for name in pack.about.sessions
    ]


@pytest.fixture(scope="session")
def leaflets(topics: list[str]) -> str:
    """The address where a leaflet is chosen."""
    return f"{topics[0].rpartition('/')[0]}/leaflets"


@pytest.fixture(scope="session")
def kinds(catalogue: Catalogue, topics: list[str], sessions: list[str], leaflets: str) -> list[str]:
    """The address of a page of each kind, error pages among them; without the staff's."""
    pack, topic = topics[0].removeprefix("/").split("/")
    groups = [f"/{pack}/{group}" for group in catalogue.packs[pack].about.groups]
    own = ["/", "/preferences", "/help", "/accessibility", leaflets, f"{leaflets}/{topic}"]
    errors = [NO_PAGE, f"{leaflets}/{topic}?size=enormous", "/staff"]
    return [*own, *groups, *sessions, CrampNow.PATH, topics[0], *errors]


@pytest.fixture(scope="session")
def everywhere(kinds: list[str], topics: list[str]) -> list[str]:
    """The same, and every topic."""
    return list(dict.fromkeys([*kinds, *topics]))


@pytest.fixture
def new_visitor(
    kiosk: RunningKiosk, browser: Browser, catalogue: Catalogue
) -> Iterator[NewVisitor]:
    """Makes visitors; the test fails if the browser of any of them reported a fault."""
    visitors: list[Visitor] = []

    def arrive(
        screen: str = PANEL,
        touches: bool = False,
        scripts: bool = True,
        within: Browser = browser,
    ) -> Visitor:
        width, height = SCREENS[screen]
        context = within.new_context(
            viewport={"width": width, "height": height},
            has_touch=touches,
            java_script_enabled=scripts,
            locale="en-GB",
            reduced_motion="reduce",  # a test waits for no scrolling
        )
        context.set_default_timeout(PATIENCE_MS)
        for script in SCRIPTS:
            context.add_init_script(path=script)
        watch = Watch(kiosk.address)
        watch.over(context)
        visitor = Visitor(context.new_page(), watch, catalogue.phrases, touches)
        visitors.append(visitor)
        return visitor

    yield arrive
    for visitor in visitors:
        visitor.page.context.close()
    assert [fault for visitor in visitors for fault in visitor.watch.unexpected] == []


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """A visitor at the portrait panel."""
    return new_visitor()


@pytest.fixture
def reader(visitor: Visitor) -> Reader:
    """A visitor at a topic that is not yet read aloud."""
    return Reader.at(Home.arrive(visitor).open_topic("Ease the pain"))


@pytest.fixture
def script(reader: Reader) -> Script:
    """What is said of that topic."""
    return Script.of(reader.visitor.watch.address, reader.visitor.path)
