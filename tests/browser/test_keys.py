"""Up, Down, Select, Back and Help alone reach everything (A11Y-21 to A11Y-26).

For somebody who sees the screen: this kiosk speaks to a headset alone and none is in, so the keys
of a keypad do not make it speak everything (tests/browser/speaking).
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.arrows import Arrows, Stop
from tests.browser.asides import StillThere
from tests.browser.conftest import NewVisitor
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.pages import Change, Home, Page
from tests.browser.visitor import ERROR_PAGES, Visitor

RELIEF = "Ease the pain"
UP, DOWN, SELECT, BACK, HELP = "F18", "F19", "F20", "F21", "F17"
A_DAY_S = 24 * 3600
LEAFLET_MS = 60_000  # a leaflet that was never made before, on a busy machine


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKiosk]:
    with running_kiosk(tmp_path_factory.mktemp("keys"), {"KIOSK_SOUND": "headset"}) as running:
        yield running


def faults_of(stops: list[Stop], everything: list[int]) -> list[str]:
    """What is wrong with a walk through a page on which one can act at `everything`.

    A page may show more on the way: in a cramp, a step has its button while it is in view.
    """
    places = [stop.place for stop in stops]
    found = [] if places == sorted(set(places)) else ["does not keep the reading order"]
    missed = set(everything) - set(places)
    return found + ([f"does not come to {len(missed)} of {len(everything)}"] if missed else [])


@pytest.mark.parametrize("screen", ["portrait panel", "small panel"])
def test_down_and_up_come_to_every_control_and_no_further(
    new_visitor: NewVisitor, kinds: list[str], screen: str
) -> None:
    """The walk test: what is visited is all there is, on and back, seen and ringed."""
    visitor = new_visitor(screen)
    visitor.expects(*ERROR_PAGES)
    visitor.page.set_default_navigation_timeout(LEAFLET_MS)
    found = []
    for path in kinds:
        visitor.go(path)
        arrows = Arrows(visitor)
        everything = arrows.everything
        on = arrows.walk("ArrowDown")
        lasting = [place for place in arrows.everything if place in everything]
        back = arrows.walk("ArrowUp")
        found += [f"{path}: Down {fault}" for fault in faults_of(on, lasting)]
        found += [f"{path}: Up {fault}" for fault in faults_of(back[::-1], lasting[:-1])]
        found += [f"{path}: “{one.words}” is not wholly seen" for one in on + back if not one.seen]
        found += [f"{path}: “{one.words}” has no ring" for one in on + back if not one.ringed]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("size", "reach"), [("very-large", "normal"), ("normal", "low")])
def test_so_they_do_in_very_large_words_and_in_low_reach(
    visitor: Visitor, topics: list[str], size: str, reach: str
) -> None:
    change = Change.arrive(visitor)
    change.choose("size" if reach == "normal" else "reach", size if reach == "normal" else reach)
    found = []
    for path in ("/", topics[0], "/preferences"):
        visitor.go(path)
        arrows = Arrows(visitor)
        everything, on = arrows.everything, arrows.walk(DOWN)
        found += [f"{path}: Down {fault}" for fault in faults_of(on, everything)]
        found += [f"{path}: “{one.words}” is not wholly seen" for one in on if not one.seen]
    assert not found, "\n".join(found)


def test_every_word_of_a_page_comes_by_with_down_alone(visitor: Visitor, topics: list[str]) -> None:
    """Where no control is near, Down goes on by part of a screen."""
    visitor.go(topics[0])
    arrows = Arrows(visitor)
    visitor.hurries()
    arrows.press("ArrowUp")  # at the top already
    rows = visitor.look(
        """() => {
            window.unread = new Set(document.querySelectorAll("#main .k-s"));
            window.read = () => {
                const bottom = document.querySelector("footer").getBoundingClientRect().top;
                for (const $row of window.unread) {
                    const box = $row.getBoundingClientRect();
                    if (box.top >= -1 && box.bottom <= bottom + 1) window.unread.delete($row);
                }
                return window.unread.size;
            };
            return window.unread.size;
        }"""
    )
    assert rows > 20
    left = rows
    while not arrows.notice.startswith("Last"):
        left = visitor.look("() => window.read()")
        arrows.press("ArrowDown")
    assert left == 0


def test_a_whole_visit_with_the_keypad(visitor: Visitor) -> None:
    """EZ Access keys, known by their place alone: `key` says nothing here."""
    home = Home.arrive(visitor)
    keypad = Arrows(visitor)
    names = [tile.inner_text() for tile in home.tiles]
    visitor.hurries()
    for _ in range(names.index(RELIEF) + 1):
        keypad.press(DOWN)
    keypad.press(SELECT)
    visitor.page.wait_for_url("**/relief")
    keypad.press(HELP)
    visitor.page.wait_for_url("**/help")
    visitor.hurries()
    keypad.press(HELP)
    keypad.press(BACK)
    visitor.page.wait_for_url("**/relief")
    visitor.hurries()
    while visitor.words("bar-listen") != keypad.focus["words"]:
        keypad.press(DOWN)
    keypad.press(SELECT)
    # Listen waits for the headset that this kiosk wants (tests/browser/speaking/test_headset.py).
    expect(visitor.page.get_by_text(visitor.words("speak-no-headset"), exact=True)).to_be_visible()
    while visitor.words("bar-finish") != keypad.focus["words"]:
        keypad.press(DOWN)
    keypad.press(SELECT)
    visitor.page.wait_for_url("**/")


@pytest.mark.parametrize("back", ["Escape", BACK])
def test_back_goes_to_the_screen_before(visitor: Visitor, back: str) -> None:
    home = Home.arrive(visitor)
    home.open_topic(RELIEF).help()
    arrows = Arrows(visitor)
    arrows.press(back)
    visitor.page.wait_for_url("**/relief")
    visitor.hurries()
    arrows.press(back)
    visitor.page.wait_for_url("**/")
    visitor.hurries()
    arrows.press(back)
    visitor.page.wait_for_timeout(300)
    assert visitor.path == "/", "the first screen is the first"


def test_f1_is_help(visitor: Visitor) -> None:
    Home.arrive(visitor)
    visitor.page.keyboard.press("F1")
    visitor.page.wait_for_url("**/help")


def test_enter_and_select_tick_a_box_and_send_no_form(visitor: Visitor, leaflets: str) -> None:
    visitor.go(f"{leaflets}/relief")
    box = visitor.page.get_by_role("checkbox").first
    arrows = Arrows(visitor)
    visitor.hurries()
    box.focus()
    visitor.page.keyboard.press("Enter")
    expect(box).not_to_be_checked()
    arrows.press(SELECT)
    expect(box).to_be_checked()
    assert visitor.page.url.endswith("/relief")


def test_going_past_a_choice_does_not_choose_it(visitor: Visitor, leaflets: str) -> None:
    """Arrows in a group of radio buttons would by themselves choose as they go."""
    visitor.go(f"{leaflets}/relief")
    before = visitor.page.get_by_role("radio", checked=True).get_attribute("value")
    Arrows(visitor).walk("ArrowDown")
    assert visitor.page.get_by_role("radio", checked=True).get_attribute("value") == before


@pytest.mark.parametrize(
    ("code", "end"), [("ArrowDown", "walk-last"), (UP, "walk-first"), ("Tab", "walk-last")]
)
def test_the_end_is_told_and_the_focus_stays(visitor: Visitor, code: str, end: str) -> None:
    """A11Y-23: no wrap; Tab stays once, and leaves at the second press (WCAG 2.1.2)."""
    home = Home.arrive(visitor)
    arrows = Arrows(visitor)
    visitor.hurries()
    if code == UP:
        home.tiles[0].focus()
    else:
        visitor.page.locator("footer button").last.focus()
    before = arrows.focus["place"]
    visitor.page.keyboard.press("Tab") if code == "Tab" else arrows.press(code)
    assert arrows.notice == visitor.words(end)
    assert arrows.focus["place"] == before
    expect(visitor.page.get_by_role("status").filter(has_text=visitor.words(end))).to_be_visible()
    arrows.press("ArrowUp" if end == "walk-last" else "ArrowDown")
    assert arrows.notice == "", "it goes when the focus does"


def test_a_second_tab_leaves_the_last_control(visitor: Visitor) -> None:
    Home.arrive(visitor)
    visitor.hurries()
    visitor.page.locator("footer button").last.focus()
    before = Arrows(visitor).focus["place"]
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    assert Arrows(visitor).focus["place"] != before


def test_a_key_held_down_moves_once(visitor: Visitor) -> None:
    """EN 301 549, 5.7."""
    home = Home.arrive(visitor)
    visitor.hurries()  # so that it is not the guard that holds it
    Arrows(visitor).hold("ArrowDown", repeats=5)
    assert Arrows(visitor).focus["words"] == home.tiles[0].inner_text()


@pytest.mark.parametrize(("apart_ms", "moves"), [(100, 1), (400, 2)], ids=["double", "twice"])
@pytest.mark.parametrize("code", ["ArrowDown", DOWN])
def test_a_key_struck_twice_within_the_guard_acts_once(
    visitor: Visitor, code: str, apart_ms: int, moves: int
) -> None:
    """EN 301 549, 5.8: the guard is 300 ms, by a clock that the test sets."""
    visitor.page.clock.install(time=A_DAY_S)
    home = Home.arrive(visitor)
    names = [tile.inner_text() for tile in home.tiles]
    visitor.stops_clock()
    arrows = Arrows(visitor)
    arrows.press(code)
    visitor.page.clock.run_for(apart_ms)
    arrows.press(code)
    assert arrows.focus["words"] == names[moves - 1]


def test_two_keys_one_after_the_other_both_act(visitor: Visitor) -> None:
    home = Home.arrive(visitor)
    names = [tile.inner_text() for tile in home.tiles]
    arrows = Arrows(visitor)
    for code in ("ArrowDown", DOWN, "ArrowUp"):
        arrows.press(code)
    assert arrows.focus["words"] == names[0]


def test_a_text_field_takes_quick_and_equal_letters(visitor: Visitor) -> None:
    """The guard is for controls: a PIN may hold the same digit twice."""
    visitor.expects(*ERROR_PAGES)
    visitor.go("/")
    visitor.look(
        """() => {
            const $field = document.createElement("input");
            document.getElementById("main").append($field);
            $field.focus();
        }"""
    )
    visitor.page.keyboard.type("1122 aabb")
    assert visitor.page.locator("#main input").input_value() == "1122 aabb"


def test_closing_the_warning_gives_the_focus_back(visitor: Visitor) -> None:
    """A11Y-23."""
    visitor.page.clock.install(time=A_DAY_S)
    topic = Home.arrive(visitor).open_topic(RELIEF)
    visitor.stops_clock()
    topic.bar("help").focus()
    visitor.page.keyboard.press("Shift")  # the wait begins here
    visitor.page.clock.run_for(95_000)
    warning = StillThere(visitor)
    expect(warning.stay_button).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(warning.dialog).to_be_hidden()
    expect(topic.bar("help")).to_be_focused()


def test_down_stays_inside_an_open_warning(visitor: Visitor) -> None:
    visitor.page.clock.install(time=A_DAY_S)
    Home.arrive(visitor).open_topic(RELIEF)
    visitor.stops_clock()
    visitor.page.keyboard.press("Shift")
    visitor.page.clock.run_for(95_000)
    warning, arrows = StillThere(visitor), Arrows(visitor)
    expect(warning.stay_button).to_be_focused()
    visitor.hurries()
    arrows.press(DOWN)
    expect(warning.finish_button).to_be_focused()
    arrows.press(DOWN)
    expect(warning.finish_button).to_be_focused()
    expect(warning.dialog.get_by_role("status")).to_have_text(visitor.words("walk-last"))
    arrows.press(UP)
    expect(warning.stay_button).to_be_focused()
    arrows.press(SELECT)
    expect(warning.dialog).to_be_hidden()
    assert Page(visitor).title == RELIEF
