"""Which signed packs are installed, and in which order the kiosk tries their releases.

Takes the folder `packs` of the state; gives back the releases of each pack, newest first. A pack
has a folder with its unpacked releases and `installed.json`, which alone says which of them count:
it is replaced whole, so there is no moment with half a pack. Writing is done in `kiosk/packs/`.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from kiosk.datafiles import explain
from kiosk.errors import ContentError
from kiosk.models import Strict

MANIFEST, SIGNATURE, STACK = "manifest.json", "manifest.sig", "installed.json"
CONTENT = "content"  # the folder of a release that holds what the loader reads
PACK = r"[a-z0-9]+(?:-[a-z0-9]+)*"
VERSION = r"\d{1,6}(?:\.\d{1,6}){0,3}"
RELEASE = rf"{VERSION}-[0-9a-f]{{8}}"

REINSTALL = "install the pack again, or take it back with `pack rollback`"


class FileFacts(Strict):
    """What a manifest says of one file: its size in bytes and its SHA-256 in hex."""

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(Strict):
    """What a pack holds. Its signature stands for all of it."""

    format: Literal[1]
    pack: str = Field(pattern=rf"^{PACK}$")
    version: str = Field(pattern=rf"^{VERSION}$")
    files: dict[str, FileFacts]


class Stack(Strict):
    """The releases of a pack that count, by the names of their folders, newest first."""

    releases: tuple[Annotated[str, Field(pattern=rf"^{RELEASE}$")], ...]


@dataclass(frozen=True)
class Release:
    """One unpacked release of a pack."""

    folder: Path
    manifest: Manifest

    @property
    def content(self) -> Path:
        """The folder that the loader reads."""
        return self.folder / CONTENT / self.manifest.pack

    def damage(self) -> Iterator[ContentError]:
        """What is not as it was installed: a file changed, lost or put in. Reads every file."""
        wanted = {
            name: facts
            for name, facts in self.manifest.files.items()
            if name.startswith(f"{CONTENT}/")
        }
        there = {
            path.relative_to(self.folder).as_posix(): path
            for path in (self.folder / CONTENT).rglob("*")
            if path.is_symlink() or not path.is_dir()
        }
        for name in sorted({*wanted, *there}):
            path = self.folder / name
            if name not in there:
                problem = "a file of the installed pack is lost"
            elif name not in wanted:
                problem = "a file that was not installed with the pack"
            elif path.is_symlink() or _sha256(path) != wanted[name].sha256:
                problem = "the file is not as it was installed"
            else:
                continue
            yield ContentError(path, 1, problem, REINSTALL)


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def version_key(version: str) -> tuple[int, ...]:
    """By what versions are compared: 2026.9 is older than 2026.10. Nothing for other text."""
    if not re.fullmatch(VERSION, version):
        return ()
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def read_manifest(data: bytes) -> Manifest:
    """A manifest from its bytes. Raises ValueError saying what is wrong with it."""
    try:
        return Manifest.model_validate(json.loads(data, object_pairs_hook=_without_twins))
    except ValidationError as error:
        raise ValueError(explain(error)) from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object that names nothing twice: readers differ in which of the two they take."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"it names `{twin}` twice")
    return found


def installed_packs(packs: Path) -> list[str]:
    """The packs that have a release installed, or had one."""
    return sorted(
        path.parent.name
        for path in packs.glob(f"*/{STACK}")
        if re.fullmatch(PACK, path.parent.name)
    )


def read_stack(packs: Path, pack: str) -> Stack:
    """Which releases of a pack count. Raises ContentError when the file cannot be read."""
    path = packs / pack / STACK
    try:
        return Stack.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Stack(releases=())
    except (OSError, ValueError) as error:
        problem = "the list of the installed releases cannot be read"
        raise ContentError(path, 1, problem, "install the pack again") from error


def releases(packs: Path, pack: str) -> tuple[list[Release], list[ContentError]]:
    """The releases of a pack that may be served, newest first, and what is wrong with others.

    Words that are not as they were signed are never served: a flipped bit can turn a warning.
    """
    found: list[Release] = []
    try:
        names = read_stack(packs, pack).releases
    except ContentError as error:
        return [], [error]
    problems: list[ContentError] = []
    for name in names:
        folder = packs / pack / name
        try:
            release = Release(folder, read_manifest((folder / MANIFEST).read_bytes()))
        except (OSError, ValueError):
            problem = "the manifest of the installed pack cannot be read"
            problems.append(ContentError(folder / MANIFEST, 1, problem, REINSTALL))
            continue
        if damage := list(release.damage()):
            problems += damage
        elif release.manifest.pack == pack:
            found.append(release)
    return found, problems
