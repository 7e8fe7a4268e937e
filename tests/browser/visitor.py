"""Somebody at the kiosk: one browser window, watched for every fault it reports.

A console error, a script error or a request to any other address is a fault, unless the test has
said that it expects it.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, WebError

from kiosk.phrases import Phrases

# What is put into each page: see the first lines of each.
SCRIPTS = [Path(__file__).parent / name for name in ("ear.js", "measure.js", "see.js")]
PANEL = "portrait panel"
# Every screen the kiosk is drawn for, in CSS pixels.
SCREENS: Mapping[str, tuple[int, int]] = {
    PANEL: (1080, 1920),
    "landscape panel": (1920, 1080),
    "small panel": (1366, 768),
    "phone": (390, 844),
}

# Between two presses of one hand; quicker than this, the kiosk takes them for one (A11Y-26).
PACE_S = 0.35

# What the console says of the pages that tell a visitor of an error.
ERROR_PAGES = ("status of 404", "status of 400", "status of 403")


@dataclass
class Watch:
    """What the browser complained of, and what it asked for."""

    address: str
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch a browser window."""
        context.on("console", self._heed_console)
        context.on("weberror", self._heed_error)
        context.on("request", self._heed_request)

    def _heed_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _heed_error(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def _heed_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob"):
            return
        if f"{parts.scheme}://{parts.netloc}" != self.address:
            self.faults.append(f"asked another address: {request.url}")
        self.asked.append(parts.path)

    @property
    def unexpected(self) -> list[str]:
        """The faults that no test said it expects."""
        return [fault for fault in self.faults if not any(text in fault for text in self.expected)]


class Visitor:
    """One visitor: a window, a finger or a mouse, and the words of the interface."""

    def __init__(self, page: Page, watch: Watch, phrases: Phrases, touches: bool) -> None:
        self.page = page
        self.watch = watch
        self.phrases = phrases
        self._touches = touches
        self._pressed = 0.0

    def words(self, key: str, **values: object) -> str:
        """The words the interface shows for a phrase."""
        return self.phrases(key, **values)

    def go(self, path: str) -> None:
        """Go straight to an address of the kiosk."""
        self.page.goto(self.watch.address + path)

    def press(self, control: Locator) -> None:
        """Touch or click a control, whichever this visitor does, at a hand's own pace."""
        wait_s = self._pressed + PACE_S - time.monotonic()
        if wait_s > 0:
            self.page.wait_for_timeout(wait_s * 1000)
        if self._touches:
            control.tap()
        else:
            control.click()
        self._pressed = time.monotonic()

    def stops_clock(self) -> None:
        """Hold the page's clock, which a test installed before, from about now on."""
        self.page.clock.pause_at(self.look("() => Date.now()") / 1000 + 1)

    def hurries(self) -> None:
        """From here on this page takes every strike, as for a clinic that sets guard_ms = 0."""
        self.look("() => { document.body.dataset.guard = 0; }")

    def follow(self, control: Locator) -> None:
        """Press a control that leads to another page, and wait until that page is whole."""
        with self.page.expect_navigation():
            self.press(control)

    def expects(self, *faults: str) -> None:
        """Say which complaints of the browser belong to the test."""
        self.watch.expected.extend(faults)

    def resize(self, screen: str) -> None:
        """Look at the same page on another screen."""
        width, height = SCREENS[screen]
        self.page.set_viewport_size({"width": width, "height": height})

    def look(self, script: str, *arguments: Any) -> Any:
        """What a script finds on the page."""
        return self.page.evaluate(script, *arguments)

    @property
    def path(self) -> str:
        """The address of the screen, without the host."""
        return urlsplit(self.page.url).path

    @property
    def cookies(self) -> list[str]:
        """The names of what the browser keeps of this visit."""
        kept = self.page.context.storage_state()
        names = [cookie["name"] for cookie in kept["cookies"]]
        return names + [entry["name"] for site in kept["origins"] for entry in site["localStorage"]]

    def sideways(self) -> int:
        """How many pixels the page sticks out at the side; 0 when it fits."""
        found: int = self.look(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return max(0, found)

    def downwards(self) -> int:
        """How many pixels of the page are below the screen; 0 when it fits."""
        found: int = self.look(
            "() => document.documentElement.scrollHeight - document.documentElement.clientHeight"
        )
        return max(0, found)

    def cut_off(self) -> list[str]:
        """Words that reach beyond the screen or out of their control (A11Y-37)."""
        found: list[str] = self.look("() => window.measure.cutOff()")
        return found

    def awkward_controls(self) -> list[str]:
        """Controls that are too small, too close together or too near to the edge."""
        found: list[str] = self.look("() => window.measure.awkwardControls()")
        return found

    def overlaps(self) -> list[str]:
        """Pairs of words that lie on each other."""
        found: list[str] = self.look("() => window.see.overlaps()")
        return found
