"""A finger that explores: it touches, slides, taps twice and swipes, and hears what it does."""

from itertools import pairwise

from playwright.sync_api import Locator

from tests.browser.fingers import Fingers, Place
from tests.browser.speaking.listener import Listener

BETWEEN_MS = 120  # the two taps of a double tap
APART_MS = 900  # so long after a tap, the next one is a new one
MOST_SWIPES = 150


class Explorer:
    """One finger of a listener."""

    def __init__(self, listener: Listener, fingers: Fingers) -> None:
        self._listener = listener
        self._page = listener.page
        self._fingers = fingers

    def touches(self, item: Locator) -> None:
        """Touch an item once, and hear it."""
        self._page.wait_for_timeout(APART_MS)
        self._fingers.tap(self._fingers.middle(item))
        self._page.wait_for_timeout(150)

    def taps_twice(self, place: Place = (540, 700)) -> None:
        """Tap twice, anywhere."""
        self._page.wait_for_timeout(APART_MS)
        self._fingers.tap(place)
        self._page.wait_for_timeout(BETWEEN_MS)
        self._fingers.tap(place)

    def swipes(self, direction: int = 1, y: float = 700) -> None:
        """Swipe to the next item (1) or the one before (-1)."""
        start = (540.0 - direction * 150, y)
        self._fingers.land(start)
        for part in (0.5, 1.0):  # quick, as a swipe is, however busy the machine
            self._fingers.move((start[0] + direction * 300 * part, y))
        self._fingers.lift()

    def slides(self, places: list[Place]) -> None:
        """Land and go slowly from place to place, without lifting."""
        self._page.wait_for_timeout(APART_MS)
        self._fingers.land(places[0])
        for before, after in pairwise(places):
            self._page.wait_for_timeout(500)
            self._fingers.slide(before, after)
        self._page.wait_for_timeout(500)
        self._fingers.lift()

    def finds(self, words: str, direction: int = 1) -> None:
        """Swipe until an item of these words is the one in hand."""
        for _ in range(MOST_SWIPES):
            if self._listener.focus.startswith(words):
                return
            self.swipes(direction)
        raise AssertionError(f"no swipe comes to “{words}”")

    def chooses(self, words: str) -> None:
        """Swipe to an item and tap twice."""
        self.finds(words)
        self.taps_twice()
