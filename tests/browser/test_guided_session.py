"""A guided session: it moves only when asked, keeps time, pauses, and works with touch and keys."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewVisitor
from tests.browser.pages import Session
from tests.browser.visitor import Visitor

PATH = "/leg-cramps/session/older-people"
# Runs the session's own clock over 60 s of uneven frames, and gives back how far it is off, in ms.
DRIFT = """async () => {
    const { SessionClock } = await import("/static/js/session-clock.js");
    const seconds = Array.from({ length: 40 }, (_, number) => 1.2 + (number % 4) * 0.2);
    const clock = new SessionClock(seconds);
    let now = 1000, begun = 0;
    clock.start(now);
    for (let frame = 0; now < 61000; frame += 1) {
        now += 11 + ((frame * 7919) % 45);
        clock.advance(now);
    }
    for (let index = 0; index < clock.index; index += 1) begun += seconds[index] * 1000;
    return Math.abs(now - 1000 - begun - clock.elapsed(now));
}"""


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    found = new_visitor()
    found.go(PATH)
    return found


def moving(page: Page) -> int:
    return int(page.evaluate("document.getAnimations().length"))


def words(page: Page) -> str:
    return page.locator("[data-words]").inner_text()


def test_nothing_moves_or_sounds_before_it_is_asked_for(visitor: Visitor) -> None:
    assert moving(visitor.page) == 0
    assert not [path for path in visitor.watch.asked if path.startswith("/speech/")]


def test_without_sound_it_shows_the_words_and_asks_for_no_recording(visitor: Visitor) -> None:
    Session(visitor).begin_silently()
    assert words(visitor.page) == visitor.words("session-ready")
    assert not [path for path in visitor.watch.asked if path.startswith("/speech/")]


def test_with_the_voice_it_first_says_when_to_stop(visitor: Visitor) -> None:
    button = visitor.page.get_by_role("button", name=visitor.words("session-start-sound"))
    visitor.press(button)
    visitor.page.wait_for_function("document.querySelector('[data-words]').textContent")
    warning = visitor.page.locator("[data-before] .k-callout p").first.text_content()
    assert warning is not None
    assert " ".join(warning.split()) in words(visitor.page)


def test_a_pause_is_a_pause_and_a_step_goes_on_and_back(visitor: Visitor) -> None:
    page = visitor.page
    Session(visitor).begin_silently()
    page.get_by_role("button", name=visitor.words("session-skip")).click()
    first = words(page)
    page.get_by_role("button", name=visitor.words("session-pause"), exact=True).click()
    count = page.locator("[data-ring-left]").get_attribute("stroke-dashoffset")
    page.wait_for_timeout(600)
    assert page.locator("[data-ring-left]").get_attribute("stroke-dashoffset") == count
    page.get_by_role("button", name=visitor.words("session-skip")).click()
    assert words(page) != first
    page.get_by_role("button", name=visitor.words("session-back")).click()
    page.wait_for_function(
        "(words) => document.querySelector('[data-words]').textContent === words", arg=first
    )


def test_stopping_shows_the_warnings_and_the_list_again(visitor: Visitor) -> None:
    page = visitor.page
    Session(visitor).begin_silently()
    page.get_by_role("button", name=visitor.words("session-stop")).click()
    assert page.locator("[data-before]").is_visible()
    assert not page.locator("[data-stage]").is_visible()


def test_it_runs_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    start = page.get_by_role("button", name=visitor.words("session-start-silent"))
    for _ in range(12):
        page.keyboard.press("Tab")
        if start.evaluate("(button) => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.locator("[data-stage]").wait_for()
    # The focus stands on Pause: Enter pauses.
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name=visitor.words("session-go-on")).is_visible()


def test_it_runs_with_touch(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    visitor.go(PATH)
    Session(visitor).begin_silently()
    assert words(visitor.page) == visitor.words("session-ready")


def test_its_clock_does_not_drift(visitor: Visitor) -> None:
    off: Any = visitor.look(DRIFT)
    assert off < 1


def test_without_scripts_the_steps_are_a_numbered_list_with_the_figures(
    new_visitor: NewVisitor,
) -> None:
    visitor = new_visitor(scripts=False)
    visitor.go(PATH)
    page = visitor.page
    assert page.locator("main ol").count() == page.locator("main .k-exercise").count() > 0
    assert page.locator("main .k-exercise svg").count() == page.locator("main ol").count()
    assert not page.locator("[data-start]").is_visible()
