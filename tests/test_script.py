"""What is said of a page: every line in reading order, and the extras that only the ear needs."""

from dataclasses import replace
from typing import get_args

import pytest

from kiosk.models import AnyBlock, Block, ExerciseCard, ItemList, Line, Topic
from kiosk.page import TopicPage, topic_page
from kiosk.phrases import Phrases
from kiosk.speech.script import Segment, Utterance, script
from tests.sample_blocks import kinds, line, sample
from tests.small_pack import FIRST, SmallPack


@pytest.fixture
def phrases(small: SmallPack) -> Phrases:
    return small.load().phrases


@pytest.fixture
def page(small: SmallPack, phrases: Phrases) -> TopicPage:
    pack = small.pack()
    return topic_page(pack.topics[FIRST], pack, None, phrases)


def with_only(page: TopicPage, block: Block) -> TopicPage:
    """The page of a topic that has one block and nothing else."""
    topic = page.topic.model_copy(update={"opening": (block,), "sections": ()})
    return replace(page, topic=topic)


def segments(page: TopicPage, phrases: Phrases) -> list[Segment]:
    return [one for utterance in script(page, phrases) for one in utterance.segments]


def sentences(*lines: Line) -> list[tuple[str, str]]:
    return [(one.id, one.text) for each in lines for one in each.sentences]


def test_every_kind_of_block_may_stand_in_a_topic() -> None:
    every, *_ = get_args(AnyBlock)  # the annotation's own part comes after it
    assert set(get_args(every)) == set(kinds())


def test_every_kind_of_block_is_said_line_by_line(page: TopicPage, phrases: Phrases) -> None:
    missing = {}
    for kind in kinds():
        block = sample(kind)
        said = [
            (one.id, one.text)
            for one in segments(with_only(page, block), phrases)
            if one.shown and one.id.startswith("block-")
        ]
        if said != sentences(*block.lines):
            missing[kind.__name__] = [one for one in sentences(*block.lines) if one not in said]
    assert missing == {}


def test_a_page_is_said_from_its_title_to_what_is_true_of_its_checking(
    page: TopicPage, phrases: Phrases
) -> None:
    topic: Topic = page.topic
    said = [(one.id, one.text) for one in segments(page, phrases) if one.shown]
    assert said == sentences(
        *topic.lines, page.words_heading, *page.words, page.about_heading, *page.about
    )


def test_each_shown_sentence_is_said_once(page: TopicPage, phrases: Phrases) -> None:
    ids = [one.id for one in segments(page, phrases) if one.shown]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_list_of_more_than_one_says_how_long_it_is(
    page: TopicPage, phrases: Phrases, count: int
) -> None:
    items = tuple(line("items", number) for number in range(count))
    block = ItemList(id="block", ordered=False, items=items)
    said = segments(with_only(page, block), phrases)
    extras = [one for one in said if not one.shown and one.id.startswith("block")]
    expected = [Segment("block-list", phrases("spoken-items", n=count), shown=False)]
    assert extras == (expected if count > 1 else [])


def test_the_extra_comes_before_what_it_is_about(page: TopicPage, phrases: Phrases) -> None:
    said = segments(with_only(page, sample(ItemList)), phrases)
    places = [one.id for one in said]
    assert places.index("block-list") == places.index("block-items-1-s0") - 1


def test_a_picture_is_said_in_words_and_one_without_words_is_not(
    page: TopicPage, phrases: Phrases
) -> None:
    only = with_only(page, sample(ExerciseCard))

    def extras(alt: str) -> list[Segment]:
        said = [one for part in script(only, phrases, lambda _: alt) for one in part.segments]
        return [one for one in said if one.id.endswith("-figure")]

    assert extras("") == []
    (picture,) = extras("Someone sits.")
    assert "Someone sits." in picture.text
    assert (picture.id, picture.shown) == ("block-figure", False)


def test_the_steps_of_a_cramp_begin_with_when_to_stop(small: SmallPack, phrases: Phrases) -> None:
    small.change_topic("summary:", "layout: steps\nsummary:")
    pack = small.pack()
    page = topic_page(pack.topics[FIRST], pack, None, phrases)
    first = segments(page, phrases)[0]
    assert (first.id, first.text, first.shown) == ("stop", phrases("cramp-stop"), False)


def test_a_page_without_hard_words_says_no_heading_for_them(
    page: TopicPage, phrases: Phrases
) -> None:
    without = replace(page, words=())
    assert page.words
    assert page.words_heading.text in [one.text for one in segments(page, phrases)]
    assert page.words_heading.text not in [one.text for one in segments(without, phrases)]


def test_the_figure_of_a_hard_word_is_said_after_its_meaning(
    page: TopicPage, phrases: Phrases
) -> None:
    drawn = tuple(term.model_copy(update={"figure": "leg"}) for term in page.topic.terms)
    topic = page.topic.model_copy(update={"terms": drawn})
    said = [
        one
        for part in script(replace(page, topic=topic), phrases, lambda name: f"A {name}.")
        for one in part.segments
    ]
    places = [one.id for one in said]
    after = places.index(page.words[0].sentences[-1].id) + 1
    assert places[after] == f"{drawn[0].anchor}-figure"
    assert "A leg." in said[after].text
    assert not said[after].shown


def test_the_last_thing_said_is_that_the_page_is_over(page: TopicPage, phrases: Phrases) -> None:
    last = segments(page, phrases)[-1]
    assert (last.id, last.text, last.shown) == ("about", phrases("player-end"), False)


def test_an_utterance_is_its_segments_joined_by_single_spaces() -> None:
    assert Utterance((Segment("a", "Rest."), Segment("b", "Walk."))).text == "Rest. Walk."
