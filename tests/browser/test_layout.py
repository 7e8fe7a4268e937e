"""Everything fits: nothing sticks out, no word is cut off, every control is large enough."""

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.pages import Home
from tests.browser.visitor import ERROR_PAGES, PANEL, SCREENS, Visitor
from tests.browser.wishes import wish

PANELS = [PANEL, "landscape panel"]


def test_the_measure_finds_planted_faults(visitor: Visitor) -> None:
    visitor.go("/help")
    visitor.look("""() => {
        const $main = document.getElementById("main");
        const planted = (html) => $main.insertAdjacentHTML("beforeend", html);
        planted("<p><button>small</button><button>near</button></p>");
        planted("<p id='wide'>wide wide wide wide</p>");
        planted("<p><button class='k-button' id='tight'>tight tight tight tight</button></p>");
        Object.assign(document.getElementById("wide").style,
            { whiteSpace: "nowrap", marginLeft: "-2000px" });
        Object.assign(document.getElementById("tight").style,
            { whiteSpace: "nowrap", width: "100px", minWidth: "0" });
        document.querySelector(".k-bar .k-bar__item").style.margin = "0 0 0 -50px";
    }""")
    cut_off, awkward = visitor.cut_off(), "\n".join(visitor.awkward_controls())
    assert "wide wide wide wide" in cut_off
    assert "tight tight tight tight" in cut_off
    assert "“small” is" in awkward
    assert "“small” and “near” are" in awkward
    assert "mm from the edge" in awkward


@pytest.mark.parametrize("screen", PANELS)
def test_home_fits_the_panel_without_scrolling(new_visitor: NewVisitor, screen: str) -> None:
    home = Home.arrive(new_visitor(screen))
    assert home.visitor.downwards() == 0


def test_very_large_words_fit_every_page_and_every_control_is_easy_to_press(
    visitor: Visitor, everywhere: list[str]
) -> None:
    """A11Y-29, A11Y-30 and A11Y-37, with every word of the content; other looks: test_matrix.py.

    Sizes are those of `/panel.css`: millimetres on the panel.
    """
    visitor.expects(*ERROR_PAGES)
    wish(visitor, size="very-large")
    assert not misfits(visitor, everywhere)


def test_the_longest_lines_fit_within_low_reach(new_visitor: NewVisitor, kinds: list[str]) -> None:
    """Very large words, with wide spacing, in half of the screen: what leaves the least room."""
    visitor = new_visitor()
    visitor.expects(*ERROR_PAGES)
    wish(visitor, size="very-large", spacing="wide", reach="low")
    assert not misfits(visitor, kinds)


def misfits(visitor: Visitor, pages: list[str]) -> list[str]:
    """What sticks out, is cut off or hard to press, on every screen, a line each."""
    found = []
    for path in pages:
        visitor.go(path)
        for screen in SCREENS:
            visitor.resize(screen)
            if visitor.sideways():
                found.append(f"{path}, {screen}: {visitor.sideways()} px stick out")
            found += [f"{path}, {screen}: cut off: {words}" for words in visitor.cut_off()]
            found += [f"{path}, {screen}: {fault}" for fault in visitor.awkward_controls()]
    return found
