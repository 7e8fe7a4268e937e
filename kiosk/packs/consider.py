"""May this pack come here: is it newer, does it fit, and is it not another of the same name?

Takes a pack whose signature holds, before it is unpacked; raises when it may not come.
"""

import shutil
from pathlib import Path

from kiosk.datafiles import read_model
from kiosk.errors import ContentError, PackError
from kiosk.installed import FileFacts, Manifest, releases, version_key
from kiosk.models import PackAbout
from kiosk.packs.disk import known_stack
from kiosk.packs.made import is_made
from kiosk.packs.verify import Signed
from kiosk.settings import Settings

ROOM = 200_000_000  # bytes that stay free: with less the kiosk keeps nothing new safely


def consider(settings: Settings, signed: Signed, path: Path) -> None:
    """Refuse what is older than what is here, other under the same version, or too large.

    Raises PackError.
    """
    pack, version = signed.manifest.pack, signed.manifest.version
    packs = settings.installed
    for name in known_stack(packs, pack).releases[:1]:  # the one before is there to be gone back to
        there = name.rpartition("-")[0]
        if version_key(version) < version_key(there):
            problem = f"{pack} {version} is older than {there}, which is here"
            mend = f"have a newer one made, or take back what is here: `pack rollback {pack}`"
            raise PackError(path, problem, mend)
    for release in releases(packs, pack)[0]:  # a damaged one may be put right
        same = version_key(version) == version_key(release.manifest.version)
        if same and _words(release.manifest) != _words(signed.manifest):
            mend = "raise `version` in its pack.yaml, and have it made again"
            raise PackError(path, f"another {pack} {version} is installed", mend)
    own = _own_version(settings, pack)
    if version_key(version) < version_key(own):
        problem = f"{pack} {version} is older than the kiosk's own, {own}"
        raise PackError(path, problem, "have a newer one made")
    free = shutil.disk_usage(packs).free
    if free < signed.size + ROOM:
        problem = f"it needs {_mb(signed.size + ROOM)} MB, and {_mb(free)} MB are free"
        raise PackError(path, problem, "free some space on the disk")


def _words(manifest: Manifest) -> dict[str, FileFacts]:
    return {name: facts for name, facts in manifest.files.items() if not is_made(name)}


def _own_version(settings: Settings, pack: str) -> str:
    """The version of a pack among the kiosk's own content; "" when it is not there."""
    try:
        return read_model(settings.content / pack / "pack.yaml", PackAbout).version
    except ContentError:
        return ""


def _mb(size: int) -> int:
    return round(size / 1_000_000)
