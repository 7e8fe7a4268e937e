"""Sizes that are felt and seen: capitals in millimetres, long lines, room between words.

On the panel of a common clinic screen, 21.5 inches: the one the kiosk assumes.
"""

import pytest

from kiosk.web.panel import CAP_AT_A_DISTANCE, CAP_MM
from kiosk.web.preferences import SIZES
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import ERROR_PAGES, PANEL, Visitor
from tests.browser.wishes import wish

LEAST_MM = {"normal": CAP_MM, "large": CAP_MM * 1.2, "very-large": CAP_AT_A_DISTANCE * 600}
PANELS = [PANEL, "landscape panel"]
MOST_LETTERS = 70  # A11Y-42, with wide spacing


def test_low_capitals_and_long_lines_are_found(visitor: Visitor) -> None:
    visitor.go("/help")
    visitor.look("""() => {
        const $main = document.getElementById("main");
        $main.insertAdjacentHTML("beforeend", "<p id='tiny'>tiny words</p><p id='long'></p>");
        document.getElementById("tiny").style.fontSize = "10px";
        Object.assign(document.getElementById("long").style,
            { whiteSpace: "nowrap", fontSize: "5px" });
        document.getElementById("long").textContent = "a word and ".repeat(20);
    }""")
    low = visitor.look("(least) => window.measure.lowCapitals(least)", CAP_MM)
    assert any("tiny words" in words for words in low)
    assert visitor.look("() => window.measure.longestLine()")["letters"] > 200


@pytest.mark.parametrize("size", SIZES)
def test_every_word_has_capitals_as_high_as_its_size_promises(
    new_visitor: NewVisitor, kinds: list[str], size: str
) -> None:
    """A11Y-35 and A11Y-36: 4.8 mm, and 7.4 mm with very large words, dialogs and buttons too."""
    visitor = new_visitor()
    visitor.expects(*ERROR_PAGES)
    wish(visitor, size=size)
    found = []
    for path in kinds:
        visitor.go(path)
        for screen in PANELS:
            visitor.resize(screen)
            low = visitor.look("(least) => window.measure.lowCapitals(least)", LEAST_MM[size])
            found += [f"{path}, {screen}: {words}" for words in low]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", ["normal", "very-large"])
def test_with_wide_spacing_no_line_is_longer_than_70_letters(
    new_visitor: NewVisitor, topics: list[str], size: str
) -> None:
    visitor = new_visitor()
    wish(visitor, size=size, spacing="wide")
    for path in topics:
        visitor.go(path)
        for screen in ("landscape panel", "small panel"):
            visitor.resize(screen)
            line = visitor.look("() => window.measure.longestLine()")
            assert line["letters"] <= MOST_LETTERS, (path, screen, line["words"])


def test_spacing_gives_words_and_lines_more_room(visitor: Visitor) -> None:
    measure = """() => {
        const $text = document.querySelector("main p");
        const { fontSize, lineHeight, letterSpacing, wordSpacing, marginBottom }
            = getComputedStyle($text);
        return [lineHeight, letterSpacing, wordSpacing, marginBottom]
            .map((length) => (parseFloat(length) || 0) / parseFloat(fontSize));
    }"""
    visitor.go("/help")
    assert visitor.look(measure)[:3] == pytest.approx([1.5, 0, 0], abs=0.01)
    wish(visitor, spacing="wide")
    visitor.go("/help")
    assert visitor.look(measure) == pytest.approx([2, 0.12, 0.16, 2], abs=0.01)
