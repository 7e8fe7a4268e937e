"""I have a cramp now: who must not stretch is told first, and a step leads to the next."""

import pytest

from kiosk.web.preferences import SIZES
from tests.browser.conftest import NewVisitor
from tests.browser.pages import Change, CrampNow, Home
from tests.browser.visitor import SCREENS


@pytest.mark.parametrize("screen", SCREENS)
def test_stop_stands_on_the_first_screen_above_the_first_step(
    new_visitor: NewVisitor, screen: str
) -> None:
    Home.arrive(new_visitor(screen)).open_topic("I have a cramp now")
    visitor = new_visitor(screen)
    visitor.go(CrampNow.PATH)
    cramp = CrampNow(visitor)
    assert cramp.sees_stop()
    assert cramp.stop_is_above_the_first_step()
    assert cramp.sees_step(0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_stop_stands_on_the_first_screen_in_every_size(
    new_visitor: NewVisitor, screen: str, size: str
) -> None:
    visitor = new_visitor(screen)
    Change.arrive(visitor).choose("size", size)
    visitor.go(CrampNow.PATH)
    cramp = CrampNow(visitor)
    assert cramp.sees_stop()
    assert cramp.stop_is_above_the_first_step()


@pytest.mark.parametrize("screen", SCREENS)
def test_next_step_goes_to_the_next_step(new_visitor: NewVisitor, screen: str) -> None:
    visitor = new_visitor(screen)
    visitor.go(CrampNow.PATH)
    cramp = CrampNow(visitor)
    assert len(cramp.steps) > 1
    for number in range(len(cramp.steps) - 1):
        cramp.next_step(number)
        assert visitor.path == CrampNow.PATH
        assert cramp.sees_step(number + 1)


def test_stop_leads_to_when_to_get_help(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    visitor.go(CrampNow.PATH)
    visitor.press(CrampNow(visitor).stop)
    visitor.page.wait_for_url("**/get-help")
