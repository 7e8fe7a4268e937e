"""What the pages can be taken home as: choosing, seeing and saving a leaflet; fonts."""

import io
from collections.abc import Callable, Iterator

import pdfplumber
import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.errors import LeafletError
from kiosk.leaflet import Size
from kiosk.services import Services, build_services, font_folder
from kiosk.settings import Clinic, Panel, Settings
from kiosk.web import create_app
from tests.page_rules import check_page, words_of
from tests.paper_facts import squeezed
from tests.small_pack import FIRST, PACK, SmallPack

pytestmark = pytest.mark.usefixtures("paper")
Visit = Callable[..., html.HtmlElement]
LEAFLET = f"/{PACK}/leaflets/{FIRST}"
PARTS = ("stretch-it", "what-may-help")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The kiosk over the small pack."""
    with SmallPack(tmp_path_factory.mktemp("outputs")).services() as found:
        yield found


@pytest.fixture
def browser(services: Services) -> FlaskClient:
    return create_app(services).test_client()


def fetch(browser: FlaskClient, path: str, status: int = 200) -> html.HtmlElement:
    with browser.get(path) as response:
        assert response.status_code == status, path
        return check_page(response, "en-GB")


def text_of(browser: FlaskClient, path: str) -> str:
    """The words of a PDF without their white space."""
    with browser.get(path) as response:
        assert response.status_code == 200
        assert response.mimetype == "application/pdf"
        with pdfplumber.open(io.BytesIO(response.data)) as pdf:
            return squeezed("".join(page.extract_text() for page in pdf.pages))


def test_a_leaflet_is_a_file_to_save_and_not_one_to_open(browser: FlaskClient) -> None:
    """The browser's own PDF viewer would be a way out of a kiosk."""
    for size in Size:
        with browser.get(f"{LEAFLET}.pdf?size={size}") as response:
            assert response.mimetype == "application/pdf"
            assert response.data.startswith(b"%PDF")
            disposition = response.headers["Content-Disposition"]
            assert disposition == f"attachment; filename={FIRST}-{size}.pdf"


def test_the_usual_size_is_standard(browser: FlaskClient) -> None:
    with browser.get(f"{LEAFLET}.pdf") as one, browser.get(f"{LEAFLET}.pdf?size=standard") as other:
        assert one.data == other.data


@pytest.mark.parametrize("parts", [",".join(PARTS), "&parts=".join(PARTS), "", ","])
def test_all_parts_or_none_named_is_the_whole_leaflet(browser: FlaskClient, parts: str) -> None:
    with browser.get(f"{LEAFLET}.pdf?parts={parts}") as one, browser.get(f"{LEAFLET}.pdf") as other:
        assert one.data == other.data


def test_a_part_alone_leaves_the_others_out(browser: FlaskClient) -> None:
    text = text_of(browser, f"{LEAFLET}.pdf?parts=stretch-it")
    assert "Sitwellback" in text
    assert "Forherbs" not in text
    assert "youcannotbreathewell" in text, "the emergency card stays"


@pytest.mark.parametrize(
    "query",
    [
        "size=huge",
        "size=",
        "size=Standard",
        "size=standard%00",
        "parts=nothing",
        "parts=stretch-it,nothing",
        "parts=..%2f..%2fetc",
        "parts=%3Cscript%3E",
    ],
)
@pytest.mark.parametrize("ending", ["", ".pdf", ".png"])
def test_a_choice_that_does_not_exist_is_a_plain_page(
    browser: FlaskClient, query: str, ending: str
) -> None:
    page = fetch(browser, f"{LEAFLET}{ending}?{query}", 400)
    assert "/" in page.get_element_by_id("main").xpath(".//a/@href")


@pytest.mark.parametrize("number", ["0", "-1", "99", "1.5", "one", "", "²", "1000000"])
def test_a_side_that_does_not_exist_is_a_plain_page(browser: FlaskClient, number: str) -> None:
    with browser.get(f"{LEAFLET}.png", query_string={"page": number}) as response:
        assert response.status_code == 400
        check_page(response, "en-GB")


@pytest.mark.parametrize("number", ["0", "-1", "99", "1.5", "one", ""])
def test_a_side_of_the_choice_that_does_not_exist_is_a_plain_page(
    browser: FlaskClient, number: str
) -> None:
    fetch(browser, f"{LEAFLET}?side={number}", 400)


def test_every_side_has_a_picture(browser: FlaskClient) -> None:
    pictures, onward = [], f"{LEAFLET}?size=giant"
    while onward:
        page = fetch(browser, onward)
        (picture,) = page.xpath("//main//img/@src")
        assert picture not in pictures
        pictures.append(picture)
        turn = page.xpath("//*[contains(@class, 'k-leaflet__turn')]/a")[-1]
        onward = turn.get("href", "").partition("#")[0]
    with browser.get(f"{LEAFLET}.pdf?size=giant") as response:
        file = io.BytesIO(response.data)
    with pdfplumber.open(file) as pdf:
        sides = len(pdf.pages)
    assert len(pictures) == sides > 1
    seen = set()
    for address in pictures:
        with browser.get(address) as response:
            assert response.mimetype == "image/png"
            assert response.data[:8] == b"\x89PNG\r\n\x1a\n"
            seen.add(response.data)
    assert len(seen) == sides


def test_what_was_chosen_is_shown_as_chosen(browser: FlaskClient) -> None:
    page = fetch(browser, f"{LEAFLET}?size=large&parts={PARTS[0]}")
    assert page.xpath("//input[@type='radio'][@checked]/@value") == ["large"]
    assert page.xpath("//input[@type='checkbox'][@checked]/@value") == [PARTS[0]]
    assert page.xpath("//input[@type='checkbox']/@value") == list(PARTS)
    for address in page.xpath("//img/@src | //a[contains(@href, '.pdf')]/@href"):
        assert f"size=large&parts={PARTS[0]}" in address


def test_to_begin_with_all_parts_are_ticked(browser: FlaskClient) -> None:
    page = fetch(browser, LEAFLET)
    assert page.xpath("//input[@type='checkbox'][@checked]/@value") == list(PARTS)


@pytest.mark.parametrize(("mode", "files"), [("desk", 1), ("kiosk", 0)])
def test_only_a_desk_offers_a_file(small: SmallPack, mode: str, files: int) -> None:
    panel = Panel(diagonal_in=21.5, width_px=1920, height_px=1080)
    settings = Settings.model_validate(
        {"content": small.content, "state": small.state, "mode": mode, "panel": panel}
    )
    services = build_services(settings)
    try:
        page = fetch(create_app(services).test_client(), LEAFLET)
    finally:
        services.close()
    assert len(page.xpath("//a[contains(@href, '.pdf')] | //a[@download]")) == files


def test_the_clinic_s_own_lines_are_on_its_leaflets(small: SmallPack) -> None:
    clinic = Clinic(
        name="Example <Surgery>",
        phone="0113 496 0000",
        web="example.invalid/legs",
        feedback="Write to us.",
    )
    services = build_services(Settings(content=small.content, state=small.state, clinic=clinic))
    try:
        text = text_of(create_app(services).test_client(), f"{LEAFLET}.pdf")
    finally:
        services.close()
    for line in (clinic.name, clinic.phone, clinic.web, clinic.feedback):
        assert squeezed(line) in text


def test_a_leaflet_that_cannot_be_made_says_that_the_screen_still_works(
    services: Services, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise LeafletError("secret-detail")

    monkeypatch.setattr(services.leaflets, "pdf", fail)
    for path in (LEAFLET, f"{LEAFLET}.pdf", f"{LEAFLET}.png"):
        page = fetch(browser, path, 500)
        assert services.catalogue.phrases("error-leaflet") in words_of(page)
        assert "secret-detail" not in words_of(page)


def test_fonts_are_served_once_they_are_built(services: Services, browser: FlaskClient) -> None:
    fetch(browser, "/fonts/andika-regular.woff2", 404)
    folder = font_folder(services.settings)
    folder.mkdir(parents=True)
    (folder / "andika-regular.woff2").write_bytes(b"wOF2")
    (folder / "other.woff2").write_bytes(b"wOF2")
    with browser.get("/fonts/andika-regular.woff2") as response:
        assert response.mimetype == "font/woff2"
        assert "max-age" in response.headers["Cache-Control"]
    fetch(browser, "/fonts/other.woff2", 404)
