"""docs/conformance.md names a test for each row, and every named test is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from kiosk.settings import PROJECT

TEXT = (PROJECT / "docs" / "conformance.md").read_text("utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROW = re.compile(r"^\| ([\d.]+) \|(.*)\|$", re.MULTILINE)
BY_HAND = {"5.1.3.2", "5.1.3.12", "5.5.1", "5.5.2", "402.2.3", "402.2.5", "402.3.2", "406.1"} | {
    *("407.2", "407.3.1", "407.6", "407.8", "408.2", "1.3.3", "1.4.1", "2.4.6")
}
# All success criteria of WCAG 2.2, levels A and AA (4.1.1 was taken out of it).
_CRITERIA = {
    "1.1": "1",
    "1.2": "1 2 3 4 5",
    "1.3": "1 2 3 4 5",
    "1.4": "1 2 3 4 5 10 11 12 13",
    "2.1": "1 2 4",
    "2.2": "1 2",
    "2.3": "1",
    "2.4": "1 2 3 4 5 6 7 11",
    "2.5": "1 2 3 4 7 8",
    "3.1": "1 2",
    "3.2": "1 2 3 4 6",
    "3.3": "1 2 3 4 7 8",
    "4.1": "2 3",
}
WCAG = [f"{part}.{one}" for part, ones in _CRITERIA.items() for one in ones.split()]
EN_5 = [
    *("5.1.1", "5.1.2.1", "5.1.2.2", *(f"5.1.3.{number}" for number in range(1, 17))),
    *("5.1.4", "5.1.5", "5.1.6.1", "5.1.6.2", "5.1.7", "5.2", "5.3", "5.4", "5.5.1", "5.5.2"),
    *("5.6.1", "5.6.2", "5.7", "5.8", "5.9"),
]


def rows() -> list[tuple[str, str]]:
    """Every clause, and what stands beside it."""
    return ROW.findall(TEXT)


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of a file's tests."""
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_named_test_is_there() -> None:
    named = NAMED.findall(TEXT)
    assert len(named) > 80
    gone = [
        f"{file}::{name}"
        for file, name in named
        if not (PROJECT / file).is_file() or name not in names_in(PROJECT / file)
    ]
    assert gone == []


def test_every_row_is_proven_or_says_why_not() -> None:
    """By hand are only the rows of the hardware, and those few that no test can judge."""
    for clause, rest in rows():
        by_hand = re.findall(r"by hand: (H\d)", rest)
        assert NAMED.search(rest) or by_hand or "not applicable: " in rest, clause
        assert bool(by_hand) == (clause in BY_HAND), clause
        assert all(f"**{name} " in TEXT for name in by_hand), clause


@pytest.mark.parametrize("clauses", [WCAG, EN_5], ids=["WCAG", "EN 301 549"])
def test_no_clause_is_left_out(clauses: list[str]) -> None:
    told = [clause for clause, _ in rows()]
    assert [clause for clause in clauses if clause not in told] == []
    assert len(told) == len(set(told))


def markup() -> str:
    """All templates, one after another."""
    return "\n".join(
        path.read_text("utf-8") for path in sorted((PROJECT / "templates").rglob("*.html"))
    )


def test_nothing_of_a_kind_that_is_not_offered_is_served() -> None:
    """No video, no embedded page, no drawing by script: nothing that would need captions."""
    text = markup()
    for tag in ("video", "iframe", "object", "embed", "canvas", "track", "marquee", "blink"):
        assert not re.search(rf"<{tag}\b", text), tag
    assert re.findall(r"<audio[^>]*>", text) == [
        '<audio controls preload="none" src="{{ address }}/speech.wav">'
    ], "the one player is for browsers without scripts, and waits to be started"


def test_the_public_types_nothing() -> None:
    """Fields to write in are the staff's alone."""
    for path in (PROJECT / "templates").rglob("*.html"):
        if path.name.startswith("staff"):
            continue
        kinds = re.findall(r"<input[^>]*type=\"(\w+)\"", path.read_text("utf-8"))
        assert set(kinds) <= {"hidden", "radio", "checkbox"}, path.name
        assert "<textarea" not in path.read_text("utf-8"), path.name


def test_a_pin_is_never_said() -> None:
    """The value of a field is said only where it is not masked."""
    script = (PROJECT / "kiosk/static/js/accessible-name.js").read_text("utf-8")
    (said,) = re.findall(r'matches\("([^"]*)"\)\) said\.push\(\.\.\.text\(\$item\.value', script)
    assert said == "input[type=number], input[type=text]"
    assert 'type="password"' in markup()


def test_no_text_is_a_picture_but_a_leaflet_s_own_page() -> None:
    pictures = re.findall(r'<img class="([\w-]+)"', markup())
    assert pictures == ["k-leaflet__page"]
    assert markup().count("<img") == len(pictures)


def test_nothing_opens_on_hover_or_focus() -> None:
    """WCAG 1.4.13: a hover or the focus changes a line or a colour, and shows or hides nothing.

    But for the skip link, which is itself what has the focus.
    """
    for path in (PROJECT / "kiosk/static/css").glob("*.css"):
        for body in re.findall(r":hover[^{]*\{([^}]*)\}", path.read_text("utf-8")):
            assert not re.search(r"\b(display|visibility|opacity|content)\b", body), path.name
        for rule, body in re.findall(r"([^{}]*:focus[^{}]*)\{([^}]*)\}", path.read_text("utf-8")):
            only_skip = all(".k-skip" in one for one in rule.split(","))
            assert only_skip or not re.search(r"\b(display|visibility|opacity)\b", body), rule
    assert not re.search(r"<[a-z]+[^>{]* title=", markup()), "a title opens on hover"


def test_there_is_one_language_and_a_voice_for_it() -> None:
    """A11Y-13, A11Y-56: nothing is read in the wrong voice, as there is no second language."""
    languages = {path.stem for path in (PROJECT / "content/phrases").glob("*.yaml")}
    assert languages == {path.stem for path in (PROJECT / "content/spoken").glob("*.yaml")}
    assert languages == {"en-GB"}
