"""What the interface itself says: short things, each by a name.

A name is the key of a phrase, and what is said is that phrase, as it is shown. Where a phrase
waits for a number, or two are said in one breath, the name stands in `sayings`.
"""

from kiosk.phrases import Phrases
from kiosk.settings import Visit
from kiosk.speech.script import Segment, Utterance

LAST_CALL_S = 10  # A11Y-52: the number is spoken when the warning begins, and at 10 seconds


def sayings(phrases: Phrases, visit: Visit) -> dict[str, str]:
    """What is said by itself, and so is made ahead: names and words."""
    warning = phrases("idle-text", seconds=visit.warning_s)
    return {
        "idle-warning": f"{phrases('idle-title')} {warning}",
        "idle-last-call": phrases("idle-text", seconds=LAST_CALL_S),
        "walk-first": phrases("walk-first"),
        "walk-last": phrases("walk-last"),
    }


def saying(name: str, phrases: Phrases, visit: Visit) -> Utterance | None:
    """What is said under a name; None when there is no such name, or its phrase is not whole."""
    text = sayings(phrases, visit).get(name) or _whole_phrase(name, phrases)
    return Utterance((Segment(name, text),)) if text else None


def _whole_phrase(key: str, phrases: Phrases) -> str:
    """The phrase of a key, when it needs nothing but the site's own values; else nothing."""
    text = phrases.texts.get(key)
    if not isinstance(text, str) or phrases.unknown_places(text):
        return ""
    return phrases.fill(text)
