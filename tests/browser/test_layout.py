"""Everything fits: nothing sticks out, no word is cut off, every control is large enough."""

import pytest

from kiosk.web.preferences import SIZES
from tests.browser.conftest import NewVisitor
from tests.browser.listening import Reader
from tests.browser.pages import Change, Home
from tests.browser.visitor import ERROR_PAGES, PANEL, SCREENS, Visitor

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
        document.querySelector(".k-bar__item").style.margin = "0 0 0 -50px";
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


@pytest.mark.parametrize("size", SIZES)
def test_everything_fits_and_every_control_is_easy_to_press(
    visitor: Visitor, kinds: list[str], everywhere: list[str], size: str
) -> None:
    """A11Y-29, A11Y-30 and A11Y-37. Sizes are those of `/panel.css`: millimetres on the panel."""
    visitor.expects(*ERROR_PAGES)
    Change.arrive(visitor).choose("size", size)
    found = []
    # What fits at both ends fits between them, so the middle is looked at once for each kind.
    for path in kinds if size == "large" else everywhere:
        visitor.go(path)
        for screen in SCREENS:
            visitor.resize(screen)
            if visitor.sideways():
                found.append(f"{path}, {screen}: {visitor.sideways()} px stick out")
            found += [f"{path}, {screen}: cut off: {words}" for words in visitor.cut_off()]
            found += [f"{path}, {screen}: {fault}" for fault in visitor.awkward_controls()]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_the_open_player_fits(new_visitor: NewVisitor, size: str) -> None:
    visitor = new_visitor()
    Change.arrive(visitor).choose("size", size)
    reader = Reader.at(Home.arrive(visitor).open_topic("Ease the pain"))
    reader.listen()
    reader.pause()
    for screen in SCREENS:
        visitor.resize(screen)
        faults = [*visitor.cut_off(), *visitor.awkward_controls()]
        assert (screen, visitor.sideways(), faults) == (screen, 0, [])
