"""A visitor with five keys: Up, Down, Select, Back and Help, of a keyboard or of a keypad."""

from dataclasses import dataclass
from typing import Any

from tests.browser.visitor import Visitor

MOST_PRESSES = 400  # more than any page has controls and screenfuls
MOST_LOOKS, LOOK_MS = 20, 50  # a second in all; only a key that does nothing takes it

# Everything that can be acted on where the visitor is now: the page, or a dialog over it.
_EVERYTHING = """() => {
    const all = [...document.querySelectorAll("*")];
    const $dialog = document.querySelector("dialog:modal");
    return all.flatMap(($one, place) => {
        const acts = $one.matches("a[href], button, summary, select, input:not([type=hidden])");
        const here = $dialog ? $dialog.contains($one) : !$one.matches(".k-skip");
        return acts && here && $one.checkVisibility({ visibilityProperty: true }) ? [place] : [];
    });
}"""

_FOCUS = """() => {
    const $focus = document.activeElement;
    const { scrollPaddingTop, scrollPaddingBottom } =
        getComputedStyle(document.documentElement);
    const box = $focus.getBoundingClientRect();
    const dock = document.querySelector("footer").getBoundingClientRect();
    const still = $focus.closest("footer, dialog") !== null;
    const beside = box.right <= dock.left || box.left >= dock.right;
    const bottom = still || beside ? innerHeight : dock.top;
    const tall = box.height > bottom - (parseFloat(scrollPaddingTop) || 0);
    const seen = tall || (box.top >= -1 && box.bottom <= bottom + 1
        && box.left >= -1 && box.right <= innerWidth + 1);
    return {
        place: [...document.querySelectorAll("*")].indexOf($focus),
        words: ($focus.labels?.[0] ?? $focus).innerText.trim().slice(0, 40),
        top: box.top + scrollY,
        seen,
        ringed: parseFloat(getComputedStyle($focus).outlineWidth) >= 4,
        scrolled: scrollY,
        notice: document.querySelector("[role=status].k-notice").textContent,
    };
}"""


@dataclass(frozen=True)
class Stop:
    """A control that the focus came to."""

    place: int
    words: str
    seen: bool
    ringed: bool


class Arrows:
    """Keys, pressed one at a time, and where they lead."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._protocol = visitor.page.context.new_cdp_session(visitor.page)

    def press(self, code: str) -> None:
        """Press a key by its place alone, as a keypad does: its `key` says nothing."""
        for kind in ("rawKeyDown", "keyUp"):
            self._protocol.send(
                "Input.dispatchKeyEvent", {"type": kind, "code": code, "key": "Unidentified"}
            )

    def hold(self, code: str, repeats: int) -> None:
        """Hold a key down, so that the keyboard repeats it."""
        for number in range(repeats + 1):
            self._protocol.send(
                "Input.dispatchKeyEvent",
                {"type": "rawKeyDown", "code": code, "key": code, "autoRepeat": number > 0},
            )
        self._protocol.send("Input.dispatchKeyEvent", {"type": "keyUp", "code": code, "key": code})

    @property
    def everything(self) -> list[int]:
        """The places of all that can be acted on."""
        found: list[int] = self._visitor.look(_EVERYTHING)
        return found

    @property
    def focus(self) -> dict[str, Any]:
        found: dict[str, Any] = self._visitor.look(_FOCUS)
        return found

    @property
    def notice(self) -> str:
        """What the screen says of the end of its controls."""
        found: str = self.focus["notice"]
        return found

    def _after(self, before: dict[str, Any]) -> dict[str, Any]:
        """What a press has come to; a busy machine is given a moment for it."""
        for _ in range(MOST_LOOKS):
            now = self.focus
            if any(now[part] != before[part] for part in ("place", "scrolled", "notice")):
                return now
            self._visitor.page.wait_for_timeout(LOOK_MS)
        return now

    def walk(self, code: str) -> list[Stop]:
        """Press a key until the screen says that this is the end; every control on the way.

        Each press must do something: move the focus, scroll, or tell of the end.
        """
        self._visitor.hurries()
        before, stops = self.focus, list[Stop]()
        for _ in range(MOST_PRESSES):
            self.press(code)
            now = self._after(before)
            if now == before:  # a press can be lost on a busy machine; the next one must do it
                self.press(code)
                now = self._after(before)
            if now["notice"]:
                return stops
            if now["place"] != before["place"]:
                stops.append(Stop(now["place"], now["words"], now["seen"], now["ringed"]))
            elif now["scrolled"] == before["scrolled"]:
                raise AssertionError(f"{code} does nothing at “{now['words']}”")
            before = now
        raise AssertionError(f"{code} never comes to an end")
