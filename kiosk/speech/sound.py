"""Sound as an engine gives it: samples, and when the words in them begin."""

import io
import wave
from collections.abc import Sequence
from dataclasses import dataclass

WORDS_PER_MINUTE = 150  # calm reading; the visitor's rate is set by the player, pitch kept


@dataclass(frozen=True)
class WordEvent:
    """The engine began to say the word at `position` (characters of the spoken text)."""

    position: int
    start_s: float


@dataclass(frozen=True)
class Sound:
    """Samples (16-bit little-endian mono, `rate_hz` a second) and when the words begin."""

    samples: bytes
    rate_hz: int
    events: tuple[WordEvent, ...]

    @property
    def duration_s(self) -> float:
        return len(self.samples) / 2 / self.rate_hz

    def to_wav(self) -> bytes:
        """The sound as a WAV file."""
        return _wav(self.samples, self.rate_hz)


def join_wavs(recordings: Sequence[bytes]) -> bytes:
    """Recordings of one sample rate, one after another, as one WAV file."""
    samples, rate_hz = bytearray(), 0
    for recording in recordings:
        with wave.open(io.BytesIO(recording)) as file:
            rate_hz = file.getframerate()
            samples += file.readframes(file.getnframes())
    return _wav(bytes(samples), rate_hz)


def _wav(samples: bytes, rate_hz: int) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples)
    return buffer.getvalue()
