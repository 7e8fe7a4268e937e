"""Finish and clear: nothing of a visit comes back, by any way back (A11Y-54).

The browser here keeps the pages it has left in its memory (bfcache), as a clinic's does.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Error

from tests.browser.asides import StaffDoor
from tests.browser.conftest import CHROMIUM, SWITCHES, NewVisitor, as_root
from tests.browser.kiosk_process import PIN, RunningKiosk
from tests.browser.pages import Change, Home
from tests.browser.visitor import Visitor

RELIEF = "Ease the pain"
A_MOMENT_MS = 1200  # in which a page has come from the browser's memory, and left again
MOST_TRIES = 5
A_DAY_S = 24 * 3600
IDLE_S = 90
TURN = """() => JSON.stringify({
    path: location.pathname,
    shown: !document.documentElement.hidden,
    heading: document.querySelector("h1")?.innerText,
    theme: document.documentElement.dataset.theme,
})"""


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """A browser that keeps the pages it has left."""
    found = browser.browser_type.launch(
        executable_path=str(CHROMIUM),
        args=[*SWITCHES, *as_root()],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield found
    found.close()


@pytest.fixture
def visitor(new_visitor: NewVisitor, remembering: Browser) -> Visitor:
    return new_visitor(within=remembering)


class Past:
    """The browser's own way back, which no page has a part in."""

    def __init__(self, visitor: Visitor) -> None:
        self._page = visitor.page
        self._protocol: CDPSession = visitor.page.context.new_cdp_session(visitor.page)

    @property
    def paths(self) -> list[str]:
        """Every address in the history, without the host; the browser's own blank page apart."""
        entries = self._protocol.send("Page.getNavigationHistory")["entries"]
        found = [entry["url"].partition("//")[2].partition("/")[2] for entry in entries]
        return [f"/{path}" for path in found[1:]]

    def go(self, steps: int) -> dict[str, Any]:
        """Go back or on by so many; give back what is on the screen then."""
        self._run(f"setTimeout(() => history.go({steps}))")  # the answer comes before the page goes
        for _ in range(MOST_TRIES):
            self._page.wait_for_timeout(A_MOMENT_MS)
            try:
                answer = self._run(f"({TURN})()")
            except Error:  # the page is still on its way
                self._page.wait_for_load_state()
                continue
            found: dict[str, Any] = json.loads(answer["result"]["value"])
            return found
        raise AssertionError("no page comes to rest")

    def _run(self, script: str) -> dict[str, Any]:
        return self._protocol.send("Runtime.evaluate", {"expression": script})


def a_visit(visitor: Visitor) -> int:
    """Choose a theme, read a topic, Help and Change; how many pages back that begins."""
    change = Change.arrive(visitor)
    change.choose("theme", "dark")
    change.home().open_topic(RELIEF).help().change()
    return 5


def test_back_within_a_visit_shows_the_page_as_it_was(visitor: Visitor) -> None:
    """And from the browser's memory, so the tests below are of a browser that has one."""
    Home.arrive(visitor).open_topic(RELIEF).visitor.look("() => { window.mine = true; }")
    visitor.go("/help")
    past = Past(visitor)
    assert past.go(-1)["path"].endswith("/relief")
    assert past._run("window.mine")["result"].get("value") is True


def test_nothing_comes_back_by_going_back_or_on_after_finish(visitor: Visitor) -> None:
    pages = a_visit(visitor)
    home = Home(visitor).finish()
    clean = (home.title, home.colours)
    past = Past(visitor)
    for step in [-1] * pages + [1] * pages:
        screen = past.go(step)
        assert (screen["path"], screen["shown"], screen["theme"]) == ("/", True, "paper")
        assert screen["heading"] == clean[0]


def test_each_old_address_that_is_gone_back_to_leaves_the_history(visitor: Visitor) -> None:
    a_visit(visitor)
    Home(visitor).finish()
    past = Past(visitor)
    steps = len(past.paths) - 1
    for _ in range(steps):
        past.go(-1)
    assert set(past.paths) == {"/"}


def test_nothing_comes_back_after_the_silence_of_the_warning(visitor: Visitor) -> None:
    visitor.page.clock.install(time=A_DAY_S)
    a_visit(visitor)
    visitor.stops_clock()
    visitor.page.keyboard.press("Shift")
    visitor.page.clock.run_for((2 * IDLE_S + 40) * 1000)
    visitor.page.wait_for_url("**/")
    assert visitor.cookies == []
    screen = Past(visitor).go(-1)
    assert (screen["path"], screen["theme"]) == ("/", "paper")


def test_a_place_inside_a_page_does_not_come_back_either(visitor: Visitor) -> None:
    """The link that skips to the page makes an entry of its own in the history."""
    topic = Home.arrive(visitor).open_topic(RELIEF)
    visitor.look("() => { location.hash = 'main'; }")
    topic.finish()
    past = Past(visitor)
    assert [past.go(-1)["path"] for _ in range(2)] == ["/", "/"]


def test_finish_leaves_no_cookie_and_no_storage(visitor: Visitor, kiosk: RunningKiosk) -> None:
    kiosk.set_pin()
    try:
        StaffDoor.arrive(visitor).enter(PIN)
    finally:
        kiosk.forget_pin()
    Change.arrive(visitor).choose("theme", "dark")
    topic = Home.arrive(visitor).open_topic(RELIEF)
    visitor.look(
        """() => {
            localStorage.setItem("left", "behind");
            sessionStorage.setItem("left", "behind");
        }"""
    )
    assert visitor.cookies
    topic.finish()
    assert visitor.cookies == []
    kept = visitor.look("() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    # The number of the new visit, and what the tests' own ear notes when a page is left.
    assert set(kept) <= {"visit", "sounding-on-leaving"}
    assert visitor.page.context.cookies() == []


def test_finish_ends_the_voice(new_visitor: NewVisitor) -> None:
    visitor = new_visitor()
    topic = Home.arrive(visitor).open_topic(RELIEF)
    visitor.press(topic.bar("listen"))
    visitor.page.wait_for_function("() => window.ear.now().sounding === 1")
    topic.finish()
    assert visitor.look("() => window.ear.now().sounding") == 0
    assert visitor.look("() => sessionStorage.getItem('sound')") is None


def test_a_visit_that_came_home_is_cleared_without_a_word(visitor: Visitor) -> None:
    """Its choices are the usual ones, so there is nothing to warn of; its history goes all the
    same.
    """
    visitor.page.clock.install(time=A_DAY_S)
    home = Home.arrive(visitor).open_topic(RELIEF).home()
    visitor.stops_clock()
    visitor.page.keyboard.press("Shift")
    with visitor.page.expect_request("**/finish"):
        visitor.page.clock.run_for(IDLE_S * 1000)
    visitor.page.wait_for_load_state()
    assert home.title
    assert visitor.look("() => sessionStorage.getItem('been-on')") is None
    assert Past(visitor).go(-1)["path"] == "/"
