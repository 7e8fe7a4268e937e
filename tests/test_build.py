"""Making ahead: everything, once; afterwards only what changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import fonts
from kiosk.build import build, jobs
from kiosk.fonts import FACES, build_fonts
from kiosk.leaflet import Size
from kiosk.services import Services
from kiosk.worker import Worker
from tests.small_pack import FIRST, PACK, SECOND, SmallPack
from tests.tools import missing

pytestmark = pytest.mark.usefixtures("voice", "paper")


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    with small.services() as found:
        yield found


def files(small: SmallPack) -> dict[Path, int]:
    """Every file that was made, and when."""
    made = (path for path in small.state.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in made}


def build_all(small: SmallPack) -> list[str]:
    """Build with fresh services; what failed."""
    with small.services() as services:
        return [made.failed for made in build(services) if made.failed]


def test_each_thing_is_told_as_it_is_ready(services: Services) -> None:
    made = list(build(services))
    assert [one.what for one in made] == [what for what, _ in jobs(services)]
    names = " ".join(one.what for one in made)
    for topic in (FIRST, SECOND):
        assert f"speech {PACK}/{topic}" in names
        for size in Size:
            assert f"leaflet {PACK}/{topic} {size}" in names
    assert [one.failed for one in made if one.failed] == []


def test_a_second_build_makes_nothing_new(small: SmallPack) -> None:
    assert build_all(small) == []
    first = files(small)
    assert {path.suffix for path in first} >= {".wav", ".json", ".pdf"}
    assert build_all(small) == []
    assert files(small) == first


def test_an_edit_makes_only_what_it_touches(small: SmallPack) -> None:
    build_all(small)
    first = files(small)
    small.change_topic("Do it at home.", "Do it in bed.")
    build_all(small)
    after = files(small)
    # Which leaflet was good last is a note, and notes are written anew.
    kept = {path: when for path, when in first.items() if path.suffix != ".last"}
    assert all(after[path] == when for path, when in kept.items())
    new = sorted(path.suffix for path in set(after) - set(first))
    assert new.count(".wav") == new.count(".json") == 1
    assert new.count(".pdf") == len(Size)


def test_a_failure_is_told_and_does_not_stop_the_rest(small: SmallPack) -> None:
    with small.services() as services:
        broken = Worker("tests.worker_owner:NeverStarts", timeout_s=5, memory_mb=256)
        services.leaflets._worker = broken
        made = list(build(services))
        broken.close()
    failed = {one.what: one.failed for one in made if one.failed}
    assert failed
    assert all(what.startswith("leaflet") for what in failed)
    assert set(failed.values()) == {"no voice"}
    assert any(path.suffix == ".wav" for path in files(small))


# Fonts for other devices


def test_the_fonts_are_cut_down_to_what_is_used(tmp_path: Path) -> None:
    if not fonts.installed():
        missing("there is no Andika: install the package fonts-sil-andika")
    assert sorted(build_fonts(tmp_path)) == sorted(FACES)
    for name in FACES:
        data = (tmp_path / f"{name}.woff2").read_bytes()
        assert data[:4] == b"wOF2"
        assert len(data) < 150_000
    assert build_fonts(tmp_path) == []


def test_without_the_font_there_is_none_to_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path / "nothing")
    assert not fonts.installed()
    assert build_fonts(tmp_path) == []
