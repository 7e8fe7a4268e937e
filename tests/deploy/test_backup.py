"""A backup holds what cannot be made again, as it was at one moment."""

import sqlite3
import stat
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.deploy.tool import load

backup = load("backup")


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A file to be made, settings and a state as a running kiosk has them."""
    settings, state = tmp_path / "etc", tmp_path / "state"
    for folder in (settings, state / "reviews", state / "speech" / "ab", state / "voice"):
        folder.mkdir(parents=True)
    (settings / "kiosk.toml").write_text("port = 8080\n")
    (state / "staff-pin.json").write_text("{}")
    (state / "reviews" / "relief.json").write_text("[]")
    (state / "speech" / "ab" / "ab12.wav").write_bytes(b"RIFF")
    (state / "voice" / "kokoro-timed.onnx").write_bytes(b"large")
    (state / ".new-half").write_text("half")
    (state / "visitor-is-here").touch()
    return tmp_path / "kept.tar.gz", settings, state


def names(file: Path) -> set[str]:
    with tarfile.open(file) as archive:
        return set(archive.getnames())


def test_it_holds_what_cannot_be_made_again(folders: tuple[Path, Path, Path]) -> None:
    assert backup.main([str(one) for one in folders]) == 0
    assert names(folders[0]) == {"etc/kiosk.toml", "state/staff-pin.json"} | {
        "state/reviews/relief.json"
    }


def test_only_its_owner_can_read_it(folders: tuple[Path, Path, Path]) -> None:
    backup.write(*folders)
    assert stat.S_IMODE(folders[0].stat().st_mode) == 0o600


def test_counts_that_are_being_written_are_whole(
    folders: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    file, settings, state = folders
    with closing(sqlite3.connect(state / "usage.sqlite", isolation_level=None)) as live:
        live.execute("pragma journal_mode=wal")
        live.execute("create table counts (day text, leaflets integer)")
        live.execute("insert into counts values ('2026-01-05', 7)")
        live.execute("begin immediate")
        live.execute("update counts set leaflets = 8")
        backup.write(file, settings, state)
        live.execute("rollback")
    assert not [name for name in names(file) if name.endswith(("-wal", "-shm"))]
    with tarfile.open(file) as archive:
        archive.extract("state/usage.sqlite", tmp_path / "out", filter="data")
    with closing(sqlite3.connect(tmp_path / "out/state/usage.sqlite")) as kept:
        assert kept.execute("select leaflets from counts").fetchall() == [(7,)]


def test_a_backup_that_cannot_be_written_is_told(
    folders: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, settings, state = folders
    assert backup.main([str(state / "nowhere" / "x.tar.gz"), str(settings), str(state)]) == 1
    assert "nowhere" in capsys.readouterr().err
