"""I have a cramp now: who must not stretch is told first, and a step leads to the next."""

import pytest

from kiosk.web.preferences import SIZES
from tests.browser.conftest import NewVisitor
from tests.browser.pages import Change, CrampNow, Home
from tests.browser.visitor import SCREENS, Visitor


@pytest.fixture
def cramp(visitor: Visitor) -> CrampNow:
    """The tile was touched."""
    Home.arrive(visitor).open_topic("I have a cramp now")
    return CrampNow(visitor)


@pytest.mark.parametrize("screen", SCREENS)
def test_stop_and_the_first_step_are_on_the_first_screen(cramp: CrampNow, screen: str) -> None:
    cramp.visitor.resize(screen)
    assert cramp.sees_stop()
    assert cramp.sees_step(0)
    assert cramp.stop_is_above_the_first_step()


@pytest.mark.parametrize("size", SIZES)
def test_stop_is_on_the_first_screen_in_every_size(visitor: Visitor, size: str) -> None:
    Change.arrive(visitor).choose("size", size)
    visitor.go(CrampNow.PATH)
    cramp = CrampNow(visitor)
    for screen in SCREENS:
        visitor.resize(screen)
        assert (screen, cramp.sees_stop()) == (screen, True)
        assert cramp.stop_is_above_the_first_step()


@pytest.mark.parametrize("screen", SCREENS)
def test_next_step_goes_to_the_next_step(cramp: CrampNow, screen: str) -> None:
    cramp.visitor.resize(screen)
    assert len(cramp.steps) > 1
    for number in range(len(cramp.steps) - 1):
        cramp.next_step(number)
        assert cramp.visitor.path == CrampNow.PATH
        assert cramp.sees_step(number + 1)


def test_stop_leads_to_when_to_get_help(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    visitor.go(CrampNow.PATH)
    visitor.follow(CrampNow(visitor).stop)
    assert visitor.path.endswith("/get-help")
