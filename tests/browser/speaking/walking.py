"""A walk over everything by Up and Down, and what is on the screen to be said."""

import re
from dataclasses import dataclass
from typing import Any

from tests.browser.speaking.listener import DOWN, Listener

MOST_STEPS = 1200  # more than the longest page has items

# Presses a key again and again, in the page itself: one question to the browser for a whole walk.
_WALK = """async ([code, most]) => {
    const steps = [];
    const dock = document.querySelector("footer");
    const notice = document.querySelector("[role=status].k-notice");
    for (let left = most; left > 0; left--) {
        const from = scrollY;
        for (const kind of ["keydown", "keyup"]) {
            const $here = document.activeElement ?? document.body;
            $here.dispatchEvent(new KeyboardEvent(kind, { code, bubbles: true, cancelable: true }));
        }
        await new Promise((go) => (scrollY === from ? setTimeout(go) : requestAnimationFrame(go)));
        if (notice.textContent) return { steps, ends: true };
        const $one = document.activeElement;
        if ($one.id === steps.at(-1)?.id) return { steps, ends: false };
        const box = $one.getBoundingClientRect();
        const still = $one.closest("footer, dialog") !== null;
        const bottom = still ? innerHeight : dock.getBoundingClientRect().top;
        const seen = box.height > bottom || (box.top >= -1 && box.bottom <= bottom + 1);
        const ringed = parseFloat(getComputedStyle($one).outlineWidth) >= 4;
        steps.push({ id: $one.id, seen, ringed, said: window.speechLog?.at(-1)?.ids ?? [] });
    }
    return { steps, ends: false };
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
    found: dict[str, Any] = listener.visitor.look(_WALK, [code, MOST_STEPS])
    steps = [Step(**step) for step in found["steps"]]
    assert found["ends"], f"{code} comes to no end after {steps[-1:]}"
    return steps


# What is read next stands below what is read now, or beside it on the right; a word inside its own
# sentence, and what stands still in the dock, are apart.
_OUT_OF_ORDER = """async () => {
    const { readables } = await import("/static/js/readables.js");
    const items = readables(document.getElementById("main"));
    const words = ($one) => $one.textContent.replace(/\\s+/g, " ").trim().slice(0, 40);
    return items.slice(1).flatMap(($next, at) => {
        const [now, next] = [items[at], $next].map(($one) => $one.getBoundingClientRect());
        const $inside = $next.closest("li, p"); // a word, after the sentence that it stands in
        const within = items[at].contains($next) || $inside === items[at].parentElement;
        const above = next.bottom <= now.top + 1;
        const before = next.right <= now.left + 1 && next.top < now.bottom - 1;
        const column = next.left >= now.right - 1; // the next column begins at its top
        return !within && ((above && !column) || before) ? [[words(items[at]), words($next)]] : [];
    });
}"""


def out_of_order(listener: Listener) -> list[list[str]]:
    """Neighbours in the reading order that stand otherwise on the screen (WCAG 1.3.2)."""
    found: list[list[str]] = listener.visitor.look(_OUT_OF_ORDER)
    return found


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
