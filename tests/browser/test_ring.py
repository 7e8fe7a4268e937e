"""The ring round the focus, by its pixels: on all four sides, 4 px or more, 3:1 (A11Y-25)."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator

from kiosk.web.preferences import THEMES
from tests.browser.conftest import NewVisitor
from tests.browser.contrast import ratio
from tests.browser.listening import Reader
from tests.browser.pages import Topic
from tests.browser.visitor import Visitor
from tests.browser.wishes import wish

RING_PX, REACH_PX = 4, 8  # the dark ring, and how far the yellow one reaches
LEAST = 3.0
POINTS = 8  # on each side, away from the round corners


def around(visitor: Visitor, control: Locator) -> tuple[int, int, int, int]:
    """The box of a control on the screen: left, top, right, bottom, in whole pixels."""
    box = control.bounding_box()
    assert box is not None
    left, top = round(box["x"]), round(box["y"])
    return left, top, round(box["x"] + box["width"]), round(box["y"] + box["height"])


def picture(visitor: Visitor, box: tuple[int, int, int, int]) -> Image.Image:
    """The control and all that its ring may cover."""
    left, top, right, bottom = box
    clip = {
        "x": left - REACH_PX,
        "y": top - REACH_PX,
        "width": right - left + 2 * REACH_PX,
        "height": bottom - top + 2 * REACH_PX,
    }
    return Image.open(io.BytesIO(visitor.page.screenshot(clip=clip))).convert("RGB")


def weak_sides(visitor: Visitor, control: Locator) -> list[str]:
    """The sides on which the focus changes too little, or over too thin a line.

    A point of a side counts when at least 4 of the 8 px outside it differ by 3:1 from how they
    were without the focus. Round corners are left out.
    """
    visitor.page.keyboard.press("Shift")  # so that the focus is shown as the keyboard's
    control.focus()
    box = around(visitor, control)
    left, top, right, bottom = box
    if top < REACH_PX or bottom + REACH_PX > visitor.look("() => innerHeight"):
        return []
    after = picture(visitor, box)
    visitor.look("() => document.activeElement.blur()")
    before = picture(visitor, box)
    wide, tall = right - left, bottom - top

    def seen(x: float, y: float, across: int, down: int) -> bool:
        strong = 0
        for step in range(1, REACH_PX + 1):
            place = (round(x) + across * step, round(y) + down * step)
            if 0 <= place[0] < after.width and 0 <= place[1] < after.height:
                strong += ratio(before.getpixel(place), after.getpixel(place)) >= LEAST
        return strong >= RING_PX

    shares = [0.25 + 0.5 * point / POINTS for point in range(POINTS + 1)]
    end_x, end_y = REACH_PX + wide - 1, REACH_PX + tall - 1
    sides = {
        "left": all(seen(REACH_PX, REACH_PX + tall * at, -1, 0) for at in shares),
        "right": all(seen(end_x, REACH_PX + tall * at, 1, 0) for at in shares),
        "above": all(seen(REACH_PX + wide * at, REACH_PX, 0, -1) for at in shares),
        "below": all(seen(REACH_PX + wide * at, end_y, 0, 1) for at in shares),
    }
    return [side for side, strong in sides.items() if not strong]


def test_a_ring_that_misses_a_side_is_found(visitor: Visitor) -> None:
    wish(visitor)
    visitor.go("/help")
    home = visitor.page.get_by_role("link", name=visitor.words("bar-home"))
    visitor.look("() => { document.querySelector('.k-bar').style.overflow = 'hidden'; }")
    assert "left" in weak_sides(visitor, home)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("screen", ["portrait panel", "phone"])
def test_the_ring_is_strong_on_all_four_sides(
    new_visitor: NewVisitor, theme: str, screen: str
) -> None:
    visitor = new_visitor(screen)
    wish(visitor, theme=theme)
    found = []
    for path, most in (("/", 2), ("/preferences", 6), ("/leg-cramps/relief", 3)):
        visitor.go(path)
        controls = visitor.page.locator("main :is(a:not(.k-term), button, summary):visible").all()
        if path == "/":
            controls[:0] = visitor.page.locator(".k-dock :is(a[href], button):visible").all()
            most += 7
        for control in controls[:most]:
            sides = weak_sides(visitor, control)
            if sides:
                found.append(f"{path}: {control.inner_text()!r}: {sides}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("reach", ["normal", "low"])
def test_a_focus_in_the_text_stands_clear_of_the_open_player(
    new_visitor: NewVisitor, reach: str
) -> None:
    visitor = new_visitor()
    wish(visitor, reach=reach, size="very-large")
    reader = Reader.at(Topic.open(visitor, "/leg-cramps/relief"))
    reader.listen()
    reader.pause()
    dock = visitor.page.get_by_role("contentinfo").bounding_box()
    assert dock is not None
    line = visitor.look("() => parseFloat(getComputedStyle(document.body).paddingTop)")
    for control in visitor.page.locator("main :is(a:not(.k-term), button, summary)").all():
        control.focus()
        box = control.bounding_box()
        assert box is not None
        assert box["y"] >= line, control.inner_text()
        assert box["y"] + min(box["height"], 100) <= dock["y"], control.inner_text()


def test_a_focus_in_the_bar_does_not_move_the_page(visitor: Visitor) -> None:
    wish(visitor, size="very-large")
    visitor.go("/leg-cramps/relief")
    visitor.look("() => scrollTo({ top: 400, behavior: 'instant' })")
    for control in visitor.page.locator(".k-dock :is(a[href], button):visible").all():
        control.focus()
        assert visitor.look("() => scrollY") == 400
