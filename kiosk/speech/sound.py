"""Sound as an engine gives it: samples, and when the words in them begin."""

import array
import io
import math
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

WORDS_PER_MINUTE = 150  # calm reading; the visitor's rate is set by the player, pitch kept
TONE_HZ = 22050  # samples a second, as eSpeak NG has them
# Notes (hertz, seconds): low enough for older ears, which lose the high notes first, and short, as
# nothing plays unasked over 3 s (A11Y-12). Rising asks for an answer; low says no further.
TONES = {
    "attention": ((523.25, 0.16), (659.26, 0.28)),
    "end": ((329.63, 0.14),),
}
_LOUD = 0.3  # of full scale, so that the tone is no louder than the voice
_FADE_S = 0.03  # in and out, without a click


@dataclass(frozen=True)
class WordEvent:
    """The engine began to say the word at `position` (characters of the spoken text)."""

    position: int
    start_s: float


@dataclass(frozen=True)
class Recording:
    """A finished sound file (`suffix` names its kind), its length, and when its words begin."""

    data: bytes
    suffix: str
    duration_s: float
    events: tuple[WordEvent, ...]


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

    def to_recording(self) -> Recording:
        """The sound as a WAV file with its word events."""
        return Recording(self.to_wav(), "wav", self.duration_s, self.events)


@cache
def tone(name: str) -> Sound:
    """A short soft sound of TONES. Raises KeyError when there is none of that name."""
    samples = array.array("h")
    for hz, seconds in TONES[name]:
        length = int(seconds * TONE_HZ)
        for at in range(length):
            edge = min(at, length - at) / (_FADE_S * TONE_HZ)
            wave_now = math.sin(2 * math.pi * hz * at / TONE_HZ)
            samples.append(int(32767 * _LOUD * min(edge, 1.0) * wave_now))
    if sys.byteorder == "big":
        samples.byteswap()
    return Sound(samples.tobytes(), TONE_HZ, ())


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
