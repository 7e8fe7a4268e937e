"""Whoever zooms in by the browser's own means loses nothing (WCAG 1.4.4 and 1.4.10)."""

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.listening import Reader
from tests.browser.visitor import ERROR_PAGES
from tests.browser.wishes import wish

# CSS pixels that are left: of the panels at 200 %, and of 1280 by 1024 at 400 %.
ZOOMED = [(540, 960), (960, 540), (320, 256)]


@pytest.mark.parametrize("speak", ["off", "on"])
def test_zoomed_in_nothing_sticks_out_or_is_cut_off(
    new_visitor: NewVisitor, kinds: list[str], speak: str
) -> None:
    visitor = new_visitor()
    visitor.expects(*ERROR_PAGES)
    wish(visitor, speak=speak)
    visitor.page.add_init_script("sessionStorage.setItem('welcomed', 'yes')")
    visitor.page.route("**/speech/utterance.json*", lambda route: route.fulfill(status=204))
    found = []
    for path in kinds:
        visitor.go(path)
        for width, height in ZOOMED:
            visitor.page.set_viewport_size({"width": width, "height": height})
            where = f"{path}, {width} by {height}"
            if visitor.sideways():
                found.append(f"{where}: {visitor.sideways()} px stick out")
            found += [f"{where}: cut off: {words}" for words in visitor.cut_off()]
    assert not found, "\n".join(found)


def test_zoomed_in_while_a_page_is_read_nothing_sticks_out_or_is_cut_off(
    new_visitor: NewVisitor, topics: list[str]
) -> None:
    visitor = new_visitor()
    visitor.go(topics[0])
    Reader(visitor).listen()
    found = []
    for width, height in ZOOMED:
        visitor.page.set_viewport_size({"width": width, "height": height})
        found.append((visitor.sideways(), visitor.cut_off()))
    assert found == [(0, [])] * len(ZOOMED)
