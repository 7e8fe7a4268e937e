"""A visitor who has a keyboard and nothing else: Tab, Enter and the ring round the focus."""

from collections.abc import Iterator

from tests.browser.visitor import Visitor

MOST_STOPS = 250  # more than any page has controls
RING_PX = 4  # A11Y-25

# What a visitor calls the focused control, and what is wrong with how it shows.
_FOCUS = """(ring) => {
    const $focus = document.activeElement;
    if (!$focus || $focus.matches("body, dialog")) return { name: "", place: -1, fault: "" };
    const label = $focus.labels?.[0] ?? $focus;
    const name = (label.innerText.trim() || $focus.tagName).replace(/\\s+/g, " ");
    const box = $focus.getBoundingClientRect();
    const bar = document.querySelector("footer");
    const dock = bar.getBoundingClientRect(); // below the page, or beside it in low reach
    const under = !bar.contains($focus) && !$focus.closest("dialog")
        && box.bottom > dock.top + 1 && box.top < dock.bottom - 1
        && box.right > dock.left + 1 && box.left < dock.right - 1;
    const out = box.top < -1 || box.bottom > innerHeight + 1 || box.left < -1
        || box.right > innerWidth + 1;
    const main = getComputedStyle(document.getElementById("main"));
    const cover = parseFloat(main.scrollMarginTop) || 0; // of low reach
    const room = (dock.left > 1 ? innerHeight : dock.top) - cover; // for the page
    const tall = box.height > room;
    const style = getComputedStyle($focus);
    const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= ring;
    const fault = (under || out) && !tall ? "is not wholly in view" : ringed ? "" : "has no ring";
    const place = [...document.querySelectorAll("*")].indexOf($focus);
    return { name, place, fault };
}"""

_CONTROLS = """() => {
    const all = document.querySelectorAll(
        "a[href], button, summary, select, input:not([type=hidden])");
    const seen = [...all].filter(($one) =>
        $one.checkVisibility() && !$one.closest("dialog:not([open])")
        && !($one.type === "radio" && !$one.checked));
    return seen.map(($one) => (($one.labels?.[0] ?? $one).innerText.trim() || $one.tagName)
        .replace(/\\s+/g, " "));
}"""


class Keyboard:
    """Tab and Enter, and what shows while they are pressed."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self.faults: list[str] = []

    @property
    def focused(self) -> str:
        """The words of the control that has the focus."""
        name: str = self._visitor.look(_FOCUS, RING_PX)["name"]
        return name

    @property
    def controls(self) -> set[str]:
        """The words of every control on the page."""
        return set(self._visitor.look(_CONTROLS))

    def choose(self, words: str) -> None:
        """Tab to the control with these words, and press Enter."""
        for name in self._stops():
            if name == words:
                self._visitor.page.keyboard.press("Enter")
                return
        raise AssertionError(f"no key reaches “{words}”")

    def walk(self) -> list[str]:
        """Tab through the whole page; give back the words of every control on the way."""
        return list(self._stops())

    def walk_back(self) -> list[str]:
        """The same, from the last control to the first."""
        return list(self._stops("Shift+Tab"))

    def _stops(self, key: str = "Tab") -> Iterator[str]:
        """Each control in turn, until the focus comes round to one it has been at."""
        self._visitor.hurries()
        been, last = set[int](), -1
        for _ in range(MOST_STOPS):
            self._visitor.page.keyboard.press(key)
            focus = self._visitor.look(_FOCUS, RING_PX)
            if focus["place"] == last and last >= 0:
                continue  # at the end the focus stays once, and the screen says so (A11Y-23)
            last = focus["place"]
            if last in been and last >= 0:
                return
            been.add(last)
            if focus["place"] < 0:
                continue  # between the last control and the first
            if focus["fault"]:
                self.faults.append(f"“{focus['name']}” {focus['fault']}")
            yield focus["name"]
        raise AssertionError("the focus never comes round: is it trapped?")
