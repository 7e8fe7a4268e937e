"""The real natural voice: its model, its times, and what it does with bad input."""

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from kiosk.cache import Cache
from kiosk.errors import ModelError, SpeechError
from kiosk.settings import PROJECT
from kiosk.speech import kokoro, model_files
from kiosk.speech.kokoro import EARLY, FRAME, MOST_SOUNDS, RATE_HZ, KokoroEngine
from kiosk.speech.voices import LETTERS_TO_SOUNDS, NATURAL, PLAIN, STYLE_SHA256
from tests.kept import kept
from tests.kokoro_rig import PARAGRAPHS, TOPICS, Voiced, model_folder
from tests.small_pack import FIRST, PACK, SECOND
from tests.sounds import EARLIEST_S, LATEST_S, loudness

EMMA = NATURAL["emma"]
SHORT, LONG = "Rest your leg.", "Rest your leg, and walk a little further. " * 40


@pytest.fixture(scope="module")
def engine() -> KokoroEngine:
    return KokoroEngine()


@pytest.fixture
def humming(engine: KokoroEngine, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The engine with a model that hums two frames for each sound; how long each run was."""
    runs: list[int] = []

    def run(words: Any, *_: object) -> tuple[Any, Any]:
        sounds = sum(len(word.sounds) for word in words)
        runs.append(sounds)
        lengths = np.array([12, *[2] * sounds, 1], np.float32)
        samples = np.full(int(lengths.sum()) * FRAME, 0.1, np.float32)
        samples[: 8 * FRAME] = 0
        return samples, lengths

    monkeypatch.setattr(engine, "_run", run)
    return runs


def say(engine: KokoroEngine, text: str) -> tuple[float, list[tuple[int, float]]]:
    samples, events = engine.say(text, Path("/nowhere"), EMMA.style, EMMA.speed)
    return len(samples) / RATE_HZ, [(event.position, event.start_s) for event in events]


def test_words_begin_where_the_models_own_lengths_say(
    engine: KokoroEngine, humming: list[int]
) -> None:
    _, events = say(engine, "Rest now.")
    lead = 8 * FRAME / RATE_HZ - kokoro.SILENCE_BEFORE_S
    first = engine.phonemes("Rest ")
    second = (12 + 2 * len(first) - EARLY) * FRAME / RATE_HZ - lead
    assert events[0] == (0, kokoro.SILENCE_BEFORE_S)
    assert events[1] == (5, pytest.approx(second, abs=0.001))


def test_the_silence_before_and_after_is_short(engine: KokoroEngine, humming: list[int]) -> None:
    duration_s, _ = say(engine, SHORT)
    assert duration_s < (12 + 2 * humming[0] + 1) * FRAME / RATE_HZ - 0.1


def test_every_word_is_found_in_a_text_of_every_kind(
    engine: KokoroEngine, humming: list[int]
) -> None:
    text = "“It’s 8–10 o’clock”, he said (A-and-E); don’t wait… 250 milligrams, per cent! Why?"
    _, events = say(engine, text)
    starts = [text[at:].split()[0] for at, _ in events]
    for word in ("“It’s", "o’clock”,", "said", "milligrams,", "per", "Why?"):
        assert any(word.endswith(start) for start in starts), (word, starts)
    assert [at for at, _ in events] == sorted(at for at, _ in events)


def test_given_phonemes_are_said_and_keep_the_words_behind_in_place(
    engine: KokoroEngine, humming: list[int]
) -> None:
    plain, given = "Take quinine a day.", "Take [quinine](/kwɪnˈiːn/) a day."
    assert engine.phonemes(given) == "tˈAk kwɪnˈiːn ɐ dˈA."
    assert len(say(engine, given)[1]) == len(say(engine, plain)[1])
    positions = [at for at, _ in say(engine, given)[1]]
    assert given.index("day") in positions
    assert given.index(" a day") + 1 in positions


def test_a_long_text_is_cut_at_sentences_into_runs_that_the_model_can_take(
    engine: KokoroEngine, humming: list[int]
) -> None:
    _, events = say(engine, LONG)
    assert len(humming) > 3
    assert max(humming) <= kokoro.BREATH
    assert [at for at, _ in events] == sorted(at for at, _ in events)
    assert all(before <= after for (_, before), (_, after) in pairwise(events))


@pytest.mark.parametrize("joint", [", ", " "])
def test_a_sentence_without_end_is_cut_too(
    engine: KokoroEngine, humming: list[int], joint: str
) -> None:
    say(engine, joint.join(["rest your leg and walk"] * 60))
    assert len(humming) > 1
    assert max(humming) <= MOST_SOUNDS


@pytest.mark.parametrize("text", ["", "  ", "\u200b"])
def test_nothing_to_say_is_an_error(engine: KokoroEngine, humming: list[int], text: str) -> None:
    with pytest.raises(SpeechError, match="nothing to say"):
        say(engine, text)


@pytest.mark.parametrize(
    "samples", [np.zeros(5 * FRAME, np.float32), np.full(5 * FRAME, np.nan, np.float32)]
)
def test_silence_and_noise_are_errors_and_not_kept(
    engine: KokoroEngine, monkeypatch: pytest.MonkeyPatch, samples: Any
) -> None:
    class Model:
        def run(self, *_: object) -> tuple[Any, Any]:
            return samples, np.array([5], np.float32)

    monkeypatch.setattr(engine, "_model", lambda _: Model())
    monkeypatch.setattr(engine, "_style", lambda _: np.zeros((510, 256), np.float32))
    with pytest.raises(SpeechError, match=r"silence|no speech"):
        say(engine, SHORT)


@pytest.mark.parametrize("data", [None, b"", b"not a model"])
def test_a_model_that_cannot_be_used_says_what_to_do(
    engine: KokoroEngine, tmp_path: Path, data: bytes | None
) -> None:
    if data is not None:
        (tmp_path / model_files.MODEL).write_bytes(data)
    with pytest.raises(ModelError) as caught:
        engine.synthesise(SHORT, tmp_path, EMMA.style, EMMA.speed)
    assert "make voice" in caught.value.hint


def test_the_versions_that_shape_the_sound_are_those_that_are_installed() -> None:
    name, version = LETTERS_TO_SOUNDS.split()
    pins = (PROJECT / "requirements-voice.txt").read_text("utf-8")
    assert f"{name}=={version} " in pins


def test_every_voice_has_a_name_in_the_interface_and_a_setting(
    voiced: Voiced,
) -> None:
    phrases = voiced.pack.load().phrases
    assert all(f"voice-{name}" in phrases for name in (*NATURAL, PLAIN))
    assert {voice.style for voice in NATURAL.values()} == set(STYLE_SHA256)
    # The British styles: bf_… and bm_…
    assert all(style.startswith("b") for style in STYLE_SHA256)


# From here on with the real model.


def recordings_of(voiced: Voiced) -> list[Path]:
    return sorted((voiced.pack.state / "speech").rglob("*.ogg"))


def test_twelve_paragraphs_were_made_and_the_second_time_nothing(voiced: Voiced) -> None:
    assert voiced.told.startswith(f"Emma: {PARAGRAPHS} of {PARAGRAPHS} ready, {PARAGRAPHS} new")
    before = {path: path.stat().st_mtime_ns for path in recordings_of(voiced)}
    assert len(before) == PARAGRAPHS
    again = voiced.run(*TOPICS, "--only", str(PARAGRAPHS))
    assert again.startswith(f"Emma: {PARAGRAPHS} of {PARAGRAPHS} ready, 0 new")
    assert {path: path.stat().st_mtime_ns for path in recordings_of(voiced)} == before


def test_each_is_speech_of_a_fitting_length_with_every_word_timed(voiced: Voiced) -> None:
    for path in recordings_of(voiced):
        facts = json.loads(kept(path.with_suffix(".json")))
        samples, rate_hz = soundfile.read(io.BytesIO(kept(path)), dtype="int16")
        assert rate_hz == RATE_HZ
        assert len(samples) / rate_hz == pytest.approx(facts["duration_s"], abs=0.002)
        assert loudness(samples.tobytes()) > 1000
        words = facts["words"]
        assert 0.3 < facts["duration_s"] / len(words) < 1.2  # 50 to 200 words a minute
        assert all(timed for *_, timed in words)
        assert all(before[2] < after[2] for before, after in pairwise(words))


def test_after_a_pause_a_word_is_marked_when_it_is_heard(voiced: Voiced) -> None:
    """A11Y-44, and no word loses its start: at each pause, the mark against the sound itself."""
    early: list[float] = []
    for path in recordings_of(voiced):
        samples, rate_hz = soundfile.read(io.BytesIO(kept(path)))
        starts = [word[2] for word in json.loads(kept(path.with_suffix(".json")))["words"]]
        for heard in _after_pauses(samples, rate_hz):
            # The word that is marked by then; were its mark late, the one before the pause.
            early.append(heard - max(start for start in starts if start <= heard + LATEST_S))
    assert len(early) > PARAGRAPHS  # each recording begins with one
    assert np.percentile(np.abs(early), 95) <= 0.1
    assert max(early) <= EARLIEST_S


def _after_pauses(samples: Any, rate_hz: int) -> list[float]:
    """When sound begins after 0.15 s of quiet, and at the beginning; seconds."""
    power = np.convolve(samples**2, np.ones(rate_hz // 200) / (rate_hz // 200), "same")
    loud = np.flatnonzero(np.sqrt(power) > 0.012)
    pauses = np.flatnonzero(np.diff(loud) > 0.15 * rate_hz)
    return [float(at) / rate_hz for at in (loud[0], *loud[pauses + 1])]


def test_a_kiosk_without_the_model_plays_what_was_copied_to_it(
    voiced: Voiced, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("onnxruntime", "hibari", "soundfile", "numpy", "kiosk.speech.kokoro"):
        monkeypatch.setitem(sys.modules, name, None)
    with voiced.pack.services() as services:
        pack = services.catalogue.packs[PACK]
        whole = services.speech_listing(pack, pack.topics[SECOND])
        assert (whole["engine"], whole["voice"], whole["timed_by"]) == (
            "kokoro",
            EMMA.style,
            "engine",
        )
        assert services.speech_listing(pack, pack.topics[FIRST])["engine"] == PLAIN


def test_it_can_be_stopped_with_ctrl_c_and_says_so(voiced: Voiced, tmp_path: Path) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    settings = {
        "KIOSK_CONTENT": str(voiced.pack.content),
        "KIOSK_STATE": str(tmp_path),
        "KIOSK_VOICE_FOLDER": str(model_folder()),
    }
    command = [sys.executable, str(PROJECT / "run_kiosk.py"), "voice", "--voice", "george"]
    with subprocess.Popen(
        command, env=plain | settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        lock = tmp_path / "voicing.lock"
        while not lock.exists() and process.poll() is None:
            time.sleep(0.1)
        time.sleep(random.uniform(0, 2))
        process.send_signal(signal.SIGINT)
        told, faults = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "goes on from there" in told
    assert "Traceback" not in faults
    for facts in Cache(tmp_path / "speech").path("00", "").parent.parent.rglob("*.json"):
        soundfile.read(io.BytesIO(kept(facts.with_suffix(".ogg"))))
