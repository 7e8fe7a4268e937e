"""The reading order: what a screen reader reads of a leaflet is the leaflet, exactly."""

from collections.abc import Iterator

import pytest
from lxml import html

from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import Services
from kiosk.worker import Worker
from tests.paper_facts import squeezed
from tests.tag_facts import Heard
from tests.topics import TOPIC_NAMES

pytestmark = pytest.mark.usefixtures("paper", "unhurried_press")
SVG = "{http://www.w3.org/2000/svg}svg"
# Other sizes differ by their style sheet alone; one topic with figures and one without stand in.
SAMPLES = [
    (name, size)
    for name in ("leg-cramps/pregnancy", "leg-cramps/medicines")
    for size in Size
    if size is not Size.STANDARD
]


# The style sheet leaves these out where the words are largest.
LEFT_OUT = {Size.GIANT: "//*[@class='front__figure' or @class='k-picture']"}


def written(page: str, size: Size) -> str:
    """The words of a leaflet's HTML in their order, without white space or footers."""
    tree = html.document_fromstring(page)
    aside = "//head | //*[starts-with(@class, 'running-')]"
    for element in tree.xpath(f"{aside} | {LEFT_OUT.get(size, '/nothing')}"):
        element.drop_tree()
    return "".join(_words(tree.body))


def _words(element: html.HtmlElement) -> Iterator[str]:
    """The words of an element and of what follows it; of a drawing, what it says of itself."""
    if element.tag in ("svg", SVG):
        yield squeezed(next(part.text for part in element if part.tag.endswith("title")))
    else:
        yield squeezed(element.text or "")
        for child in element:
            yield from _words(child)
            yield squeezed(child.tail or "")


def order_of(services: Services, name: str, size: Size) -> LeafletOrder:
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    topic = pack.topics[topic_id]
    return LeafletOrder(topic, pack, services.review(topic), size)


@pytest.mark.parametrize(
    ("name", "size"), [*((name, Size.STANDARD) for name in TOPIC_NAMES), *SAMPLES]
)
def test_what_is_read_is_what_is_written_in_the_same_order(
    services: Services, name: str, size: Size
) -> None:
    order = order_of(services, name, size)
    draw = services.drawer(order.pack.id)
    heard = Heard(services.leaflets.make(order, draw))
    assert heard.text == written(services.leaflets.html(order, draw), size)


@pytest.mark.parametrize("name", TOPIC_NAMES)
def test_footers_and_page_numbers_are_shown_and_never_read(services: Services, name: str) -> None:
    order = order_of(services, name, Size.STANDARD)
    pdf = services.leaflets.make(order, services.drawer(order.pack.id))
    heard = Heard(pdf)
    title = order.topic.about.title
    footer = services.catalogue.phrases(
        "leaflet-page", title=title, version=order.pack.about.version
    )
    sides = services.leaflets.page_count(pdf)
    assert heard.aside == "".join(
        f"{squeezed(footer)}{side}/{sides}" for side in range(1, sides + 1)
    )


# Languages, and headings in one piece


@pytest.fixture(scope="module")
def press() -> Iterator[Worker]:
    worker = Worker("kiosk.paper:PaperPress", timeout_s=20, memory_mb=768)
    yield worker
    worker.close()


def page(body: str) -> str:
    return f'<html lang="en-GB"><head><title>Rest</title></head><body>{body}</body></html>'


def test_a_phrase_in_another_language_says_which(press: Worker) -> None:
    body = (
        '<h1>Rest</h1><p>In Welsh: <span lang="cy">Gorffwys</span>.</p>'
        '<p lang="pl">Odpoczynek <strong>nogi</strong></p><ul><li lang="ur">آرام</li></ul>'
    )
    heard = Heard(press.call("render", page(body), ""))
    assert ("cy", "Gorffwys") in heard.languages
    assert ("pl", "Odpoczynek nogi") in heard.languages
    assert {lang for lang, _ in heard.languages} == {"cy", "pl", "ur"}


def test_a_phrase_over_two_lines_says_so_in_both(press: Worker) -> None:
    welsh = "gorffwys eich coes yn dda " * 20
    pdf = press.call("render", page(f'<h1>Rest</h1><p>A <i lang="cy">{welsh}</i></p>'), "")
    said = "".join(words for _, words in Heard(pdf).languages)
    assert squeezed(said) == squeezed(welsh)


def test_a_leaflet_in_one_language_names_no_other(press: Worker) -> None:
    body = "<h1>Rest</h1><p>Rest your leg.</p>"
    assert Heard(press.call("render", page(body), "")).languages == []


def test_a_heading_of_two_lines_is_one_heading(press: Worker) -> None:
    body = "<h1>Rest</h1><h2><span>Urgent:</span> call now</h2><p>Rest <b>now</b> please.</p>"
    css = "span, b { display: block }"
    heard = Heard(press.call("render", page(body), css))
    kinds = [line.split()[0] for line in heard.outline]
    assert kinds == ["H1", "H2", "P"]
    assert heard.text == "RestUrgent:callnowRestnowplease."


def test_a_footer_of_another_page_does_not_stand_between_two_words(press: Worker) -> None:
    css = "@page { size: A5; @bottom-left { content: 'Side ' counter(page) } }"
    body = "<h1>Rest</h1><p>one</p><p style='break-before: page'>two</p>"
    heard = Heard(press.call("render", page(body), css))
    assert heard.text == "Restonetwo"
    assert heard.aside == "Side1Side2"
