"""Write the locks: every package that a file of requirements brings, with the SHA-256 of its files.

    .venv/bin/python deploy/lock.py [--upgrade]      or: make lock

Takes requirements*.txt, whose lines are written by hand; leaves deploy/locks/<name>.lock, which pip
installs with --require-hashes. What is locked already keeps its version unless its pin changed or
--upgrade is given. Only files that a clinic's machine or a developer's Linux can use are named:
glibc, x86-64 or 64-bit ARM, Python 3.11 or newer.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
LOCKS = PROJECT / "deploy" / "locks"
# Each after those that it must agree with.
NAMES = ("requirements", "requirements-voice", "requirements-npm", "requirements-test")
NAMES += ("requirements-lock", "requirements-cluster", "requirements-bench")
_WHEEL = re.compile(r"-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<platform>[^-]+)\.whl$")
_PYTHONS = ("cp311", "cp312", "cp313", "cp314")  # Debian 12 has 3.11, Debian 13 has 3.13
_UV = Path(sys.executable).parent / "uv"


def main(arguments: list[str]) -> int:
    """Write every lock; give back the exit code."""
    LOCKS.mkdir(exist_ok=True)
    agreed: list[Path] = []
    with tempfile.TemporaryDirectory() as passing:
        for name in NAMES:
            agreed.append(_lock(name, agreed, Path(passing), "--upgrade" in arguments))
    return 0


def _lock(name: str, agreed: list[Path], passing: Path, upgrade: bool) -> Path:
    """Write one lock; give back its versions, for the next to agree with."""
    kept = LOCKS / f"{name}.lock"
    versions = passing / f"{name}.txt"
    if kept.exists() and not upgrade:
        shutil.copy(kept, versions)  # uv keeps what its own result says already
    constraints = [part for path in agreed for part in ("--constraint", str(path))]
    ours = ("--python-platform", "x86_64-manylinux_2_36")
    _compile(PROJECT / f"{name}.txt", versions, "requirements.txt", *ours, *constraints)
    files = passing / f"pylock.{name}.toml"
    _compile(versions, files, "pylock.toml", "--universal", "--no-deps")  # files of every machine
    packages = tomllib.loads(files.read_text("utf-8"))["packages"]
    head = f"# Written by `make lock` from {name}.txt: change that file, not this one.\n"
    kept.write_text(head + "".join(_entry(package) for package in packages), "utf-8")
    print(f"{kept.relative_to(PROJECT)}: {len(packages)} packages")
    return versions


def _compile(source: Path, result: Path, form: str, *more: str) -> None:
    """Have uv find versions and files, for the oldest Python that is meant."""
    subprocess.run(
        [
            *(str(_UV), "pip", "compile", "--quiet", "--no-header", "--no-annotate"),
            *("--python-version", "3.11", "--format", form),
            *(str(source), "--output-file", str(result), *more),
        ],
        check=True,
        cwd=PROJECT,
    )


def _entry(package: dict[str, Any]) -> str:
    digests = sorted(set(_digests(package)))
    lines = [f"{package['name']}=={package['version']}"]
    lines += [f"    --hash=sha256:{digest}" for digest in digests]
    return " \\\n".join(lines) + "\n"


def _digests(package: dict[str, Any]) -> Iterator[str]:
    """The SHA-256 of the wheels that can be used; of the source where there is no wheel."""
    wheels = [wheel for wheel in package.get("wheels", ()) if fits(wheel["url"])]
    for file in wheels or [package["sdist"]]:
        yield file["hashes"]["sha256"]


def fits(address: str) -> bool:
    """Whether a wheel, by its name or address, can be used on the machines that are meant."""
    tags = _WHEEL.search(address)
    if tags is None:
        return False
    platforms = tags["platform"].split(".")
    machine = any(
        one == "any" or (one.startswith(("manylinux", "linux")) and one.endswith(_MACHINES))
        for one in platforms
    )
    pythons = tags["python"].split(".")
    own = any(python in _PYTHONS for python in pythons) and not tags["abi"].endswith("t")
    pure = any(python in ("py3", "py311") for python in pythons)
    return machine and (own or pure or tags["abi"] == "abi3")


_MACHINES = ("x86_64", "aarch64")

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
