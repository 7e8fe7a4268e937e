"""Touch explores where everything is spoken, and only there.

A11Y-19; EN 301 549, 5.1.6.1 and 5.5.2.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.fingers import Fingers
from tests.browser.pages import Home
from tests.browser.speaking.explorer import Explorer
from tests.browser.speaking.listener import Listener

RELIEF = "Ease the pain"


@pytest.fixture
def finger(listener: Listener) -> Iterator[Explorer]:
    with Fingers(listener.visitor) as fingers:
        yield Explorer(listener, fingers)


def tile(listener: Listener, words: str = RELIEF):  # type: ignore[no-untyped-def]
    return Home(listener.visitor).tile(words)


def test_a_touch_says_what_lies_there_and_does_nothing(
    listener: Listener, finger: Explorer
) -> None:
    listener.speaks_at("/")
    finger.touches(tile(listener))
    assert listener.hears(f"{RELIEF} link").ids
    listener.page.wait_for_timeout(600)
    assert listener.visitor.path == "/"
    expect(tile(listener)).to_be_focused()


def test_without_the_mode_a_touch_acts_as_ever(listener: Listener, finger: Explorer) -> None:
    listener.visitor.go("/")
    finger.touches(tile(listener))
    listener.page.wait_for_url("**/relief")


def test_a_double_tap_anywhere_acts_on_the_last_item(listener: Listener, finger: Explorer) -> None:
    listener.speaks_at("/")
    finger.touches(tile(listener))
    finger.taps_twice(place=(540, 1500))
    listener.page.wait_for_url("**/relief")


def test_two_slow_taps_are_two_touches(listener: Listener, finger: Explorer) -> None:
    listener.speaks_at("/")
    finger.touches(tile(listener))
    finger.touches(tile(listener))
    listener.page.wait_for_timeout(600)
    assert listener.visitor.path == "/"


def test_a_finger_that_slides_says_each_thing_under_it(
    listener: Listener, finger: Explorer
) -> None:
    listener.speaks_at("/")
    places = [Fingers.middle(tile(listener, words)) for words in (RELIEF, "Stretches")]
    finger.slides(places)
    listener.hears(f"{RELIEF} link")
    listener.hears("Stretches link")
    assert listener.visitor.path == "/"


def test_a_swipe_goes_to_the_next_item_and_back(listener: Listener, finger: Explorer) -> None:
    listener.speaks_at("/")
    finger.swipes()
    listener.hears(listener.words("home-intro"))
    finger.swipes()
    listener.hears("I have a cramp now link")
    finger.swipes(-1)
    listener.page.wait_for_timeout(300)
    assert listener.focus == listener.words("home-intro")


def test_buttons_do_what_swipes_do(listener: Listener, finger: Explorer) -> None:
    """A11Y-19, A11Y-32: no gesture is the only way."""
    listener.speaks_at("/")
    button = listener.page.get_by_role("button", name=listener.words("speak-next"))
    finger.touches(button)
    listener.hears(listener.words("speak-next"))
    finger.taps_twice()
    listener.hears(listener.words("home-intro"))
    finger.touches(listener.page.get_by_role("button", name=listener.words("speak-previous")))
    finger.taps_twice()
    listener.page.wait_for_timeout(400)
    expect(listener.page.locator("h1")).to_be_focused()


def test_a_palm_does_nothing(listener: Listener) -> None:
    """A11Y-34 holds here too."""
    listener.speaks_at("/")
    listener.hears_kind("page")
    with Fingers(listener.visitor) as fingers:
        places = [(300.0 + 100 * number, 600.0) for number in range(4)]
        for _ in range(2):
            fingers.land(*places)
            fingers.lift()
            listener.page.wait_for_timeout(100)
    listener.page.wait_for_timeout(600)
    assert listener.visitor.path == "/"
    assert not [one for one in listener.log if one.kind == "item"]


def test_a_touch_stops_what_is_said(listener: Listener, finger: Explorer) -> None:
    """A11Y-06."""
    listener.speaks_at("/leg-cramps/relief")
    spoken = listener.hears_kind("page")
    with Fingers(listener.visitor) as fingers:
        fingers.land((540, 900))
        listener.page.wait_for_timeout(30)
        entry = next(one for one in listener.log if one.asked == spoken.asked)
        fingers.lift()
    assert entry.cancelled is not None or entry.ended is not None
