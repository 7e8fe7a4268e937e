"""Make a signed pack of a folder of the content: the same bytes for the same words.

Takes a pack's name and the secret key's file; gives back the file. A pack that `check` has
something to say of is not made.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kiosk.cache import Cache
from kiosk.datafiles import read_model
from kiosk.errors import PackError
from kiosk.installed import CONTENT, MANIFEST, SIGNATURE, FileFacts, Manifest, version_key
from kiosk.loader import load_catalogue
from kiosk.models import PackAbout
from kiosk.packs.archive import Writer
from kiosk.packs.keys import sign
from kiosk.packs.made import names_made
from kiosk.packs.manifest import faults, to_bytes
from kiosk.packs.trial import pack_faults
from kiosk.packs.verify import Signed, read_pack
from kiosk.services import build_services
from kiosk.settings import Settings

BUILT = "built"  # the folder of the state that holds what was made


def build(settings: Settings, pack: str, key: Path, carry: bool = False) -> tuple[Path, Signed]:
    """Make a pack's file in the state folder. Raises PackError.

    `carry`: with the recordings of natural voices and the leaflets that are kept on this machine.
    """
    folder = settings.content / pack
    if not (folder / "pack.yaml").is_file():
        raise PackError(folder, "there is no pack.yaml", "name a folder of the content")
    _require_well(settings, folder)
    sources = {**_words(folder), **(_ready_made(settings, pack) if carry else {})}
    version = read_model(folder / "pack.yaml", PackAbout).version
    if not version_key(version):
        problem = f"the version “{version}” is not made of numbers and stops"
        raise PackError(folder / "pack.yaml", problem, "write one such as 2026.11")
    files = {name: _facts(read()) for name, read in sources.items()}
    manifest = Manifest(format=1, pack=pack, version=version, files=files)
    for fault in faults(manifest):
        raise PackError(folder, fault, "a pack holds .yaml and .md files; take the others away")
    data = to_bytes(manifest)
    signature = sign(data, key)
    path = settings.state / BUILT / f"{pack}-{version}.zip"
    passing = path.with_suffix(".new")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with passing.open("wb") as file:
            writer = Writer(file)
            writer.add(MANIFEST, data)
            writer.add(SIGNATURE, signature)
            for name, read in sorted(sources.items()):
                writer.add(name, read())
            writer.finish()
            file.flush()
            os.fsync(file.fileno())
        made = read_pack(passing, {signature.split()[1].decode(): key.stem})
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    return path, made


def _require_well(settings: Settings, folder: Path) -> None:
    catalogue = load_catalogue(settings.content, settings.clinic.nation)
    found = list(pack_faults(catalogue, settings.content, folder))
    if found:
        raise PackError(folder, f"{len(found)} problem(s): {found[0]}", "run `check`, mend them")
    pack = catalogue.packs.get(folder.name)
    if pack is None or not pack.topics:
        told = [one for one in catalogue.problems if one.path.is_relative_to(folder)]
        raise told[0] if told else PackError(folder, "it has no topic", "see docs/writing.md")


def _words(folder: Path) -> dict[str, Callable[[], bytes]]:
    """The pack's own files: their names, and what reads each. Raises PackError for a link."""
    found: dict[str, Callable[[], bytes]] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_symlink():
            raise PackError(path, "a link to another place", "put the file itself there")
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            found[f"{CONTENT}/{folder.name}/{inside.as_posix()}"] = path.read_bytes
    return found


def _ready_made(settings: Settings, pack: str) -> dict[str, Callable[[], bytes]]:
    """The recordings and leaflets of the pack's words that are kept here."""
    services = build_services(settings)
    try:
        folder = services.catalogue.folders[pack]
        if folder != settings.content / pack:
            mend = f"take it back first: `pack rollback {pack}`"
            raise PackError(folder, "an installed release stands before the folder", mend)
        names = set(names_made(services, services.catalogue.packs[pack]))
    finally:
        services.close()
    return dict(_kept(settings, names))


def _kept(settings: Settings, names: set[str]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    for name in sorted(names):
        kind, _, file = name.partition("/")
        key, _, suffix = file.partition(".")
        cache = Cache(settings.state / kind)
        if suffix == "json" and not cache.has(key, "ogg"):
            continue  # facts are worth nothing without the sound
        if cache.read(key, suffix) is not None:
            yield name, partial(_read, cache, key, suffix)


def _read(cache: Cache, key: str, suffix: str) -> bytes:
    return cache.read(key, suffix) or b""


def _facts(data: bytes) -> FileFacts:
    return FileFacts(size=len(data), sha256=hashlib.sha256(data).hexdigest())
