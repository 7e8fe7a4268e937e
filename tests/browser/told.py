"""A screen with *Speak everything* on, to be looked at and not listened to.

The mode's own bar is there, and its longest words lie over the page; the voice is not: whether it
says the right thing is for `tests/browser/speaking`, and it would cost a second a step.
"""

import json

from playwright.sync_api import Error, expect

from tests.browser.arrows import Arrows
from tests.browser.visitor import Visitor

HELP = "F17"
MOST_PRESSES = 5  # every second one within 2 s only stops the voice
SOON_MS = 3000

# Answers what is to be said by itself, with words for Help alone, and without a sound.
_UNSPOKEN = """(words) => {
    sessionStorage.setItem("welcomed", "yes");
    const ask = window.fetch;
    window.fetch = (address, ...rest) => {
        const { pathname, searchParams } = new URL(address, location.href);
        if (pathname !== "/speech/utterance.json") return ask(address, ...rest);
        const pieces = searchParams.getAll("piece");
        const texts = pieces.map((piece) => (piece === "p:speak-help-keys" ? words : ""));
        return Promise.resolve(Response.json({ texts, voice: "", sounds: [] }));
    };
}"""
_COACH, _COACHES = "[data-module=cramp-coach]", "[data-read-from]"


def without_voice(visitor: Visitor) -> None:
    """The pages to come say nothing, and take themselves to have said it."""
    words = json.dumps(visitor.words("speak-help-keys"))
    visitor.page.add_init_script(f"({_UNSPOKEN})({words})")


def ask_for_help(visitor: Visitor) -> None:
    """Have the words of the mode's help shown; a dialog, which a key would close, has none."""
    page = visitor.page
    if page.locator("dialog:modal").count():
        return
    if page.locator(_COACH).count():  # it reads itself: only from then on a key can stop it
        page.wait_for_selector(_COACHES, state="attached")
    keys = Arrows(visitor)
    for _ in range(MOST_PRESSES):
        keys.press(HELP)
        try:
            expect(page.locator("[data-said-words]")).to_be_visible(timeout=SOON_MS)
        except (AssertionError, Error):
            continue
        return
    raise AssertionError("Help says nothing")
