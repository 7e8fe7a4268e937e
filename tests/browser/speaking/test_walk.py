"""Up and Down come to everything that can be read, say it, and show where they are.

A11Y-01, 04, 05, 14, 20, 22 to 24, 27, 48; EN 301 549, 5.1.3.1, 5.1.3.3 and 5.1.3.6.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.speaking.listener import DOWN, NEXT, SELECT, UP, Listener
from tests.browser.speaking.walking import not_said, out_of_order, walk
from tests.browser.visitor import ERROR_PAGES

PACK = "/leg-cramps"
# One page of each kind. *When to get help* is of the kind of a topic, and five times as long.
KINDS = {
    "home": "/",
    "a group": f"{PACK}/more",
    "a topic": f"{PACK}/relief",
    "exercises": f"{PACK}/seated-stretches",
    "a cramp": f"{PACK}/cramp-now",
    "a session": f"{PACK}/session/older-people",
    "leaflets": f"{PACK}/leaflets",
    "a leaflet": f"{PACK}/leaflets/relief",
    "change": "/preferences",
    "help": "/help",
    "statement": "/accessibility",
    "no such page": "/nobody/was-here",
    "a bad choice": f"{PACK}/leaflets/relief?size=enormous",
    "the staff's door": "/staff",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_is_said_on_the_way_on_and_back(listener: Listener, kind: str) -> None:
    """All visible text, as the accessibility tree has it; each item seen, ringed and said."""
    listener.visitor.expects(*ERROR_PAGES)
    listener.speaks_at(KINDS[kind])
    listener.page.wait_for_function("() => window.speechLog.some(({ text }) => text)")
    if KINDS[kind].endswith("/cramp-now"):
        listener.hears_kind("reading")
    walk(listener, UP)  # a page that reads itself may be anywhere by now
    start = listener.visitor.look("() => document.activeElement.id")
    on = walk(listener)
    assert not_said(listener) == []
    assert out_of_order(listener) == []
    back = walk(listener, UP)
    places = [step.id for step in on]
    assert len(set(places)) == len(places)
    behind = [start, *places[:-1]]
    come = [step.id for step in back[::-1]]
    # The count of a hold is there only while its step is in hand.
    passing = set(
        listener.visitor.look("() => [...document.querySelectorAll('.k-hold')].map(({ id }) => id)")
    )
    assert [one for one in come[come.index(start) :] if one not in passing] == [
        one for one in behind if one not in passing
    ]
    faults = [f"#{one.id} is not seen" for one in on + back if not one.seen]
    faults += [f"#{one.id} has no ring" for one in on + back if not one.ringed]
    faults += [f"#{one.id} was not said" for one in on + back if one.said != [one.id]]
    assert faults == []


def test_the_staff_page_is_said_too(listener: Listener, kiosk: RunningKiosk) -> None:
    kiosk.set_pin()
    try:
        listener.speaks_at("/staff")
        listener.page.get_by_label(listener.words("staff-pin")).fill(PIN)
        listener.page.keyboard.press("Enter")
        listener.page.get_by_role("heading", name=listener.words("staff-health")).wait_for()
        listener.hears_kind("page")
        walk(listener)
        assert not_said(listener) == []
    finally:
        kiosk.forget_pin()


def test_a_pin_is_heard_as_tones_alone(listener: Listener, kiosk: RunningKiosk) -> None:
    """A11Y-17; EN 301 549, 5.1.3.8: no key of it is said, nor is the field's content."""
    kiosk.set_pin()
    try:
        listener.speaks_at("/staff")
        listener.hears_kind("page")
        field = listener.page.get_by_label(listener.words("staff-pin"))
        field.focus()
        listener.hears(listener.words("staff-pin"))
        before = len(listener.log)
        field.press_sequentially(PIN, delay=50)
        listener.settles()
        assert [one.text for one in listener.log[before:]] == [""] * len(PIN)
        listener.press(UP)
        listener.press(DOWN)
        listener.settles()
        assert not [one.text for one in listener.log if PIN in one.text]
        assert "/speech/tone/end.wav" in listener.sounds_asked_for
    finally:
        kiosk.forget_pin()


def test_a_page_begins_with_its_title_and_how_many_choices(listener: Listener) -> None:
    """A11Y-04."""
    listener.speaks_at("/")
    title = listener.page.locator("h1").inner_text()
    tiles = listener.page.locator("main a").count()
    said = listener.hears_kind("page")
    assert said.text.startswith(title)
    assert re.search(rf"\b{tiles} choices\.", said.text)
    expect(listener.page.locator("h1")).to_be_focused()


def test_a_cramp_begins_with_when_to_stop(listener: Listener) -> None:
    """A11Y-20: nothing is said before it, whatever reads the page."""
    listener.speaks_at(f"{PACK}/cramp-now")
    listener.page.wait_for_function("() => window.speechLog?.some(({ text }) => text)")
    first = next(one for one in listener.log if one.text)
    assert first.text.startswith(listener.words("cramp-stop"))
    listener.press(UP)
    listener.press(UP)
    listener.hears(listener.words("walk-first"))
    assert listener.focus == listener.words("cramp-stop")


def test_a_control_says_its_name_role_state_and_place(listener: Listener) -> None:
    """A11Y-05."""
    listener.speaks_at("/")
    listener.visitor.hurries()
    listener.finds("Ease the pain")
    assert listener.hears("Ease the pain").text == "Ease the pain link 2 of 11"
    listener.finds(listener.words("bar-home"))
    assert listener.hears("Home link").text == "Kiosk controls Home link you are here 1 of 8"
    listener.finds(listener.words("bar-back"))
    assert "Back link not available now 2 of 8" in listener.hears("Back link").text


def test_the_item_that_is_said_is_the_one_that_is_marked(listener: Listener) -> None:
    """EN 301 549, 5.1.3.3: the same id."""
    listener.speaks_at("/help")
    for code in (DOWN, DOWN, UP, NEXT):
        listener.press(code)
        marked = listener.visitor.look(
            "() => [document.activeElement.id, document.querySelector('.k-is-spoken').id]"
        )
        assert listener.log[-1].ids == [marked[0]] == [marked[1]]


@pytest.mark.parametrize(("value", "word"), [("on", "on"), ("off", "off")])
def test_what_is_pressed_and_what_is_said_agree(listener: Listener, value: str, word: str) -> None:
    """A11Y-27."""
    listener.speaks_at("/preferences")
    state = listener.page.locator(f"button[name=more_time][value={value}]")
    pressed = {"true": "on", "false": "off"}[state.get_attribute("aria-pressed") or ""]
    name = state.inner_text()
    listener.visitor.hurries()
    listener.finds(name)
    assert f"{name} button {pressed}" in listener.hears(f"{name} button").text


def test_ticks_and_choices_say_their_state(listener: Listener) -> None:
    listener.speaks_at(f"{PACK}/leaflets/relief")
    listener.visitor.hurries()
    listener.finds(listener.words("leaflet-size-large"))
    listener.press(SELECT)
    listener.press(UP)
    listener.press(DOWN)
    large = listener.words("leaflet-size-large")
    assert "choice chosen 2 of 4" in listener.hears(f"{large} choice chosen").text


def test_a_picture_says_what_it_shows_and_decoration_is_silent(listener: Listener) -> None:
    """A11Y-14: every figure that informs, and no icon or tile's drawing."""
    listener.speaks_at(f"{PACK}/relief")
    alts = listener.visitor.look(
        "() => [...document.querySelectorAll('main svg[role=img]')]"
        ".filter(($one) => !$one.closest('[aria-hidden=true]') && $one.checkVisibility())"
        ".map(($one) => [$one.dataset.name, $one.querySelector('title').textContent])"
    )
    assert alts
    walk(listener)
    listener.settles()
    said = [one.text for one in listener.log]
    for name, alt in alts:
        shown = alt.removeprefix(f"{name}. ")
        assert any(f"{name} Picture: {shown}" in text for text in said), alt


def test_next_goes_from_part_to_part_and_then_to_the_controls(listener: Listener) -> None:
    listener.speaks_at("/help")
    listener.visitor.hurries()
    titles = [title.inner_text() for title in listener.page.locator("main h2").all()]
    been = []
    for _ in range(len(titles) + 1):
        listener.press(NEXT)
        been.append(listener.focus)
    assert been == [*titles, listener.words("speak-previous")]


@pytest.mark.parametrize(("code", "end"), [(DOWN, "walk-last"), (UP, "walk-first")])
def test_the_end_has_a_tone_and_is_told_and_the_focus_stays(
    listener: Listener, code: str, end: str
) -> None:
    """A11Y-23: no wrap."""
    listener.speaks_at("/")
    walk(listener, code)
    before = listener.focus
    listener.press(code)
    listener.hears(listener.words(end))
    assert listener.focus == before
    assert "/speech/tone/end.wav" in listener.sounds_asked_for


def test_a_plain_keyboard_does_the_same(listener: Listener) -> None:
    """A11Y-22: arrows, Enter and Tab; letters do nothing."""
    listener.speaks_at("/")
    keys = listener.page.keyboard
    listener.visitor.hurries()
    keys.press("ArrowDown")
    listener.hears(listener.words("home-intro"))
    keys.press("Tab")
    listener.hears("I have a cramp now link 1 of 11")
    before = listener.visitor.path
    keys.type("nsx19")
    assert listener.visitor.path == before
    keys.press("Enter")
    listener.page.wait_for_url("**/cramp-now")


def test_a_dialog_says_what_it_is_and_gives_the_focus_back(listener: Listener) -> None:
    listener.speaks_at(f"{PACK}/relief")
    word = listener.page.locator("main a.k-term").first
    name = word.inner_text()
    listener.visitor.hurries()
    listener.finds(name)
    listener.press(SELECT)
    listener.hears(listener.words("meaning-title"))
    walk(listener)
    assert not_said(listener) == []
    listener.finds(listener.words("meaning-close"), UP)
    listener.press(SELECT)
    expect(word).to_be_focused()
    assert len([one for one in listener.log if one.text.startswith(name)]) >= 2
