"""Killed at any step, or cut from power, an install leaves the old pack or the new one, whole."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kiosk.installed import STACK
from kiosk.settings import PROJECT
from tests.pack_maker import SUBJECT, PackMaker

STEPS = 30  # an install changes the disk at least so often: more than once for each of its files


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker(tmp_path)


def killed(maker: PackMaker, verb: str, name: str) -> list[dict[str, Any]]:
    """What was found after each kill; the last entry is of the try that came through."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.pack_killer", str(maker.folder), verb, name],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["died"] for one in told] == [True] * (len(told) - 1) + [False]
    return told


@pytest.fixture(scope="module")
def killed_installs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What was found after each kill of an install of 2026.12 over 2026.11."""
    maker = PackMaker(tmp_path_factory.mktemp("killed"))
    maker.bring("2026.11")
    return killed(maker, "install", str(maker.build("2026.12")))


def test_an_install_killed_at_any_step_leaves_a_whole_pack(
    killed_installs: list[dict[str, Any]],
) -> None:
    assert len(killed_installs) > STEPS
    for one in killed_installs:
        assert one["served"] in ("2026.11", "2026.12"), one
        assert one["topics"] == 2, one
        assert one["problems"] == [], one
    versions = [one["served"] for one in killed_installs]
    assert versions == sorted(versions), "once new, it stays new"
    assert {one["served"] for one in killed_installs if one["died"]} == {"2026.11", "2026.12"}


def test_the_next_install_clears_up_after_a_killed_one(
    killed_installs: list[dict[str, Any]],
) -> None:
    tried = [one for one in killed_installs if "after" in one]
    assert len(tried) > STEPS / 4
    for one in tried:
        assert one["after"]["served"] == "2026.12", one
        assert one["after"]["kept"] == ["2026.12", "2026.11"], one
        assert [name.split("-")[0] for name in one["left"]] == ["2026.11", "2026.12", STACK], one


def test_a_rollback_killed_at_any_step_leaves_a_whole_pack(maker: PackMaker) -> None:
    maker.bring("2026.11")
    maker.bring("2026.12")
    told = killed(maker, "rollback", SUBJECT)
    for one in told:
        assert one["served"] in ("2026.11", "2026.12"), one
        assert one["problems"] == [], one
    assert told[0]["served"] == "2026.12"
    assert told[-1]["served"] == "2026.11"


def test_all_is_on_the_disk_before_it_counts(
    maker: PackMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut keeps no order but that of what was flushed."""
    path = maker.build()
    flushed: set[str] = set()
    at_the_turn: list[set[str]] = []
    flush, replace = os.fsync, os.replace

    def note_flush(handle: int) -> None:
        place = os.readlink(f"/proc/self/fd/{handle}")
        flushed.add(Path(place).name)
        flush(handle)

    def note_turn(source: Any, target: Any) -> None:
        if Path(target) == maker.kiosk.installed / SUBJECT / STACK:
            at_the_turn.append(set(flushed))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_flush)
    monkeypatch.setattr(os, "replace", note_turn)
    maker.install(path)
    release = maker.release("2026.11")
    (before,) = at_the_turn
    needed = [release, *release.rglob("*")]
    assert {one.name for one in needed} <= before
    assert SUBJECT in before, "the folder that names the release"
    assert SUBJECT in flushed
