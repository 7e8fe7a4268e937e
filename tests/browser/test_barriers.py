"""No page holds a barrier that axe-core sees (A11Y-73); in every look: test_matrix.py."""

from itertools import cycle

import pytest

from tests.browser import axe
from tests.browser.asides import StaffDoor
from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.test_layout import misfits
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

STAFF_PAGES = [
    *("/staff", "/staff/counts", "/staff/topics", "/staff/topics/leg-cramps/relief"),
    "/staff/sound",
]


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


def test_no_page_has_a_barrier(visitor: Visitor, everywhere: list[str]) -> None:
    """Each page on one screen in its turn; the matrix has each kind and state on all of them."""
    visitor.expects(*ERROR_PAGES)
    found = []
    for path, screen in zip(everywhere, cycle(SCREENS), strict=False):
        visitor.resize(screen)
        visitor.go(path)
        found += [f"{path}, {screen}: {fault}" for fault in axe.faults(visitor.page)]
    assert not found, "\n".join(found)


def test_the_staff_pages_have_no_barrier(visitor: Visitor, kiosk: RunningKiosk) -> None:
    kiosk.set_pin()
    try:
        door = StaffDoor.arrive(visitor)
        found = [f"the door, {fault}" for fault in faults_on_every_screen(visitor)]
        door.enter(PIN)
        for path in STAFF_PAGES:
            visitor.go(path)
            found += [f"{path}, {fault}" for fault in faults_on_every_screen(visitor)]
            found += [f"{path}, {fault}" for fault in misfits(visitor, [path])]
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
