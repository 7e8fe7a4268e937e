"""The booklet: A5 pages two by two on A4, so that the folded sheets read in order."""

import io

import pikepdf
import pytest

from kiosk.errors import LeafletError
from kiosk.leaflet import Size
from kiosk.paper.booklet import A4_PT, imposed, saddle_order
from kiosk.services import Services
from tests.barred_pages import a5, bars
from tests.tag_facts import Heard

pytestmark = pytest.mark.usefixtures("paper")


@pytest.mark.parametrize(
    ("pages", "sides"),
    [
        (1, [(0, 1), (0, 0)]),
        (2, [(0, 1), (2, 0)]),
        (3, [(0, 1), (2, 3)]),
        (4, [(4, 1), (2, 3)]),
        (5, [(0, 1), (2, 0), (0, 3), (4, 5)]),
        (7, [(0, 1), (2, 7), (6, 3), (4, 5)]),
        (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    ],
)
def test_the_pages_stand_where_a_folded_sheet_needs_them(
    pages: int, sides: list[tuple[int, int]]
) -> None:
    assert bars(imposed(a5(pages))) == sides


@pytest.mark.parametrize("pages", range(1, 14))
def test_every_sheet_has_four_pages_and_every_page_comes_once(pages: int) -> None:
    order = [number for side in saddle_order(pages) for number in side]
    assert len(order) % 4 == 0
    assert len(order) - pages < 4
    assert sorted(order) == list(range(1, len(order) + 1))
    # On the back of a page is the one that follows it.
    for front, back in zip(saddle_order(pages)[::2], saddle_order(pages)[1::2], strict=True):
        assert back == (front[1] + 1, front[0] - 1)


def test_the_sides_are_a4_that_lies_and_nothing_is_made_smaller() -> None:
    with pikepdf.open(io.BytesIO(imposed(a5(4)))) as pdf:
        for side in pdf.pages:
            assert [round(float(edge)) for edge in side.mediabox] == [0, 0, 842, 595]
            moves = [
                [float(number) for number in instruction.operands]
                for instruction in pikepdf.parse_content_stream(side)
                if str(instruction.operator) == "cm"
            ]
            assert [move[:4] for move in moves] == [[1, 0, 0, 1]] * 2
            assert [round(move[4]) for move in moves] == [1, 421]


@pytest.mark.parametrize("size", [A4_PT, (595.28, 419.53), (612, 792)])
def test_only_a5_makes_a_booklet(size: tuple[float, float]) -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        pdf.save(out)
    with pytest.raises(LeafletError, match="only A5 pages"):
        imposed(out.getvalue())


def test_the_same_pages_make_the_same_booklet() -> None:
    assert imposed(a5(6)) == imposed(a5(6))


def test_a_booklet_has_the_words_of_the_leaflet_and_a_layout_of_its_own(
    services: Services,
) -> None:
    pack = services.catalogue.packs["leg-cramps"]
    topic = pack.topics["older-people"]
    small = services.leaflet(pack, topic, Size.BOOKLET)
    assert Heard(small).text == Heard(services.leaflet(pack, topic)).text
    with pikepdf.open(io.BytesIO(small)) as pdf:
        assert 4 <= len(pdf.pages) <= 8


def test_the_printer_s_copy_is_made_through_the_service_and_kept(services: Services) -> None:
    pack = services.catalogue.packs["leg-cramps"]
    small = services.leaflet(pack, pack.topics["pregnancy"], Size.BOOKLET)
    copy = services.leaflets.imposed(small)
    assert services.leaflets.page_count(copy) % 2 == 0
    assert 2 * services.leaflets.page_count(copy) - services.leaflets.page_count(small) < 4
    assert services.leaflets.imposed(small) == copy
    with pytest.raises(LeafletError, match="only A5"):
        services.leaflets.imposed(services.leaflet(pack, pack.topics["pregnancy"]))
