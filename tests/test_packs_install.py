"""Installing a pack and taking it back: in one step, or not at all."""

import fcntl
import os
import shutil
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest

from kiosk import topics
from kiosk.errors import ContentError, PackError, WorkerTimeoutError
from kiosk.models import Topic
from kiosk.packs import install as installing
from kiosk.packs.install import KEPT, rollback
from kiosk.packs.trial import Report, in_child
from kiosk.settings import Settings
from kiosk.shelf import Shelf
from tests.pack_maker import INSIDE, SUBJECT, TOPIC, PackMaker

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PackMaker:
    # What is flushed is asked in test_packs_killed.py; here it would only take time.
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
    return PackMaker(tmp_path)


def refusal(maker: PackMaker, path: Path, **options: Any) -> str:
    """What is said when a pack is not installed; what was served before is served after."""
    before = maker.served()
    with pytest.raises(PackError) as caught:
        maker.install(path, **options)
    assert caught.value.hint
    assert maker.served() == before
    assert maker.leftovers() == []
    return str(caught.value)


# Installing


def test_a_new_subject_is_served_after_it_is_installed(maker: PackMaker) -> None:
    assert maker.served() == ""
    done = maker.install(maker.build(), in_child)
    assert done.signed.signed_by == "maker"
    assert maker.served() == "2026.11"
    assert maker.load().problems == ()
    assert maker.leftovers() == []


def test_a_newer_version_takes_the_place_and_the_one_before_is_kept(maker: PackMaker) -> None:
    maker.bring("2026.11")
    maker.change(f"en-GB/{TOPIC}.md", "Wash for 20 seconds, with", "Take 20 seconds, with")
    maker.change(f"en-GB/{TOPIC}.md", "Wash for 20 seconds, with", "Take 20 seconds, with")
    maker.bring("2026.12")
    assert maker.served() == "2026.12"
    text = maker.load().packs[SUBJECT].topics[TOPIC].opening[-1].lines[0].text
    assert text == "Take 20 seconds, with soap and water."
    assert maker.release("2026.11").is_dir()


def test_only_so_many_releases_are_kept(maker: PackMaker) -> None:
    for version in ("1", "2", "3", "4"):
        maker.bring(version)
    folders = [path for path in (maker.kiosk.installed / SUBJECT).iterdir() if path.is_dir()]
    assert len(folders) == KEPT
    assert maker.release("4")
    assert maker.release("3")


def test_a_pack_may_be_installed_twice(maker: PackMaker) -> None:
    path = maker.bring("2026.11")
    maker.install(path)
    assert maker.served() == "2026.11"
    assert maker.release("2026.11").is_dir()


def test_the_kiosks_own_pack_gives_way_to_a_newer_one_and_keeps_its_place(
    maker: PackMaker,
) -> None:
    shutil.copytree(maker.source, maker.kiosk.content / SUBJECT)
    shutil.copytree(maker.source, maker.kiosk.content / "zz-last")
    maker.bring("2026.12")
    assert maker.served() == "2026.12"
    assert list(maker.load().packs) == [SUBJECT, "zz-last"]


def test_a_new_subject_stands_after_the_kiosks_own(maker: PackMaker) -> None:
    shutil.copytree(maker.source, maker.kiosk.content / "zz-own")
    maker.bring("2026.11")
    assert list(maker.load().packs) == ["zz-own", SUBJECT]


def test_an_upgraded_kiosk_with_newer_words_of_its_own_shows_those(maker: PackMaker) -> None:
    maker.bring("2026.12")
    maker.version("2027.1")
    shutil.copytree(maker.source, maker.kiosk.content / SUBJECT)
    assert maker.served() == "2027.1"


# What is refused


def test_a_damaged_pack_leaves_all_as_it_was(maker: PackMaker) -> None:
    maker.bring("2026.11")
    path = maker.build("2026.12")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Rinse off the soap", b"Ronse off the soap"))
    assert f"`{INSIDE}/en-GB/{TOPIC}.md` is damaged" in refusal(maker, path)
    path.write_bytes(data[:-1])
    assert "cut short" in refusal(maker, path)


def test_a_downgrade_is_refused(maker: PackMaker) -> None:
    old = shutil.copy(maker.build("2026.9"), maker.folder / "old.zip")
    maker.bring("2026.10")
    assert "hand-washing 2026.9 is older than 2026.10, which is here" in refusal(maker, old)


def test_a_downgrade_is_refused_where_the_list_of_releases_is_lost(maker: PackMaker) -> None:
    old = shutil.copy(maker.build("2026.9"), maker.folder / "old.zip")
    maker.bring("2026.10")
    (maker.kiosk.installed / SUBJECT / "installed.json").write_text("{")
    assert "is older than 2026.10" in refusal(maker, old)


def test_a_pack_older_than_the_kiosks_own_is_refused(maker: PackMaker) -> None:
    old = maker.build("2026.9")
    maker.version("2026.10")
    shutil.copytree(maker.source, maker.kiosk.content / SUBJECT)
    assert "is older than the kiosk's own, 2026.10" in refusal(maker, old)


def test_other_words_under_the_same_version_are_refused(maker: PackMaker) -> None:
    maker.bring("2026.11")
    maker.change("pack.yaml", "about washing your hands?", "about clean hands?")
    assert "another hand-washing 2026.11 is installed" in refusal(maker, maker.build("2026.11"))


def test_a_pack_by_a_stranger_is_not_unpacked(maker: PackMaker) -> None:
    path = maker.build()
    for key in maker.kiosk.keys_folder.iterdir():
        key.write_text(f"ed25519-public:{'0' * 64}")
    assert "signed with a key that is not trusted here" in refusal(maker, path)
    assert not (maker.kiosk.installed / SUBJECT).exists()


def test_a_pack_that_does_not_fit_on_the_disk_is_refused(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = maker.build()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10, 10, 5_000_000))
    assert "it needs 200 MB, and 5 MB are free" in refusal(maker, path)


def test_a_disk_that_fills_up_leaves_all_as_it_was(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker.bring("2026.11")
    path = maker.build("2026.12")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            maker.install(path)
    assert maker.leftovers() == []
    assert maker.served() == "2026.11"
    maker.install(path)
    assert maker.served() == "2026.12"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            f"en-GB/{TOPIC}.md",
            " [wash-how-long]",
            "",
            f"content/{SUBJECT}/en-GB/{TOPIC}.md:19: a line without evidence",
        ),
        ("evidence.yaml", "strength: strong", "strength: sure", "`wash-how-long` is not known"),
        ("pack.yaml", "home:", "house:", f"with it: content/{SUBJECT}/pack.yaml:1: `home`"),
        (f"en-GB/{TOPIC}.md", "Wash for 20 seconds, with", "Take 250mg of soap, with", "a dose"),
    ],
)
def test_a_pack_that_the_kiosk_is_not_well_with_is_refused(
    maker: PackMaker, name: str, old: str, new: str, said: str
) -> None:
    """It is well signed; its maker used another kiosk, or none."""
    maker.bring("2026.10")
    maker.version("2026.11")
    maker.change(name, old, new)
    if old.startswith("Wash"):
        maker.change(name, old, new)  # in its key steps too
    found = refusal(maker, maker.forge(maker.files))
    assert "the kiosk is not well with it" in found
    assert said in found


def test_a_pack_named_like_a_page_of_the_kiosk_is_refused(maker: PackMaker) -> None:
    files = {name.replace(SUBJECT, "staff"): data for name, data in maker.files.items()}
    path = maker.forge(files, pack="staff")
    assert "the kiosk has a page “staff”" in refusal(maker, path)


def test_a_pack_that_hangs_the_kiosk_is_refused(maker: PackMaker) -> None:
    def hangs(_settings: Settings, _pack: str, _speech: bool, _leaflets: bool) -> Report:
        raise WorkerTimeoutError("it took too long", "try again")

    said = refusal(maker, maker.build(), trial=hangs)
    assert "the kiosk cannot use it (it took too long)" in said


def test_a_pack_that_brings_the_kiosk_down_is_refused(maker: PackMaker) -> None:
    """YAML nested so deeply ends the whole interpreter, not only the reading."""
    maker.bring("2026.10")
    files = {**maker.files, f"{INSIDE}/en-GB/glossary.yaml": b"[" * 100_000}
    said = refusal(maker, maker.forge(files), trial=in_child)
    assert "the kiosk cannot use it" in said
    assert "the worker ended" in said


# Turning back


def test_a_release_that_the_kiosk_does_not_load_is_taken_back_by_itself(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk spoils it between the trial and the turn."""
    maker.bring("2026.11")
    path = maker.build("2026.12")
    turn = installing.turn_to

    def spoil(packs: Path, pack: str, stack: Any) -> None:
        turn(packs, pack, stack)
        if packs != maker.kiosk.installed:
            return  # the trial's own
        for file in packs.glob(f"{SUBJECT}/2026.12-*/content/{SUBJECT}/evidence.yaml"):
            file.write_bytes(b"[]\n")

    monkeypatch.setattr(installing, "turn_to", spoil)
    said = refusal(maker, path)
    assert "the kiosk does not load it" in said
    assert "evidence.yaml:1: the file is not as it was installed" in said
    assert maker.served() == "2026.11"
    assert not list((maker.kiosk.installed / SUBJECT).glob("2026.12-*"))


def test_the_last_release_is_taken_back_by_command(maker: PackMaker) -> None:
    maker.bring("2026.11")
    maker.bring("2026.12")
    assert rollback(maker.kiosk, SUBJECT) == "2026.11"
    assert maker.served() == "2026.11"
    assert rollback(maker.kiosk, SUBJECT) == ""
    assert maker.served() == ""
    assert [path.name for path in (maker.kiosk.installed / SUBJECT).iterdir()] == ["installed.json"]


def test_taking_back_leads_to_the_kiosks_own_words(maker: PackMaker) -> None:
    shutil.copytree(maker.source, maker.kiosk.content / SUBJECT)
    maker.bring("2026.12")
    assert rollback(maker.kiosk, SUBJECT) == "2026.11"


@pytest.mark.parametrize("name", [SUBJECT, "leg-cramps", "", "..", "../content", "/"])
def test_what_is_not_installed_cannot_be_taken_back(maker: PackMaker, name: str) -> None:
    with pytest.raises(PackError, match="is installed") as caught:
        rollback(maker.kiosk, name)
    assert caught.value.hint


def test_what_was_taken_back_may_come_again(maker: PackMaker) -> None:
    maker.bring("2026.11")
    path = maker.bring("2026.12")
    rollback(maker.kiosk, SUBJECT)
    maker.install(path)
    assert maker.served() == "2026.12"


# What becomes of an installed pack


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _lose(path: Path) -> None:
    path.unlink()


def _link(path: Path) -> None:
    path.rename(path.with_suffix(".txt"))
    path.symlink_to(path.with_suffix(".txt"))


@pytest.mark.parametrize("spoil", [_flip, _lose, _link])
@pytest.mark.parametrize("name", [f"content/{SUBJECT}/en-GB/{TOPIC}.md", "manifest.json"])
def test_damaged_words_are_never_shown_and_the_release_before_is(
    maker: PackMaker, spoil: Any, name: str
) -> None:
    maker.bring("2026.11")
    maker.bring("2026.12")
    spoil(maker.release("2026.12") / name)
    if name != "manifest.json" or spoil is not _link:  # a link to the very same manifest is read
        assert maker.served() == "2026.11"
        problem, *_ = maker.load().problems
        assert problem.path.is_relative_to(maker.release("2026.12"))
        assert "install the pack again" in problem.mend
    maker.install(maker.build("2026.12"))
    assert maker.served() == "2026.12"
    assert maker.load().problems == ()


def test_a_topic_put_into_an_installed_pack_is_not_shown(maker: PackMaker) -> None:
    maker.bring("2026.11")
    folder = maker.release("2026.11") / "content" / SUBJECT / "en-GB"
    shutil.copy(folder / f"{TOPIC}.md", folder / "more.md")
    assert maker.served() == ""
    assert "was not installed with the pack" in str(maker.load().problems[0])


@pytest.mark.parametrize("text", ["", "{", "[]", '{"releases": ["../../content"]}', "\xff"])
def test_a_list_of_releases_that_cannot_be_read_is_told_and_put_right(
    maker: PackMaker, text: str
) -> None:
    path = maker.bring("2026.11")
    (maker.kiosk.installed / SUBJECT / "installed.json").write_text(text, "latin-1")
    assert maker.served() == ""
    (problem,) = maker.load().problems
    assert "cannot be read" in problem.problem
    maker.install(path)
    assert maker.served() == "2026.11"
    assert maker.load().problems == ()


def test_a_release_with_a_problem_gives_way_to_one_without(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later kiosk may refuse what an earlier one took."""
    maker.bring("2026.11")
    maker.bring("2026.12")
    require = topics._require_holds

    def stricter(path: Path, topic: Topic, shelf: Shelf) -> None:
        require(path, topic, shelf)
        if "2026.12" in str(path):
            shelf.problems.append(ContentError(path, 7, "no longer good", "write it anew"))

    monkeypatch.setattr(topics, "_require_holds", stricter)
    assert maker.served() == "2026.11"
    assert "no longer good" in str(maker.load().problems[0])


# One at a time, and by the right hands


def test_two_installs_at_once_are_one_too_many(maker: PackMaker) -> None:
    path = maker.bring("2026.11")
    with (maker.kiosk.installed / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "a pack is being installed" in refusal(maker, path)
        with pytest.raises(PackError, match="a pack is being installed"):
            rollback(maker.kiosk, SUBJECT)


def test_root_does_not_write_into_a_folder_of_the_kiosks_user(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the kiosk could not read what was installed."""
    path = maker.build()
    maker.kiosk.state.mkdir()
    if os.geteuid() == 0:
        os.chown(maker.kiosk.state, 65534, 65534)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert "the folder is another user's" in refusal(maker, path)
