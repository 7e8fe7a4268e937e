"""Speech can be stopped, said again, paused and set.

A11Y-06 to 09 and 28; EN 301 549, 5.1.3.4 and 5.1.3.5.
"""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from kiosk.volume import LOUDEST, START_VOLUME
from tests.browser.speaking.listener import (
    BACK,
    DOWN,
    HELP,
    LOUDER,
    NEXT,
    QUIETER,
    SELECT,
    UP,
    Listener,
)

TOPIC = "/leg-cramps/relief"


@pytest.mark.parametrize("code", [DOWN, UP, NEXT, HELP, "KeyA", "Tab"])
def test_any_key_stops_what_is_said(listener: Listener, code: str) -> None:
    listener.speaks_at("/help")
    spoken = listener.hears_kind("page")
    listener.press(code)
    entry = next(one for one in listener.log if one.asked == spoken.asked)
    assert entry.cancelled is not None or entry.ended is not None


def test_what_is_new_starts_when_the_old_is_cancelled_and_never_beside_it(
    listener: Listener,
) -> None:
    """Cancel comes before start, in the page's own list and to the ear."""
    listener.speaks_at(TOPIC)
    listener.hears_kind("page")
    most = 0
    for code in (DOWN, DOWN, UP, NEXT, DOWN, HELP, DOWN):
        listener.press(code)
        most = max(most, listener.visitor.look("() => window.ear.now().sounding"))
    assert most <= 1
    for before, after in pairwise(listener.log):
        if after.started is not None:
            over = [time for time in (before.cancelled, before.ended) if time is not None]
            assert over
            assert min(over) <= after.started


def test_one_voice_says_an_utterance(listener: Listener) -> None:
    listener.speaks_at(TOPIC)
    for code in (DOWN, DOWN, NEXT, HELP):
        listener.press(code)
    listener.settles()
    assert {one.voice for one in listener.log if one.text} == {"espeak-ng"}


def test_the_round_key_says_a_text_again(listener: Listener) -> None:
    listener.speaks_at("/help")
    listener.press(DOWN)
    listener.press(DOWN)
    first = listener.hears(listener.focus)
    listener.press(SELECT)
    listener.page.wait_for_timeout(400)
    again = [one for one in listener.log if one.ids == first.ids]
    assert len(again) == 2
    assert first.text.endswith(again[1].text[-20:])


def test_its_button_says_the_item_again(listener: Listener) -> None:
    listener.speaks_at("/help")
    item = listener.words("help-more")  # the last one before the mode's own buttons
    listener.chooses(listener.words("speak-again"))
    listener.settles()
    assert listener.log[-1].text.startswith(f"{item} link")


def test_read_on_reads_item_after_item_and_any_key_ends_it(listener: Listener) -> None:
    """The whole page, without a player; the round key pauses it and goes on with it."""
    listener.speaks_at("/accessibility", rate="2.0")
    listener.chooses(listener.words("speak-read"))
    listener.page.wait_for_function(
        "() => window.speechLog.filter(({ kind }) => kind === 'reading').length >= 3",
        timeout=30_000,
    )
    listener.press(SELECT)
    paused = listener.log[-1]
    assert paused.cancelled is not None
    listener.page.wait_for_timeout(400)
    assert listener.is_silent
    listener.press(SELECT)
    listener.page.wait_for_timeout(400)
    assert listener.log[-1].ids == paused.ids, "it goes on where it was"
    listener.press(DOWN)
    listener.page.wait_for_timeout(400)
    assert listener.log[-1].kind == "item"


def test_listen_reads_the_page_and_a_key_takes_over_from_there(listener: Listener) -> None:
    listener.speaks_at(TOPIC)
    listener.chooses(listener.words("bar-listen"))
    listener.hears_kind("reading")
    listener.page.wait_for_function("() => document.querySelector('#main .k-is-now')")
    listener.press(DOWN)
    expect(listener.page.locator("main :focus")).to_have_count(1)
    listener.settles()
    assert listener.log[-1].kind == "item"


def test_the_round_key_pauses_the_reading_and_goes_on_from_there(listener: Listener) -> None:
    listener.speaks_at(TOPIC)
    listener.chooses(listener.words("bar-listen"))
    listener.hears_kind("reading")
    listener.page.wait_for_timeout(1500)
    listener.press(SELECT)
    listener.page.wait_for_timeout(300)
    assert listener.is_silent
    here = listener.visitor.look("() => document.activeElement.id")
    listener.press(SELECT)
    listener.page.wait_for_timeout(500)
    assert listener.log[-1].ids == [here]


def test_help_says_what_can_be_done_here_and_twice_is_silence(listener: Listener) -> None:
    """A11Y-28; what is said is shown (EN 301 549, 5.1.5)."""
    listener.speaks_at(TOPIC)
    listener.press(HELP)
    listener.hears(listener.words("speak-help-keys"))
    assert listener.visitor.path == TOPIC
    assert listener.shown == listener.words("speak-help-keys")
    listener.page.wait_for_timeout(2200)  # what comes later than 2 s is a first press again
    listener.press(HELP)
    listener.press(HELP)
    listener.page.wait_for_timeout(500)
    assert listener.is_silent
    assert listener.log[-1].cancelled is not None


def test_help_held_makes_the_keys_only_say_their_names(listener: Listener) -> None:
    listener.speaks_at(TOPIC)
    before = listener.focus
    listener.down(HELP)
    listener.hears(listener.words("speak-learn-on"))
    listener.up(HELP)
    for code, name in ((DOWN, "key-next"), (SELECT, "key-select"), (BACK, "key-back")):
        listener.press(code)
        listener.hears(listener.words(name))
    assert (listener.focus, listener.visitor.path) == (before, TOPIC)
    listener.press(HELP)
    listener.hears(listener.words("key-help"))
    listener.page.wait_for_timeout(400)
    listener.down(HELP)
    listener.hears(listener.words("speak-learn-off"))
    listener.up(HELP)
    listener.press(DOWN)
    assert listener.focus != before


def test_the_keys_can_be_learned_from_help(listener: Listener) -> None:
    listener.speaks_at("/help")
    listener.chooses(listener.words("speak-learn"))
    listener.hears(listener.words("speak-learn-on"))


def test_louder_and_quieter_have_12_steps_a_word_and_a_number(listener: Listener) -> None:
    """A11Y-09: heard, said and shown; a key never makes it silent."""
    listener.speaks_at("/help")
    listener.visitor.hurries()
    most = LOUDEST
    for step in range(START_VOLUME + 1, most):
        listener.press(LOUDER)
        assert listener.shown == listener.words("volume-now", n=step, most=most)
    listener.hears(listener.words("speak-louder"))
    listener.press(LOUDER)
    listener.hears(listener.words("speak-loudest"))
    for _ in range(most):
        listener.press(QUIETER)
    listener.hears(listener.words("speak-quieter"))
    listener.hears(listener.words("speak-quietest"))
    assert listener.shown == listener.words("volume-now", n=1, most=most)
    listener.press(DOWN)
    listener.page.wait_for_timeout(400)
    assert listener.visitor.look("() => window.ear.now().volume") == pytest.approx(1 / most)


def test_a_change_of_loudness_goes_with_the_visitor_and_ends_with_the_visit(
    listener: Listener,
) -> None:
    """A11Y-10."""
    listener.speaks_at("/help")
    listener.press(LOUDER)
    listener.page.wait_for_load_state("networkidle")
    listener.visitor.go("/help")
    assert listener.visitor.look("() => document.documentElement.dataset.volume") == "6"
    listener.chooses(listener.words("bar-finish"))
    listener.page.wait_for_url(listener.visitor.watch.address + "/")
    assert listener.visitor.look("() => document.documentElement.dataset.volume") == "5"


def test_loudness_does_not_stop_what_is_said(listener: Listener) -> None:
    """A11Y-06: the word comes in between, and what was said goes on."""
    listener.speaks_at("/leg-cramps/older-people")
    spoken = listener.hears_kind("page")
    listener.strike(LOUDER)
    listener.hears(listener.words("speak-louder"))
    listener.page.wait_for_function(
        "() => !window.speechLog.find(({ kind }) => kind === 'page').cancelled"
        " && window.speechLog.find(({ kind }) => kind === 'between').ended",
        timeout=15_000,
    )
    assert next(one for one in listener.log if one.asked == spoken.asked).cancelled is None


@pytest.mark.parametrize("rate", ["0.5", "2.0"])
def test_the_chosen_speed_is_that_of_every_utterance_and_keeps_the_pitch(
    listener: Listener, rate: str
) -> None:
    """A11Y-08."""
    listener.speaks_at("/help", rate=rate)
    listener.hears_kind("page")
    now = listener.visitor.look("() => window.ear.now()")
    assert (now["rate"], now["keeps_pitch"]) == (float(rate), True)


def test_the_screen_can_be_hidden_and_says_so(listener: Listener) -> None:
    """A11Y-18."""
    listener.speaks_at("/preferences")
    button = listener.page.get_by_role("button", name=listener.words("change-hide"))
    cover = listener.page.locator(".k-cover")
    listener.chooses(listener.words("change-hide"))
    listener.hears(listener.words("speak-hidden"))
    expect(cover).to_have_text(listener.words("speak-cover"))
    expect(button).to_have_attribute("aria-pressed", "true")
    listener.visitor.go("/help")
    expect(cover).to_be_visible()
    listener.press(DOWN)
    listener.hears(listener.focus)
    listener.visitor.go("/preferences")
    listener.chooses(listener.words("change-hide"))
    listener.hears(listener.words("speak-shown"))
    expect(cover).to_have_count(0)
