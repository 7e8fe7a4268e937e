"""The cleaning lock: while staff wipe the screen, no touch and no key does anything (A11Y-34)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.browser.asides import Cleaning, StaffDoor
from tests.browser.conftest import NewVisitor
from tests.browser.fingers import Fingers
from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.visitor import Visitor

A_DAY_S = 24 * 3600
LOCK_S = 30
KEYS = ["Escape", "Escape", "Enter", "Tab", "F1", "ArrowDown", "Space", "a", "Backspace"]


@pytest.fixture(scope="module", autouse=True)
def pin(kiosk: RunningKiosk) -> Iterator[None]:
    kiosk.set_pin()
    yield
    kiosk.forget_pin()


@pytest.fixture
def staff(new_visitor: NewVisitor) -> Visitor:
    """Somebody of the staff at the kiosk's own screen, on the staff page; the clock stands."""
    visitor = new_visitor(touches=True)
    visitor.page.clock.install(time=A_DAY_S)
    StaffDoor.arrive(visitor).enter(PIN)
    visitor.stops_clock()
    return visitor


@pytest.fixture
def cleaning(staff: Visitor) -> Cleaning:
    found = Cleaning(staff)
    found.begin()
    return found


def pass_time(cleaning: Cleaning, seconds: int) -> None:
    cleaning.visitor.page.clock.run_for(seconds * 1000)


def test_the_lock_covers_the_whole_screen_and_counts(cleaning: Cleaning) -> None:
    box, size = cleaning.dialog.bounding_box(), cleaning.visitor.page.viewport_size
    assert box is not None
    assert size is not None
    assert (box["x"], box["y"]) == (0, 0)
    assert (box["width"], box["height"]) == (size["width"], size["height"])
    assert cleaning.seconds_left == LOCK_S
    pass_time(cleaning, 12)
    assert cleaning.seconds_left == LOCK_S - 12


def test_no_touch_does_anything_until_the_count_is_over(cleaning: Cleaning) -> None:
    visitor = cleaning.visitor
    path, place = visitor.page.url, visitor.look("() => scrollY")
    with Fingers(visitor) as cloth:
        for y in range(40, 1900, 170):
            cloth.tap((540, y))
            cloth.land((100, y), (300, y), (500, y), (700, y))
            cloth.lift()
        cloth.land((100, 100))
        cloth.slide((100, 100), (900, 1800))
        cloth.lift()
    pass_time(cleaning, LOCK_S - 1)
    assert cleaning.is_on
    assert visitor.page.url == path
    assert visitor.look("() => scrollY") == place


def test_no_key_does_anything_either(cleaning: Cleaning) -> None:
    """Chromium lets a second Escape close a dialog that did not close at the first."""
    visitor = cleaning.visitor
    path = visitor.page.url
    for key in KEYS:
        visitor.page.keyboard.press(key)
    assert cleaning.is_on
    assert visitor.page.url == path


def test_the_lock_opens_by_itself_and_gives_the_focus_back(cleaning: Cleaning) -> None:
    pass_time(cleaning, LOCK_S)
    expect(cleaning.dialog).to_be_hidden()
    expect(cleaning.opener).to_be_focused()
    leave = cleaning.visitor.page.get_by_role("button", name=cleaning.visitor.words("staff-leave"))
    cleaning.visitor.follow(leave)
    assert cleaning.visitor.path == "/"


def test_a_hand_still_on_the_glass_is_waited_for(cleaning: Cleaning) -> None:
    """The finger that lets go as the lock opens would press what is under it."""
    with Fingers(cleaning.visitor) as cloth:
        cloth.land((540, 1850))
        pass_time(cleaning, LOCK_S + 5)
        assert cleaning.is_on
        cloth.lift()
    pass_time(cleaning, 1)
    expect(cleaning.dialog).to_be_hidden()
    assert cleaning.visitor.path == "/staff"


def test_cleaning_counts_as_somebody_there(cleaning: Cleaning) -> None:
    """The warning of stillness does not come while the lock is on, nor soon after."""
    visitor = cleaning.visitor
    pass_time(cleaning, LOCK_S)
    visitor.page.clock.run_for(85_000)
    assert visitor.page.get_by_role("alertdialog").count() == 0


def test_the_screen_can_be_wiped_twice(cleaning: Cleaning) -> None:
    pass_time(cleaning, LOCK_S)
    cleaning.begin()
    assert cleaning.seconds_left == LOCK_S


def test_without_scripts_there_is_no_button_for_what_cannot_be_done(
    new_visitor: NewVisitor,
) -> None:
    visitor = new_visitor(scripts=False)
    StaffDoor.arrive(visitor).enter(PIN)
    assert not Cleaning(visitor).opener.is_visible()


def test_the_lock_has_no_barrier(new_visitor: NewVisitor) -> None:
    """Its 30 seconds are enough for the checker; in every size the words are whole."""
    visitor = new_visitor()
    StaffDoor.arrive(visitor).enter(PIN)
    Cleaning(visitor).begin()
    assert axe.faults(visitor.page) == []
    assert visitor.cut_off() == []
