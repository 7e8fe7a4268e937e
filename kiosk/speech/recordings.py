"""Kept recordings: each under the hash of all that makes it sound as it does.

Takes an utterance and who is to say it; gives back a Clip if it is kept. An edit changes the key of
one paragraph and of nothing else. Reading needs no engine, so recordings may be copied to another
machine.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kiosk.cache import Cache, key_of
from kiosk.speech.script import Utterance
from kiosk.speech.sound import Recording
from kiosk.speech.spoken import Lexicon, SpokenText
from kiosk.speech.timing import Word, time_words

MOST_KNOWN = 8192  # what two voices say of a pack, four times over; some 20 MB


@dataclass(frozen=True)
class Clip:
    """A kept recording: its key, its length in seconds, and the words of each segment."""

    key: str
    duration_s: float
    words: tuple[tuple[Word, ...], ...]
    suffix: str
    signature: tuple[str, ...]  # who says it: engine, version, voice and rate

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"/speech/{self.key}.{self.suffix}"


class Recordings:
    """The recordings of all voices. `signature` names engine, version, voice and rate."""

    def __init__(self, lexicon: Lexicon, cache: Cache) -> None:
        self._lexicon = lexicon
        self._cache = cache
        self._key = lru_cache(MOST_KNOWN)(self._key_of)
        # Under its key a recording never changes, so it is read once; a page is asked for often.
        self._clips: dict[tuple[str, Utterance], Clip] = {}

    def spoken(self, utterance: Utterance, signature: Sequence[str]) -> SpokenText:
        """How the engine gets an utterance."""
        return self._lexicon.say(utterance.text, signature[0])

    def key(self, utterance: Utterance, signature: Sequence[str]) -> str:
        """The key of an utterance in a voice, whether it is kept or not."""
        return self._key(utterance.text, tuple(signature))

    def _key_of(self, text: str, signature: tuple[str, ...]) -> str:
        spoken = self._lexicon.say(text, signature[0])
        return key_of(list(signature), spoken.written, spoken.spoken)

    def kept(self, utterance: Utterance, signature: Sequence[str], suffix: str) -> Clip | None:
        """An utterance in a voice, or None when it is not there whole."""
        key = self.key(utterance, signature)
        if not self._cache.has(key, suffix):
            return None
        clip = self._clips.get((key, utterance))
        if clip is None:
            facts = self._cache.read(key, "json")
            if facts is None:
                return None
            clip = _clip(key, suffix, utterance, signature, facts)
            if len(self._clips) >= MOST_KNOWN:
                self._clips.clear()
            self._clips[key, utterance] = clip
        return clip

    def keep(self, utterance: Utterance, signature: Sequence[str], made: Recording) -> Clip:
        """Keep what the engine made of the utterance's spoken form."""
        key = self.key(utterance, signature)
        events = [(event.position, event.start_s) for event in made.events]
        words = time_words(self.spoken(utterance, signature), events, made.duration_s)
        facts = json.dumps(
            {
                "duration_s": round(made.duration_s, 3),
                "words": [
                    [word.start, word.end, round(word.start_s, 3), round(word.end_s, 3), word.timed]
                    for word in words
                ],
            }
        ).encode()
        self._cache.keep(key, made.suffix, made.data)  # the sound first: facts vouch for it
        self._cache.keep(key, "json", facts)
        return _clip(key, made.suffix, utterance, signature, facts)

    def sound(self, key: str, suffix: str) -> bytes | None:
        """A recording's file, or None when there is none of that key."""
        return self._cache.read(key, suffix)

    def prepared(self, name: str) -> int:
        """How many recordings were ready when a voice was last finished; 0 when it never was."""
        try:
            return int(json.loads(self._cache.read(_note(name), "json") or b"{}")["recordings"])
        except (ValueError, KeyError, TypeError):
            return 0

    def mark_prepared(self, name: str, recordings: int) -> None:
        """Note that a voice is finished; the note goes where the recordings are copied to."""
        self._cache.keep(_note(name), "json", json.dumps({"recordings": recordings}).encode())


def _note(name: str) -> str:
    return f"voice-{name}"


def _clip(
    key: str, suffix: str, utterance: Utterance, signature: Sequence[str], kept: bytes
) -> Clip:
    facts = json.loads(kept)
    words = tuple(_by_segment(utterance, [Word(*word) for word in facts["words"]]))
    return Clip(key, facts["duration_s"], words, suffix, tuple(signature))


def _by_segment(utterance: Utterance, words: list[Word]) -> Iterable[tuple[Word, ...]]:
    """The words of each segment, with character places counted from the segment's own start."""
    at = 0
    for segment in utterance.segments:
        end = at + len(segment.text)
        yield tuple(
            Word(word.start - at, word.end - at, word.start_s, word.end_s, word.timed)
            for word in words
            if at <= word.start < end
        )
        at = end + 1
