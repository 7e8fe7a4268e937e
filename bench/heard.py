"""Each voice as a recogniser hears it: word error rate per paragraph, and the twenty worst.

`python -m bench.heard [--voice emma] [--only 30]` hears what is prepared, or a sample of it, and
writes `var/heard-<voice>.md`: every paragraph that was heard otherwise, the worst first. A wrong
word there is the recogniser's fault or the voice's: listen. Needs requirements-bench.txt.
"""

import argparse
import io
import os
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from bench.recogniser import Difference, Recogniser, Words, difference
from bench.rows import Row
from kiosk.checks.sounds import read_spoken_forms
from kiosk.loader import LANG
from kiosk.services import Services, build_services
from kiosk.settings import Settings
from kiosk.speech.script import Utterance
from kiosk.speech.spoken import Lexicon, SpokenForms
from kiosk.speech.voices import NATURAL, PLAIN
from kiosk.voicing import PROCESSES, everything_said, kokoro_makers, voice_all

SAMPLE = 30  # paragraphs of a voice that is not prepared, and of eSpeak NG
FEWEST_WORDS = 5  # of a paragraph in the sample: one wrong word of two would be half of them
WORST = 20
AIM = "5 %"  # of the words; what is left is the recogniser's own


@dataclass(frozen=True)
class Heard:
    """A paragraph, what the recogniser wrote down, and how far the two are apart."""

    text: str
    heard: str
    difference: Difference


def sample(services: Services, most: int = SAMPLE) -> list[Utterance]:
    """The same paragraphs each time, from all of the content."""
    long = [one for one in everything_said(services) if len(one.text.split()) >= FEWEST_WORDS]
    return long[:: max(len(long) // most, 1)][:most]


def samples_of(services: Services, one: Utterance, voice: str) -> tuple[Any, int] | None:
    """A paragraph's sound (-1 to 1) and its rate; None where a natural voice has not made it."""
    if voice == PLAIN:
        with wave.open(io.BytesIO(services.speech.say_once(one.text).to_wav())) as file:
            frames = file.readframes(file.getnframes())
            return np.frombuffer(frames, "<i2").astype(np.float32) / 32768, file.getframerate()
    natural, recordings = NATURAL[voice], services.speech.recordings
    if clip := recordings.kept(one, natural.signature, natural.suffix):
        sound = recordings.sound(clip.key, clip.suffix)
        if sound:
            samples, rate_hz = soundfile.read(io.BytesIO(sound), dtype="float32")
            return samples, int(rate_hz)
    return None


def make(services: Services, wanted: Sequence[Utterance], voice: str) -> None:
    """Have these paragraphs in a natural voice; what is there is not made again."""
    folder = services.settings.voice_folder
    with kokoro_makers(folder, NATURAL[voice], PROCESSES) as makers:
        for step in voice_all(wanted, services.speech.recordings, NATURAL[voice], makers):
            if step.failed:
                raise RuntimeError(step.failed)


def hear(
    services: Services, wanted: Sequence[Utterance], voice: str, ear: Recogniser
) -> Iterator[Heard]:
    """What the recogniser hears of each paragraph that is there."""
    words = Words()
    forms = read_spoken_forms(services.settings.content, LANG)
    # Numbers and units as they are said, but no respelling: "quinine", as the recogniser writes it.
    lexicon = Lexicon(SpokenForms(patterns=forms.patterns))
    for one in wanted:
        if sound := samples_of(services, one, voice):
            written_down = ear.hear(*sound)
            said = words.of(lexicon.say(one.text).spoken)
            differs = difference(said, words.of(written_down))
            yield Heard(one.text, written_down, differs)


def report(found: Sequence[Heard], path: Path) -> None:
    """Write down what was heard otherwise, the worst first; the first twenty with all words."""
    worst = sorted(found, key=lambda one: -one.difference.rate)
    lines = ["| Errors | To be said | Heard | Differs |", "|---|---|---|---|"]
    for number, one in enumerate(one for one in worst if one.difference.wrong):
        differs = "; ".join(f"{said or '-'} → {got or '-'}" for said, got in one.difference.changes)
        told = one.heard if number < WORST else ""
        lines.append(f"| {one.difference.rate:.0%} | {one.text} | {told} | {differs} |")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def row(voice: str, found: Sequence[Heard], of: int) -> Row:
    """What a voice's paragraphs come to."""
    words = sum(one.difference.words for one in found)
    wrong = sum(one.difference.wrong for one in found)
    rates = [one.difference.rate for one in found]
    clean = sum(rate == 0 for rate in rates) / len(rates)
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    return Row(
        f"{voice}, heard by Whisper tiny.en: words wrong; p95 of a paragraph; heard whole",
        "-" if voice == PLAIN else "eSpeak NG, in this table",
        "-" if voice == PLAIN else AIM,
        f"{wrong / words:.1%}; {np.percentile(rates, 95):.0%}; {clean:.0%} of {len(found)} "
        f"paragraphs (of {of}; {load})",
    )


def heard(state: Path | None = None) -> Iterator[Row]:
    """Every paragraph of each prepared voice, or a sample of emma's; a sample of eSpeak NG.

    Leaves `heard-<voice>.md` in the kiosk's state folder.
    """
    services = build_services(Settings(state=state) if state else Settings())
    ear = Recogniser()
    try:
        everything = list(everything_said(services))
        few = sample(services)
        natural = [name for name in services.speech.voices if name in NATURAL]
        if not natural:
            make(services, few, "emma")
        plans = [(name, everything) for name in natural] or [("emma", few)]
        for name, wanted in [*plans, (PLAIN, few)]:
            found = list(hear(services, wanted, name, ear))
            report(found, services.settings.state / f"heard-{name}.md")
            yield row(name, found, len(everything))
    finally:
        services.close()


def main() -> None:
    """Hear one voice."""
    parser = argparse.ArgumentParser(description="How well a recogniser understands a voice.")
    parser.add_argument("--voice", default="emma", choices=[*NATURAL, PLAIN])
    parser.add_argument("--only", type=int, help="a sample of so many paragraphs, made if need be")
    arguments = parser.parse_args()
    services = build_services(Settings())
    try:
        everything = list(everything_said(services))
        wanted = sample(services, arguments.only) if arguments.only else everything
        if arguments.only and arguments.voice != PLAIN:
            make(services, wanted, arguments.voice)
        found = list(hear(services, wanted, arguments.voice, Recogniser()))
        path = services.settings.state / f"heard-{arguments.voice}.md"
        report(found, path)
        print(row(arguments.voice, found, len(everything)).here, f"→ {path}")
    finally:
        services.close()


if __name__ == "__main__":
    main()
