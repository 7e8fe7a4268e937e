"""What the bench's recogniser needs: sound at another rate, and words that are compared."""

import numpy as np
import pytest

from bench.recogniser import at_rate, difference


@pytest.mark.parametrize(
    ("said", "heard", "wrong", "changes"),
    [
        ("rest your leg", "rest your leg", 0, ()),
        ("rest your leg", "rest the leg", 1, (("your", "the"),)),
        ("rest your leg", "rest leg", 1, (("your", ""),)),
        ("rest your leg", "rest your sore leg", 1, (("", "sore"),)),
        ("rest your leg", "", 3, (("rest your leg", ""),)),
        ("", "rest", 1, (("", "rest"),)),
        ("", "", 0, ()),
        ("a b c d", "b c d e", 2, (("a", ""), ("", "e"))),
    ],
)
def test_the_words_that_were_heard_otherwise_are_counted_and_told(
    said: str, heard: str, wrong: int, changes: tuple[tuple[str, str], ...]
) -> None:
    found = difference(said.split(), heard.split())
    assert (found.wrong, found.changes) == (wrong, changes)
    assert found.rate == pytest.approx(wrong / max(len(said.split()), 1))


@pytest.mark.parametrize("rate_hz", [16000, 22050, 24000, 48000])
def test_a_tone_keeps_its_pitch_length_and_loudness_at_another_rate(rate_hz: int) -> None:
    def tone(rate_hz: int) -> np.ndarray:
        return np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz).astype(np.float32)

    assert at_rate(tone(rate_hz), rate_hz) == pytest.approx(tone(16000), abs=0.01)


def test_no_sound_is_no_sound_at_another_rate() -> None:
    assert len(at_rate(np.zeros(0, np.float32), 24000)) == 0
