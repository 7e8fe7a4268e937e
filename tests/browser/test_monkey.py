"""Whatever hands and keys do, the kiosk goes on (A11Y-74). `make matrix` plays for ten minutes."""

import os

from tests.browser.conftest import NewVisitor
from tests.browser.monkey import Monkey
from tests.browser.pages import Home, Page

SECONDS = float(os.environ.get("KIOSK_MONKEY_S", "60"))


def test_a_monkey_finds_no_fault_and_no_dead_end(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    fresh = Home.arrive(visitor)
    looks = (fresh.text_px, fresh.colours, fresh.title)
    monkey = Monkey(visitor, seed=77)
    monkey.play(SECONDS)
    assert monkey.server_errors == []
    assert visitor.watch.unexpected == [], monkey.did[-20:]
    visitor.resize("portrait panel")
    monkey.closes_what_it_opened()
    if visitor.path == "/":
        visitor.go("/help")
    # By a key: it may have turned on Speak everything, where one touch only tells what is there.
    visitor.hurries()
    Page(visitor).bar("finish").focus()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    home = Home(visitor)
    assert (home.text_px, home.colours, home.title) == looks
    assert visitor.cookies == []
