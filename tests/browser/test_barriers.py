"""No page holds a barrier that axe-core sees, on any screen, in any size or colours (A11Y-73)."""

import pytest

from kiosk.web.preferences import SIZES, THEMES
from tests.browser import axe
from tests.browser.asides import StaffDoor, StillThere
from tests.browser.conftest import NewVisitor
from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.listening import Reader
from tests.browser.pages import Change, Home, Topic
from tests.browser.visitor import SCREENS, Visitor

ERROR_PAGES = ("status of 404", "status of 400", "status of 403")
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


@pytest.mark.parametrize("rule", PLANTED)
def test_the_checker_finds_a_planted_fault(visitor: Visitor, rule: str) -> None:
    outside = PLANTED[rule] if rule == "region" else ""
    visitor.page.set_content(
        '<!doctype html><html lang="en"><title>A page</title>'
        f"<main><h1>A page</h1>{PLANTED[rule]}</main>{outside}"
    )
    assert rule in {fault.split(":")[0] for fault in axe.faults(visitor.page)}


@pytest.mark.parametrize("screen", SCREENS)
def test_no_page_has_a_barrier(
    new_visitor: NewVisitor, kiosk: RunningKiosk, everywhere: list[str], screen: str
) -> None:
    visitor = new_visitor(screen)
    visitor.expects(*ERROR_PAGES)
    found: list[str] = []

    def look(name: str) -> None:
        found.extend(f"{name}: {fault}" for fault in axe.faults(visitor.page))

    for path in [*everywhere, "/staff"]:
        visitor.go(path)
        look(path)
    kiosk.set_pin()
    try:
        door = StaffDoor.arrive(visitor)
        look("the staff door")
        door.enter(PIN)
        look("the staff page")
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


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_no_size_and_no_colours_bring_a_barrier(
    new_visitor: NewVisitor, everywhere: list[str], theme: str, size: str
) -> None:
    visitor = new_visitor("small panel")
    change = Change.arrive(visitor)
    change.choose("theme", theme)
    change.choose("size", size)
    found = [f"Change: {fault}" for fault in axe.faults(visitor.page)]
    home = Home.arrive(visitor)
    found += [f"Home: {fault}" for fault in axe.faults(visitor.page)]
    reader = Reader.at(home.open_topic("Ease the pain"))
    reader.listen()
    reader.pause()
    found += [f"while reading: {fault}" for fault in axe.faults(visitor.page)]
    reader.take_home()
    found += [f"leaflet: {fault}" for fault in axe.faults(visitor.page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("screen", SCREENS)
def test_the_open_player_is_no_barrier(new_visitor: NewVisitor, screen: str) -> None:
    reader = Reader.at(Home.arrive(new_visitor(screen)).open_topic("Ease the pain"))
    reader.listen()
    assert axe.faults(reader.page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_idle_warning_is_no_barrier(
    new_visitor: NewVisitor, topics: list[str], screen: str
) -> None:
    visitor = new_visitor(screen)
    visitor.page.clock.install()
    Topic.open(visitor, topics[0])
    visitor.page.clock.fast_forward("01:31")
    assert StillThere(visitor).is_shown
    assert axe.faults(visitor.page) == []
