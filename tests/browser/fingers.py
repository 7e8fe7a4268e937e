"""Real fingers on the glass: contacts that land, slide and lift, through the DevTools protocol."""

from types import TracebackType

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor

STEP_PX = 10  # a finger slides in small steps
Place = tuple[float, float]


class Fingers:
    """One or more fingers of a visitor; places are in CSS pixels of the screen."""

    def __init__(self, visitor: Visitor) -> None:
        self._page = visitor.page
        self._protocol = visitor.page.context.new_cdp_session(visitor.page)

    def __enter__(self) -> "Fingers":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._protocol.detach()

    @staticmethod
    def middle(control: Locator) -> Place:
        """The middle of a control, once it is in view."""
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def land(self, *places: Place) -> None:
        self._send("touchStart", places)

    def lift(self) -> None:
        """Take all fingers away."""
        self._send("touchEnd", ())

    def slide(self, start: Place, end: Place) -> None:
        """One finger, already down at `start`, slides to `end`."""
        across, down = end[0] - start[0], end[1] - start[1]
        steps = max(1, int(max(abs(across), abs(down)) / STEP_PX))
        for step in range(1, steps + 1):
            part = step / steps
            self._send("touchMove", ((start[0] + across * part, start[1] + down * part),))

    def move(self, place: Place) -> None:
        """The finger that is down is elsewhere, without a way between."""
        self._send("touchMove", (place,))

    def tap(self, place: Place) -> None:
        self.land(place)
        self.lift()

    def hold(self, place: Place, seconds: float) -> None:
        """Touch, rest for a while, and let go."""
        self.land(place)
        self._page.wait_for_timeout(seconds * 1000)
        self.lift()

    def _send(self, kind: str, places: tuple[Place, ...]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self._protocol.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
