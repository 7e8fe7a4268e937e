"""The folder of the installed packs: one writer at a time, everything on the disk before it counts.

Takes bytes and names; a file is flushed with the folder that names it before anything points at it,
so a power cut finds the old pack or the new one.
"""

import contextlib
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from kiosk.cache import write_whole
from kiosk.errors import ContentError, PackError
from kiosk.installed import RELEASE, STACK, Stack, read_stack, version_key
from kiosk.packs.archive import Sink

NO_RELEASES = Stack(releases=())
PASSING = ".new-"  # how what is being made is named; the kiosk never reads it


@contextlib.contextmanager
def alone(packs: Path) -> Iterator[None]:
    """Hold the lock of those who install. Raises PackError when another has it."""
    packs.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0 and packs.parent.stat().st_uid != 0:
        problem = "the folder is another user's, who could not read what root writes there"
        raise PackError(packs.parent, problem, "run it as that user: `runuser -u NAME -- …`")
    with (packs / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system lets go of it with us
        except OSError as error:
            raise PackError(packs, "a pack is being installed", "wait for its end") from error
        yield


@contextlib.contextmanager
def new_file(path: Path, flush: bool = True) -> Iterator[Sink]:
    """A sink for a file that must not be there yet; flushed to the disk at the end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
        yield file.write
        if flush:
            file.flush()
            os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Have the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """The same for a folder and all folders below it."""
    for path in [*(path for path in folder.rglob("*") if path.is_dir()), folder]:
        flush_folder(path)


def turn_to(packs: Path, pack: str, stack: Stack) -> None:
    """Say which releases count: the one moment at which an installed pack changes."""
    path = packs / pack / STACK
    write_whole(path, stack.model_dump_json().encode())
    path.chmod(0o644)
    flush_folder(path.parent)
    flush_folder(packs)


def tidy(packs: Path, pack: str = "", keep: Stack = NO_RELEASES) -> None:
    """Take away what interrupted installs left, and a pack's releases but those to `keep`."""
    for path in packs.glob(f"{PASSING}*"):
        shutil.rmtree(path)
    for path in (packs / pack).iterdir() if pack else ():
        if path.is_dir() and path.name not in keep.releases:
            shutil.rmtree(path)
        elif path.name.startswith(PASSING):
            path.unlink()


def known_stack(packs: Path, pack: str) -> Stack:
    """Which releases count. When that cannot be read: the newest that lies there."""
    try:
        return read_stack(packs, pack)
    except ContentError:
        names = [path.name for path in (packs / pack).iterdir() if path.is_dir()]
        names = [name for name in names if re.fullmatch(RELEASE, name)]
        names.sort(key=lambda name: version_key(name.rpartition("-")[0]), reverse=True)
        return Stack(releases=tuple(names[:1]))
