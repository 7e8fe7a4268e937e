"""Low reach: everything that is touched or read keeps to the lower part of the screen (A11Y-33)."""

import pytest
from playwright.sync_api import expect

from tests.browser.asides import StillThere
from tests.browser.conftest import NewVisitor
from tests.browser.listening import Reader
from tests.browser.pages import Change, Home, Session, Topic
from tests.browser.screen import Screen
from tests.browser.visitor import ERROR_PAGES, PANEL, SCREENS, Visitor
from tests.browser.wishes import wish

PANELS = [PANEL, "landscape panel", "small panel"]
GRID_PX = 24  # nearer together than any control is wide

# What a finger would touch above the line, and controls of the dock that stand above it.
_ABOVE = """([line, step]) => {
    const found = new Set();
    const touched = "a, button, label, summary, input, select, main, footer, dialog *";
    for (let y = 2; y < line - 3; y += step) {
        for (let x = 2; x < innerWidth; x += step) {
            const $touched = document.elementFromPoint(x, y)?.closest(touched);
            if ($touched) found.add($touched.innerText.trim().slice(0, 40));
        }
    }
    const fixed = document.querySelectorAll(".k-dock :is(a, button), dialog[open] button");
    for (const $one of fixed) {
        if ($one.checkVisibility() && $one.getBoundingClientRect().top < line - 1) {
            found.add($one.innerText.trim());
        }
    }
    return [...found];
}"""


def above_the_line(visitor: Visitor) -> list[str]:
    """What can be touched in the upper half of the screen, by its words."""
    height = visitor.page.viewport_size["height"] if visitor.page.viewport_size else 0
    found: list[str] = visitor.look(_ABOVE, [height / 2, GRID_PX])
    return found


def reach_low(visitor: Visitor, size: str) -> None:
    """Come with low reach and a size, as Change would have it."""
    wish(visitor, reach="low", size=size)


def room_to_read(visitor: Visitor) -> float:
    """How many lines of text have room between the line and the dock."""
    top, bottom = view(visitor)
    line: float = visitor.look("() => parseFloat(getComputedStyle(document.body).lineHeight)")
    return (bottom - top) / line


def view(visitor: Visitor) -> tuple[float, float]:
    """Where on the page its seen part begins and ends, in CSS pixels."""
    top, bottom = visitor.look("""async () => {
        const { top, bottom } = (await import("/static/js/view.js")).viewOfPage();
        return [scrollY + top, scrollY + bottom];
    }""")
    return top, bottom


def test_what_stands_above_the_line_is_found(visitor: Visitor) -> None:
    Home.arrive(visitor)
    assert "I have a cramp now" in above_the_line(visitor)


@pytest.mark.parametrize("size", ["normal", "very-large"])
def test_no_control_stands_above_the_line_on_any_kind_of_page(
    new_visitor: NewVisitor, kinds: list[str], size: str
) -> None:
    visitor = new_visitor()
    visitor.expects(*ERROR_PAGES)
    reach_low(visitor, size)
    found = []
    for path in kinds:
        visitor.go(path)
        for screen in SCREENS:
            visitor.resize(screen)
            for place in ("top", "end"):
                end = place == "end"
                visitor.look("(end) => scrollTo(0, end ? document.body.scrollHeight : 0)", end)
                found += [f"{path}, {screen}, {place}: {it}" for it in above_the_line(visitor)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", ["normal", "very-large"])
@pytest.mark.parametrize("screen", PANELS)
def test_reading_aloud_keeps_below_the_line_and_leaves_room_for_the_words(
    new_visitor: NewVisitor, screen: str, size: str
) -> None:
    visitor = new_visitor(screen)
    reach_low(visitor, size)
    reader = Reader.at(Topic.open(visitor, "/leg-cramps/relief"))
    reader.listen()
    reader.pause()
    assert above_the_line(visitor) == []
    assert room_to_read(visitor) >= 3
    faults = [*visitor.cut_off(), *visitor.awkward_controls()]
    assert (visitor.sideways(), faults) == (0, [])
    dock = visitor.page.get_by_role("contentinfo")
    assert dock.evaluate(
        "(dock) => [...dock.querySelectorAll('a, button')].filter((one) => one.checkVisibility())"
        ".every((one) => one.getBoundingClientRect().bottom <= innerHeight)"
    )


@pytest.mark.parametrize("screen", PANELS)
def test_the_player_is_wholly_seen_where_everything_is_spoken_too(
    new_visitor: NewVisitor, screen: str
) -> None:
    visitor = new_visitor(screen)
    wish(visitor, reach="low", size="very-large", spacing="wide", speak="on")
    visitor.go("/leg-cramps/relief")
    Reader(visitor).listen()
    player = visitor.page.get_by_role("group", name=visitor.words("player-label"))
    hidden = player.evaluate(
        """(player) => {
            const { top, bottom } = player.getBoundingClientRect();
            return [...player.querySelectorAll("button")]
                .filter((one) => one.checkVisibility())
                .filter((one) => one.getBoundingClientRect().bottom > bottom + 1
                    || one.getBoundingClientRect().top < top - 1)
                .map((one) => one.innerText);
        }"""
    )
    assert hidden == []


def test_a_session_keeps_below_the_line(new_visitor: NewVisitor, sessions: list[str]) -> None:
    for screen in PANELS:
        visitor = new_visitor(screen)
        reach_low(visitor, "very-large")
        visitor.go(sessions[0])
        Session(visitor).begin_silently()
        assert above_the_line(visitor) == []


@pytest.mark.parametrize("screen", PANELS)
def test_the_warning_opens_below_the_line(new_visitor: NewVisitor, screen: str) -> None:
    visitor = new_visitor(screen)
    reach_low(visitor, "very-large")
    visitor.page.clock.install()
    visitor.go("/help")
    visitor.page.clock.fast_forward(3600 * 1000)
    warning = StillThere(visitor)
    expect(warning.dialog).to_be_visible()
    box = warning.dialog.bounding_box()
    assert box is not None
    height = SCREENS[screen][1]
    assert box["y"] >= height / 2
    assert box["y"] + box["height"] <= height
    assert above_the_line(visitor) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_lowest_control_of_the_bar_turns_it_on_and_off(
    new_visitor: NewVisitor, scripts: bool
) -> None:
    visitor = new_visitor(scripts=scripts)
    topic = Home.arrive(visitor).open_topic("Ease the pain")
    title = topic.title
    button = topic.page.get_by_role("button", name=visitor.words("bar-reach-off"))
    lowest = button.bounding_box()
    finish = topic.bar("finish").bounding_box()
    assert lowest is not None
    assert finish is not None
    assert lowest["y"] + lowest["height"] >= finish["y"] + finish["height"]
    visitor.follow(button)
    assert Screen(visitor).title == title
    assert above_the_line(visitor) == []
    on = visitor.page.get_by_role("button", name=visitor.words("bar-reach-on"))
    expect(on).to_have_attribute("aria-pressed", "true")
    visitor.follow(on)
    assert above_the_line(visitor) != []


def test_it_is_kept_from_page_to_page_until_finish(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    change.choose("reach", "low")
    assert change.is_chosen("reach", "low")
    topic = change.home().open_topic("Ease the pain")
    assert above_the_line(visitor) == []
    home = topic.finish()
    assert "I have a cramp now" in above_the_line(home.visitor)


def test_pages_are_turned_by_buttons_below_the_line(visitor: Visitor) -> None:
    reach_low(visitor, "very-large")
    for path in ("/", "/help", "/preferences", "/leg-cramps/leaflets"):
        visitor.go(path)
        words = visitor.words("topic-next-page")
        visitor.press(visitor.page.get_by_role("button", name=words))
        assert visitor.look("() => scrollY") > 0, path


@pytest.mark.parametrize("screen", PANELS)
def test_turning_every_page_shows_every_word_below_the_line(
    new_visitor: NewVisitor, screen: str
) -> None:
    """No line is lost between two pages: what was last seen is seen again."""
    visitor = new_visitor(screen)
    reach_low(visitor, "very-large")
    visitor.go("/leg-cramps/relief")
    _, seen = view(visitor)
    next_page = visitor.page.get_by_role("button", name=visitor.words("topic-next-page"))
    turned = 0
    while next_page.get_attribute("aria-disabled") != "true":
        visitor.press(next_page)
        top, bottom = view(visitor)
        assert top < seen < bottom or next_page.get_attribute("aria-disabled") == "true"
        seen = bottom
        turned += 1
        assert turned < 100
    assert turned > 2
