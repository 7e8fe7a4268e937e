"""Staff try the keys, the headset and the voice (A11Y-21)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.asides import StaffDoor
from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.speaking.listener import BACK, DOWN, Listener


@pytest.fixture
def staff(listener: Listener, kiosk: RunningKiosk) -> Iterator[Listener]:
    """Staff at their page."""
    kiosk.set_pin()
    StaffDoor.arrive(listener.visitor).enter(PIN)
    yield listener
    kiosk.forget_pin()


def button(staff: Listener, key: str) -> Locator:
    return staff.page.get_by_role("button", name=staff.words(key))


def test_each_key_shows_its_code_and_does_nothing_else(staff: Listener) -> None:
    staff.visitor.press(button(staff, "staff-keys-test"))
    told = staff.page.locator("[data-module=key-test] [role=status]")
    for code, what in ((DOWN, "next"), (BACK, "back"), ("F13", staff.words("staff-key-unknown"))):
        staff.press(code)
        expect(told).to_have_text(staff.words("staff-key", code=code, name=what))
    staff.press("Escape")
    expect(told).to_contain_text("Escape")
    assert staff.visitor.path == "/staff"
    assert staff.visitor.look("() => document.documentElement.dataset.speak") == "off"
    staff.visitor.press(button(staff, "staff-close"))
    expect(told).to_be_hidden()


def test_a_headset_shows_itself(staff: Listener) -> None:
    staff.visitor.press(button(staff, "staff-keys-test"))
    staff.visitor.look("() => dispatchEvent(new CustomEvent('kiosk:headset', { detail: true }))")
    told = staff.page.locator("[data-module=key-test] [role=status]")
    expect(told).to_have_text(staff.words("staff-headset-in"))


def test_the_voice_is_heard_when_it_is_asked_for(staff: Listener) -> None:
    assert staff.sounds_asked_for == []
    staff.visitor.press(button(staff, "staff-voice-test"))
    staff.hears(staff.words("staff-voice-words"))
