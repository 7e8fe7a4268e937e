"""The small file that printing keeps across a restart."""

import json
from pathlib import Path

import pytest

from kiosk.printing.memory import Memory


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "printing.json"


def test_a_kiosk_keeps_its_name(path: Path) -> None:
    name = Memory(path).name
    assert name.startswith("kiosk-")
    assert Memory(path).name == name


def test_two_kiosks_on_one_host_have_different_names(tmp_path: Path) -> None:
    assert Memory(tmp_path / "a.json").name != Memory(tmp_path / "b.json").name


def test_the_times_are_kept_as_ages(path: Path) -> None:
    Memory(path, lambda: 1000.0).keep([10, 600])
    assert Memory(path, lambda: 1060.0).ages() == [70, 660]


def test_the_file_says_when_and_nothing_of_what_or_whose(path: Path) -> None:
    Memory(path, lambda: 1000.0).keep([10])
    kept = json.loads(path.read_text("utf-8"))
    assert set(kept) == {"name", "made"}
    assert kept["made"] == [990]


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"name": "kiosk-a"}',
        b'{"name": "kiosk-a", "made": 3}',
        b'{"name": "kiosk-a", "made": ["x"]}',
        b'{"name": "kiosk-a", "made": [null]}',
        b'{"name": 7, "made": []}',
        b'{"name": "somebody", "made": []}',
        b'{"name": "kiosk-\\n", "made": []}',
        b'{"name": "kiosk-a", "made": [NaN, Infinity]}',
    ],
)
def test_a_spoilt_file_is_begun_anew(path: Path, spoilt: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(spoilt)
    memory = Memory(path, lambda: 1000.0)
    assert memory.name.startswith("kiosk-")
    assert memory.name.isprintable()
    assert memory.ages() == []
    memory.keep([5])
    assert Memory(path, lambda: 1000.0).ages() == [5]


def test_a_folder_that_cannot_be_written_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    memory = Memory(tmp_path / "file" / "printing.json")
    memory.keep([1])
    assert memory.name.startswith("kiosk-")
    assert "limits will not outlive a restart" in caplog.text
