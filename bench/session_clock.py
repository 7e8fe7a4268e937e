"""How far the clock of a guided session is off after a minute of real frames in Chromium."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.rows import Row
from tests.browser.kiosk_process import running_kiosk

MINUTE = """() => new Promise(async (done) => {
    const { SessionClock } = await import("/static/js/session-clock.js");
    const seconds = Array.from({ length: 60 }, (_, number) => 1 + (number % 5) * 0.25);
    const clock = new SessionClock(seconds);
    const begun = performance.now();
    let latest = 0, ended = 0;
    clock.start(begun);
    const frame = () => {
        const now = performance.now();
        const before = clock.index;
        if (clock.advance(now)) {
            for (let at = before; at < clock.index; at += 1) ended += seconds[at] * 1000;
            latest = Math.max(latest, now - begun - ended);
        }
        if (now - begun < 60000) return requestAnimationFrame(frame);
        done({ off: Math.abs(now - begun - ended - clock.elapsed(now)), latest });
    };
    requestAnimationFrame(frame);
})"""


def session_clock() -> Iterator[Row]:
    """Drift in 60 s, and the latest that any phase began."""
    with (
        tempfile.TemporaryDirectory() as state,
        running_kiosk(Path(state)) as kiosk,
        sync_playwright() as playwright,
    ):
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--disable-gpu", *as_root]
        )
        page = browser.new_page()
        page.goto(f"{kiosk.address}/leg-cramps/session/older-people")
        found = page.evaluate(MINUTE)
        browser.close()
    yield Row(
        "a session's clock: drift in 60 s; the latest that a phase began",
        "-",
        "100 ms",
        f"{found['off']:.1f} ms; {found['latest']:.0f} ms",
    )
