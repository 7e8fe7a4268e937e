"""The content itself: nothing wrong with it, in its own words, its answers first."""

import re

import pytest

from kiosk.check import check_catalogue, reading_grades, reading_reviews
from kiosk.checks.claims import read_forbidden
from kiosk.checks.sounds import WORD_LIST, british_words
from kiosk.loader import Catalogue, load_catalogue
from kiosk.models import CareCard, ExerciseCard, FigureBlock, Paragraph, Topic, Urgency
from kiosk.topics import NEEDS_NO_EVIDENCE
from tests.content_pack import CONTENT

NATIONS = ("england", "wales", "scotland", "northern-ireland")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(CONTENT)


@pytest.fixture(scope="module")
def topics(catalogue: Catalogue) -> list[Topic]:
    return [topic for pack in catalogue.packs.values() for topic in pack.topics.values()]


@pytest.mark.parametrize("nation", NATIONS)
def test_the_content_has_no_problems(nation: str) -> None:
    assert british_words() is not None, f"this test needs {WORD_LIST} (Debian package wbritish)"
    problems = check_catalogue(load_catalogue(CONTENT, nation), CONTENT)
    assert [str(problem) for problem in problems] == []


def test_every_file_is_a_topic_on_the_screen(catalogue: Catalogue) -> None:
    for pack in catalogue.packs.values():
        files = {path.stem for path in (CONTENT / pack.id / pack.lang).glob("*.md")}
        assert files == set(pack.topics)
        assert pack.broken == ()


def test_every_tile_has_its_topic_and_every_topic_its_tile(catalogue: Catalogue) -> None:
    for pack in catalogue.packs.values():
        about = pack.about
        grouped = [
            t for group in about.groups.values() for part in group.parts for t in part.topics
        ]
        listed = {*about.home, *about.for_you, *about.leaflets, *grouped}
        assert listed - set(about.groups) == set(pack.topics)


def test_every_exercise_is_shown_somewhere(catalogue: Catalogue, topics: list[Topic]) -> None:
    shown = {
        block.exercise
        for topic in topics
        for block in topic.blocks
        if isinstance(block, ExerciseCard)
    }
    for pack in catalogue.packs.values():
        assert set(pack.exercises) <= shown


def test_no_statement_of_the_evidence_is_published_word_for_word(
    catalogue: Catalogue, topics: list[Topic]
) -> None:
    def bare(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.lower()))

    for pack in catalogue.packs.values():
        published = {bare(line.text) for topic in topics for line in topic.lines}
        published |= {
            bare(part.text) for topic in topics for line in topic.lines for part in line.sentences
        }
        statements = {bare(claim.statement) for claim in pack.evidence.values()}
        assert published & statements == set()


def test_each_topic_leads_with_its_answer(topics: list[Topic]) -> None:
    for topic in topics:
        steps = topic.about.layout == "steps"
        blocks = topic.sections[0].blocks if steps else topic.opening
        first = next(block for block in blocks if not isinstance(block, CareCard | FigureBlock))
        assert isinstance(first, Paragraph), topic.id
        assert set(first.line.evidence) - NEEDS_NO_EVIDENCE, topic.id
        assert len(first.line.sentences[0].text.split()) <= 20, topic.id


def test_each_topic_says_when_to_call_for_help(topics: list[Topic]) -> None:
    for topic in topics:
        cards = [block for block in topic.blocks if isinstance(block, CareCard)]
        assert cards[0].urgency is Urgency.EMERGENCY, topic.id


def test_every_red_flag_is_on_the_page_of_all_signs(catalogue: Catalogue) -> None:
    for pack in catalogue.packs.values():
        assert set(pack.flags) <= set(pack.topics["get-help"].evidence)


def test_each_topic_names_a_source_that_was_read(catalogue: Catalogue, topics: list[Topic]) -> None:
    for topic in topics:
        assert catalogue.packs[topic.pack].sources_of(topic), topic.id


def test_the_reading_grade_stays_within_primary_school(catalogue: Catalogue) -> None:
    assert reading_reviews(catalogue) == []
    assert all(-2 < grade <= 6 for grade in reading_grades(catalogue).values())


def test_the_forbidden_names_are_each_listed_once() -> None:
    for folder in (path.parent for path in CONTENT.glob("*/pack.yaml")):
        forbidden, problems = read_forbidden(folder)
        names = [entry.name.lower() for entry in forbidden]
        assert problems == []
        assert len(names) == len(set(names))


def test_a_sign_that_stands_on_many_pages_is_worded_the_same(topics: list[Topic]) -> None:
    """A frightened reader knows it again. The page of all signs has more room for each."""
    found: dict[str, set[str]] = {}
    for topic in topics:
        if topic.id == "get-help":
            continue
        for card in (block for block in topic.blocks if isinstance(block, CareCard)):
            for item in card.items:
                for flag in ("rf-clot-lungs", "rf-cold-pale-leg"):
                    if flag in item.evidence:
                        found.setdefault(flag, set()).add(item.text)
    assert {flag: len(texts) for flag, texts in found.items()} == {
        "rf-clot-lungs": 1,
        "rf-cold-pale-leg": 1,
    }
