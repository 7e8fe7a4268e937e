"""No page holds a barrier that axe-core sees, on any screen, in any size or colours (A11Y-73)."""

import pytest
from playwright.sync_api import expect

from kiosk.web.preferences import SIZES, THEMES
from tests.browser import axe
from tests.browser.asides import StaffDoor, StillThere
from tests.browser.conftest import NewVisitor
from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.listening import Reader
from tests.browser.pages import Change, Session, Topic
from tests.browser.visitor import ERROR_PAGES, SCREENS, Visitor

# One page with each fault; the checker must say so, or its silence elsewhere means nothing.
PLANTED = {
    "color-contrast-enhanced": '<p style="color: #666; background: #fff">Pale words</p>',
    "target-size": '<button style="font-size: 8px; padding: 0; height: 12px">a</button>' * 3,
    "identical-links-same-purpose": (
        '<a href="http://kiosk.invalid/one">More</a> <a href="http://kiosk.invalid/two">More</a>'
    ),
    "button-name": "<button></button>",
    "heading-order": "<h3>Too deep</h3>",
    "region": "<p>Outside</p>",
}


def faults_on_every_screen(visitor: Visitor) -> list[str]:
    """What axe finds on the page as it is now, on one screen after the other."""
    found = []
    for screen in SCREENS:
        visitor.resize(screen)
        found += [f"{screen}: {fault}" for fault in axe.faults(visitor.page)]
    return found


@pytest.mark.parametrize("rule", PLANTED)
def test_the_checker_finds_a_planted_fault(visitor: Visitor, rule: str) -> None:
    outside = PLANTED[rule] if rule == "region" else ""
    visitor.page.set_content(
        '<!doctype html><html lang="en"><title>A page</title>'
        f"<main><h1>A page</h1>{PLANTED[rule]}</main>{outside}"
    )
    assert rule in {fault.split(":")[0] for fault in axe.faults(visitor.page)}


def test_no_page_has_a_barrier_on_any_screen(visitor: Visitor, everywhere: list[str]) -> None:
    visitor.expects(*ERROR_PAGES)
    found = []
    for path in everywhere:
        visitor.go(path)
        found += [f"{path}, {fault}" for fault in faults_on_every_screen(visitor)]
    assert not found, "\n".join(found)


def test_the_staff_pages_have_no_barrier(visitor: Visitor, kiosk: RunningKiosk) -> None:
    kiosk.set_pin()
    try:
        door = StaffDoor.arrive(visitor)
        found = [f"the door, {fault}" for fault in faults_on_every_screen(visitor)]
        door.enter(PIN)
        found += [f"the staff page, {fault}" for fault in faults_on_every_screen(visitor)]
    finally:
        kiosk.forget_pin()
    assert not found, "\n".join(found)


def test_a_wrong_pin_is_told_without_a_barrier(visitor: Visitor, kiosk: RunningKiosk) -> None:
    visitor.expects(*ERROR_PAGES)
    kiosk.set_pin()
    try:
        door = StaffDoor.arrive(visitor)
        door.enter("0000")
        assert door.complaint
        assert axe.faults(visitor.page) == []
    finally:
        kiosk.forget_pin()


@pytest.mark.parametrize("theme", THEMES)
def test_no_size_and_no_colours_bring_a_barrier(
    new_visitor: NewVisitor, leaflets: str, theme: str
) -> None:
    visitor = new_visitor("small panel")
    change = Change.arrive(visitor)
    change.choose("theme", theme)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}, {size}: {fault}" for fault in axe.faults(visitor.page))

    for size in SIZES:
        change.choose("size", size)
        look("Change")
        home = change.home()
        look("Home")
        reader = Reader.at(home.open_topic("Ease the pain"))
        reader.listen()
        reader.pause()
        look("while reading")
        change = reader.change()
    visitor.go(f"{leaflets}/relief")
    look("a leaflet")
    assert not found, "\n".join(found)


def test_the_open_player_is_no_barrier(reader: Reader) -> None:
    reader.listen()
    reader.pause()
    found = faults_on_every_screen(reader.visitor)
    assert not found, "\n".join(found)


def test_the_idle_warning_is_no_barrier(visitor: Visitor, topics: list[str]) -> None:
    visitor.page.clock.install()
    Topic.open(visitor, topics[0])
    visitor.page.clock.fast_forward("01:31")
    expect(StillThere(visitor).dialog).to_be_visible()
    found = faults_on_every_screen(visitor)
    assert not found, "\n".join(found)


def test_a_session_that_runs_is_no_barrier(visitor: Visitor, sessions: list[str]) -> None:
    visitor.go(sessions[0])
    Session(visitor).begin_silently()
    found = faults_on_every_screen(visitor)
    assert not found, "\n".join(found)
