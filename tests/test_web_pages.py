"""The screens: all that a visitor can reach is there, sound, and the same where it must be."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from jinja2 import Environment, FileSystemLoader
from jinja2.meta import find_undeclared_variables
from lxml import html

from kiosk.models import CareCard
from kiosk.services import TEMPLATES, Services
from kiosk.web import create_app
from tests.page_rules import check_page, words_of
from tests.sample_blocks import kinds, sample
from tests.small_pack import FIRST, PACK, SECOND, SmallPack
from tests.topics import TOPIC_NAMES, TOPICS

Visit = Callable[..., html.HtmlElement]
FILES = (".pdf", ".png", ".css", ".js", ".svg", ".wav", ".json", ".woff2")
BAR = "//nav[@aria-label]//ul/li"


@pytest.fixture
def small_client(small: SmallPack) -> Iterator[FlaskClient]:
    """A browser on the kiosk over the small pack."""
    with small.services() as services:
        yield create_app(services).test_client()


def links(page: html.HtmlElement) -> list[str]:
    """Where a page leads: its links and the files it shows, each once."""
    found = page.xpath("//a/@href | //link/@href | //script/@src | //img/@src | //audio/@src")
    return list(dict.fromkeys(link.partition("#")[0] for link in found if link[0] != "#"))


def test_every_page_that_can_be_reached_is_sound_and_every_file_is_there(
    visit: Visit, client: FlaskClient
) -> None:
    seen, waiting = {"/"}, ["/"]
    bars, titles = set(), {}
    while waiting:
        path = waiting.pop()
        if path.partition("?")[0].endswith(FILES):
            with client.get(path) as response:
                assert response.status_code == 200, path
                assert response.data
            continue
        page = visit(path)
        titles[path.partition("?")[0]] = words_of(page.find(".//title"))
        bars.add(tuple(words_of(item) for item in page.xpath(BAR)))
        new = [link for link in links(page) if link not in seen and "page=" not in link]
        seen.update(new)
        waiting += new
    assert len(bars) == 1, "the bar differs from page to page"
    assert len(bars.pop()) == 7
    assert len(set(titles.values())) == len(titles), "two pages have one title"
    reached = {path.strip("/") for path in titles}
    assert [name for name in TOPIC_NAMES if name not in reached] == []


@pytest.mark.parametrize(("pack", "topic"), TOPICS, ids=TOPIC_NAMES)
def test_what_to_do_in_an_emergency_is_the_first_thing_on_its_page(
    visit: Visit, services: Services, pack: str, topic: str
) -> None:
    found = services.catalogue.packs[pack].topics[topic]
    page = visit(f"/{pack}/{topic}")
    article = page.get_element_by_id("main").find("article")
    if found.about.layout == "steps":
        assert article[0].find("a").get("id") == "stop"
        return
    assert article[0].tag == "h1"
    if any(isinstance(block, CareCard) for block in found.opening):
        assert article[1].get("class").startswith("k-card k-card--")
        cards = [one.get("class").partition("--")[2] for one in article.xpath("./*[@class]")]
        cards = [urgency for urgency in cards if urgency in ("emergency", "urgent", "non-urgent")]
        assert cards == sorted(cards, key=["emergency", "urgent", "non-urgent"].index)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/nothing/nothing",
        "/leg-cramps",
        "/leg-cramps/",
        "/leg-cramps/nothing",
        "/leg-cramps/relief/",
        "/leg-cramps/relief/more",
        "/leg-cramps/leaflets/nothing",
        "/leg-cramps/leaflets/nothing.pdf",
        "/leg-cramps/leaflets/nothing.png",
        "/leg-cramps/session/nothing",
        "/nothing/leaflets",
        "/static/nothing.css",
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%2fsettings.py",
        "/fonts/nothing.woff2",
        "/fonts/..%2f..%2fetc%2fpasswd.woff2",
        "/print/nothing",
        "/%00",
        "/%ff%fe",
        "/" + "a" * 3000,
        "/<script>alert(1)</script>",
        "/leg-cramps/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "/favicon.ico",
        "/.env",
    ],
)
def test_what_is_not_there_is_a_plain_page_with_a_way_home(visit: Visit, path: str) -> None:
    page = visit(path, status=404)
    assert "/" in page.get_element_by_id("main").xpath(".//a/@href")
    assert "alert(1)" not in html.tostring(page, encoding="unicode")


@pytest.mark.parametrize(("method", "path"), [("post", "/"), ("put", "/help"), ("get", "/finish")])
def test_a_wrong_method_is_a_plain_page_that_says_what_is_allowed(
    client: FlaskClient, method: str, path: str
) -> None:
    headers = {"Origin": "http://localhost"}
    with client.open(path, method=method, headers=headers) as response:
        assert response.status_code == 405
        assert response.headers["Allow"]
        check_page(response, "en-GB")


def test_a_broken_topic_says_so_and_the_rest_of_the_kiosk_runs(
    small: SmallPack, small_client: FlaskClient
) -> None:
    small.change_topic("- stretch slowly [relief-stretch-calf]", "- stretch slowly")
    with small.services() as services:
        browser = create_app(services).test_client()
        with browser.get(f"/{PACK}/{FIRST}") as response:
            assert response.status_code == 503
            broken = check_page(response, "en-GB")
        assert "/" in broken.get_element_by_id("main").xpath(".//a/@href")
        with browser.get(f"/{PACK}/{SECOND}") as response:
            assert response.status_code == 200
        for path in (f"/{PACK}/{FIRST}/speech.json", f"/{PACK}/leaflets/{FIRST}"):
            with browser.get(path) as response:
                assert response.status_code == 404
        with browser.get("/") as response:
            home = check_page(response, "en-GB")
        assert f"/{PACK}/{FIRST}" not in home.xpath("//a/@href")


def test_a_signpost_to_a_topic_that_is_not_there_is_no_link(
    small: SmallPack, small_client: FlaskClient
) -> None:
    small.change_topic("(relief)", "(nowhere)")
    with (
        small.services() as services,
        create_app(services).test_client().get(f"/{PACK}/{FIRST}") as response,
    ):
        page = check_page(response, "en-GB")
    assert [link for link in page.xpath("//a/@href") if "nowhere" in link] == []


def test_a_kiosk_without_content_says_so(small: SmallPack) -> None:
    small.path("pack.yaml").unlink()
    with (
        small.services() as services,
        create_app(services).test_client().get("/") as response,
    ):
        page = check_page(response, "en-GB")
        assert services.catalogue.phrases("home-empty") in words_of(page)


def test_text_from_the_content_is_never_markup(small: SmallPack) -> None:
    small.change_topic("title: Ease the pain", "title: '<b>Ease</b> & \"soothe\"'")
    small.change_topic("Do it at home.", "Is 3 < 5 & 5 > 3?")
    with small.services() as services:
        browser = create_app(services).test_client()
        for path in ("/", f"/{PACK}/{FIRST}", f"/{PACK}/leaflets/{FIRST}"):
            with browser.get(path) as response:
                page = check_page(response, "en-GB")
            assert page.xpath("//b") == []
        pack = services.catalogue.packs[PACK]
        pdf = services.leaflet(pack, pack.topics[FIRST])
        assert pdf.startswith(b"%PDF")


# The macros that page and leaflet share


@pytest.mark.parametrize("paper", [False, True], ids=["screen", "paper"])
def test_every_kind_of_block_is_shown_line_by_line(paper: bool) -> None:
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    macros = jinja.get_template("components/blocks.html").module
    missing = {}
    for kind in kinds():
        block = sample(kind)
        tree = html.fragment_fromstring(
            str(macros.block(block, 2, {}, lambda *_: "", paper)),
            create_parent=True,
        )
        shown = [(one.get("id"), one.text_content()) for one in tree.xpath("//*[@class='k-s']")]
        lines = [line for line in block.lines if not (paper and line == getattr(block, "staff", 0))]
        wanted = [(one.id, one.text) for line in lines for one in line.sentences]
        if shown != wanted:
            missing[kind.__name__] = [one for one in wanted if one not in shown]
    assert missing == {}


def test_the_shared_macros_use_only_their_arguments() -> None:
    jinja = Environment(autoescape=True)
    for path in (TEMPLATES / "components").glob("*.html"):
        parsed = jinja.parse(path.read_text("utf-8"))
        assert find_undeclared_variables(parsed) == set(), path.name
