"""Listening, for tests: how loud a recording is, and a speaker that only hums."""

import array
import io
import math
import re
import wave
from dataclasses import dataclass, field

from kiosk.speech.sound import Sound, WordEvent

# ITU-R BT.1359-1: what is seen is noticed to be out of step with what is heard from 45 ms late and
# from 125 ms early.
LATEST_S, EARLIEST_S = 0.045, 0.125


def loudness(samples: bytes) -> float:
    """The root mean square of 16-bit samples, from 0 (silence) to 32,768."""
    values = array.array("h", samples)
    return math.sqrt(sum(value * value for value in values) / len(values)) if values else 0.0


def samples_of(wav: bytes) -> tuple[bytes, float]:
    """The samples of a mono 16-bit WAV file, and its length in seconds."""
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        samples = file.readframes(file.getnframes())
        return samples, file.getnframes() / file.getframerate()


@dataclass
class HummingSpeaker:
    """Hums a tenth of a second for each word, tells when, and notes what it was asked to say."""

    voice: str = "hum"
    tells: bool = True
    said: list[str] = field(default_factory=list)
    rate_hz: int = 8000

    def synthesise(self, text: str) -> Sound:
        self.said.append(text)
        words = list(re.finditer(r"\S+", text))
        hum = array.array("h", [int(9000 * math.sin(n / 5)) for n in range(self.rate_hz // 10)])
        events = [WordEvent(word.start(), number / 10) for number, word in enumerate(words)]
        return Sound(hum.tobytes() * len(words), self.rate_hz, tuple(events) if self.tells else ())

    def signature(self) -> list[str]:
        return ["humming", "1", self.voice, "150"]
