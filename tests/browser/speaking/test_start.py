"""Speak everything starts when asked for, four ways, and never before (A11Y-02, 03, 11, 18)."""

import pytest
from playwright.sync_api import expect

from tests.browser.asides import StillThere
from tests.browser.fingers import Fingers
from tests.browser.pages import Home
from tests.browser.speaking.listener import (
    DOWN,
    HELP,
    LOUDER,
    PLUGGED,
    SELECT,
    Listener,
)
from tests.browser.stillness import A_DAY_S
from tests.sounds import samples_of

CORNER_S = 3.3
WELCOME_S = 15  # A11Y-03
PAD = ["F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24"]


def is_on(listener: Listener) -> bool:
    return bool(listener.visitor.look("() => document.documentElement.dataset.speak === 'on'"))


def test_nothing_is_asked_for_before_sound_is(listener: Listener) -> None:
    Home.arrive(listener.visitor).open_topic("Ease the pain").help()
    listener.page.keyboard.press("ArrowDown")
    listener.page.keyboard.press("Tab")
    listener.page.wait_for_timeout(300)
    assert listener.sounds_asked_for == []
    assert not is_on(listener)


@pytest.mark.parametrize("code", PAD)
def test_any_key_of_the_keypad_starts_it_and_does_nothing_else(
    listener: Listener, code: str
) -> None:
    listener.visitor.go("/help")
    listener.press(code)
    listener.hears(listener.words("speak-aloud"))
    assert listener.visitor.path == "/help"
    expect(listener.page.locator("h1")).to_be_focused()


def test_a_headset_starts_it_and_nobody_else_hears(listener: Listener) -> None:
    """With a headset there is no word of people nearby."""
    listener.visitor.go("/")
    listener.press(PLUGGED)
    listener.hears_kind("welcome")
    assert listener.words("speak-aloud") not in [one.text for one in listener.log]


@pytest.mark.parametrize("corner", [(8, 8), (1072, 8), (8, 1912), (1072, 1912)])
def test_a_held_corner_starts_it_and_presses_nothing(
    listener: Listener, corner: tuple[float, float]
) -> None:
    listener.visitor.go("/help")
    with Fingers(listener.visitor) as finger:
        finger.hold(corner, CORNER_S)
    listener.hears(listener.words("speak-aloud"))
    listener.page.wait_for_timeout(300)
    assert listener.visitor.path == "/help"


def test_a_corner_let_go_too_soon_starts_nothing(listener: Listener) -> None:
    listener.visitor.go("/help")
    with Fingers(listener.visitor) as finger:
        finger.hold((8, 8), 1)
    listener.page.wait_for_timeout(2500)
    assert not is_on(listener)


@pytest.mark.parametrize("place", ["help", "change"])
def test_its_button_starts_it(listener: Listener, place: str) -> None:
    visitor = listener.visitor
    visitor.go("/help" if place == "help" else "/preferences")
    if place == "help":
        button = listener.page.get_by_role("button", name=listener.words("help-speak-start"))
    else:
        setting = listener.page.get_by_role("group", name=listener.words("change-speak"))
        button = setting.get_by_role("button", name=listener.words("speak-on"), exact=True)
    visitor.follow(button)
    listener.hears(listener.words("speak-aloud"))
    assert is_on(listener)


def test_the_welcome_says_what_can_be_done_in_15_seconds(listener: Listener) -> None:
    """A11Y-03. Measured in the slower of the ways it starts, in the plain voice."""
    for key in ("speak-welcome-keys", "speak-welcome-touch"):
        words = listener.words(key)
        assert len(words.split()) <= 40
        answer = listener.page.request.get(
            f"{listener.visitor.watch.address}/speech/phrase/{key}.wav"
        )
        _, seconds = samples_of(answer.body())
        assert seconds <= WELCOME_S
    said = listener.words("speak-welcome-keys").lower()
    for word in ("health kiosk", "up or down", "round key", "back", "help", "quieter", "louder"):
        assert word in said


def test_any_key_cuts_the_welcome_short_and_it_comes_once_a_visit(listener: Listener) -> None:
    listener.starts()
    listener.press(DOWN)
    listener.press(DOWN)
    listener.press(SELECT)
    listener.page.wait_for_url("**/cramp-now")
    listener.page.wait_for_timeout(600)
    assert not [one for one in listener.log if one.kind == "welcome"]


def test_it_goes_on_from_page_to_page_though_the_server_heard_late(listener: Listener) -> None:
    """The next page is asked for before the answer to the start is there."""
    listener.visitor.go("/help")
    listener.page.route("**/preferences", lambda route: route.abort())
    listener.visitor.expects("Failed to load resource")
    listener.press(HELP)
    listener.page.unroute("**/preferences")
    listener.visitor.go("/accessibility")
    listener.hears_kind("page")
    assert is_on(listener)


def test_the_screen_stays_as_it_was(listener: Listener) -> None:
    """A11Y-18: no word of the page goes."""
    listener.visitor.go("/help")
    words = "() => document.getElementById('main').innerText"
    before = listener.visitor.look(words)
    listener.press(LOUDER)
    listener.hears_kind("mode")
    assert listener.visitor.look(words).replace(listener.words("speak-learn"), "").split() == (
        before.split()
    )


def test_movement_is_reduced_and_the_wait_is_long(listener: Listener) -> None:
    listener.starts("/")
    listener.visitor.go("/help")
    data = listener.visitor.look("() => ({ ...document.documentElement.dataset })")
    assert data["motion"] == "reduced"
    waits = listener.visitor.look(
        "() => ({ ...document.querySelector('[data-module=idle-warning]').dataset })"
    )
    assert waits["idle"] == waits["idleLong"]


def over_the_warning(listener: Listener) -> StillThere:
    """The warning stands over Help, for somebody who does not see it."""
    listener.page.clock.install(time=A_DAY_S)
    listener.page.add_init_script("sessionStorage.setItem('welcomed', 'yes')")
    listener.visitor.go("/help")
    listener.page.clock.fast_forward(A_DAY_S * 1000)
    warning = StillThere(listener.visitor)
    expect(warning.dialog).to_be_visible()
    return warning


def test_started_over_the_warning_it_says_the_warning_and_then_the_page(
    listener: Listener,
) -> None:
    """What it says comes before the page behind it, and it can be answered by the same keys."""
    warning = over_the_warning(listener)
    listener.press(DOWN)
    said = listener.hears(f"{listener.words('idle-stay')} button")
    assert said.text.startswith(listener.words("idle-title"))
    assert "This screen will clear for the next person" in said.text
    assert said.kind == "page"
    expect(warning.stay_button).to_be_focused()
    listener.press(SELECT)
    expect(warning.dialog).to_be_hidden()
    title = listener.page.locator("h1")
    assert listener.hears(f"{title.inner_text()} heading").kind == "page"
    expect(title).to_be_focused()


def test_a_key_that_answers_the_warning_starts_it_on_the_page(listener: Listener) -> None:
    """Any other key than those that choose says that somebody is there."""
    warning = over_the_warning(listener)
    listener.press(HELP)
    expect(warning.dialog).to_be_hidden()
    listener.hears(f"{listener.page.locator('h1').inner_text()} heading")


def test_finish_ends_it_with_everything_else(listener: Listener) -> None:
    listener.starts("/help")
    listener.chooses(listener.words("bar-finish"))
    listener.page.wait_for_url(listener.visitor.watch.address + "/")
    listener.page.wait_for_load_state()
    assert not is_on(listener)
    assert listener.visitor.look("() => sessionStorage.getItem('speak')") is None
    before = len(listener.sounds_asked_for)
    listener.page.keyboard.press("ArrowDown")
    listener.page.wait_for_timeout(300)
    assert len(listener.sounds_asked_for) == before
