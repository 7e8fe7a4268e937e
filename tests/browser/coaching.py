"""What a visitor sees and can do while the kiosk coaches: in a session, and in a cramp.

Where time matters it stands still, and a test lets it pass: see `timed` and `pass_time`.
"""

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.pages import CrampNow, Page
from tests.browser.visitor import Visitor

TWO_TOUCHES_S = 0.4  # longer than what counts as one double strike
FRAME_S = 0.02  # after this, what has changed is seen
A_DAY_S = 24 * 3600
MADE_MS = 30_000  # a fresh kiosk has yet to voice the page


def timeless(visitor: Visitor, path: str) -> None:
    """Go to a page on which time stands still but for `pass_time`."""
    visitor.page.clock.install(time=A_DAY_S)
    visitor.page.clock.pause_at(A_DAY_S + 60)
    visitor.go(path)


def pass_time(visitor: Visitor, seconds: float) -> None:
    """Let time pass on a page where it stands still."""
    visitor.page.clock.run_for(int((seconds + FRAME_S) * 1000))


class Timely(Page):
    """A page that coaches; its time is the real one or the test's."""

    timed = False

    def between_touches(self) -> None:
        """So long that the next touch is not taken for the second half of a double strike."""
        if self.timed:
            pass_time(self.visitor, TWO_TOUCHES_S)
        else:
            self.page.wait_for_timeout(TWO_TOUCHES_S * 1000)


class Coached(Timely):
    """A guided session."""

    @classmethod
    def at(cls, visitor: Visitor, path: str, timed: bool = False) -> "Coached":
        arrive = timeless if timed else Visitor.go
        arrive(visitor, path)
        found = cls(visitor)
        found.timed = timed
        return found

    def button(self, key: str) -> Locator:
        """A control of the session, by its phrase: pause, go-on, back, skip, stop, again …"""
        main = self.page.get_by_role("main")
        return main.get_by_role("button", name=self.visitor.words(f"session-{key}"), exact=True)

    def begin(self, how: str) -> None:
        """Begin with `sound` or `silent`."""
        self.visitor.press(self.button(f"start-{how}"))
        self.button("pause").wait_for()

    def press(self, key: str) -> None:
        """Press a control, not so soon after the last that it counts as one strike."""
        self.between_touches()
        self.visitor.press(self.button(key))

    @property
    def plan(self) -> dict[str, Any]:
        """What the page was given to play."""
        found: dict[str, Any] = self.visitor.look(
            "async () => (await fetch(document.querySelector('[data-session]').dataset.session))"
            ".json()"
        )
        return found

    @property
    def kind(self) -> str:
        """Which kind of phase is played."""
        return self.page.locator("[data-stage]").get_attribute("data-kind") or ""

    @property
    def words(self) -> str:
        return self.page.locator("[data-words]").inner_text()

    @property
    def shown(self) -> list[str]:
        """Every line the stage shows."""
        lines = self.page.locator("[data-words] > span, [data-also], [data-repeat]")
        return [text for text in lines.all_inner_texts() if text]

    @property
    def count(self) -> str:
        """The number in the ring; empty when there is none."""
        ring = self.page.locator("[data-stage] [data-ring]")
        return ring.inner_text().strip() if ring.is_visible() else ""

    @property
    def animations(self) -> list[str]:
        """The state of every animation of the page."""
        found: list[str] = self.visitor.look(
            "() => document.getAnimations().map(({ playState }) => playState)"
        )
        return found

    def reach(self, kind: str) -> None:
        """Go on by Next step until a phase of this kind is played."""
        for _ in range(30):
            if self.kind == kind:
                return
            self.press("skip")
        raise AssertionError(f"no {kind} in this session")


class Cramp(CrampNow, Timely):
    """A cramp, coached."""

    @classmethod
    def arrive(cls, visitor: Visitor, timed: bool = False) -> "Cramp":
        arrive = timeless if timed else Visitor.go
        arrive(visitor, cls.PATH)
        found = cls(visitor)
        found.timed = timed
        expect(found.hold(0)).to_be_visible(timeout=MADE_MS)
        return found

    def hold(self, number: int) -> Locator:
        """The button that counts the hold of a step, counted from 0."""
        return self.page.locator("[data-step]").nth(number).locator("[data-hold]")

    def touch_hold(self, number: int) -> None:
        self.between_touches()
        self.visitor.press(self.hold(number))

    def kind(self, number: int) -> str:
        """Which kind of phase a step's button shows."""
        return self.hold(number).get_attribute("data-kind") or ""

    def count(self, number: int) -> str:
        """The number in the ring of a step; empty when there is none."""
        ring = self.hold(number).locator("[data-ring]")
        return ring.inner_text().strip() if ring.is_visible() else ""

    def says(self, number: int) -> str:
        """All the words on a step's button."""
        return " ".join(self.hold(number).locator(".k-hold__words").inner_text().split())
