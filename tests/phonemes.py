"""How both engines say every decided word: what is kept in phonemes.json, and how to renew it.

`python -m tests.phonemes` prints what has changed and writes the file anew. Listen to each change.
"""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from kiosk.checks.sounds import read_spoken_forms
from kiosk.loader import LANG
from kiosk.speech.service import VOICE
from kiosk.speech.spoken import Lexicon
from tests.topics import CONTENT

PINS = Path(__file__).parent / "phonemes.json"
ESPEAK, KOKORO = "espeak-ng", "kokoro"
# Each pattern of the file once, beside the decided words; and a word that is said otherwise alone.
EXAMPLES = (
    *("0141 496 0000", "020 7946 0000", "01632 960 001", "0300 123 4567", "03001234567"),
    *("999", "NHS 111", "Call 999 or go to A&E now."),
    *("1 August 2026", "2 August 2026", "3 August 2026", "6 August 2026", "2026.11", "v3.0"),
    *("Vitamin A (retinol)", "24/7", "1mg", "250mg", "1ml", "5ml", "1 cm", "60cm", "38°C", "50%"),
    *("£1", "£1.50", "£9.90", "£20", "10–15", "GPs.", "DVTs, and paracetamol."),
)


def written() -> list[str]:
    """All that is pinned, as it is written."""
    words = [word.written for word in read_spoken_forms(CONTENT, LANG).words]
    return [*words, *EXAMPLES]


def espeak_version() -> str:
    """The version of eSpeak NG, whose own rules the pins depend on; empty where it is missing."""
    try:
        told = subprocess.run(["espeak-ng", "--version"], capture_output=True, text=True).stdout
    except OSError:
        return ""
    return told.split(":")[1].split()[0]


def _espeak(spoken: str) -> str:
    command = ["espeak-ng", "-q", "-x", "-v", VOICE.removeprefix("gmw/"), spoken]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return " ".join(said.split())


def _kokoro() -> Callable[[str], str]:
    from kiosk.speech.kokoro import KokoroEngine

    return KokoroEngine().phonemes


def sounds_by(engine: str) -> Callable[[str], str]:
    """What an engine makes of a spoken form, as phonemes."""
    return _espeak if engine == ESPEAK else _kokoro()


def said_by(engine: str) -> dict[str, str]:
    """The phonemes of everything that is pinned, as the engine says it now."""
    lexicon = Lexicon.load(CONTENT, LANG)
    say = sounds_by(engine)
    return {text: say(lexicon.say(text, engine).spoken).strip() for text in written()}


def pinned() -> dict[str, dict[str, str]]:
    """What is kept, by engine; `version` is that of eSpeak NG."""
    found: dict[str, dict[str, str]] = json.loads(PINS.read_text("utf-8"))
    return found


def main() -> None:
    before = pinned() if PINS.is_file() else {}
    now = {engine: said_by(engine) for engine in (ESPEAK, KOKORO)}
    for engine, words in now.items():
        for text, said in words.items():
            if (old := before.get(engine, {}).get(text)) != said:
                print(f"{engine}: {text}: {old or 'new'} -> {said}")
    now["version"] = {ESPEAK: espeak_version()}
    PINS.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
