"""A second subject needs no code: built, signed, installed and served, it is whole."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.check import check_catalogue
from kiosk.leaflet import Size
from kiosk.loader import load_catalogue
from kiosk.services import Services, build_services
from kiosk.settings import PROJECT, Packs, Settings
from kiosk.web import create_app
from tests.browser.kiosk_process import running_kiosk
from tests.pack_maker import SUBJECT, TOPIC, PackMaker
from tests.page_rules import check_page, words_of
from tests.paper_facts import read_facts, squeezed

pytestmark = pytest.mark.usefixtures("voice", "paper")

OTHER = "when-to-wash"


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> PackMaker:
    return PackMaker(tmp_path_factory.mktemp("maker"))


@pytest.fixture(scope="module")
def kiosk(maker: PackMaker) -> Settings:
    """The kiosk as it is delivered, with the subject installed."""
    settings = Settings(state=maker.kiosk.state, packs=Packs(keys=str(maker.kiosk.keys_folder)))
    pack(maker, "install", str(maker.build()))
    return settings


@pytest.fixture(scope="module")
def services(kiosk: Settings) -> Iterator[Services]:
    found = build_services(kiosk)
    yield found
    found.close()


@pytest.fixture(scope="module")
def browser(services: Services) -> FlaskClient:
    return create_app(services).test_client()


@pytest.fixture
def visit(browser: FlaskClient) -> Callable[[str], html.HtmlElement]:
    def fetch(path: str) -> html.HtmlElement:
        with browser.get(path) as response:
            assert response.status_code == 200
            return check_page(response, "en-GB")

    return fetch


def pack(maker: PackMaker, *words: str, code: int = 0, **more: str) -> str:
    """What `run_kiosk.py pack …` prints over the delivered content."""
    usual = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    folders = {
        "KIOSK_STATE": str(maker.kiosk.state),
        "KIOSK_PACKS_KEYS": str(maker.kiosk.keys_folder),
    }
    done = subprocess.run(
        [sys.executable, str(PROJECT / "run_kiosk.py"), "pack", *words],
        cwd=maker.folder,
        env={**usual, **folders, **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


Visit = Callable[[str], html.HtmlElement]


def links_of(page: html.HtmlElement) -> list[str]:
    """Where the links of a page's main part lead."""
    return [str(one) for one in page.xpath("//main//a/@href")]


def test_home_shows_it_below_the_kiosks_own_subject(visit: Visit, services: Services) -> None:
    page = visit("/")
    questions = [words_of(one) for one in page.xpath("//*[@class='k-home__question']")]
    packs = services.catalogue.packs
    assert questions == [packs[name].about.question for name in ("leg-cramps", SUBJECT)]
    links = links_of(page)
    for place in (TOPIC, OTHER):
        assert f"/{SUBJECT}/{place}" in links


def test_home_leads_to_the_leaflets_of_both_by_one_tile(visit: Visit, services: Services) -> None:
    page = visit("/")
    tiles = [words_of(one) for one in page.xpath("//main//a")]
    assert len(tiles) == len(set(tiles)), "two tiles say the same"
    assert links_of(page).count("/leaflets") == 1
    assert page.xpath("//nav//a[@href='/leaflets']"), "the bar leads there too"
    shelves = visit("/leaflets")
    titles = [words_of(one) for one in shelves.xpath("//main//h2")]
    assert titles == [pack.about.title for pack in services.catalogue.packs.values()]
    links = links_of(shelves)
    for pack_id in ("leg-cramps", SUBJECT):
        for topic in services.catalogue.packs[pack_id].about.leaflets:
            assert links.count(f"/{pack_id}/leaflets/{topic}") == 1


def test_one_subject_alone_has_its_own_leaflets_at_once(client: FlaskClient) -> None:
    with client.get("/leaflets") as response:
        assert response.status_code == 303
        assert response.location == "/leg-cramps/leaflets"
    with client.get("/") as response:
        assert b'href="/leaflets"' not in response.data


def test_one_tile_alone_is_marked_on_home(visit: Visit) -> None:
    """However many subjects: who has a cramp now looks for one thing."""
    marked = visit("/").xpath("//a[contains(@class, 'k-tile--main')]/@href")
    assert marked == ["/leg-cramps/cramp-now"]


def test_its_page_has_its_words_and_its_sources(visit: Visit) -> None:
    page = visit(f"/{SUBJECT}/{TOPIC}")
    (main,) = page.xpath("//main")
    text = words_of(main)
    assert "Wash for 20 seconds, with soap and water." in text
    assert "Call 999" in text
    assert "How to wash your hands" in text
    assert "cramp" not in text


def test_its_page_is_said(browser: FlaskClient) -> None:
    with browser.get(f"/{SUBJECT}/{TOPIC}/speech.json") as response:
        assert response.status_code == 200
        segments = response.get_json()["segments"]
    assert "Wash for 20 seconds, with soap and water." in [one["text"] for one in segments]
    with browser.get(segments[0]["audio"]) as response:
        assert response.data.startswith(b"RIFF")


def test_its_own_words_are_said_as_it_decides(services: Services) -> None:
    topic = services.catalogue.packs[SUBJECT].topics[TOPIC]
    said = [
        services.speech.recordings.spoken(one, ["espeak-ng"])
        for one in services.script(services.catalogue.packs[SUBJECT], topic)
    ]
    (told,) = [one.spoken for one in said if "It often fails with norovirus" in one.written]
    assert "nora-virus" in told


@pytest.mark.parametrize("size", list(Size))
def test_its_leaflet_is_made(browser: FlaskClient, size: Size, tmp_path: Path) -> None:
    with browser.get(f"/{SUBJECT}/leaflets/{TOPIC}.pdf?size={size}") as response:
        assert response.status_code == 200
        path = tmp_path / "leaflet.pdf"
        path.write_bytes(response.data)
    facts = read_facts(path)
    assert squeezed("Wash for 20 seconds, with soap and water.") in facts.words
    assert facts.title.startswith("Wash your hands well")
    assert facts.tagged


def test_its_leaflets_can_be_chosen(visit: Visit) -> None:
    assert f"/{SUBJECT}/leaflets/{OTHER}" in links_of(visit(f"/{SUBJECT}/leaflets"))
    visit(f"/{SUBJECT}/leaflets/{OTHER}")


def test_check_has_nothing_to_say_of_it(kiosk: Settings) -> None:
    catalogue = load_catalogue(kiosk.content, installed=kiosk.installed)
    assert SUBJECT in catalogue.packs
    found = check_catalogue(catalogue, kiosk.content)
    assert [one for one in found if kiosk.installed in one.path.resolve().parents] == []


def test_healthz_names_what_is_shown(services: Services) -> None:
    assert services.health()["content"].why == "leg-cramps 2026.11, hand-washing 2026.11"


def test_a_running_kiosk_takes_up_a_pack_at_its_next_start(
    maker: PackMaker, tmp_path: Path
) -> None:
    address = f"/{SUBJECT}/{TOPIC}"
    with running_kiosk(tmp_path) as first:
        said = pack(maker, "install", str(maker.build()), KIOSK_STATE=str(first.state))
        assert "The kiosk shows it when it starts next." in said
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(first.address + address, timeout=20)
    with running_kiosk(tmp_path) as next_one:
        with urllib.request.urlopen(next_one.address + address, timeout=20) as answer:
            assert b"Wash for 20 seconds" in answer.read()
        assert next_one.faults == []


def test_the_code_knows_nothing_of_it() -> None:
    files = [*PROJECT.glob("kiosk/**/*.py"), *PROJECT.glob("templates/**/*.html")]
    assert files
    for path in (*files, PROJECT / "run_kiosk.py"):
        assert not re.search(r"hand.washing|soap", path.read_text("utf-8"), re.IGNORECASE), path


# The command


def test_the_command_makes_a_pack_from_its_key_to_its_end(maker: PackMaker, tmp_path: Path) -> None:
    state = {"KIOSK_STATE": str(tmp_path / "var"), "KIOSK_PACKS_KEYS": str(tmp_path / "keys")}
    works = {"KIOSK_CONTENT": str(maker.works.content)}
    assert "No pack is installed" in pack(maker, **state)
    assert "secret; keep it off the kiosks" in pack(maker, "keys", str(tmp_path / "trust"), **state)
    words = ("build", SUBJECT, "--key", str(tmp_path / "trust.key"))
    built = pack(maker, *words, **state, **works).partition(": ")[0]
    assert "no key is trusted" in pack(maker, "verify", built, code=1, **state)
    (tmp_path / "keys").mkdir()
    (tmp_path / "trust.pub").rename(tmp_path / "keys" / "trust.pub")
    assert "sound; hand-washing 2026.11" in pack(maker, "verify", built, **state)
    said = pack(maker, "install", built, **state)
    assert "Installed hand-washing 2026.11" in said
    assert "when it starts next" in said
    assert pack(maker, **state).startswith("hand-washing: 2026.11")
    assert "is shown no more" in pack(maker, "rollback", SUBJECT, **state)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dance",), "what is `dance`?; use pack build"),
        (("install",), "`install` takes one name"),
        (("install", "a", "b"), "`install` takes one name"),
        (("build", "leg-cramps"), "no key to sign with; add --key"),
        (("build", "nothing", "--key", "x"), "there is no pack.yaml"),
        (("build", "../content", "--key", "x"), "there is no pack.yaml"),
        (("verify", "nothing.zip"), "nothing.zip: the file cannot be read"),
        (("install", "nothing.zip"), "nothing.zip: the file cannot be read"),
        (("rollback", "nothing"), "no pack `nothing` is installed"),
    ],
)
def test_what_the_command_cannot_do_it_says_with_the_mend(
    maker: PackMaker, kiosk: Settings, words: tuple[str, ...], said: str
) -> None:
    found = pack(maker, *words, code=1)
    assert said in found
    assert len(found.splitlines()) == 1
