"""What every test may ask for: the real kiosk over a passing state folder, and `visit`."""

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from kiosk.services import Services, build_services
from kiosk.settings import Settings
from kiosk.web import create_app
from tests.kokoro_rig import Voiced, voice_twelve
from tests.page_rules import check_page
from tests.printed import Printed, print_all, unhurried
from tests.small_pack import SmallPack
from tests.tools import missing

# A suite that was begun in the background ignores Ctrl+C and would hand that down to every kiosk
# that it starts, and ends by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a fresh kiosk, whose state goes when the tests end."""
    return Settings(state=tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def real_services(settings: Settings) -> Iterator[Services]:
    """The real services: real content, real voice, real leaflets."""
    found = build_services(settings)
    yield found
    found.close()


@pytest.fixture(scope="session")
def services(real_services: Services) -> Services:
    """What the tests of a module run on; a module may have services of its own instead."""
    return real_services


@pytest.fixture(scope="session")
def voice(real_services: Services) -> None:
    """The real voice must be on this machine."""
    _need(real_services, "voice")


@pytest.fixture(scope="session")
def paper(real_services: Services) -> None:
    """What makes real leaflets must be on this machine."""
    _need(real_services, "leaflets")


def _need(services: Services, part: str) -> None:
    health = services.health()[part]
    if not health.ok:
        missing(f"{part}: {health.why}; {health.mend}")


@pytest.fixture(scope="session")
def printed(
    paper: None, real_services: Services, tmp_path_factory: pytest.TempPathFactory
) -> Printed:
    """Every leaflet in every size, and its measures."""
    return print_all(real_services, tmp_path_factory.mktemp("leaflets"))


@pytest.fixture(scope="module")
def unhurried_press(services: Services) -> Iterator[None]:
    """The press with all the time it needs: not how fast it is, only what it makes, is asked."""
    with unhurried(services):
        yield


@pytest.fixture(scope="session")
def app(real_services: Services) -> Flask:
    """The web app over the real services."""
    return create_app(real_services)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a visit behind it."""
    return app.test_client()


@pytest.fixture
def visit(client: FlaskClient, real_services: Services) -> Callable[..., html.HtmlElement]:
    """Fetch a page, check it against every rule that holds for all pages, give back its tree."""

    def fetch(path: str, status: int = 200) -> html.HtmlElement:
        with client.get(path) as response:
            assert response.status_code == status
            return check_page(response, real_services.catalogue.phrases.lang)

    return fetch


@pytest.fixture(scope="session")
def voiced(tmp_path_factory: pytest.TempPathFactory) -> Voiced:
    """A small kiosk with twelve paragraphs said by the real natural voice."""
    return voice_twelve(tmp_path_factory.mktemp("voiced"))


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """A small sound pack of two topics, for a test to spoil."""
    return SmallPack(tmp_path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Share the tests out by what they share; not asked where one worker runs them all."""
    from tests.sharing import Sharing

    return Sharing(config, log)
