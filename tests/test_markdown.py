"""A topic's Markdown: what it may hold, what it becomes, and what is refused with its line."""

import pytest

from kiosk.loader import load_phrases
from kiosk.markdown import ROUTES, TAKEN, ExerciseRequest, Parsed, parse, slug
from kiosk.models import Advice, Callout, CareCard, ItemList, Line, Paragraph, Span
from kiosk.phrases import Phrases
from tests.topics import CONTENT

PHRASES = load_phrases(CONTENT)


def parsed(text: str) -> Parsed:
    """What a text becomes; it must be sound."""
    result = parse(text, PHRASES)
    assert result.problems == []
    return result


def only(text: str) -> object:
    """The one block of a sound text."""
    (block,) = parsed(text).opening
    return block


def line(text: str) -> Line:
    """The one line of a sound text."""
    block = only(text)
    assert isinstance(block, Paragraph)
    return block.line


def problems(text: str) -> list[tuple[int, str]]:
    """The problems of a text that begins on line 10 of its file."""
    found = parse(text, PHRASES, first_line=10).problems
    assert all(problem.mend for problem in found)
    return [(problem.line, problem.problem) for problem in found]


# Lines


def test_a_paragraph_is_one_line_with_its_evidence() -> None:
    found = line("Rest your\nleg. [relief-rest, rf-one]")
    assert found.text == "Rest your leg."
    assert found.evidence == ("relief-rest", "rf-one")
    assert found.number == 1


def test_strong_words_and_hard_words_are_runs_of_their_own() -> None:
    found = line("A **slow** stretch of your [[calf]] or [[calves|calf]]. [a]")
    assert found.spans == (
        Span(text="A "),
        Span(text="slow", strong=True),
        Span(text=" stretch of your "),
        Span(text="calf", term="calf"),
        Span(text=" or "),
        Span(text="calves", term="calf"),
        Span(text="."),
    )


def test_a_hard_word_may_be_strong() -> None:
    assert line("**A [[clot]]** [a]").spans == (
        Span(text="A ", strong=True),
        Span(text="clot", strong=True, term="clot"),
    )


def test_what_stands_for_a_character_is_that_character() -> None:
    assert line("A&E &amp; 2 \\* 3 < 7 [a]").text == "A&E & 2 * 3 < 7"


def test_the_services_of_the_nation_are_put_in() -> None:
    (block,) = parse("Call {service}. [a]", Phrases("en-GB", {}, {"service": "us"})).opening
    assert isinstance(block, Paragraph)
    assert block.line.text == "Call us."


def test_a_signpost_leads_to_a_topic() -> None:
    found = line("See [how to rest](rest). [signpost]")
    assert found.text == "See how to rest."
    assert [(link.words, link.topic) for link in found.links] == [("how to rest", "rest")]
    assert found.spans[1] == Span(text="how to rest", strong=True)


# Blocks and sections


def test_lists_keep_their_order_and_their_kind() -> None:
    for text, ordered in [("- one [a]\n- two [b]", False), ("1. one [a]\n2. two [b]", True)]:
        block = only(text)
        assert isinstance(block, ItemList)
        assert block.ordered is ordered
        assert [(item.id, item.text, item.evidence) for item in block.items] == [
            ("opening-1-1", "one", ("a",)),
            ("opening-1-2", "two", ("b",)),
        ]


def test_blank_lines_between_items_change_nothing() -> None:
    block = only("- one [a]\n\n- two [a]")
    assert isinstance(block, ItemList)
    assert [item.text for item in block.items] == ["one", "two"]


def test_sections_and_their_blocks_are_known_by_the_heading() -> None:
    result = parsed("First. [a]\n\n## Rub it, or walk\n\nRub. [b]\n\n- walk [c]")
    ((heading, blocks),) = result.sections
    assert (heading.id, heading.text, heading.number) == ("rub-it-or-walk-h", "Rub it, or walk", 3)
    assert [block.id for block in blocks] == ["rub-it-or-walk-1", "rub-it-or-walk-2"]
    assert [block.id for block in result.opening] == ["opening-1"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [("Rub it", "rub-it"), ("  A&E, 24/7! ", "a-e-24-7"), ("“Why?”", "why"), ("…", "")],
)
def test_a_heading_makes_an_address(heading: str, name: str) -> None:
    assert slug(heading) == name


@pytest.mark.parametrize(
    ("name", "route"), [(name, one) for name in ROUTES for one in ROUTES[name]]
)
def test_each_care_card_says_whom_to_ask(name: str, route: str) -> None:
    block = only(f"::: {name} {route}\n- you feel ill [a]\n\nGo now. [b]\n\nAnd rest. [c]\n:::")
    assert isinstance(block, CareCard)
    key = f"card-{name}-{route}" if route else f"card-{name}"
    assert (block.urgency, block.route) == (name, route)
    assert block.prefix.text == PHRASES(f"prefix-{name}")
    assert block.heading.text == PHRASES(key)
    assert [item.text for item in block.items] == ["you feel ill"]
    assert [after.text for after in block.after] == ["Go now.", "And rest."]
    assert (block.staff is not None) == (name == "emergency")


def test_where_no_staff_is_near_no_card_sends_the_visitor_to_them() -> None:
    phrases = load_phrases(CONTENT, staff_nearby=False)
    (block,) = parse("::: emergency\n- you feel ill [a]\n:::", phrases).opening
    assert isinstance(block, CareCard)
    assert block.staff is None


@pytest.mark.parametrize("name", ["do", "do-not"])
def test_advice_has_its_own_heading(name: str) -> None:
    block = only(f"::: {name}\n- do not run [a]\n:::")
    assert isinstance(block, Advice)
    assert block.do is (name == "do")
    assert block.heading.text == PHRASES(f"advice-{name}")


def test_an_important_box_has_the_heading_that_it_is_given() -> None:
    block = only("::: important Before you stretch\nStop. [a]\n\n- if it hurts [b]\n:::")
    assert isinstance(block, Callout)
    assert block.heading.text == "Before you stretch"
    assert [one.text for one in block.paragraphs] == ["Stop."]
    assert [one.text for one in block.items] == ["if it hurts"]


def test_an_exercise_waits_for_the_loader() -> None:
    assert only("::: exercise ex-one\n:::") == ExerciseRequest("opening-1", "ex-one", 1)


# What is refused

REFUSED = {
    "no evidence": ("Rest.", 10, "a line without evidence"),
    "evidence in the middle": ("Rest [a] now.", 10, "a line without evidence"),
    "an item without evidence": ("- one [a]\n- two", 11, "a line without evidence"),
    "a box's line without evidence": ("::: do\n- one\n:::", 11, "a line without evidence"),
    "a link in a claim": ("See [it](rest). [a]", 10, "a link in a line that is not a signpost"),
    "an unknown place": ("Call {nobody}. [a]", 10, "no value for {nobody}"),
    "a table": ("x [a]\n\n| a | b |\n|---|---|\n| 1 | 2 |", 12, "a table"),
    "code": ("```\ncode\n```", 10, "code"),
    "indented code": ("    code", 10, "code"),
    "code in a line": ("`rest` [a]", 10, "code"),
    "HTML": ("<div>rest</div>", 10, "HTML"),
    "HTML in a line": ("<b>rest</b> [a]", 10, "HTML"),
    "a comment": ("<!-- rest -->", 10, "HTML"),
    "a picture": ("![rest](rest.png) [a]", 10, "a picture"),
    "italics": ("*rest* [a]", 10, "italics"),
    "a quotation": ("> rest [a]", 10, "a quotation"),
    "a rule": ("***", 10, "a rule"),
    "a forced break": ("rest  \nnow [a]", 10, "a forced line break"),
    "a large heading": ("# Rest\n\nx [a]", 10, "a heading that is not `## `"),
    "a small heading": ("### Rest\n\nx [a]", 10, "a heading that is not `## `"),
    "an underlined heading": ("Rest\n---", 10, "a line without evidence"),
    "a heading twice": ("## A\n\nx [a]\n\n## a\n\ny [a]", 14, "a second section “a”"),
    "an empty heading": ("##\n\nx [a]", 10, "the page cannot use as an address"),
    "a hidden definition": ("[rest]: now", 10, "a line without evidence"),
    "a list in a list": ("- one [a]\n  - two [a]", 10, "a list item that is not one line"),
    "two paragraphs in an item": ("- one [a]\n\n  two [a]", 10, "list item that is not one line"),
    "an unknown box": ("::: warning\nx [a]\n:::", 10, "no box is called “warning”"),
    "a box without an end": ("x [a]\n\n::: do\n- x [a]", 12, "a box that is never closed"),
    "an indented box without an end": ("  ::: do\n- x [a]", 10, "a box that is never closed"),
    "a box in a box": ("::: do\n::: urgent\n- x [a]\n:::\n:::", 10, "a box that is never closed"),
    "an end without a box": ("x [a]\n\n:::", 12, "`:::` closes no box"),
    "an unknown route": ("::: urgent nurse\n- x [a]\n:::", 10, "goes to “nurse”"),
    "a card without signs": ("::: urgent\nx [a]\n:::", 10, "an urgent card without a list"),
    "a card that begins with text": (
        "::: urgent\nx [a]\n\n- y [a]\n:::",
        10,
        "a list and paragraphs that take turns",
    ),
    "a card with two lists": (
        "::: urgent\n- x [a]\n\ny [a]\n\n- z [a]\n:::",
        10,
        "a list and paragraphs that take turns",
    ),
    "text after an important list": (
        "::: important X\n- x [a]\n\ny [a]\n:::",
        10,
        "a list and paragraphs that take turns",
    ),
    "an important box without a heading": ("::: important\nx [a]\n:::", 10, "without a heading"),
    "an important box without text": ("::: important X\n:::", 10, "without text"),
    "text in a do box": ("::: do\nx [a]\n\n- y [a]\n:::", 10, "text beside the list"),
    "a do box without a list": ("::: do\n:::", 10, "a do box without a list"),
    "a table in a box": ("::: do\n- x [a]\n\n***\n:::", 13, "a rule inside a box"),
    "text in an exercise": ("::: exercise ex-one\nx [a]\n:::", 10, "text in an exercise box"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_line(name: str) -> None:
    text, number, problem = REFUSED[name]
    found = problems(text)
    assert any(at == number and problem in said for at, said in found), found


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_heading_may_not_take_an_address_of_the_page(name: str) -> None:
    ((at, said),) = problems(f"## {name.capitalize()}\n\nx [a]")
    assert at == 10
    assert "cannot use as an address" in said


def test_every_problem_of_a_text_is_told() -> None:
    found = problems("Rest.\n\n*Rest.* [a]\n\n::: warning\n:::")
    assert [at for at, _ in found] == [10, 12, 14]
