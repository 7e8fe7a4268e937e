"""What is said of one thing on the screen: its pieces, and the sounds to play for them.

A piece is a text that the screen shows (`t:Ease the pain`) or a phrase of the interface by its
key, with a number where it needs one (`p:spoken-button`, `p:spoken-of:8`). An utterance is said in
one voice: the chosen natural one where every piece is ready in it, else eSpeak NG, live.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.cache import key_of
from kiosk.errors import SpeechError
from kiosk.phrases import Phrases
from kiosk.settings import Visit
from kiosk.speech.interface import saying
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.service import SpeechService
from kiosk.speech.voices import PLAIN

MOST_PIECES = 16
LONGEST_TEXT = 1500  # characters of one piece; the longest paragraph has some 500
MOST_LETTERS = 3000  # of all pieces together: three minutes
HIGHEST = 999
COUNTED = 60  # numbers that are made ahead: no page has more things of one kind
MOST_BYTES = 24 * 1024 * 1024  # of live sound that is kept at hand: nine minutes
_PHRASE = re.compile(r"p:([a-z0-9-]{1,60})(?::(\d{1,3}))?")
_ENDS = (".", "!", "?", ":", ",", ";")
# Said of things on the screen, beside their own words: made ahead with every number.
NUMBERED = ("spoken-number", "spoken-of", "spoken-choices", "spoken-items")

# Settings by the beginning of their phrases: with values of their own, and with on and off.
CHOSEN = ("size", "theme", "spacing", "motion", "voice", "rate")
SWITCHED = ("speak", "reach", "more-time")


class PieceError(SpeechError):
    """What was asked for is no utterance."""


@dataclass(frozen=True)
class Said:
    """An utterance: the words of its pieces, who says it, and the addresses of its sounds."""

    texts: tuple[str, ...]
    voice: str
    sounds: tuple[str, ...]


class LiveSounds:
    """Sounds made at once, by key: in memory alone, and only the latest."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def keep(self, key: str, sound: bytes) -> None:
        """Keep a sound; the oldest ones go when all are more than `most_bytes`."""
        with self._lock:
            self._bytes += len(sound) - len(self._kept.pop(key, b""))
            self._kept[key] = sound
            while self._bytes > self._most_bytes and len(self._kept) > 1:
                self._bytes -= len(self._kept.popitem(last=False)[1])

    def read(self, key: str) -> bytes | None:
        """A sound, or None when it has gone."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)


def texts_of(pieces: Sequence[str], phrases: Phrases, visit: Visit) -> tuple[str, ...]:
    """The words of each piece. Raises PieceError for one that says nothing, or too much."""
    if not 1 <= len(pieces) <= MOST_PIECES or sum(map(len, pieces)) > MOST_LETTERS:
        raise PieceError("too many pieces or words, or none", "ask for fewer")
    return tuple(_text(piece, phrases, visit) for piece in pieces)


def _text(piece: str, phrases: Phrases, visit: Visit) -> str:
    if piece.startswith("t:"):
        text = " ".join(piece[2:].split())
        if text and len(text) <= LONGEST_TEXT and text.isprintable():
            return text
    elif found := _PHRASE.fullmatch(piece):
        key, number = found.groups()
        if number is not None and (key in phrases or f"{key}-n" in phrases):
            return _numbered(key, int(number), phrases)
        if number is None and (words := saying(key, phrases, visit)):
            return words.text
    raise PieceError("that piece says nothing", "see kiosk/speech/utterances.py")


def _numbered(key: str, number: int, phrases: Phrases) -> str:
    try:
        return phrases(key, n=number) if key in phrases else phrases.count(key, number)
    except KeyError as error:
        raise PieceError("that phrase needs more than a number", "") from error


def ahead(phrases: Phrases) -> Iterator[Utterance]:
    """What any screen may say of itself: every whole phrase but the staff's, and the numbers."""
    for key, text in phrases.texts.items():
        whole = isinstance(text, str) and text.strip() and not phrases.unknown_places(text)
        if whole and not key.startswith(("staff-", "proof-", "dose-")):
            yield Utterance((Segment(key, phrases(key)),))
        elif isinstance(text, list) and not key.startswith(("staff-", "proof-")):
            yield from (Utterance((Segment(key, item),)) for item in phrases.items(key))
    for setting, value in _settings(phrases):
        yield Utterance((Segment("", f"{phrases(setting)}: {phrases(value)}"),))
    for key in NUMBERED:
        for number in range(1, COUNTED + 1):
            yield Utterance((Segment(key, _numbered(key, number, phrases)),))


def _settings(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Each setting of *Change* with each of its values, as phrases, as their legend joins them."""
    for name in CHOSEN:
        values = (key for key in phrases.texts if key.startswith(f"{name}-"))
        for value in values:
            if not phrases.unknown_places(str(phrases.texts[value])):
                yield f"change-{name}", value
    for name in SWITCHED:
        yield from ((f"change-{name}", value) for value in ("switch-on", "switch-off"))


def said(texts: Sequence[str], speech: SpeechService, live: LiveSounds, chosen: str = "") -> Said:
    """An utterance of these words in one voice. Raises SpeechError, WorkerError."""
    utterances = [Utterance((Segment("", text),)) for text in texts]
    if clips := speech.prepared(utterances, chosen):
        return Said(tuple(texts), clips[0].signature[2], tuple(clip.address for clip in clips))
    # The engine takes it whole, with a stop after each piece: its own melody is the clearest.
    joined = " ".join(text if text.endswith(_ENDS) else f"{text}." for text in texts)
    key = key_of("live", speech.plain_signature(), joined)
    if live.read(key) is None:
        live.keep(key, speech.say_once(joined).to_wav())
    return Said(tuple(texts), PLAIN, (f"/speech/{key}.wav",))
