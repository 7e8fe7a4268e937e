"""The real natural voice over the small pack: twelve paragraphs, made once for all tests."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kiosk.settings import PROJECT, Settings
from kiosk.speech.model_files import faults
from tests.small_pack import FIRST, PACK, SECOND, SmallPack
from tests.tools import missing

PARAGRAPHS = 12
# The second topic is whole in these twelve, the first is not.
TOPICS = [f"{PACK}/{SECOND}", f"{PACK}/{FIRST}"]
LONGEST_S = 1800  # for a machine that does much else


def model_folder() -> Path:
    """Where the model is that `make test` fetched; the test is skipped or fails without it."""
    folder = Path(os.environ.get("KIOSK_VOICE_FOLDER") or Settings().voice_folder)
    if wrong := faults(folder):
        missing(f"{wrong[0]} is not in {folder}: run `python run_kiosk.py voice --fetch`")
    return folder


@dataclass(frozen=True)
class Voiced:
    """A kiosk's content and state, with twelve paragraphs said by the natural voice."""

    pack: SmallPack
    told: str

    def run(self, *arguments: str) -> str:
        """Run `voice` once more; what it says."""
        return run_voice(self.pack, *arguments)

    def copy_to(self, folder: Path) -> "Voiced":
        """The same for a test that adds to it or spoils it."""
        shutil.copytree(self.pack.content.parent, folder, dirs_exist_ok=True)
        return Voiced(SmallPack(folder), self.told)


def run_voice(pack: SmallPack, *arguments: str) -> str:
    """Run the command as staff do, on the small pack; what it says. Fails when it fails."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    done = subprocess.run(
        [sys.executable, str(PROJECT / "run_kiosk.py"), "voice", *arguments],
        env=plain
        | {
            "KIOSK_CONTENT": str(pack.content),
            "KIOSK_STATE": str(pack.state),
            "KIOSK_VOICE_FOLDER": str(model_folder()),
        },
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def voice_twelve(folder: Path) -> Voiced:
    """Make the twelve paragraphs in a fresh folder."""
    pack = SmallPack(folder)
    return Voiced(pack, run_voice(pack, *TOPICS, "--only", str(PARAGRAPHS)))
