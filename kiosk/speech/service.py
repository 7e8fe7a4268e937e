"""The sound and the word times of what is said: from the cache, else made.

Takes an utterance; gives back a Clip. One recording is kept under the hash of all that makes it
sound as it does, so an edit makes one paragraph anew and nothing else.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from kiosk.cache import Cache, key_of
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.sound import WORDS_PER_MINUTE, Sound, join_wavs
from kiosk.speech.spoken import Lexicon, SpokenText
from kiosk.speech.timing import Word, time_words
from kiosk.worker import Worker

ENGINE = "espeak-ng"
VOICE = "gmw/en-gb-x-rp"  # British received pronunciation, the clearest of eSpeak NG's (1.51)
TIMED_SHARE = 0.9  # from this share of words timed by the engine, the page counts as timed by it


class Speaker(Protocol):
    """What can turn spoken text into sound."""

    def synthesise(self, text: str) -> Sound: ...

    def signature(self) -> list[str]:
        """Engine, version, voice and rate: all of the engine that shapes the sound."""


class EspeakSpeaker:
    """eSpeak NG in its worker process."""

    def __init__(self, worker: Worker, voice: str = VOICE) -> None:
        self._worker = worker
        self._voice = voice
        self._version = ""

    def synthesise(self, text: str) -> Sound:
        sound = self._worker.call("synthesise", text, self._voice)
        assert isinstance(sound, Sound)
        return sound

    def signature(self) -> list[str]:
        if not self._version:
            self._version = str(self._worker.call("version"))
        return [ENGINE, self._version, self._voice, str(WORDS_PER_MINUTE)]


@dataclass(frozen=True)
class Clip:
    """A kept recording: its key, its length in seconds, and the words of each segment."""

    key: str
    duration_s: float
    words: tuple[tuple[Word, ...], ...]


class SpeechService:
    """Voices utterances with one speaker and keeps what it made."""

    def __init__(self, speaker: Speaker, lexicon: Lexicon, cache: Cache) -> None:
        self._speaker = speaker
        self._lexicon = lexicon
        self._cache = cache

    def clip(self, utterance: Utterance) -> Clip:
        """The recording of an utterance. Raises SpeechError, WorkerError."""
        spoken = self._lexicon.say(utterance.text)
        key = key_of(self._speaker.signature(), spoken.written, spoken.spoken)
        kept = self._cache.read(key, "json")
        if kept is None or not self._cache.path(key, "wav").is_file():
            kept = self._record(key, spoken)
        facts = json.loads(kept)
        words = [Word(*word) for word in facts["words"]]
        return Clip(key, facts["duration_s"], tuple(_by_segment(utterance, words)))

    def audio(self, key: str) -> bytes | None:
        """A recording as a WAV file, or None when there is none of that key."""
        return self._cache.read(key, "wav")

    def whole(self, utterances: Iterable[Utterance]) -> bytes:
        """Utterances one after another, as one WAV file."""
        recordings = [self._cache.read(self.clip(one).key, "wav") for one in utterances]
        return join_wavs([recording for recording in recordings if recording])

    def _record(self, key: str, spoken: SpokenText) -> bytes:
        sound = self._speaker.synthesise(spoken.spoken)
        duration = sound.duration_s
        events = [(event.position, event.start_s) for event in sound.events]
        words = time_words(spoken, events, duration)
        facts = {
            "duration_s": round(duration, 3),
            "words": [
                [word.start, word.end, round(word.start_s, 3), round(word.end_s, 3), word.timed]
                for word in words
            ],
        }
        data = json.dumps(facts).encode()
        self._cache.keep(key, "wav", sound.to_wav())  # the sound first: facts vouch for it
        self._cache.keep(key, "json", data)
        return data

    def listing(self, utterances: Iterable[Utterance], lang: str) -> dict[str, Any]:
        """What speech.json says of a page (see docs/face.md)."""
        segments: list[dict[str, Any]] = []
        timed = total = 0
        for utterance in utterances:
            clip = self.clip(utterance)
            for segment, words in zip(utterance.segments, clip.words, strict=True):
                segments.append(_segment_entry(segment, words, clip))
                timed += sum(word.timed for word in words)
                total += len(words)
        engine, _version, voice, _rate = self._speaker.signature()
        by_engine = timed >= TIMED_SHARE * total
        return {
            "lang": lang,
            "engine": engine,
            "voice": voice,
            "timed_by": "engine" if by_engine else "estimate",
            "words_timed_by_engine": timed,
            "words": total,
            "segments": segments,
        }


def _segment_entry(segment: Segment, words: tuple[Word, ...], clip: Clip) -> dict[str, Any]:
    return {
        "id": segment.id,
        "text": segment.text,
        "shown": segment.shown,
        "audio": f"/speech/{clip.key}.wav",
        "start": words[0].start_s if words else 0.0,
        "end": words[-1].end_s if words else clip.duration_s,
        "words": [[word.start, word.end, word.start_s, word.end_s] for word in words],
    }


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
