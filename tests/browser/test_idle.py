"""Nobody there: a warning, a wait, then a clear screen for the next person (A11Y-51 to A11Y-54).

The page's clock is a fake one that stands still, save where a test lets real sound be heard.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.arrows import Arrows
from tests.browser.asides import StillThere
from tests.browser.conftest import NewVisitor
from tests.browser.listening import Reader
from tests.browser.pages import Change, Home
from tests.browser.stillness import (
    IDLE_S,
    LONG_S,
    WARNING_S,
    pass_time,
    stop_clock,
    warned_on_a_topic,
    with_own_clock,
)
from tests.browser.visitor import Visitor


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return with_own_clock(new_visitor())


@pytest.fixture
def toucher(new_visitor: NewVisitor) -> Visitor:
    return with_own_clock(new_visitor(touches=True))


def test_the_warning_comes_after_90_seconds_of_stillness(visitor: Visitor) -> None:
    Home.arrive(visitor).open_topic("Ease the pain")
    stop_clock(visitor)
    warning = StillThere(visitor)
    pass_time(visitor, IDLE_S - 1)
    assert not warning.is_shown
    pass_time(visitor, 1)
    assert warning.is_shown


def test_very_large_words_give_twice_the_time(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    change.choose("size", "very-large")
    change.home().open_topic("Ease the pain")
    stop_clock(visitor)
    warning = StillThere(visitor)
    pass_time(visitor, LONG_S - 1)
    assert not warning.is_shown
    pass_time(visitor, 1)
    assert warning.is_shown


@pytest.mark.parametrize("sign", ["key", "touch", "scroll"])
def test_any_sign_of_life_begins_the_wait_anew(visitor: Visitor, sign: str) -> None:
    Home.arrive(visitor).open_topic("Ease the pain")
    stop_clock(visitor)
    warning = StillThere(visitor)
    pass_time(visitor, IDLE_S - 1)
    if sign == "key":
        visitor.page.keyboard.press("Shift")
    elif sign == "touch":
        visitor.page.mouse.click(5, 400)
    else:
        visitor.page.mouse.move(500, 500)
        visitor.page.mouse.wheel(0, 300)
        visitor.page.wait_for_function("() => scrollY > 0", polling=50)
    pass_time(visitor, IDLE_S - 1)
    assert not warning.is_shown
    pass_time(visitor, 1)
    assert warning.is_shown


def test_the_focus_is_on_staying(visitor: Visitor) -> None:
    warning = warned_on_a_topic(visitor)
    expect(warning.stay_button).to_be_focused()


def test_staying_keeps_the_page_and_the_choices(visitor: Visitor) -> None:
    warning = warned_on_a_topic(visitor)
    path, colours = visitor.path, Change(visitor).colours
    warning.stay()
    assert not warning.is_shown
    pass_time(visitor, IDLE_S - 1)
    assert not warning.is_shown
    assert visitor.path == path
    assert Change(visitor).colours == colours


def test_staying_by_touch_presses_nothing_under_the_warning(toucher: Visitor) -> None:
    """The tiles of Home are right under the warning's buttons."""
    change = Change.arrive(toucher)
    change.choose("size", "large")
    change.home()
    stop_clock(toucher)
    pass_time(toucher, IDLE_S)
    warning = StillThere(toucher)
    warning.stay()
    assert not warning.is_shown
    toucher.page.wait_for_timeout(300)
    assert toucher.path == "/"


def test_staying_by_key_presses_nothing_under_the_warning(visitor: Visitor) -> None:
    """The focus was on a link before the warning; Enter on the warning must not follow it."""
    change = Change.arrive(visitor)
    change.choose("size", "large")
    home = change.home()
    stop_clock(visitor)
    home.tile("Ease the pain").focus()
    pass_time(visitor, IDLE_S)
    warning = StillThere(visitor)
    expect(warning.stay_button).to_be_focused()
    visitor.page.keyboard.press("Enter")
    expect(warning.dialog).to_be_hidden()
    visitor.page.wait_for_timeout(300)
    assert visitor.path == "/"


def test_a_press_beside_the_warning_keeps_the_page(visitor: Visitor) -> None:
    warning = warned_on_a_topic(visitor)
    path = visitor.path
    visitor.page.mouse.click(20, 20)
    expect(warning.dialog).to_be_hidden()
    assert visitor.path == path


def test_escape_keeps_the_page(visitor: Visitor) -> None:
    warning = warned_on_a_topic(visitor)
    visitor.page.keyboard.press("Escape")
    expect(warning.dialog).to_be_hidden()
    pass_time(visitor, WARNING_S + 1)
    assert visitor.path != "/"


@pytest.mark.parametrize("who", ["visitor", "toucher"])
def test_finish_in_the_warning_clears_at_once(request: pytest.FixtureRequest, who: str) -> None:
    visitor: Visitor = request.getfixturevalue(who)
    warning = warned_on_a_topic(visitor)
    warning.finish()
    assert visitor.path == "/"
    assert visitor.cookies == []


def test_finish_in_the_warning_can_be_reached_by_key(visitor: Visitor) -> None:
    warning = warned_on_a_topic(visitor)
    visitor.page.keyboard.press("Tab")
    expect(warning.finish_button).to_be_focused()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/")
    assert visitor.cookies == []


def test_silence_clears_the_screen_and_goes_home(visitor: Visitor) -> None:
    plain = Home.arrive(visitor)
    looks = (plain.text_px, plain.colours)
    warned_on_a_topic(visitor)
    pass_time(visitor, WARNING_S - 1)
    assert StillThere(visitor).is_shown
    assert visitor.path != "/"
    pass_time(visitor, 1)
    visitor.page.wait_for_url("**/")
    home = Home(visitor)
    assert (home.text_px, home.colours) == looks
    assert visitor.cookies == []


def test_a_clean_home_screen_never_warns(visitor: Visitor) -> None:
    Home.arrive(visitor)
    stop_clock(visitor)
    for _ in range(10):
        pass_time(visitor, IDLE_S)
        assert not StillThere(visitor).is_shown


def test_a_home_screen_that_was_changed_warns(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    change.choose("theme", "cream")
    change.home()
    stop_clock(visitor)
    pass_time(visitor, IDLE_S)
    assert StillThere(visitor).is_shown


def test_speech_counts_as_somebody_there(visitor: Visitor) -> None:
    """Three minutes by the clock, with a moment of real speech after each."""
    reader = Reader.at(Home.arrive(visitor).open_topic("Ease the pain"))
    reader.listen()
    warning = StillThere(visitor)
    for _ in range(3):
        visitor.page.clock.fast_forward("01:00")
        reader.hears()
        visitor.page.wait_for_timeout(600)
        assert not warning.is_shown
    reader.pause()
    visitor.page.clock.fast_forward("03:01")  # who hears is given longer
    expect(warning.dialog).to_be_visible()


def test_the_number_falls_each_second_and_a_touch_or_key_begins_it_anew(visitor: Visitor) -> None:
    warning = warned_on_a_topic(visitor)
    text = visitor.words("idle-text", seconds=30)
    assert warning.text == text
    pass_time(visitor, 12)
    assert warning.text == visitor.words("idle-text", seconds=18)
    visitor.page.keyboard.press("Tab")
    assert warning.is_shown
    assert warning.text == text
    pass_time(visitor, WARNING_S - 1)
    assert warning.is_shown


@pytest.mark.parametrize("key", ["a", "7", "Delete", "F24", "PageDown"])
def test_any_key_keeps_the_page(visitor: Visitor, key: str) -> None:
    """A11Y-52; a key of no meaning is a sign of life too."""
    warning = warned_on_a_topic(visitor)
    if key == "F24":
        Arrows(visitor).press(key)
    else:
        visitor.page.keyboard.press(key)
    expect(warning.dialog).to_be_hidden()
    pass_time(visitor, IDLE_S - 1)
    assert not warning.is_shown
    assert visitor.path != "/"


def test_there_is_no_limit_to_staying(visitor: Visitor) -> None:
    """The floor is ten times (WCAG 2.2.1); here there is none."""
    warning = warned_on_a_topic(visitor)
    for _ in range(12):
        visitor.page.keyboard.press("Escape")
        expect(warning.dialog).to_be_hidden()
        pass_time(visitor, LONG_S)
        assert warning.is_shown


def test_more_time_waits_ten_times_as_long(visitor: Visitor) -> None:
    """A11Y-53."""
    change = Change.arrive(visitor)
    change.choose("more-time", "on")
    change.home().open_topic("Ease the pain")
    stop_clock(visitor)
    pass_time(visitor, 10 * IDLE_S - 1)
    assert not StillThere(visitor).is_shown
    pass_time(visitor, 1)
    assert StillThere(visitor).is_shown


@pytest.mark.parametrize("sign", ["kiosk:activity", "kiosk:printing", "kiosk:speaking"])
def test_a_session_a_print_and_the_voice_count_as_somebody_there(
    visitor: Visitor, sign: str
) -> None:
    """A11Y-51; each says so once a second or more."""
    Home.arrive(visitor).open_topic("Ease the pain")
    stop_clock(visitor)
    for _ in range(3):
        pass_time(visitor, IDLE_S - 1)
        visitor.look("(sign) => dispatchEvent(new CustomEvent(sign))", sign)
    pass_time(visitor, IDLE_S - 1)
    assert not StillThere(visitor).is_shown
    pass_time(visitor, 1)
    assert StillThere(visitor).is_shown


def test_who_goes_by_keys_is_given_twice_the_time(visitor: Visitor) -> None:
    Home.arrive(visitor).open_topic("Ease the pain")
    stop_clock(visitor)
    visitor.page.keyboard.press("ArrowDown")
    pass_time(visitor, LONG_S - 1)
    assert not StillThere(visitor).is_shown
    pass_time(visitor, 1)
    assert StillThere(visitor).is_shown


def test_the_first_screen_is_still_and_silent_and_says_to_touch(visitor: Visitor) -> None:
    """A11Y-55."""
    home = Home.arrive(visitor)
    assert home.page.get_by_text(visitor.words("home-intro"), exact=True).is_visible()
    stop_clock(visitor)
    pass_time(visitor, 10 * IDLE_S)
    assert visitor.look("() => document.getAnimations().length") == 0
    assert not [path for path in visitor.watch.asked if path.startswith("/speech/")]
