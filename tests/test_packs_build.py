"""Building a pack: the same words give the same bytes, and only sound words are packed."""

import os
import time
from pathlib import Path

import pytest

from kiosk.errors import PackError
from kiosk.packs.build import build
from tests.pack_maker import SUBJECT, TOPIC, PackMaker


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker(tmp_path)


def refusal(maker: PackMaker) -> str:
    with pytest.raises(PackError) as caught:
        build(maker.works, SUBJECT, maker.key)
    assert caught.value.hint
    assert not list(maker.works.state.rglob("*.zip"))
    return str(caught.value)


def test_the_same_words_give_the_same_bytes(maker: PackMaker, tmp_path: Path) -> None:
    """Whatever the clock, the order on the disk, the folder or the file's rights."""
    first = maker.build().read_bytes()
    for path in sorted(maker.source.rglob("*"), reverse=True):
        if path.is_file():
            data = path.read_bytes()
            path.unlink()
            path.write_bytes(data)
            path.chmod(0o600)
            os.utime(path, (0, time.time() - 10_000_000))
    elsewhere = maker.works.content.rename(tmp_path / "elsewhere")
    works = maker.works.model_copy(update={"content": elsewhere, "state": tmp_path / "other"})
    assert build(works, SUBJECT, maker.key)[0].read_bytes() == first


def test_another_word_gives_other_bytes(maker: PackMaker) -> None:
    first = maker.build().read_bytes()
    maker.change("pack.yaml", "about washing your hands?", "about clean hands?")
    assert maker.build().read_bytes() != first


def test_a_built_pack_is_named_by_subject_and_version(maker: PackMaker) -> None:
    assert maker.build("2026.12") == maker.works.state / "built" / "hand-washing-2026.12.zip"


def test_what_an_editor_leaves_behind_is_not_packed(maker: PackMaker) -> None:
    before = maker.build().read_bytes()
    (maker.source / ".DS_Store").write_bytes(b"x")
    (maker.source / "en-GB" / ".wash-well.md.swp").write_bytes(b"x")
    (maker.source / ".git").mkdir()
    (maker.source / ".git" / "config.md").write_bytes(b"x")
    assert maker.build().read_bytes() == before


def test_a_pack_with_a_problem_is_not_built(maker: PackMaker) -> None:
    maker.change(f"en-GB/{TOPIC}.md", " [wash-how-long]", "")
    said = refusal(maker)
    assert f"content/{SUBJECT}/en-GB/{TOPIC}.md:19: a line without evidence" in said


def test_a_pack_without_topics_is_not_built(maker: PackMaker) -> None:
    for path in maker.source.glob("en-GB/*.md"):
        path.unlink()
    assert "no topic" in refusal(maker)


def test_a_folder_that_is_no_pack_is_told(maker: PackMaker) -> None:
    (maker.source / "pack.yaml").unlink()
    assert "there is no pack.yaml" in refusal(maker)


def test_a_link_is_not_packed(maker: PackMaker) -> None:
    (maker.source / "secret.yaml").symlink_to("/etc/hostname")
    assert "secret.yaml: a link to another place" in refusal(maker)


@pytest.mark.parametrize("name", ["notes.txt", "picture.png", "more.zip", "café.md", "con.yaml"])
def test_a_file_that_no_pack_holds_is_told(maker: PackMaker, name: str) -> None:
    (maker.source / name).write_bytes(b"[]\n")
    assert name.encode("ascii", "backslashreplace").decode() in refusal(maker)


def test_a_version_that_cannot_be_compared_is_told(maker: PackMaker) -> None:
    maker.version("spring")
    assert "the version “spring” is not made of numbers and stops" in refusal(maker)


def test_a_build_that_fails_keeps_the_pack_that_was_there(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = maker.build()
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        maker.build()
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]
