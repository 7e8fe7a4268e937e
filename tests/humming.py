"""A natural voice that only hums, for the tests of making recordings ahead.

Run as a program, it makes them slowly in the folder that it is given, to be interrupted.
"""

import hashlib
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.cache import Cache
from kiosk.speech.recordings import Recordings
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.sound import Recording, WordEvent
from kiosk.speech.spoken import Lexicon, SpokenForms
from kiosk.speech.voices import NATURAL
from kiosk.voicing import voice_all
from tests.kept import kept

SAID = [Utterance((Segment(f"p{number}", f"Rest leg {number} now."),)) for number in range(40)]
SIZE = 60_000  # bytes: as large as a real paragraph


class Hum:
    """Says anything as a sound file that can be checked, and notes what it was given."""

    def __init__(self, seconds: float) -> None:
        self.said: list[str] = []
        self._seconds = seconds

    def __call__(self, spoken: str) -> Recording:
        self.said.append(spoken)
        if self._seconds:
            time.sleep(self._seconds)
        body = (spoken.encode() * SIZE)[:SIZE]
        events = (WordEvent(0, 0.0), WordEvent(5, 0.2), WordEvent(9, 0.4), WordEvent(11, 0.6))
        return Recording(hashlib.sha256(body).digest() + body, "ogg", 1.0, events)


def hum(seconds: float = 0) -> Hum:
    """A maker that takes so long for each recording."""
    return Hum(seconds)


def hummed(makers: Sequence[Callable[[str], Recording]]) -> list[str]:
    """What makers were asked to say."""
    return [said for maker in makers if isinstance(maker, Hum) for said in maker.said]


def recordings_in(folder: Path) -> Recordings:
    """Recordings that say every word as it is written."""
    return Recordings(Lexicon(SpokenForms()), Cache(folder))


def checked(folder: Path) -> int:
    """How many recordings are kept; fails when one of them is not whole."""
    facts = list(folder.rglob("*.json"))
    for path in facts:
        assert json.loads(kept(path))["words"], path
        sound = kept(path.with_suffix(".ogg"))
        assert hashlib.sha256(sound[32:]).digest() == sound[:32], path
        assert len(sound) == SIZE + 32, path
    for path in folder.rglob("*.ogg"):
        sound = kept(path)
        assert hashlib.sha256(sound[32:]).digest() == sound[:32], path
    return len(facts)


if __name__ == "__main__":
    print("begun", flush=True)
    for _ in voice_all(SAID, recordings_in(Path(sys.argv[1])), NATURAL["emma"], [hum(0.01)] * 2):
        pass
    time.sleep(60)  # to be killed
