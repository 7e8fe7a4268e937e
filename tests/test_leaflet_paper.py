"""What a leaflet is as paper: where it breaks, how near it comes to the edges, and in one bit.

Every topic in every size is measured by the places of its letters; the three audience leaflets are
looked at as pictures too, black or white and nothing between.
"""

from typing import Any

import pdfplumber
import pytest
from lxml import html
from PIL import Image

from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import Services
from tests.codes import ink, one_bit_sides
from tests.page_rules import words_of
from tests.paper_facts import squeezed
from tests.printed import Printed
from tests.topics import TOPIC_NAMES

every_topic = pytest.mark.parametrize("name", TOPIC_NAMES)
every_size = pytest.mark.parametrize("size", list(Size))
every_audience = pytest.mark.parametrize(
    "name",
    [name for name in TOPIC_NAMES if name.endswith(("/pregnancy", "/older-people", "/athletes"))],
)
UNPRINTABLE_MM = 4.3  # what most printers leave blank at each edge (PWG 5100.3, borders of A4)
LEAST_LINES = 3  # on the last side; fewer look like a mistake
HATCH = (0x8F / 255, 0x1A / 255, 0x10 / 255)  # of a working muscle (figures/palette.py)
LEAST_INK = 0.01  # a full stop in the box of its letter


def headings(services: Services, name: str, size: Size) -> list[str]:
    """The headings of a leaflet, in its order; with what the screen alone has left out."""
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    order = LeafletOrder(pack.topics[topic_id], pack, None, size)
    tree = html.document_fromstring(services.leaflets.html(order, services.drawer(pack_id)))
    return [words_of(heading) for heading in tree.xpath("//h1 | //h2 | //h3 | //h4")]


@every_topic
def test_a_drawing_has_no_numerals_that_are_smaller_than_the_words(
    services: Services, name: str
) -> None:
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    order = LeafletOrder(pack.topics[topic_id], pack, None, Size.STANDARD)
    assert "k-fig__number" not in services.leaflets.html(order, services.drawer(pack_id))


@every_topic
def test_no_heading_stands_over_nothing(services: Services, name: str) -> None:
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    order = LeafletOrder(pack.topics[topic_id], pack, None, Size.STANDARD)
    tree = html.document_fromstring(services.leaflets.html(order, services.drawer(pack_id)))
    for section in tree.xpath("//section[h2]"):
        (heading,) = section.xpath("h2")
        assert len(words_of(section)) > len(words_of(heading)), words_of(heading)


# Where it breaks


@every_size
@every_topic
def test_a_heading_stands_on_the_side_of_what_it_heads(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    """The heading, and the first words under it: for an exercise its drawing and its dose."""
    _, facts = printed[name, size]
    words = "".join(facts.words_of_sides)
    ends, end = set(), 0
    for side in facts.words_of_sides:
        end += len(side)
        ends.add(end)
    place, parted = 0, []
    found = headings(services, name, size)
    assert found
    for heading in found:
        own = squeezed(heading)
        place = words.index(own, place) + len(own)
        if any(place - len(own) < cut <= place for cut in ends):
            parted.append(heading)
    assert parted == []


@every_size
@every_topic
def test_no_side_is_left_with_a_line_or_two(printed: Printed, name: str, size: Size) -> None:
    _, facts = printed[name, size]
    assert min(facts.lines_of_sides) >= LEAST_LINES, facts.lines_of_sides


@every_size
@every_topic
def test_nothing_is_printed_where_a_printer_cannot(printed: Printed, name: str, size: Size) -> None:
    """The foot too stays on the paper, however long the title is."""
    _, facts = printed[name, size]
    assert facts.edge_mm >= UNPRINTABLE_MM


@every_size
@every_topic
def test_urgent_help_begins_on_the_first_side(printed: Printed, name: str, size: Size) -> None:
    _, facts = printed[name, size]
    if not name.endswith("/cramp-now"):  # its first step is its first section
        assert "999" in facts.words_of_sides[0]


# In black and white


@every_size
@every_topic
def test_every_letter_is_black(printed: Printed, name: str, size: Size) -> None:
    """A one-bit printer turns any other colour into dots."""
    _, facts = printed[name, size]
    assert {component for colour in facts.colours for component in colour} == {0.0}


def _box(*things: dict[str, float]) -> tuple[float, float, float, float]:
    return (
        min(thing["x0"] for thing in things),
        min(thing["top"] for thing in things),
        max(thing["x1"] for thing in things),
        max(thing["bottom"] for thing in things),
    )


@every_size
@every_audience
def test_nothing_is_lost_in_one_bit_black(printed: Printed, name: str, size: Size) -> None:
    """Letters, rules, the drawings, and in them the striped patch of the working muscle."""
    path, _ = printed[name, size]
    lost, stripes, drawings = [], 0, 0
    with pdfplumber.open(path) as pdf:
        for page, side in zip(pdf.pages, one_bit_sides(path), strict=True):
            letters = [letter for letter in page.chars if letter["text"].strip()]
            lost += [one["text"] for one in letters if ink(side, _box(one)) < LEAST_INK]
            rules = [one for one in page.rects if one["height"] < 2 and one["width"] > 100]
            lost += [f"rule at {one['top']}" for one in rules if ink(side, _box(one)) < 0.3]
            hatching = [line for line in page.lines if _is_hatching(line)]
            stripes += len(hatching)
            lost += [f"stripe at {one['top']}" for one in hatching if not _is_seen(side, one)]
            if page.curves:
                drawings += 1
                black = ink(side, _box(*page.curves))
                lost += [f"drawings, {black:.0%} black"] if not 0.01 < black < 0.5 else []
    assert lost == []
    assert stripes > 0
    assert drawings > 0


def _is_hatching(line: dict[str, Any]) -> bool:
    return bool(line["stroking_color"] == pytest.approx(HATCH, abs=0.01))


def _is_seen(side: Image.Image, stripe: dict[str, float]) -> bool:
    """Whether a slanting stripe has both black and white in its box and a point around it."""
    left, top, right, bottom = _box(stripe)
    return 0.02 < ink(side, (left - 1, top - 1, right + 1, bottom + 1)) < 0.95
