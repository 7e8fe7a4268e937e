"""The sound and the word times of what is said: by the natural voice where ready, else eSpeak NG.

Takes utterances; gives back Clips. A natural voice is made ahead and only played here, so it speaks
where all of a page is there in it; eSpeak NG makes at once what is not. No page has two voices.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Protocol, TypeVar

from kiosk.cache import Cache
from kiosk.errors import NotPreparedError
from kiosk.speech.recordings import Clip, Recordings
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.sound import WORDS_PER_MINUTE, Sound, join_wavs
from kiosk.speech.spoken import Lexicon
from kiosk.speech.timing import Word
from kiosk.speech.voices import NATURAL, PLAIN, Voice
from kiosk.worker import Worker

ENGINE = PLAIN
VOICE = "gmw/en-gb-x-rp"  # British received pronunciation, the clearest of eSpeak NG's (1.51)
TIMED_SHARE = 0.9  # from this share of words timed by the engine, the page counts as timed by it
SUFFIXES = ("wav", "ogg")
BEGINNING = 4  # utterances: a title, and a first sentence or two, last while the rest is made

T = TypeVar("T")
Say = Callable[[Utterance], Clip]


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


class SpeechService:
    """Voices utterances with one speaker, or plays what a natural voice has ready."""

    def __init__(
        self, speaker: Speaker, lexicon: Lexicon, cache: Cache, usual: str = PLAIN
    ) -> None:
        """`usual` names the voice of a visitor who chose none."""
        self._speaker = speaker
        self._usual = usual
        self.recordings = Recordings(lexicon, cache)

    @property
    def voices(self) -> tuple[str, ...]:
        """The names of the voices that are ready, the usual one first; phrases name each."""
        ready = [name for name in NATURAL if self.recordings.prepared(name)]
        ready.sort(key=lambda name: name != self._usual)
        return (PLAIN, *ready) if self._usual == PLAIN else (*ready, PLAIN)

    def clip(self, utterance: Utterance) -> Clip:
        """An utterance in the plain voice, made if need be. Raises SpeechError, WorkerError."""
        signature = self._speaker.signature()
        kept = self.recordings.kept(utterance, signature, "wav")
        if kept is not None:
            return kept
        sound = self._speaker.synthesise(self.recordings.spoken(utterance, signature).spoken)
        return self.recordings.keep(utterance, signature, sound.to_recording())

    def in_one_voice(self, play: Callable[[Say], T], chosen: str = "") -> T:
        """What `play` gives, with all that it has said in one voice.

        That is the chosen voice, else the usual one, where all is ready in it; else the plain one.
        `play` is begun anew with the next voice, so it must do nothing but say. Raises
        SpeechError, WorkerError.
        """
        for voice in self._natural(chosen):
            try:
                return play(partial(self._prepared, voice))
            except NotPreparedError:
                continue
        return play(self.clip)

    def _natural(self, chosen: str) -> Iterator[Voice]:
        """The natural voices to be tried for a choice, in order; none for the plain one."""
        if (chosen or self._usual) != PLAIN:
            names = dict.fromkeys([chosen, self._usual, *self.voices])
            yield from (NATURAL[name] for name in names if name in NATURAL)

    def _prepared(self, voice: Voice, utterance: Utterance) -> Clip:
        clip = self.recordings.kept(utterance, voice.signature, voice.suffix)
        if clip is None:
            raise NotPreparedError(f"{voice.name} has not said “{utterance.text}”", "`make voice`")
        return clip

    def prepared(self, utterances: Sequence[Utterance], chosen: str = "") -> list[Clip]:
        """All of them in the first natural voice that has them all; an empty list without one."""
        for voice in self._natural(chosen):
            try:
                return [self._prepared(voice, one) for one in utterances]
            except NotPreparedError:
                continue
        return []

    def plain_signature(self) -> list[str]:
        """All that shapes the plain voice. Raises WorkerError."""
        return self._speaker.signature()

    def say_once(self, text: str) -> Sound:
        """A text in the plain voice, kept nowhere. Raises SpeechError, WorkerError."""
        signature = self._speaker.signature()
        return self._speaker.synthesise(
            self.recordings.spoken(Utterance((Segment("", text),)), signature).spoken
        )

    def audio(self, key: str, suffix: str = "wav") -> bytes | None:
        """A recording's file, or None when there is none of that key."""
        return self.recordings.sound(key, suffix)

    def whole(self, utterances: Iterable[Utterance]) -> bytes:
        """Utterances one after another in the plain voice, as one WAV file."""
        recordings = [self.audio(self.clip(one).key) for one in utterances]
        return join_wavs([recording for recording in recordings if recording])

    def listing(
        self,
        utterances: Iterable[Utterance],
        lang: str,
        chosen: str = "",
        beside: Sequence[Utterance] = (),
        beginning: bool = False,
    ) -> dict[str, Any]:
        """What speech.json says of a page: each segment, and where and when it is heard.

        What is said `beside` it, on the same page, must be ready in the same voice. Where
        something has to be made first, `beginning` asks for no more than the first few
        utterances, so that nobody waits for a whole page. Raises SpeechError, WorkerError.
        """
        said = tuple(utterances)
        clips = self._ready(said, beside, chosen)
        if clips is None:
            clips = [self.clip(one) for one in (said[:BEGINNING] if beginning else said)]
        heard = list(zip(said, clips, strict=False))
        engine, _version, voice, _rate = self._signature_of(clips)
        words = [word for _, clip in heard for part in clip.words for word in part]
        timed = sum(word.timed for word in words)
        return {
            "lang": lang,
            "engine": engine,
            "voice": voice,
            "timed_by": "engine" if timed >= TIMED_SHARE * len(words) else "estimate",
            "words_timed_by_engine": timed,
            "words": len(words),
            "whole": len(heard) == len(said),
            "segments": [
                _segment_entry(segment, part, clip)
                for utterance, clip in heard
                for segment, part in zip(utterance.segments, clip.words, strict=True)
            ],
        }

    def _ready(
        self, said: Sequence[Utterance], beside: Sequence[Utterance], chosen: str
    ) -> list[Clip] | None:
        """What is said, as it is kept in the first voice that has it all, the plain one last.

        A natural voice must have what is said beside it too; the plain one makes that when it is
        asked for. None when no voice has all.
        """
        for voice in self._natural(chosen):
            if clips := self._kept((*said, *beside), voice.signature, voice.suffix):
                return clips
        return self._kept(said, self._speaker.signature(), "wav")

    def _kept(
        self, utterances: Sequence[Utterance], signature: Sequence[str], suffix: str
    ) -> list[Clip] | None:
        clips = []
        for one in utterances:
            clip = self.recordings.kept(one, signature, suffix)
            if clip is None:
                return None
            clips.append(clip)
        return clips

    def _signature_of(self, clips: Sequence[Clip]) -> Sequence[str]:
        return clips[0].signature if clips else self._speaker.signature()


def _segment_entry(segment: Segment, words: tuple[Word, ...], clip: Clip) -> dict[str, Any]:
    return {
        "id": segment.id,
        "text": segment.text,
        "shown": segment.shown,
        "audio": clip.address,
        "start": words[0].start_s if words else 0.0,
        "end": words[-1].end_s if words else clip.duration_s,
        "words": [[word.start, word.end, word.start_s, word.end_s] for word in words],
    }
