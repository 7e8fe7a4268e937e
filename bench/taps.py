"""From a tap to the screen's answer, and to the next page painted, as Chromium itself times it.

The first is Event Timing (w3.org/TR/event-timing): from the tap to the next frame, told in steps of
8 ms and only from 16 ms on; what is quicker counts as 16 ms. The second is from the tap to the
first contentful paint of the page that it leads to, by the browser's clock, which both share.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.machine import load
from bench.rows import Row, percentile
from bench.serving import running_kiosk
from tests.browser.conftest import CHROMIUM, SWITCHES, as_root

ROUNDS = 5
PACE_MS = 450  # one hand's own pace; quicker, the kiosk takes two taps for one
LEAST_MS = 16  # Event Timing's own floor
WATCH = """() => {
    window.taps = [];
    new PerformanceObserver((list) => {
        for (const one of list.getEntries())
            if (one.interactionId) window.taps.push([one.interactionId, one.duration]);
    }).observe({ type: "event", durationThreshold: 16, buffered: false });
    addEventListener("pointerdown", ({ timeStamp }) => {
        localStorage.setItem("bench-tap", performance.timeOrigin + timeStamp);
    }, { capture: true });
}"""
PAINTED = """() => new Promise((done) => {
    const tap = Number(localStorage.getItem("bench-tap"));
    const look = () => {
        const [paint] = performance.getEntriesByName("first-contentful-paint");
        if (paint) done(performance.timeOrigin + paint.startTime - tap);
        else requestAnimationFrame(look);
    };
    look();
})"""
# Where a tap is answered on the same page; each is tapped twice, so that all is as before.
ANSWERED = (
    ("/leg-cramps/relief", "[data-module='page-turner'] [data-turn='1']"),
    ("/leg-cramps/relief", "[data-module='page-turner'] [data-turn='-1']"),
    ("/leg-cramps/relief", ".k-term"),
    ("/leg-cramps/relief", ".k-meaning [data-close]"),
    ("/leg-cramps/stretches", ".k-sources summary"),
)
FOLLOWED = (
    ("/", "a[href='/leg-cramps/relief']"),
    ("/", "a[href='/leg-cramps/stretches']"),
    ("/leg-cramps/relief", ".k-bar__item[href='/']"),
    ("/leg-cramps/relief", ".k-bar__item[href='/preferences']"),
    ("/leg-cramps/stretches", ".k-bar__item[href='/help']"),
)


def taps() -> Iterator[Row]:
    """Taps that are answered where they are, and taps that lead on."""
    answered: list[float] = []
    followed: list[float] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        running_kiosk(Path(folder)) as kiosk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*SWITCHES, *as_root()]
        )
        context = browser.new_context(viewport={"width": 1080, "height": 1920}, has_touch=True)
        page = context.new_page()
        page.add_init_script(f"({WATCH})()")
        for path, _ in (*ANSWERED, *FOLLOWED):  # the first visitor of the day came before
            page.goto(kiosk.address + path)
        for _ in range(ROUNDS):
            for path, control in ANSWERED:
                answered.append(_answer(page, kiosk.address + path, control))
            for path, control in FOLLOWED:
                followed.append(_follow(page, kiosk.address + path, control))
        browser.close()
    yield Row(
        "tap to visible response (Event Timing): p50, p95",
        "-",
        "p95 50 ms",
        f"{_said(answered)}; {load()}",
        {"here": [one / 1000 for one in answered]},
    )
    yield Row(
        "tap to the next page painted: p50, p95",
        "-",
        "p95 100 ms",
        f"{_said(followed)}; {load()}",
        {"here": [one / 1000 for one in followed]},
    )


def _answer(page: Page, address: str, control: str) -> float:
    """Milliseconds from a tap to the frame that answers it."""
    if not page.url.startswith(address):
        page.goto(address)
    found = page.locator(control).first
    if not found.is_visible() and "data-close" in control:
        page.locator(".k-term").first.tap()
    page.wait_for_timeout(PACE_MS)
    page.evaluate("() => { window.taps.length = 0; }")
    found.tap()
    page.wait_for_timeout(PACE_MS)
    found_times: list[list[float]] = page.evaluate("() => window.taps")
    return max([LEAST_MS, *(duration for _, duration in found_times)])


def _follow(page: Page, address: str, control: str) -> float:
    """Milliseconds from a tap to the paint of the page that it leads to."""
    page.goto(address)
    page.wait_for_timeout(PACE_MS)
    with page.expect_navigation():
        page.locator(control).first.tap()
    return float(page.evaluate(PAINTED))


def _said(milliseconds: list[float]) -> str:
    middle, most = (percentile(milliseconds, share) for share in (0.5, 0.95))
    return f"{middle:.0f} ms, {most:.0f} ms ({len(milliseconds)} taps)"
