"""A walk over everything by Up and Down, and what is on the screen to be said."""

import re
from dataclasses import dataclass
from typing import Any

from tests.browser.speaking.listener import DOWN, Listener

MOST_STEPS = 1200  # more than the longest page has items

_NOW = """() => {
    const $one = document.activeElement;
    const box = $one.getBoundingClientRect();
    const dock = document.querySelector("footer").getBoundingClientRect();
    const still = $one.closest("footer, dialog") !== null;
    const bottom = still ? innerHeight : dock.top;
    const seen = box.height > bottom || (box.top >= -1 && box.bottom <= bottom + 1);
    const ringed = parseFloat(getComputedStyle($one).outlineWidth) >= 4;
    const notice = document.querySelector("[role=status].k-notice").textContent;
    const log = window.speechLog ?? [];
    return { id: $one.id, seen, ringed, notice, said: log.at(-1)?.ids ?? [], count: log.length };
}"""

# Every text node of the accessibility tree that is no mark of a list.
_TEXT_ROLES = {"StaticText"}


@dataclass(frozen=True)
class Step:
    """An item on the way."""

    id: str
    seen: bool
    ringed: bool
    said: list[str]


def walk(listener: Listener, code: str = DOWN) -> list[Step]:
    """Press a key until the screen says that this is the end; every item on the way."""
    listener.visitor.hurries()
    steps: list[Step] = []
    before = ""
    for _ in range(MOST_STEPS):
        listener.strike(code)
        now: dict[str, Any] = listener.visitor.look(_NOW)
        if now["notice"]:
            return steps
        assert now["id"] != before, f"{code} does nothing at #{before}"
        before = now["id"]
        steps.append(Step(now["id"], now["seen"], now["ringed"], now["said"]))
    raise AssertionError(f"{code} never comes to an end")


def shown_texts(listener: Listener) -> list[str]:
    """The texts of the accessibility tree: all that a screen reader would read."""
    protocol = listener.page.context.new_cdp_session(listener.page)
    nodes = protocol.send("Accessibility.getFullAXTree")["nodes"]
    protocol.detach()
    found = []
    for node in nodes:
        role = node.get("role", {}).get("value")
        name = str(node.get("name", {}).get("value", ""))
        if not node.get("ignored") and role in _TEXT_ROLES and re.search(r"\w", name):
            found.append(" ".join(name.split()))
    skip = listener.words("skip-to-main")  # for a keyboard, and seen only while it has the focus
    return [text for text in found if text != skip]


def not_said(listener: Listener) -> list[str]:
    """The texts of the accessibility tree that no utterance on this page had."""
    listener.settles()
    said = " ".join(one.text for one in listener.log)
    plain = _plain(said)
    return [text for text in shown_texts(listener) if _plain(text) not in plain]


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
