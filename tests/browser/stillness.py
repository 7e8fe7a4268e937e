"""Nobody touches anything: time that passes at a test's word, and the warning that comes of it.

The page's clock is a fake one; it stands still from `stop_clock`.
"""

from tests.browser.asides import StillThere
from tests.browser.pages import Change
from tests.browser.visitor import Visitor

IDLE_S, LONG_S, WARNING_S = 90, 180, 30
A_DAY_S = 24 * 3600


def with_own_clock(visitor: Visitor) -> Visitor:
    """A visitor whose page has a clock that the test sets."""
    visitor.page.clock.install(time=A_DAY_S)
    return visitor


def stop_clock(visitor: Visitor) -> None:
    """Hold the page's clock; a key that does nothing begins the wait at that moment."""
    visitor.stops_clock()
    visitor.page.keyboard.press("Shift")


def pass_time(visitor: Visitor, seconds: float) -> None:
    visitor.page.clock.run_for(int(seconds * 1000))


def warned_on_a_topic(visitor: Visitor) -> StillThere:
    """The warning over a topic, for a visitor who chose other colours."""
    change = Change.arrive(visitor)
    change.choose("theme", "dark")
    change.home().open_topic("Ease the pain")
    stop_clock(visitor)
    pass_time(visitor, IDLE_S)
    warning = StillThere(visitor)
    assert warning.is_shown
    return warning
