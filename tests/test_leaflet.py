"""Leaflets of every topic in every size: what a reader, a screen reader and a printer get."""

import pytest
from lxml import html

from kiosk import fonts
from kiosk.leaflet import (
    MOST_SOURCES,
    LeafletOrder,
    Size,
    UnknownPartError,
    paper_sources,
)
from kiosk.models import AnyBlock, CareCard, Pack, Section, Topic
from kiosk.page import topic_page
from kiosk.services import Services
from tests.page_rules import words_of
from tests.paper_facts import A4_PT, A5_PT, squeezed
from tests.printed import Printed
from tests.tools import missing
from tests.topics import TOPIC_NAMES

pytestmark = pytest.mark.usefixtures("paper")
POINTS = {Size.STANDARD: 14, Size.LARGE: 18, Size.GIANT: 24, Size.BOOKLET: 13}
MOST_SIDES = {Size.STANDARD: 4, Size.LARGE: 6, Size.GIANT: 10, Size.BOOKLET: 8}
# When to get help has its cards in sections of their own (A11Y-60).
LONG = {"get-help"}

every_topic = pytest.mark.parametrize("name", TOPIC_NAMES)
every_size = pytest.mark.parametrize("size", list(Size))


def find(services: Services, name: str) -> tuple[Pack, Topic]:
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    return pack, pack.topics[topic_id]


def blocks_of(order: LeafletOrder) -> list[AnyBlock]:
    """What stands on a leaflet, in order."""
    parts = (block for part in order.sections for block in part.blocks)
    return [*order.topic.opening, *parts]


# For every reader


@every_size
@every_topic
def test_no_letter_is_smaller_than_the_size_it_claims(
    printed: Printed, name: str, size: Size
) -> None:
    _, facts = printed[name, size]
    assert facts.smallest_pt >= POINTS[size] - 0.1, facts.smallest_text


@every_size
@every_topic
def test_every_letter_is_andika_and_in_the_file(printed: Printed, name: str, size: Size) -> None:
    if not fonts.installed():
        missing("there is no Andika: install the package fonts-sil-andika")
    _, facts = printed[name, size]
    assert facts.fonts <= {"Andika", "Andika-Bold"}
    assert facts.not_embedded == frozenset()


@every_size
@every_topic
def test_it_is_short(printed: Printed, name: str, size: Size) -> None:
    _, facts = printed[name, size]
    assert facts.sides <= MOST_SIDES[size]


@every_size
@every_topic
def test_it_has_its_own_paper_a_title_and_a_language(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    _, facts = printed[name, size]
    _, topic = find(services, name)
    assert facts.sizes == (A5_PT if size is Size.BOOKLET else A4_PT,)
    assert (facts.title, facts.lang, facts.tagged) == (topic.about.title, topic.lang, True)


# What it says


def is_for_paper(section: Section) -> bool:
    """Whether a section says more than where to go on in the kiosk."""
    return any(line.evidence != ("signpost",) for block in section.blocks for line in block.lines)


@every_size
@every_topic
def test_every_line_that_is_for_paper_is_on_it(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    _, facts = printed[name, size]
    pack, topic = find(services, name)
    order = LeafletOrder(topic, pack, None, size)
    lines = [topic.title, *(part.heading for part in order.sections if is_for_paper(part))]
    lines += [
        line
        for block in blocks_of(order)
        for line in block.lines
        if not line.screen_only and line.evidence != ("signpost",)
    ]
    assert [line.text for line in lines if not facts.holds(line.text)] == []


@every_topic
def test_the_urgent_signs_come_first(printed: Printed, services: Services, name: str) -> None:
    _, facts = printed[name, Size.STANDARD]
    _, topic = find(services, name)
    cards = [block for block in topic.blocks if isinstance(block, CareCard)]
    assert cards, "a leaflet without a word on when to get help"
    if topic.about.layout == "steps" or topic.id in LONG:
        return  # its first step, or its first sign, is its first section
    assert isinstance(topic.opening[0], CareCard)
    places = [facts.words.index(squeezed(card.items[0].text)) for card in cards]
    assert places[0] == min(places)
    others = [block for block in topic.blocks if not isinstance(block, CareCard)]
    first = next(line.text for block in others for line in block.lines)
    assert places[0] < facts.words.index(squeezed(first))


@every_topic
def test_it_says_who_checked_it_and_which_version_it_is(
    printed: Printed, services: Services, name: str
) -> None:
    pack, topic = find(services, name)
    page = topic_page(topic, pack, services.review(topic), services.catalogue.phrases)
    for size in Size:
        _, facts = printed[name, size]
        for line in page.about:
            assert squeezed(line.text) in facts.words
        assert pack.about.version in facts.words
        assert str(pack.about.published.year) in facts.words


@every_topic
def test_it_names_at_most_six_sources_and_only_those_that_were_read(
    printed: Printed, services: Services, name: str
) -> None:
    pack, topic = find(services, name)
    chosen = paper_sources(topic, pack)
    assert 1 <= len(chosen) <= MOST_SOURCES == 6
    assert set(chosen) <= set(pack.sources_of(topic))
    assert all(source.read for source in chosen)
    _, facts = printed[name, Size.STANDARD]
    for source in chosen:
        assert squeezed(f"{source.title}. {source.publisher}, {source.year}.") in facts.words
    for source in pack.sources.values():
        if not source.read:
            assert squeezed(f"{source.title}. {source.publisher},") not in facts.words


@every_topic
def test_every_picture_says_in_words_what_it_shows(
    printed: Printed, services: Services, name: str
) -> None:
    pack, topic = find(services, name)
    _, facts = printed[name, Size.STANDARD]
    assert all(words.strip() for words in facts.pictures)
    alt = services.alt(pack.id)
    blocks = blocks_of(LeafletOrder(topic, pack, None))
    shown = [getattr(block, "figure", "") for block in blocks]
    for figure in filter(None, shown):
        assert any(alt(figure) in words for words in facts.pictures), figure


# The parts that are asked for


def headings(services: Services, order: LeafletOrder) -> list[str]:
    tree = html.document_fromstring(services.leaflets.html(order, services.drawer(order.pack.id)))
    return [words_of(heading) for heading in tree.xpath("//section/h2")]


@every_topic
def test_only_the_parts_asked_for_are_put_in_and_emergencies_stay(
    services: Services, name: str
) -> None:
    pack, topic = find(services, name)
    wanted = topic.sections[-1]
    order = LeafletOrder(topic, pack, None, parts=(wanted.id,))
    assert wanted in order.sections
    assert list(order.sections) == [one for one in topic.sections if one in order.sections]
    for section in topic.sections:
        urgent = any(
            isinstance(block, CareCard) and block.urgency == "emergency" for block in section.blocks
        )
        assert section.id == wanted.id or section not in order.sections or urgent
    found = headings(services, order)
    for section in topic.sections:
        shown = section in order.sections and is_for_paper(section)
        assert (section.heading.text in found) == shown
    tree = html.document_fromstring(services.leaflets.html(order, services.drawer(pack.id)))
    opening = [block for block in topic.opening if isinstance(block, CareCard)]
    assert len(tree.xpath("//body/div[contains(@class, 'k-card')]")) == len(opening)


def test_a_part_that_the_topic_has_not_is_refused(services: Services) -> None:
    pack, topic = find(services, TOPIC_NAMES[0])
    with pytest.raises(UnknownPartError, match="has no part “nothing”"):
        LeafletOrder(topic, pack, None, parts=("nothing",))
