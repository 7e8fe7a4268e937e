"""How natural listeners would find each voice, by Distill-MOS, on a fixed sample of paragraphs.

Nobody has listened: it is a model's opinion, from 1 to 5, good for comparing voices. It hears the
recording as it is kept, after Opus.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.distill_mos import RATE_HZ, DistillMos, fetch
from bench.heard import make, sample, samples_of
from bench.recogniser import at_rate
from bench.rows import Row
from kiosk.services import build_services
from kiosk.settings import Settings
from kiosk.speech.voices import NATURAL, PLAIN

# The longest of those that the recogniser hears: the model fills what is short with silence, and
# thinks the less of it.
PARAGRAPHS = 12


def opinions(state: Path | None = None) -> Iterator[Row]:
    """The same paragraphs in each prepared voice (else the usual one) and in eSpeak NG."""
    services = build_services(Settings(state=state) if state else Settings())
    try:
        few = sorted(sample(services), key=lambda one: -len(one.text))[:PARAGRAPHS]
        model = DistillMos(fetch(services.settings.state / "bench"))
        natural = [name for name in services.speech.voices if name in NATURAL]
        if not natural:
            make(services, few, "emma")
        for name in [*(natural or ["emma"]), PLAIN]:
            found = [sound for one in few if (sound := samples_of(services, one, name))]
            rates = [model.rate(at_rate(*sound, RATE_HZ)) for sound in found]
            yield Row(
                f"{name}, as Distill-MOS rates it (1 to 5): mean, lowest",
                "-" if name == PLAIN else "eSpeak NG, in this table",
                "-" if name == PLAIN else "4.5",
                f"{np.mean(rates):.2f}, {min(rates):.2f} ({len(rates)} paragraphs, "
                f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)",
            )
    except RuntimeError as error:
        yield Row("Distill-MOS", "-", "-", f"not measured: {error}")
    finally:
        services.close()


if __name__ == "__main__":
    for one in opinions():
        print(f"| {one.measure} | {one.beside} | {one.aim} | {one.here} |")
