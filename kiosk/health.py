"""How each part of the kiosk is, why, and what staff can do.

Takes a part; gives back its Health. Whatever a part raises is its health too.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk import fonts
from kiosk.cache import Cache
from kiosk.errors import KioskError
from kiosk.leaflet import LeafletService
from kiosk.loader import Catalogue
from kiosk.phrases import Phrases
from kiosk.printing.service import PrintService
from kiosk.speech.service import SpeechService
from kiosk.speech.voices import PLAIN
from kiosk.usage import Usage
from kiosk.worker import Worker

LEAST_FREE_MB = 200  # under this, nothing new is kept safely
NO_VOICE = "install the package libespeak-ng1"
NO_PAPER = "install libpango-1.0-0 and libpangoft2-1.0-0"
NO_ROOM = "free some space on the disk, and let the kiosk write there"


@dataclass(frozen=True)
class Health:
    """How one part is; `why` and `mend` are for staff."""

    ok: bool
    why: str = ""
    mend: str = ""
    needed: bool = False  # without a needed part the kiosk cannot serve at all


def asked(part: Callable[[], Health], mend: str) -> Health:
    """A part's own answer, or what it raised; `mend` for what names none itself."""
    try:
        return part()
    except (KioskError, OSError) as error:
        return Health(False, str(error), getattr(error, "hint", "") or mend)


def content(catalogue: Catalogue) -> Health:
    """The words: which packs are shown, and what had to be left out."""
    problems = catalogue.problems
    if not any(pack.topics for pack in catalogue.packs.values()):
        return Health(False, "no topic can be shown", "run `check`", needed=True)
    if problems:
        return Health(False, f"{len(problems)} problem(s): {problems[0]}", problems[0].mend)
    shown = (f"{name} {pack.about.version}" for name, pack in catalogue.packs.items())
    return Health(True, ", ".join(shown))


def voice(speech: SpeechService, worker: Worker) -> Health:
    """The voice in use, and how much of it is ready. Raises SpeechError, WorkerError."""
    plain = f"eSpeak NG {worker.call('version')}"
    usual = speech.voices[0]
    if usual == PLAIN:
        return Health(True, f"{plain}; `make voice` brings one that is better to listen to")
    count = speech.recordings.prepared(usual)
    return Health(True, f"{usual.capitalize()}, {count} recordings; the rest is {plain}")


def leaflets(service: LeafletService, worker: Worker) -> Health:
    """The press, and the leaflets that it cannot make just now. Raises WorkerError."""
    version = worker.call("signature")[0]
    failing = [f"{name}: {why}" for name, why in service.failing.items()]
    if failing:
        return Health(
            False,
            f"{len(failing)} cannot be made, and the last good one is given; {failing[0]}",
            "undo the last change of its words or template, or of the software",
        )
    return Health(True, f"WeasyPrint {version}")


def printer(printing: PrintService, phrases: Phrases) -> Health:
    """The printer, as it was last asked."""
    condition = printing.known()
    cause = condition.cause
    if cause is None:
        return Health(True, ", ".join(condition.warnings))
    # A kiosk without a printer was meant so; it is told, and nothing is amiss.
    return Health(
        not printing.is_on, phrases(f"print-fault-{cause}"), phrases(f"staff-mend-{cause}")
    )


def font() -> Health:
    """The typeface of screen and paper."""
    if fonts.installed():
        return Health(True)
    return Health(
        False,
        "Andika is not installed; the system's font is used",
        "install the package fonts-sil-andika",
    )


def disk(state: Path, caches: Sequence[Cache], usage: Usage) -> Health:
    """Room to write, and whether what was to be written is. Raises OSError.

    What was held because it could not be written is tried again here.
    """
    state.mkdir(parents=True, exist_ok=True)
    free_mb = shutil.disk_usage(state).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return Health(False, f"only {free_mb} MB free", "free some space on the disk")
    for cache in caches:
        cache.retry()
    faults = [*(cache.fault for cache in caches), usage.fault]
    if fault := next(filter(None, faults), ""):
        return Health(False, f"nothing can be kept in {state}: {fault}", NO_ROOM)
    return Health(True, f"{free_mb} MB free")
