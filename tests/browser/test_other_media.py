"""The page in forced colours, on paper, and without movement."""

import io

import pytest
from pikepdf import Pdf

from kiosk.web.preferences import THEMES
from tests.browser.conftest import NewVisitor
from tests.browser.pages import Change, Home
from tests.browser.visitor import Visitor
from tests.browser.wishes import wish


def test_in_forced_colours_every_control_has_an_edge_and_the_chosen_one_a_sign(
    visitor: Visitor,
) -> None:
    visitor.page.emulate_media(forced_colors="active")
    change = Change.arrive(visitor)
    for control in visitor.page.locator(":is(main, .k-dock) :is(button, a[href]):visible").all():
        edge = control.evaluate("(one) => getComputedStyle(one).borderTopWidth")
        style = control.evaluate("(one) => getComputedStyle(one).borderTopStyle")
        assert (float(edge.removesuffix("px")) >= 2, style) == (True, "solid")
    chosen = change.choice("size", "normal")
    mark = chosen.evaluate("(one) => getComputedStyle(one, '::before').content")
    assert "✓" in mark


def test_in_forced_colours_the_focus_has_a_ring(visitor: Visitor) -> None:
    visitor.page.emulate_media(forced_colors="active")
    home = Home.arrive(visitor)
    visitor.page.keyboard.press("Tab")
    for control in [home.tiles[0], home.bar("home"), home.bar("finish")]:
        control.focus()
        width, style, colour, ground = control.evaluate(
            "(one) => { const s = getComputedStyle(one);"
            " return [s.outlineWidth, s.outlineStyle, s.outlineColor, s.backgroundColor]; }"
        )
        assert (width, style) == ("4px", "solid")
        assert colour != ground


@pytest.mark.parametrize("theme", THEMES)
def test_a_page_on_paper_is_dark_on_white_and_has_all_its_words(
    new_visitor: NewVisitor, theme: str
) -> None:
    visitor = new_visitor()
    wish(visitor, theme=theme, reach="low")
    visitor.go("/leg-cramps/relief")
    visitor.page.emulate_media(media="print")
    ink, ground, above = visitor.look("""() => {
        const page = getComputedStyle(document.body);
        const cover = getComputedStyle(document.body, "::before").content;
        return [page.color, getComputedStyle(document.documentElement).backgroundColor, cover];
    }""")
    assert ink == "rgb(27, 39, 48)"
    assert ground == "rgba(0, 0, 0, 0)"
    assert above == "none"
    assert not visitor.page.get_by_role("contentinfo").is_visible()
    assert visitor.page.get_by_role("heading", level=1).is_visible()
    assert visitor.cut_off() == []


def test_the_browser_can_print_a_page(visitor: Visitor) -> None:
    wish(visitor, theme="dark", reach="low", size="very-large")
    visitor.go("/leg-cramps/relief")
    with Pdf.open(io.BytesIO(visitor.page.pdf(format="A4"))) as paper:
        assert 1 <= len(paper.pages) <= 20


@pytest.mark.parametrize("choice", ["very large words", "stillness", "the device"])
def test_nothing_glides_for_whoever_wants_it_still(new_visitor: NewVisitor, choice: str) -> None:
    visitor = new_visitor()
    moves = "no-preference" if choice != "the device" else "reduce"
    visitor.page.emulate_media(reduced_motion=moves)
    if choice == "very large words":
        wish(visitor, size="very-large")
    elif choice == "stillness":
        wish(visitor, motion="reduced")
    visitor.go("/leg-cramps/relief")
    visitor.look("() => scrollTo(0, 0)")
    turned = visitor.look("""() => {
        document.querySelector("[data-turn='1']").click();
        return scrollY;
    }""")
    assert turned > 0  # at once, and not on the way
    assert visitor.look("() => document.getAnimations().length") == 0


def test_a_page_glides_for_whoever_has_not_said_otherwise(visitor: Visitor) -> None:
    visitor.page.emulate_media(reduced_motion="no-preference")
    visitor.go("/leg-cramps/relief")
    visitor.look("() => document.querySelector(\"[data-turn='1']\").click()")
    visitor.page.wait_for_function("() => scrollY > 0")
