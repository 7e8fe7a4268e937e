"""Somebody who makes signed packs of the subject in tests/subjects, and a kiosk that takes them."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kiosk.installed import MANIFEST, SIGNATURE
from kiosk.loader import Catalogue, load_catalogue
from kiosk.packs.archive import Writer
from kiosk.packs.build import build
from kiosk.packs.install import Installed, Try, install
from kiosk.packs.keys import make_keys, sign
from kiosk.packs.trial import Trial
from kiosk.settings import Packs, Settings
from tests.content_pack import CONTENT, change

SUBJECTS = Path(__file__).parent / "subjects"
SUBJECT, TOPIC, FIRST = "hand-washing", "wash-well", "2026.11"
INSIDE = f"content/{SUBJECT}"


def in_process(settings: Settings, pack: str, speech: bool, leaflets: bool) -> Any:
    """The real trial without a child process, which takes a second to start."""
    return Trial().of(settings, pack, speech, leaflets)


class PackMaker:
    """A maker with a key and a subject in the works, and beside it a kiosk that trusts the key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.works = Settings(content=folder / "works", state=folder / "works-var")
        self.kiosk = Settings(
            content=folder / "content",
            state=folder / "var",
            packs=Packs(keys=str(folder / "keys")),
        )
        for content in (self.works.content, self.kiosk.content):
            for part in ("phrases", "spoken"):
                shutil.copytree(CONTENT / part, content / part)
        shutil.copytree(SUBJECTS / SUBJECT, self.source)
        self.key, public = make_keys(folder / "maker")
        self.kiosk.keys_folder.mkdir()
        shutil.copy(public, self.kiosk.keys_folder)

    @property
    def source(self) -> Path:
        """The subject's folder in the works."""
        return self.works.content / SUBJECT

    def change(self, name: str, old: str, new: str) -> None:
        """Put `new` in the place of the first `old` of a file of the subject."""
        change(self.source / name, old, new)

    def version(self, version: str) -> None:
        """Raise or lower the version of the subject."""
        path = self.source / "pack.yaml"
        lines = path.read_text("utf-8").splitlines()
        changed = [f'version: "{version}"' if one.startswith("version:") else one for one in lines]
        path.write_text("\n".join(changed) + "\n", "utf-8")

    def build(self, version: str = FIRST, carry: bool = False) -> Path:
        """A pack of the subject as it is now, under a version."""
        self.version(version)
        return build(self.works, SUBJECT, self.key, carry)[0]

    def install(self, path: Path, trial: Try = in_process) -> Installed:
        return install(self.kiosk, path, trial)

    def bring(self, version: str) -> Path:
        """Build a version and install it; give back the file."""
        path = self.build(version)
        self.install(path)
        return path

    def forge(self, files: Mapping[str, bytes], /, **changed: object) -> Path:
        """A well-signed pack of any files at all, with a manifest changed at will."""
        listed = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        }
        manifest = {"format": 1, "pack": SUBJECT, "version": FIRST, "files": listed, **changed}
        return self.signed(json.dumps(manifest).encode(), files)

    def signed(self, manifest: bytes, files: Mapping[str, bytes]) -> Path:
        """A pack of these bytes as its manifest, well signed."""
        path = self.folder / "forged.zip"
        with path.open("wb") as file:
            writer = Writer(file)
            writer.add(MANIFEST, manifest)
            writer.add(SIGNATURE, sign(manifest, self.key))
            for name, data in sorted(files.items()):
                writer.add(name, data)
            writer.finish()
        return path

    @property
    def files(self) -> dict[str, bytes]:
        """The subject's own files, named as in a pack."""
        paths = (path for path in self.source.rglob("*") if path.is_file())
        return {
            f"{INSIDE}/{path.relative_to(self.source).as_posix()}": path.read_bytes()
            for path in paths
        }

    def load(self) -> Catalogue:
        """The content as the kiosk would load it now."""
        return load_catalogue(self.kiosk.content, installed=self.kiosk.installed)

    def served(self) -> str:
        """The version that the kiosk would show now, or "" for none."""
        pack = self.load().packs.get(SUBJECT)
        return pack.about.version if pack else ""

    def release(self, version: str) -> Path:
        """The folder of an installed release."""
        (found,) = (self.kiosk.installed / SUBJECT).glob(f"{version}-*")
        return found

    def leftovers(self) -> list[str]:
        """What an install must not leave behind."""
        return [str(path) for path in self.kiosk.installed.rglob(".new-*")]
