"""What the content is made of: lines cut into sentences, and lines in reading order."""

import pytest
from pydantic import ValidationError

from kiosk.models import Block, Dose, Exercise, Line, Pack, Span, Step
from kiosk.services import Services
from tests.small_pack import FIRST, SmallPack


def line(*runs: str | Span) -> Line:
    spans = [Span(text=run) if isinstance(run, str) else run for run in runs]
    return Line(id="x", spans=tuple(spans))


@pytest.mark.parametrize(
    "sentences",
    [
        ["Rest."],
        ["Rest.", "Then walk."],
        ["Does it hurt?", "Stop!", "Rest your leg."],
        ["Wait 1.5 hours.", "3 times a day."],
        ["Ask a GP, e.g. today, then rest."],
        ["It said: stop.", "“Rest,” it said."],
        ["Call 999.", "'Now' is now."],
        ["one leg is swollen"],
        ["Rest, walk. and rest."],
    ],
)
def test_a_line_is_cut_where_a_sentence_ends(sentences: list[str]) -> None:
    found = line(" ".join(sentences)).sentences
    assert [sentence.text for sentence in found] == sentences
    assert [sentence.id for sentence in found] == [f"x-s{number}" for number in range(len(found))]


def test_a_sentence_keeps_its_strong_and_hard_words() -> None:
    strong, term = Span(text="Stop. Do", strong=True), Span(text="calf", term="calf")
    first, second = line("Rest. ", strong, " not rub a ", term, ".").sentences[1:]
    assert first.spans == (Span(text="Stop.", strong=True),)
    assert second.spans == (
        Span(text="Do", strong=True),
        Span(text=" not rub a "),
        term,
        Span(text="."),
    )


def test_an_empty_line_is_one_empty_sentence() -> None:
    (only,) = line().sentences
    assert only.text == ""


def test_sentences_joined_by_spaces_are_the_line_again(services: Services) -> None:
    """Speech joins them so, and a page sets one space between them."""
    for pack in services.catalogue.packs.values():
        for topic in pack.topics.values():
            for one in topic.lines:
                assert " ".join(part.text for part in one.sentences) == one.text, one.id
                assert [one.text[part.start : part.end] for part in one.sentences] == [
                    part.text for part in one.sentences
                ]


def test_lines_stand_in_reading_order_with_ids_of_their_own(small: SmallPack) -> None:
    topic = small.pack().topics[FIRST]
    assert topic.lines[0] == topic.title
    headings = [section.heading for section in topic.sections]
    assert [one for one in topic.lines if one in headings] == headings
    ids = [one.id for one in topic.lines]
    assert len(set(ids)) == len(ids)
    assert topic.blocks[: len(topic.opening)] == topic.opening


def test_a_block_must_say_what_its_lines_are() -> None:
    with pytest.raises(TypeError, match="Block does not say"):
        _ = Block(id="x").lines


def test_only_sources_that_were_read_are_named_each_once(small: SmallPack) -> None:
    pack = small.pack()
    topic = pack.topics[FIRST]
    assert [source.id for source in pack.sources_of(topic)] == ["a-source"]
    small.change("sources.yaml", "read: true", "read: false")
    pack = small.pack()
    assert pack.sources_of(pack.topics[FIRST]) == ()


def dose(audience: str) -> Dose:
    return Dose(
        audience=audience,
        hold_s=(10, 10),
        repeats=(3, 3),
        each="leg",
        times_a_day=(1, 1),
        when="",
    )


def exercise(*audiences: str) -> Exercise:
    return Exercise(
        id="ex-one",
        name="Stretch",
        audiences=audiences,
        muscle="calf",
        where="leg",
        position="seated",
        figure="stretch",
        steps=(Step(text="Sit."),),
        doses=tuple(dose(audience) for audience in audiences),
        caution="Go slowly.",
        evidence=(),
        sources=(),
    )


@pytest.mark.parametrize(
    ("doses", "audience", "chosen"),
    [
        (["athletes", "everyone"], "athletes", "athletes"),
        (["athletes", "everyone"], "pregnancy", "everyone"),
        (["athletes", "older-people"], "pregnancy", "athletes"),
    ],
)
def test_each_audience_gets_its_own_dose(doses: list[str], audience: str, chosen: str) -> None:
    assert exercise(*doses).dose_for(audience).audience == chosen


def test_an_exercise_without_a_dose_is_refused() -> None:
    with pytest.raises(ValidationError, match="doses"):
        exercise()


def test_content_cannot_be_changed_or_carry_unknown_keys(small: SmallPack) -> None:
    pack = small.pack()
    with pytest.raises(ValidationError, match="frozen"):
        pack.id = "other"
    with pytest.raises(ValidationError, match="colour"):
        Span(text="x", colour="red")
    assert isinstance(pack, Pack)
