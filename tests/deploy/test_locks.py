"""Every package that is installed is known by its files' SHA-256."""

import re

import pytest

from kiosk.settings import PROJECT
from tests.deploy.tool import load

LOCKS = PROJECT / "deploy" / "locks"
NAMES = sorted(path.stem for path in PROJECT.glob("requirements*.txt"))
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s\\;]+)", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    return {re.sub(r"[_.]", "-", name).lower(): version for name, version in _PIN.findall(text)}


def locked(name: str) -> str:
    path = LOCKS / f"{name}.lock"
    assert path.is_file(), f"{name}.txt has no lock: run `make lock`"
    return path.read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_is_locked(name: str) -> None:
    wanted = pins((PROJECT / f"{name}.txt").read_text("utf-8"))
    found = pins(locked(name))
    assert wanted.items() <= found.items(), "run `make lock`"


@pytest.mark.parametrize("name", NAMES)
def test_every_locked_package_has_its_hashes(name: str) -> None:
    for entry in re.split(r"\n(?=\S)", locked(name).rstrip()):
        if not entry.startswith("#"):
            assert re.fullmatch(r"\S+==\S+(?: \\\n    --hash=sha256:[0-9a-f]{64})+", entry), entry


def test_the_locks_agree() -> None:
    found: dict[str, str] = {}
    for name in NAMES:
        for package, version in pins(locked(name)).items():
            assert found.setdefault(package, version) == version, f"{name}: {package}"


@pytest.mark.parametrize(
    ("wheel", "fits"),
    [
        ("flask-3.1.3-py3-none-any.whl", True),
        ("old-1.0-py2.py3-none-any.whl", True),
        ("aiohttp-3.14.5-cp311-cp311-manylinux2014_aarch64.manylinux_2_17_aarch64.whl", True),
        ("aiohttp-3.14.5-cp313-cp313-manylinux_2_28_x86_64.whl", True),
        ("cryptography-50-cp37-abi3-manylinux_2_28_x86_64.whl", True),
        ("segno-1.6.6-py2-none-any.whl", False),
        ("aiohttp-3.14.5-cp313-cp313t-manylinux_2_28_x86_64.whl", False),
        ("aiohttp-3.14.5-cp311-cp311-musllinux_1_2_x86_64.whl", False),
        ("aiohttp-3.14.5-cp311-cp311-macosx_11_0_arm64.whl", False),
        ("aiohttp-3.14.5-cp311-cp311-win_amd64.whl", False),
        ("aiohttp-3.14.5-cp310-cp310-manylinux_2_28_x86_64.whl", False),
        ("flask-3.1.3.tar.gz", False),
    ],
)
def test_only_files_that_can_be_used_are_locked(wheel: str, fits: bool) -> None:
    assert load("lock").fits(f"https://files.example/packages/{wheel}") is fits
