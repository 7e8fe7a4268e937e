"""Word times against boundaries that were found by eye: cut there, no word loses its start or end.

`data/word-boundaries-<engine>.json` keeps them, with how they were found. A boundary is the word's
number and the word, when the word before has ended, and when this one begins to be heard (seconds).
"""

import contextlib
import importlib.util
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk import voicing
from kiosk.settings import PROJECT
from kiosk.speech.service import VOICE
from kiosk.speech.sound import WordEvent
from kiosk.speech.spoken import Lexicon
from kiosk.speech.timing import Word, time_words
from kiosk.speech.voices import NATURAL
from kiosk.worker import Worker
from tests import kokoro_rig
from tests.phonemes import ESPEAK, KOKORO, espeak_version, pinned
from tests.sounds import EARLIEST_S, LATEST_S
from tests.tools import missing

EMMA = NATURAL["emma"]
KOKORO_HZ = 24000
FEWEST = 60
LOOKED_AT_S = 0.03  # a sound that differs by more than the model's frame of 25 ms is another one
GAP_S = 0.02  # from this length on, the quiet between two words can be measured
BESIDE_S = 0.06  # how much of the words on both sides it is measured against
QUIET, LOUD = 0.05, 0.01  # of the loudest tenth of a second in the sentence: -26 dB and -40 dB


@dataclass(frozen=True)
class Boundary:
    """Between two words: when the first has ended and when the second begins to be heard."""

    number: int
    word: str
    ends_s: float
    heard_s: float


@dataclass(frozen=True)
class Sentence:
    """A sentence, as it was looked at and as the engine says it now."""

    text: str
    looked_at_s: float
    boundaries: tuple[Boundary, ...]
    samples: Any  # from -1 to 1
    rate_hz: int
    words: tuple[Word, ...]

    def loudness(self, begin_s: float, end_s: float) -> float:
        """The root mean square between two times."""
        part = self.samples[max(int(begin_s * self.rate_hz), 0) : int(end_s * self.rate_hz)]
        return float(np.sqrt(np.mean(part**2)))

    @property
    def loudest(self) -> float:
        """The loudness of the loudest tenth of a second."""
        starts = np.arange(0, len(self.samples) / self.rate_hz - 0.1, 0.05)
        return max(self.loudness(float(at), float(at) + 0.1) for at in starts)


def sentences_of(engine: str) -> Iterator[Sentence]:
    """All of the file, in its order: eSpeak NG says a sentence by what it has said before."""
    lexicon = Lexicon.load(PROJECT / "content", "en-GB")
    with saying(engine) as say:
        data = Path(__file__).parent / "data" / f"word-boundaries-{engine}.json"
        for one in json.loads(data.read_text("utf-8"))["sentences"]:
            text = lexicon.say(one["text"], engine)
            samples, rate_hz, events = say(text.spoken)
            times = [(event.position, event.start_s) for event in events]
            words = time_words(text, times, len(samples) / rate_hz)
            found = tuple(Boundary(*boundary) for boundary in one["boundaries"])
            yield Sentence(one["text"], one["duration_s"], found, samples, rate_hz, tuple(words))


@contextlib.contextmanager
def saying(engine: str) -> Iterator[Callable[[str], tuple[Any, int, Sequence[WordEvent]]]]:
    """An engine: a spoken text becomes samples from -1 to 1, their rate, and word events."""
    owner = "kiosk.speech.espeak:EspeakEngine" if engine == ESPEAK else voicing.OWNER
    worker = Worker(owner, timeout_s=kokoro_rig.LONGEST_S, memory_mb=voicing.MEMORY_MB)

    def espeak(spoken: str) -> tuple[Any, int, Sequence[WordEvent]]:
        sound = worker.call("synthesise", spoken, VOICE)
        return np.frombuffer(sound.samples, "<i2") / 32768, sound.rate_hz, sound.events

    def kokoro(spoken: str) -> tuple[Any, int, Sequence[WordEvent]]:
        folder = kokoro_rig.model_folder()
        samples, events = worker.call("say", spoken, folder, EMMA.style, EMMA.speed)
        return samples, KOKORO_HZ, events

    try:
        yield espeak if engine == ESPEAK else kokoro
    finally:
        worker.close()


@pytest.fixture(scope="module", params=[ESPEAK, KOKORO])
def sentences(request: pytest.FixtureRequest) -> list[Sentence]:
    """The sentences of an engine that is on this machine, in the version that was looked at."""
    name: str = request.param
    if name == ESPEAK and espeak_version() != pinned()["version"][ESPEAK]:
        missing(f"the boundaries are of eSpeak NG {pinned()['version'][ESPEAK]}")
    if name == KOKORO and not importlib.util.find_spec("onnxruntime"):
        missing("ONNX Runtime is not installed: `make voice`")
    return list(sentences_of(name))


def test_the_sounds_are_those_that_were_looked_at(sentences: list[Sentence]) -> None:
    assert sum(len(one.boundaries) for one in sentences) >= FEWEST
    for one in sentences:
        assert len(one.samples) / one.rate_hz == pytest.approx(one.looked_at_s, abs=LOOKED_AT_S)
        for boundary in one.boundaries:
            word = one.words[boundary.number]
            assert one.text[word.start : word.end] == boundary.word


def test_a_word_is_marked_when_it_is_heard(sentences: list[Sentence]) -> None:
    """A11Y-44. Late, the word has lost its start; early, the one before has lost its end."""
    off: list[float] = []
    for one in sentences:
        for boundary in one.boundaries:
            mark_s = one.words[boundary.number].start_s
            late_s = max(mark_s - boundary.heard_s, 0)
            early_s = max(boundary.ends_s - mark_s, 0)
            assert late_s <= LATEST_S, (one.text, boundary, mark_s)
            assert early_s <= EARLIEST_S, (one.text, boundary, mark_s)
            off.append(max(late_s, early_s))
    assert np.percentile(off, 95) <= 0.1


def test_between_two_words_it_is_quiet_where_they_do_not_run_together(
    sentences: list[Sentence],
) -> None:
    apart = [
        (one, boundary, boundary.heard_s - boundary.ends_s)
        for one in sentences
        for boundary in one.boundaries
        if boundary.heard_s - boundary.ends_s >= GAP_S
    ]
    assert len(apart) >= FEWEST / 3
    for one, boundary, gap_s in apart:
        # Its edges are left out: a voice dies away.
        between = one.loudness(boundary.ends_s + gap_s / 4, boundary.heard_s - gap_s / 8)
        assert between <= QUIET * one.loudest, (one.text, boundary)


def test_words_sound_up_to_and_from_their_boundary(sentences: list[Sentence]) -> None:
    """So a cut there takes nothing away, and leaves nothing of the other word."""
    for one in sentences:
        for boundary in one.boundaries:
            before = one.loudness(boundary.ends_s - BESIDE_S, boundary.ends_s)
            after = one.loudness(boundary.heard_s, boundary.heard_s + BESIDE_S)
            assert min(before, after) >= LOUD * one.loudest, (one.text, boundary)
