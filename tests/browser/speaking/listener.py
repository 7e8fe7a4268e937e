"""Somebody who cannot see the screen: eight keys or a finger, and what is said.

Keys are known by their code alone, as a keypad's are; what is heard comes from the page's own list
of all that was said (log_speech).
"""

from dataclasses import dataclass
from typing import Any

from tests.browser.arrows import Arrows
from tests.browser.visitor import Visitor
from tests.browser.wishes import wish

HELP, UP, DOWN, SELECT, BACK, NEXT = "F17", "F18", "F19", "F20", "F21", "F22"
QUIETER, LOUDER, PLUGGED, UNPLUGGED = "F23", "F24", "F15", "F16"
PACE_MS = 330  # a hand's own; quicker than this, two strikes of a key are one
PATIENCE_MS = 30_000  # only what hangs takes so long
MOST_STEPS = 200
ITEM = "item"


@dataclass(frozen=True)
class Said:
    """One utterance; times in milliseconds since the page began, None for what did not come."""

    text: str
    ids: list[str]
    voice: str
    kind: str
    asked: float
    started: float | None
    ended: float | None
    cancelled: float | None


class Listener:
    """A visitor by ear."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self._keys = Arrows(visitor)

    # Keys

    def press(self, code: str) -> None:
        """Strike a key, at a hand's own pace."""
        self.page.wait_for_timeout(PACE_MS)
        self._keys.press(code)

    def strike(self, code: str) -> None:
        """Strike a key at once."""
        self._keys.press(code)

    def down(self, code: str) -> None:
        self._send("rawKeyDown", code)

    def up(self, code: str) -> None:
        self._send("keyUp", code)

    def _send(self, kind: str, code: str) -> None:
        protocol = self.page.context.new_cdp_session(self.page)
        protocol.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": ""})
        protocol.detach()

    def starts(self, path: str = "/") -> None:
        """Come to a page, and start the mode by a key of the keypad."""
        self.visitor.go(path)
        self.press(HELP)
        self.hears(self.words("speak-aloud"))

    def speaks_at(self, path: str, **settings: str) -> None:
        """Come to a page with the mode on and the welcome behind."""
        wish(self.visitor, speak="on", **settings)
        self.page.add_init_script("sessionStorage.setItem('welcomed', 'yes')")
        self.visitor.go(path)
        self.page.wait_for_function("() => document.activeElement.matches('h1')")

    def finds(self, name: str, code: str = DOWN) -> None:
        """Go on until an item of this name is said."""
        for _ in range(MOST_STEPS):
            if self.focus.startswith(name):
                return
            self.page.wait_for_timeout(20)
            self.strike(code)
        raise AssertionError(f"no key comes to “{name}”")

    def chooses(self, name: str) -> None:
        """Go to an item by its name, hear it and choose it."""
        self.visitor.hurries()
        self.finds(name)
        self.hears(name)
        self.press(SELECT)

    def opens(self, name: str, path: str) -> None:
        """Choose what leads to another page, and hear that page's beginning."""
        self.chooses(name)
        self.page.wait_for_url(f"**{path}")
        self.hears_kind("page")

    @property
    def focus(self) -> str:
        """The words of the item that has the focus."""
        return str(
            self.visitor.look(
                "() => { const $one = document.activeElement;"
                " return ($one.labels?.[0] ?? $one).textContent.replace(/\\s+/g, ' ').trim(); }"
            )
        )

    # Ears

    def words(self, key: str, **values: object) -> str:
        return self.visitor.words(key, **values)

    @property
    def log(self) -> list[Said]:
        """All that was said on this page, in order."""
        found: list[dict[str, Any]] = self.visitor.look("() => window.speechLog ?? []")
        return [Said(**{**entry, "text": entry["text"] or ""}) for entry in found]

    def hears(self, text: str) -> Said:
        """Wait until these words have begun to be said on this page."""
        self.page.wait_for_function(
            "(text) => window.speechLog?.some((one) =>"
            " one.started !== null && one.text?.includes(text))",
            arg=text,
            timeout=PATIENCE_MS,
        )
        return next(one for one in reversed(self.log) if text in one.text)

    def hears_kind(self, kind: str) -> Said:
        """Wait until something of this kind has begun to be said."""
        self.page.wait_for_function(
            "(kind) => window.speechLog?.some((one) => one.started !== null && one.kind === kind)",
            arg=kind,
            timeout=PATIENCE_MS,
        )
        return next(one for one in reversed(self.log) if one.kind == kind)

    def settles(self) -> None:
        """Wait until all that was asked for has its words, what was cut short too."""
        self.page.wait_for_function(
            "() => window.speechLog?.every(({ text }) => text !== null)",
            timeout=PATIENCE_MS,
        )
        self.page.wait_for_load_state("networkidle")

    @property
    def is_silent(self) -> bool:
        return not self.visitor.look("() => window.ear.now().sounding")

    @property
    def sounds_asked_for(self) -> list[str]:
        return [path for path in self.visitor.watch.asked if path.startswith("/speech/")]

    @property
    def shown(self) -> str:
        """The words on the screen of what is said and stands nowhere else."""
        found = self.page.locator("[data-said-words]")
        return found.inner_text() if found.is_visible() else ""
