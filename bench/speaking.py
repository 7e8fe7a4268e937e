"""Speak everything: how long from a key to silence, and from a key to the next thing that is said.

Keys come as a keypad sends them. What is read is the page's own list of what it said, which is kept
in test mode: when a key came, when the voice stopped, and when the next utterance began to sound.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, sync_playwright

from bench.rows import Row
from tests.browser.conftest import CHROMIUM, SWITCHES, as_root
from tests.browser.kiosk_process import running_kiosk
from tests.browser.speaking.listener import DOWN

PAGES = ("/", "/leg-cramps/relief", "/leg-cramps/stretches", "/preferences")
KEYS_EACH = 25
BETWEEN_MS = 700  # so that most keys fall into the midst of something that is said
NOTE_KEYS = """() => {
    window.keys = [];
    addEventListener("keydown", ({ timeStamp }) => window.keys.push(timeStamp), { capture: true });
}"""


def speaking() -> Iterator[Row]:
    """A walk through pages that nobody has heard yet, with a key every 0.7 s."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_kiosk(Path(folder), {"KIOSK_LOG_SPEECH": "true"}) as kiosk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*SWITCHES, *as_root()]
        )
        context = browser.new_context(viewport={"width": 1080, "height": 1920})
        context.add_cookies([{"name": "preferences", "value": "speak=on", "url": kiosk.address}])
        context.add_init_script("sessionStorage.setItem('welcomed', 'yes')")
        page = context.new_page()
        silence: list[float] = []
        speech: list[float] = []
        for path in PAGES:
            page.goto(kiosk.address + path)
            page.wait_for_timeout(1500)
            _walk(page)
            stopped, begun = _times(page)
            silence += stopped
            speech += begun
        browser.close()
    load = f"{len(speech)} keys, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield Row("a key to silence: median, p95", "-", "200 ms", _said(silence, load))
    yield Row("a key to the next speech: median, p95", "-", "300 ms", _said(speech, load))


def _walk(page: Page) -> None:
    page.evaluate(NOTE_KEYS)
    protocol = page.context.new_cdp_session(page)
    for _ in range(KEYS_EACH):
        for kind in ("rawKeyDown", "keyUp"):
            protocol.send("Input.dispatchKeyEvent", {"type": kind, "code": DOWN, "key": ""})
        page.wait_for_timeout(BETWEEN_MS)
    protocol.detach()


def _times(page: Page) -> tuple[list[float], list[float]]:
    """Milliseconds from each key to the end of what was said, and to the next that was heard."""
    keys: list[float] = page.evaluate("() => window.keys")
    log: list[dict[str, Any]] = page.evaluate("() => window.speechLog")
    silence, speech = [], []
    for key, until in zip(keys, [*keys[1:], float("inf")], strict=True):
        stopped = [one["cancelled"] for one in log if one["started"] and one["cancelled"]]
        silence += [time - key for time in stopped if key <= time < until][:1]
        begun = [one["started"] for one in log if one["started"] and key <= one["asked"] < until]
        speech += [time - key for time in begun][:1]
    return silence, speech


def _said(milliseconds: list[float], load: str) -> str:
    middle, most = np.percentile(np.array(milliseconds), [50, 95])
    return f"{middle:.0f} ms, {most:.0f} ms ({load})"
