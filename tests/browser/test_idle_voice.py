"""The warning before the screen clears, for the ear: never unasked, and no more than is needed
(A11Y-11, A11Y-52).
"""

import pytest

from tests.browser.asides import StillThere
from tests.browser.conftest import NewVisitor
from tests.browser.pages import Home
from tests.browser.stillness import (
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


def test_who_did_not_ask_for_sound_is_warned_without_any(visitor: Visitor) -> None:
    """A11Y-11: not even a sound is fetched."""
    warned_on_a_topic(visitor)
    pass_time(visitor, WARNING_S - 5)
    assert not [path for path in visitor.watch.asked if path.startswith("/speech/")]


def test_who_listens_hears_a_tone_and_the_words_that_are_shown_once_and_at_ten(
    visitor: Visitor,
) -> None:
    """A11Y-52: the number is not said each second."""
    Home.arrive(visitor).open_topic("Ease the pain")
    visitor.look("() => sessionStorage.setItem('sound', 'on')")
    stop_clock(visitor)
    pass_time(visitor, LONG_S)
    assert StillThere(visitor).is_shown
    for name in ("tone/attention", "phrase/idle-warning"):
        wait_for_sound(visitor, name)
    pass_time(visitor, WARNING_S - 11)
    visitor.page.wait_for_timeout(300)
    heard = sounds(visitor)
    assert heard == ["tone/attention", "phrase/idle-warning"]
    pass_time(visitor, 1)
    wait_for_sound(visitor, "phrase/idle-last-call")
    assert sounds(visitor) == [*heard, "phrase/idle-last-call"]


def test_staying_ends_the_warnings_voice(visitor: Visitor) -> None:
    Home.arrive(visitor).open_topic("Ease the pain")
    visitor.look("() => sessionStorage.setItem('sound', 'on')")
    stop_clock(visitor)
    pass_time(visitor, LONG_S)
    wait_for_sound(visitor, "phrase/idle-warning")
    visitor.page.wait_for_function("() => window.ear.now().sounding === 1", polling=50)
    StillThere(visitor).stay()
    assert visitor.look("() => window.ear.now().sounding") == 0


def sounds(visitor: Visitor) -> list[str]:
    """What was fetched to be heard, in order, each once."""
    asked = [path for path in visitor.watch.asked if path.startswith("/speech/")]
    return list(dict.fromkeys(path[len("/speech/") : -len(".wav")] for path in asked))


def wait_for_sound(visitor: Visitor, name: str) -> None:
    """Wait until a sound is fetched; a tone has to end before the words begin."""
    for _ in range(200):
        if name in sounds(visitor):
            return
        visitor.page.wait_for_timeout(50)
    raise AssertionError(f"{name} is never heard, only {sounds(visitor)}")
