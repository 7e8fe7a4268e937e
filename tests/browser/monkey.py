"""A monkey at the kiosk: random touches, keys and turns of the screen, from a fixed seed."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Error, Response

from tests.browser.visitor import SCREENS, Visitor

KEYS = [
    *("Tab", "Shift+Tab", "Enter", "Escape", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"),
    *("PageDown", "PageUp", "Home", "End", "Space", "Backspace", "a", "7", "F5"),
]
TWO_KEYS_MS = 700  # longer than what counts as one double strike
CONTROLS = "a[href]:visible, button:visible, summary:visible, label:visible, input:visible"
ERROR_PAGES = ("status of 400", "status of 403", "status of 404", "status of 429")


@dataclass
class Monkey:
    """Somebody without a plan; `did` is what it has done so far, for whoever must do it again."""

    visitor: Visitor
    seed: int
    did: list[str] = field(default_factory=list)
    server_errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._page = self.visitor.page
        self.visitor.expects(*ERROR_PAGES, "net::ERR_ABORTED")
        self._page.on("response", self._heed)

    def _heed(self, response: Response) -> None:
        if response.status >= 500 and response.status != 503:
            self.server_errors.append(f"{response.status} {response.url}")

    def play(self, seconds: float) -> None:
        """Do one thing after the other for so long. Raises AssertionError at a dead end."""
        end = time.monotonic() + seconds
        deeds: list[Callable[[], str]] = [self._touch_anywhere, self._press_key, self._turn]
        while time.monotonic() < end:
            deed = self._dice.choices([self._touch_control, *deeds], [50, 20, 25, 5])[0]
            try:
                self.did.append(deed())
            except Error as error:  # the page went away under the finger, as pages do
                self.did.append(f"{deed.__name__} was too late: {error.message.splitlines()[0]}")
            self._look_round()

    def closes_what_it_opened(self) -> None:
        """A dialog may be open when the time is over: it is closed as anybody would."""
        if self._page.locator("dialog:modal").count():
            self._page.wait_for_timeout(TWO_KEYS_MS)
            self._page.keyboard.press("Escape")
            self._page.locator("dialog:modal").wait_for(state="detached")

    def _touch_control(self) -> str:
        found = self._page.locator(CONTROLS)
        number = self._dice.randrange(max(1, found.count()))
        control = found.nth(number)
        words = control.inner_text(timeout=500)[:40]
        control.tap(timeout=500, no_wait_after=True)
        return f"touched “{words}”"

    def _touch_anywhere(self) -> str:
        size = self._page.viewport_size
        assert size is not None
        x, y = self._dice.randrange(size["width"]), self._dice.randrange(size["height"])
        self._page.touchscreen.tap(x, y)
        return f"touched at {x}, {y}"

    def _press_key(self) -> str:
        key = self._dice.choice(KEYS)
        self._page.keyboard.press(key)
        return f"pressed {key}"

    def _turn(self) -> str:
        screen = self._dice.choice(sorted(SCREENS))
        self.visitor.resize(screen)
        return f"turned to the {screen}"

    def _look_round(self) -> None:
        """Never off the kiosk, never without the way home."""
        lately = f"after {self.did[-8:]}"
        home = self._page.locator("footer li:first-child a[href='/']")
        try:
            home.wait_for(state="attached")  # a page may just be on its way
        except Error as error:
            raise AssertionError(f"no way home at {self._page.url} {lately}") from error
        address = self._page.url
        assert address.startswith(self.visitor.watch.address), f"at {address} {lately}"
