"""Kokoro-82M on ONNX Runtime: a natural British voice that tells when each word is spoken.

Takes text as it is to be said (`[word](/sounds/)` gives a word's sounds); gives back a Recording
as Ogg Opus. The sole user of ONNX Runtime, hibari, soundfile and numpy, and only ever inside a
worker: playing what was made needs none of them.
"""

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hibari
import hibari.g2p
import numpy as np
import onnxruntime
import soundfile
from numpy.typing import NDArray

from kiosk.errors import ModelError, SpeechError
from kiosk.speech.model_files import MODEL, style_file
from kiosk.speech.sound import Recording, WordEvent

RATE_HZ = 24000  # what the model makes
FRAME = 600  # samples: the model counts lengths in 25 ms
MOST_SOUNDS = 509  # the model's longest text, without the two that stand for silence
BREATH = 240  # sounds: sentences are joined up to here; very short texts come out hurried
STYLE_NUMBERS = 256  # a style has so many for each length of text
# A sound is heard before its count of frames says: at 79 boundaries between words 2.7 frames in the
# middle, 5.5 at most (tests/data/word-boundaries-kokoro.json). A mark is better early than late:
# late, a word that is begun there has lost its start.
EARLY = 4
SILENCE = 0.008  # of full scale; speech is at 0.1, the model's own noise far below this
SILENCE_BEFORE_S, SILENCE_AFTER_S = 0.05, 0.5  # the model gives 0.3 s and 0.8 s
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+")
_LINK = re.compile(r"\[([^\]]+)\]\(/[^)]*/\)")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u2011": "-"})
_PAUSES = frozenset(",;:—")

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class _Word:
    """A word of the text, from the character `start` on, as the model's numbers for its sounds."""

    start: int
    sounds: tuple[int, ...]
    pause: bool  # whether the voice may take breath after it


class KokoroEngine:
    """The model as a voice worker keeps it: one thread, so that two workers fill two cores."""

    def __init__(self) -> None:
        self._g2p = hibari.g2p.G2P(british=True)
        vocab = Path(hibari.__file__).parent / "assets" / "vocab.json"
        self._vocab: dict[str, int] = json.loads(vocab.read_text("utf-8"))
        self._models: dict[Path, Any] = {}
        self._styles: dict[Path, Samples] = {}

    def phonemes(self, text: str) -> str:
        """The sounds of a text, as the model gets them."""
        tokens = self._g2p.phonemize_tokens(self._g2p.tokenize(text.translate(_PLAIN)))
        return "".join((one.phonemes or "") + (" " if one.whitespace else "") for one in tokens)

    def synthesise(self, text: str, folder: Path, style: str, speed: float) -> Recording:
        """Say a text in a style at a speed (1 is the style's own), with the files of `folder`.

        Raises SpeechError, ModelError.
        """
        samples, events = self.say(text, folder, style, speed)
        file = io.BytesIO()
        # At the model's own rate, and compression_level left alone: it would swing the bit rate
        # from 6 to 133 kbit/s.
        soundfile.write(file, samples, RATE_HZ, format="OGG", subtype="OPUS")
        return Recording(file.getvalue(), "ogg", len(samples) / RATE_HZ, tuple(events))

    def say(
        self, text: str, folder: Path, style: str, speed: float
    ) -> tuple[Samples, list[WordEvent]]:
        """The samples, from -1 to 1, and when the words begin. Raises SpeechError, ModelError."""
        parts: list[Samples] = []
        events: list[WordEvent] = []
        at = 0.0
        for words in self._breaths(text):
            samples, lengths = self._run(words, folder, style, speed)
            begin, end = _sounding(samples)
            starts = np.cumsum(lengths) * FRAME - EARLY * FRAME - begin
            sound = 0  # starts[0] is where the silence before the first sound ends
            for word in words:
                # Before the first word there is nothing: it begins where sound does.
                here = SILENCE_BEFORE_S if sound == 0 else float(starts[sound]) / RATE_HZ
                events.append(WordEvent(word.start, at + here))
                sound += len(word.sounds)
            parts.append(samples[begin:end])
            at += (end - begin) / RATE_HZ
        if not parts:
            raise SpeechError("there is nothing to say", "")
        return np.concatenate(parts), events

    def _breaths(self, text: str) -> Iterator[list[_Word]]:
        """The words that are said in one run: whole sentences where they fit."""
        breath: list[_Word] = []
        for sentence in self._sentences(text):
            if breath and _length(breath) + _length(sentence) > BREATH:
                yield from _cut(breath)
                breath = []
            breath += sentence
        yield from _cut(breath)

    def _sentences(self, text: str) -> Iterator[list[_Word]]:
        begin = 0
        ends = [found.end() for found in _SENTENCE_END.finditer(text)]
        for end in [*ends, len(text)]:
            if words := list(self._words(text[begin:end], begin)):
                yield words
            begin = end

    def _words(self, text: str, begin: int) -> Iterator[_Word]:
        text = text.translate(_PLAIN)
        links = [found.span() for found in _LINK.finditer(text)]
        at = 0
        for token in self._g2p.phonemize_tokens(self._g2p.tokenize(text)):
            start = max(text.find(token.text, at), at)
            at = start + len(token.text)
            at = next((end for first, end in links if first <= start < end), at)
            said = (token.phonemes or "") + (" " if token.whitespace else "")
            sounds = tuple(self._vocab[one] for one in said if one in self._vocab)
            if sounds:
                yield _Word(begin + start, sounds, said.strip()[-1:] in _PAUSES)

    def _run(
        self, words: Sequence[_Word], folder: Path, style: str, speed: float
    ) -> tuple[Samples, Samples]:
        """The samples of one run, and the lengths of its sounds in frames, silences included."""
        ids = [0, *(sound for word in words for sound in word.sounds), 0]
        try:
            samples, lengths = self._model(folder / MODEL).run(
                None,
                {
                    "input_ids": np.array([ids], np.int64),
                    "style": self._style(folder / style_file(style))[len(ids) - 2][None],
                    "speed": np.array([speed], np.float32),
                },
            )
        except OSError as error:
            raise ModelError(
                f"the voice {style} cannot be read: {error}", "`make voice`"
            ) from error
        samples, lengths = samples.ravel(), lengths.ravel()
        if not np.isfinite(samples).all() or len(samples) != int(lengths.sum()) * FRAME:
            raise SpeechError("the model gave no speech", "try again")
        return samples, lengths

    def _style(self, path: Path) -> Samples:
        if path not in self._styles:
            self._styles[path] = np.fromfile(path, np.float32).reshape(-1, STYLE_NUMBERS)
        return self._styles[path]

    def _model(self, path: Path) -> Any:
        if path not in self._models:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3  # its warnings are about the graph, not about speech
            try:
                self._models[path] = onnxruntime.InferenceSession(
                    path, options, providers=["CPUExecutionProvider"]
                )
            except Exception as error:  # the library's own kinds of error have no common root
                raise ModelError(f"{path} cannot be used: {error}", "`make voice`") from error
        return self._models[path]


def _sounding(samples: Samples) -> tuple[int, int]:
    """From where to where it sounds, with the silence that is left around it."""
    loud = np.flatnonzero(np.abs(samples) > SILENCE)
    if not len(loud):
        raise SpeechError("the model gave silence", "try again")
    return (
        max(int(loud[0]) - int(SILENCE_BEFORE_S * RATE_HZ), 0),
        min(int(loud[-1]) + int(SILENCE_AFTER_S * RATE_HZ), len(samples)),
    )


def _length(words: Sequence[_Word]) -> int:
    return sum(len(word.sounds) for word in words)


def _cut(words: list[_Word]) -> Iterator[list[_Word]]:
    """Words in runs that the model can take: cut at a pause if there is one, else anywhere."""
    while _length(words) > MOST_SOUNDS:
        fits = 1
        while _length(words[: fits + 1]) <= MOST_SOUNDS:
            fits += 1
        pauses = [number for number in range(1, fits + 1) if words[number - 1].pause]
        place = pauses[-1] if pauses else fits
        yield words[:place]
        words = words[place:]
    if words:
        yield words
