"""QR codes are drawn as the standard asks, and read back from screen and from one-bit paper."""

import io
import re
from collections.abc import Iterator

import pytest
from lxml import etree
from PIL import Image, ImageDraw

from kiosk import qr
from kiosk.key_steps import key_steps
from kiosk.leaflet import Size
from kiosk.services import STATIC, Services, build_services
from kiosk.settings import Clinic, Settings
from tests.codes import PAPER_DPI, codes_in, one_bit_sides
from tests.topics import TOPIC_NAMES

ADDRESS = "surgery.example/legs"
MM_IN_INCH = 25.4
SVG = "{http://www.w3.org/2000/svg}"
every_topic = pytest.mark.parametrize("name", TOPIC_NAMES)
AUDIENCES = ("pregnancy", "older-people", "athletes")


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The real content, in a clinic with a short address."""
    state = tmp_path_factory.mktemp("state")
    found = build_services(Settings(state=state, clinic=Clinic(web=ADDRESS)))
    yield found
    found.close()


def drawn(drawing: str, module_px: int = 4) -> Image.Image:
    """The dark modules of a drawing as pixels: what any renderer must make of it."""
    tree = etree.fromstring(drawing)
    across = int(tree.get("viewBox").split()[2])
    picture = Image.new("L", (across * module_px, across * module_px), 255)
    pen = ImageDraw.Draw(picture)
    for run in re.finditer(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", tree.find(f"{SVG}path").get("d")):
        left, top, wide, back = map(int, run.groups())
        assert wide == back
        corner = ((left + wide) * module_px - 1, (top + 1) * module_px - 1)
        pen.rectangle((left * module_px, top * module_px, *corner), fill=0)
    return picture


# The drawing


@pytest.mark.parametrize("text", ["a", "x" * 300, "Ask: “floxacin”?\n– pâté, 38°", "&<>\"'"])
def test_what_is_put_in_is_read_back(text: str) -> None:
    (code,) = codes_in(drawn(qr.svg(text, "A code", "it")))
    assert code.text == text


@pytest.mark.parametrize("text", ["a", "x" * 60, "x" * 300])
def test_the_error_level_is_m(text: str) -> None:
    (code,) = codes_in(drawn(qr.svg(text, "A code", "it")))
    assert code.level == "M"


def test_the_quiet_zone_is_four_modules_wide_on_every_side() -> None:
    picture = drawn(qr.svg("quiet", "A code", "it"), module_px=1)
    dark = picture.point(lambda grey: 255 - grey).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    assert (left, top, picture.width - right, picture.height - bottom) == (4, 4, 4, 4)
    assert picture.width == qr.modules("quiet")


def test_it_is_black_on_white_by_itself_and_has_no_style() -> None:
    tree = etree.fromstring(qr.svg("a", "A code", "it"))
    title, ground, dark = tree
    assert (title.tag, ground.tag, dark.tag) == (f"{SVG}title", f"{SVG}rect", f"{SVG}path")
    assert (ground.get("fill"), dark.get("fill")) == ("#ffffff", "#000000")
    assert ground.get("width") == ground.get("height") == tree.get("viewBox").split()[2]
    assert tree.xpath("//@style | //*[local-name()='style']") == []
    css = "".join(path.read_text("utf-8") for path in (STATIC / "css").glob("*.css"))
    assert not re.search(r"k-code\b[^{}]*\{[^}]*(fill|filter|opacity|color)", css)


def test_it_says_what_it_is_whatever_that_holds() -> None:
    title = """Key steps of “A & B” <script>'" """
    tree = etree.fromstring(qr.svg("a", title, 'na"me'))
    assert tree[0].text == title
    assert tree.get("aria-labelledby") == tree[0].get("id") == 'na"me-title'
    assert tree.get("role") == "img"


def test_on_paper_it_has_a_size_of_its_own() -> None:
    tree = etree.fromstring(qr.svg("a", "A code", "it", module_mm=0.8))
    across = qr.modules("a") * 0.8
    assert tree.get("width") == tree.get("height") == f"{across:g}mm"
    assert etree.fromstring(qr.svg("a", "A code", "it")).get("width") is None


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_what_no_code_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        qr.svg(text, "A code", "it")


# The address


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("surgery.example/legs", "https://surgery.example/legs"),
        (" www.surgery.example ", "https://www.surgery.example"),
        ("http://surgery.example:8080/a?b=c#d", "http://surgery.example:8080/a?b=c#d"),
        ("HTTPS://surgery.example", "HTTPS://surgery.example"),
        ("surgery.example/crämp", "https://surgery.example/cr%C3%A4mp"),
    ],
)
def test_a_written_address_becomes_one_that_a_phone_opens(written: str, whole: str) -> None:
    assert qr.address_of(written) == whole


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "ask at the desk",
        "localhost",
        "javascript:alert(1)",
        "tel:01134960000",
        "ftp://surgery.example",
        "someone@surgery.example",
        "https://user:word@surgery.example",
        "surgery.example/a b",
        "surgery.example/\nlegs",
        "surgery.example/" + "a" * 100,
    ],
)
def test_what_is_not_a_web_address_gets_no_code(written: str) -> None:
    assert qr.address_of(written) is None


# On paper


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.usefixtures("paper")
def test_the_clinics_address_is_read_from_a_one_bit_leaflet(
    services: Services, audience: str, size: Size
) -> None:
    pack = services.catalogue.packs["leg-cramps"]
    pdf = services.leaflet(pack, pack.topics[audience], size)
    (code,) = [code for side in one_bit_sides(pdf) for code in codes_in(side)]
    assert code.text == f"https://{ADDRESS}"
    across_mm = code.wide_px / PAPER_DPI * MM_IN_INCH
    module_mm = across_mm / (qr.modules(code.text) - 2 * qr.QUIET)
    assert module_mm >= qr.LEAST_MODULE_MM == 0.5
    assert module_mm == pytest.approx(qr.MODULE_MM, abs=0.05)


@every_topic
@pytest.mark.usefixtures("paper")
def test_the_key_steps_are_read_from_a_one_bit_side(services: Services, name: str) -> None:
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    steps = key_steps(pack.topics[topic_id], pack)
    assert steps is not None
    drawing = qr.svg(steps, "Key steps", "steps", qr.LEAST_MODULE_MM)
    page = f'<html lang="en-GB"><title>Key steps</title><h1>Key steps</h1>{drawing}</html>'
    pdf = services.workers["paper"].call("render", page, "@page { size: A5; margin: 10mm }")
    (side,) = one_bit_sides(pdf)
    (code,) = codes_in(side)
    assert code.text == steps
    module_mm = code.wide_px / PAPER_DPI * MM_IN_INCH / (qr.modules(steps) - 2 * qr.QUIET)
    assert module_mm >= 0.5 - 0.01  # a pixel of 200 dpi, over the whole code


@pytest.mark.usefixtures("paper")
def test_the_code_on_paper_says_what_it_is(services: Services) -> None:
    import pikepdf

    pack = services.catalogue.packs["leg-cramps"]
    pdf = services.leaflet(pack, pack.topics["pregnancy"])
    with pikepdf.open(io.BytesIO(pdf)) as file:
        said = [
            str(thing.get("/Alt", ""))
            for thing in file.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
    assert services.catalogue.phrases("code-address-alt", address=ADDRESS) in said


@pytest.mark.parametrize("web", ["", "ask at the desk"])
@pytest.mark.usefixtures("paper")
def test_without_an_address_there_is_no_code(services: Services, web: str) -> None:
    pack = services.catalogue.packs["leg-cramps"]
    clinic = Clinic(web=web)
    leaflets = build_services(Settings(state=services.settings.state, clinic=clinic))
    try:
        pdf = leaflets.leaflet(pack, pack.topics["pregnancy"])
    finally:
        leaflets.close()
    assert [code for side in one_bit_sides(pdf) for code in codes_in(side)] == []
