"""Install a signed pack, or take the last one back; killed at any point, the kiosk has a whole one.

Unpack beside what is served, flush, try it, move it in, turn to it in one step, see that the kiosk
loads it; else turn back. The kiosk takes up what is installed when it starts next.
"""

import re
import secrets
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kiosk.cache import Cache
from kiosk.errors import KioskError, PackError
from kiosk.installed import MANIFEST, PACK, SIGNATURE, Stack
from kiosk.loader import Catalogue, load_catalogue
from kiosk.packs.archive import Sink
from kiosk.packs.consider import consider
from kiosk.packs.disk import (
    NO_RELEASES,
    PASSING,
    alone,
    flush_folder,
    flush_tree,
    known_stack,
    new_file,
    tidy,
    turn_to,
)
from kiosk.packs.keys import trusted_keys
from kiosk.packs.made import is_made, looks_right
from kiosk.packs.manifest import LEAFLETS, SPEECH
from kiosk.packs.trial import Report, in_child
from kiosk.packs.verify import Signed, read_pack
from kiosk.settings import Settings

KEPT = 2  # releases: the one that is served, and the one before it

Try = Callable[[Settings, str, bool, bool], Report]


@dataclass(frozen=True)
class Installed:
    """What was installed, and how many of the ready-made files that it carried were kept."""

    signed: Signed
    kept: int
    left_out: int


def install(settings: Settings, path: Path, trial: Try = in_child) -> Installed:
    """Install the pack in a file. Raises PackError; then what is served is what was before."""
    packs, trusted = settings.installed, trusted_keys(settings.keys_folder)
    with alone(packs):
        tidy(packs)
        passing = _Passing(settings, path)
        try:
            signed = read_pack(path, trusted, passing.place, passing.consider)
            passing.finish(signed)
            report = _tried(passing, signed, trial)
            release = passing.move_in()
            kept = sum(_keep(settings, one, report.made) for one in passing.made_files())
        finally:
            passing.end()
        _turn(settings, signed, release, path)
    carried = sum(map(is_made, signed.manifest.files))
    return Installed(signed, kept, carried - kept)


def rollback(settings: Settings, pack: str) -> str:
    """Take back the last release of a pack; gives the version that is served then, or "" for none.

    Raises PackError when there is nothing to take back.
    """
    packs = settings.installed
    with alone(packs):
        tidy(packs)
        stack = known_stack(packs, pack) if re.fullmatch(PACK, pack) else NO_RELEASES
        if not stack.releases:
            mend = "see `pack` for what is installed"
            raise PackError(packs, f"no pack `{pack}` is installed", mend)
        after = Stack(releases=stack.releases[1:])
        turn_to(packs, pack, after)
        tidy(packs, pack, after)
    served = _catalogue(settings).packs.get(pack)
    return served.about.version if served else ""


class _Passing:
    """A passing state folder that has one pack; in it the pack is unpacked and tried."""

    def __init__(self, settings: Settings, path: Path) -> None:
        self._settings = settings
        self.path = path
        self._state = settings.installed / f"{PASSING}{secrets.token_hex(4)}"
        self._release = self._state  # until the pack has told its name
        self._made = self._state / "made"
        self.settings = settings.model_copy(update={"state": self._state})

    def consider(self, signed: Signed) -> None:
        """Refuse what is signed well and may not come; know where it is unpacked."""
        consider(self._settings, signed, self.path)
        name = f"{signed.manifest.version}-{secrets.token_hex(4)}"
        self._release = self.settings.installed / signed.manifest.pack / name

    def place(self, name: str) -> AbstractContextManager[Sink]:
        """Where a file of the pack is unpacked."""
        if is_made(name):
            return new_file(self._made / name, flush=False)  # kept from there, if at all
        return new_file(self._release / name)

    def finish(self, signed: Signed) -> None:
        """Put the manifest beside the words, and all of it on the disk."""
        for name, data in ((MANIFEST, signed.data), (SIGNATURE, signed.signature)):
            with new_file(self._release / name) as sink:
                sink(data)
        flush_tree(self._release)
        pack = signed.manifest.pack
        turn_to(self.settings.installed, pack, Stack(releases=(self._release.name,)))

    def move_in(self) -> Path:
        """Move the release beside the others, where nothing points at it yet."""
        home = self._settings.installed / self._release.parent.name
        home.mkdir(exist_ok=True)
        release = self._release.rename(home / self._release.name)
        flush_folder(home)
        return release

    def made_files(self) -> list[Path]:
        """The ready-made files, sounds before the facts that vouch for them."""
        found = (path for path in self._made.rglob("*") if path.is_file())
        return sorted(found, key=lambda path: (path.suffix == ".json", path.name))

    def end(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self._state, ignore_errors=True)


def _tried(passing: _Passing, signed: Signed, trial: Try) -> Report:
    """What the trial found. Raises PackError when the kiosk would not be well with the pack."""
    names, path = signed.manifest.files, passing.path
    carries = [any(name.startswith(f"{kind}/") for name in names) for kind in (SPEECH, LEAFLETS)]
    mend = "tell who made it; what was served before is served on"
    try:
        report = trial(passing.settings, signed.manifest.pack, *carries)
    except KioskError as error:
        raise PackError(path, f"the kiosk cannot use it ({error})", mend) from error
    if report.faults:
        more = f" (and {len(report.faults) - 1} more)" if report.faults[1:] else ""
        problem = f"the kiosk is not well with it: {report.faults[0]}{more}"
        raise PackError(path, problem, mend)
    return report


def _keep(settings: Settings, path: Path, made: frozenset[str]) -> bool:
    """Keep a ready-made file where the kiosk looks for it, if it belongs to the pack's words."""
    kind, name = path.parent.name, path.name
    if f"{kind}/{name}" not in made or not looks_right(name, path.read_bytes()):
        return False
    cache, key, suffix = Cache(settings.state / kind), path.stem, path.suffix.removeprefix(".")
    # A sound is whole with its facts; one without was interrupted, and both come anew.
    whole = kind != SPEECH or cache.read(key, "json") is not None
    if not whole or cache.read(key, suffix) is None:
        cache.keep(key, suffix, path.read_bytes())
    return not cache.fault


def _turn(settings: Settings, signed: Signed, release: Path, path: Path) -> None:
    """Make the release the one that counts; turn back when the kiosk does not load it."""
    packs, pack = settings.installed, signed.manifest.pack
    before = known_stack(packs, pack)
    same = f"{signed.manifest.version}-"
    others = (name for name in before.releases if not name.startswith(same))
    stack = Stack(releases=(release.name, *others)[:KEPT])
    try:
        turn_to(packs, pack, stack)
        catalogue = _catalogue(settings)
        if not catalogue.folders.get(pack, Path()).is_relative_to(release):
            told = [str(one) for one in catalogue.problems if one.path.is_relative_to(release)]
            why = told[0] if told else "it takes another release"
            raise PackError(path, f"the kiosk does not load it ({why})", "the one before is back")
    except BaseException:
        turn_to(packs, pack, before)
        raise
    finally:
        tidy(packs, pack, known_stack(packs, pack))  # by what the disk says, whatever went wrong


def _catalogue(settings: Settings) -> Catalogue:
    """The content as the kiosk loads it."""
    clinic = settings.clinic
    return load_catalogue(
        settings.content,
        clinic.nation,
        clinic.staff_nearby,
        settings.installed,
        clinic_name=clinic.name,
    )
