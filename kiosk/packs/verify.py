"""Read a pack's file, and believe nothing of it before its signature holds.

Takes a file and the trusted keys; gives each file in it to a sink. The pack is read once, from its
first byte to its last, so nobody can change it between two looks; what a sink got counts only when
the reading has ended well.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import PackError
from kiosk.installed import MANIFEST, SIGNATURE, Manifest, read_manifest
from kiosk.packs.archive import AGAIN, Reader, Sink
from kiosk.packs.keys import SIGNATURE_BYTES, signer
from kiosk.packs.manifest import MOST_MANIFEST, faults

# Opens a place for the file of that name and gives its sink.
Place = Callable[[str], AbstractContextManager[Sink]]


@dataclass(frozen=True)
class Signed:
    """A pack's manifest, whose signature holds."""

    manifest: Manifest
    data: bytes
    signature: bytes
    signed_by: str

    @property
    def size(self) -> int:
        """How many bytes it unpacks to."""
        return sum(facts.size for facts in self.manifest.files.values())


def nowhere(_name: str) -> AbstractContextManager[Sink]:
    """A place for files that are only to be looked at."""
    return nullcontext(lambda _chunk: None)


def read_pack(
    path: Path,
    trusted: Mapping[str, str],
    place: Place = nowhere,
    consider: Callable[[Signed], object] = lambda _signed: None,
) -> Signed:
    """Read a pack from its first byte to its last, giving each file to its place.

    `consider` sees what is signed before anything is unpacked, and may refuse by raising. Raises
    PackError for whatever is not exactly as `pack build` made it.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        raise PackError(path, problem, "see that it is there, and is a file") from error
    with file:
        reader = Reader(file, path)
        data = reader.small(MANIFEST, MOST_MANIFEST)
        signature = reader.small(SIGNATURE, SIGNATURE_BYTES)
        signed = _signed(data, signature, trusted, path)
        consider(signed)
        for name, facts in sorted(signed.manifest.files.items()):
            with place(name) as sink:
                found = reader.entry(name, facts.size, sink)
            if found != facts.sha256:
                raise PackError(path, f"`{name}` is not what was signed", AGAIN)
        reader.finish()
    return signed


def _signed(data: bytes, signature: bytes, trusted: Mapping[str, str], path: Path) -> Signed:
    signed_by = signer(data, signature, trusted, path)
    try:
        manifest = read_manifest(data)
    except ValueError as error:
        problem = f"{MANIFEST} cannot be used ({error})"
        raise PackError(path, problem, "upgrade the kiosk, or have the pack made again") from error
    for fault in faults(manifest):
        raise PackError(path, fault, "have the pack made again without it")
    return Signed(manifest, data, signature, signed_by)
