"""The scripts of deploy/: what they refuse, and what a second run does."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from kiosk.settings import PROJECT, load_settings
from tests.tools import missing

SCRIPTS = sorted((PROJECT / "deploy").rglob("*.sh"))
PARTS = ". deploy/lib.sh; . deploy/releases.sh; "


def sh(script: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell with the parts of install.sh."""
    return subprocess.run(
        ["sh", "-euc", PARTS + script],
        cwd=PROJECT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_scripts_are_well_formed() -> None:
    if not shutil.which("shellcheck"):
        missing("shellcheck is not installed: apt-get install shellcheck")
    assert len(SCRIPTS) >= 5
    done = subprocess.run(
        ["shellcheck", "--external-sources", "--severity=warning", *map(str, SCRIPTS)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""


def test_every_package_has_a_purpose_that_is_known() -> None:
    lines = (PROJECT / "deploy" / "packages.txt").read_text("utf-8").splitlines()
    for line in lines:
        assert line.startswith("#") or re.match(r"(run|test|clinic|screen)  +[a-z0-9.+-]+", line)


def test_the_packages_of_a_purpose_are_found() -> None:
    run = sh("debian_packages run").stdout.split()
    both = sh("debian_packages run screen").stdout.split()
    assert "libespeak-ng1" in run
    assert "cage" not in run
    assert set(run) < set(both)
    assert "cage" in both


# prepare.sh, with a Python that only notes what it is asked


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose virtual environment is there and does nothing."""
    shutil.copytree(PROJECT / "deploy", tmp_path / "deploy")
    for file in PROJECT.glob("requirements*.txt"):
        shutil.copy(file, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/asked\n')
    python.chmod(0o755)
    return tmp_path


def prepare(project: Path) -> tuple[int, str, list[str]]:
    done = subprocess.run(
        ["sh", "deploy/prepare.sh", "run"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    asked = project / "asked"
    return done.returncode, done.stdout, asked.read_text().splitlines() if asked.exists() else []


def test_only_files_with_the_right_hash_are_installed(project: Path) -> None:
    code, _, asked = prepare(project)
    assert code == 0
    [pip] = asked
    assert "--require-hashes" in pip
    assert pip.endswith("deploy/locks/requirements.lock")


def test_preparing_twice_installs_once(project: Path) -> None:
    prepare(project)
    assert len(prepare(project)[2]) == 1


def test_a_pin_without_its_hashes_says_what_to_do(project: Path) -> None:
    pins = project / "requirements.txt"
    pins.write_text(pins.read_text("utf-8") + "leftpad==1.0  # for the left\n", "utf-8")
    code, said, asked = prepare(project)
    assert code == 1
    assert "leftpad==1.0" in said
    assert "make lock" in said
    assert asked == []


# install.sh


def test_only_root_installs() -> None:
    other = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as passing:  # pytest's own folders are closed to others
        Path(passing).chmod(0o755)
        shutil.copytree(PROJECT / "deploy", Path(passing) / "deploy")
        done = subprocess.run(
            [*other, "sh", f"{passing}/deploy/install.sh", "--no-screen"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "root" in done.stderr


@pytest.mark.parametrize("panel", ["21.5:1080x1920", "32:3840x2160"])
def test_a_panel_is_understood(panel: str) -> None:
    assert sh(f"panel={panel} screen=yes; check_panel").returncode == 0


@pytest.mark.parametrize("panel", ["", "21.5", "21.5:1080", "1080x1920", "21.5:1080x1920;reboot"])
def test_what_is_no_panel_is_refused(panel: str) -> None:
    done = sh(f"panel='{panel}' screen=yes; check_panel")
    assert done.returncode == 1
    assert "21.5:1080x1920" in done.stderr


@pytest.mark.parametrize(("release", "arch"), [("sarge", ""), ("", "m68k")])
def test_a_bundle_for_another_machine_is_refused(tmp_path: Path, release: str, arch: str) -> None:
    here = "$(. /etc/os-release && printf %s $VERSION_CODENAME)"
    own = sh(f"echo {here} $(dpkg --print-architecture)").stdout.split()
    (tmp_path / "bundle.txt").write_text(f"release={release or own[0]}\narch={arch or own[1]}\n")
    done = sh(f"check_bundle {tmp_path}")
    assert done.returncode == 1
    assert (release or arch) in done.stderr


def test_a_bundle_for_this_machine_is_taken(tmp_path: Path) -> None:
    sh(
        f"(. /etc/os-release; echo release=$VERSION_CODENAME;"
        f" echo arch=$(dpkg --print-architecture)) > {tmp_path}/bundle.txt"
    )
    assert sh(f"check_bundle {tmp_path}").returncode == 0


def test_the_first_settings_are_those_of_a_public_kiosk(tmp_path: Path) -> None:
    done = sh(f"ETC={tmp_path} panel=21.5:1080x1920; make_settings .")
    assert done.returncode == 0, done.stderr
    settings = load_settings(tmp_path / "kiosk.toml", {})
    assert settings.mode == "kiosk"
    assert settings.panel.px_per_mm == pytest.approx(4.03, abs=0.01)


def test_the_clinic_s_own_settings_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("port = 8099\n")
    assert sh(f"ETC={tmp_path} panel=32:3840x2160; make_settings .").returncode == 0
    assert (tmp_path / "kiosk.toml").read_text() == "port = 8099\n"


def test_a_link_is_never_missing_while_it_is_moved(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / "releases" / name).mkdir(parents=True)
    for name in ("one", "two", "two"):
        assert sh(f"OPT={tmp_path}; point current releases/{name}").returncode == 0
        assert (tmp_path / "current").resolve().name == name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "releases"]


def test_only_the_release_that_runs_and_the_one_before_are_kept(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / "releases" / name).mkdir(parents=True)
    points = "point current releases/three; point previous releases/two; "
    assert sh(f"OPT={tmp_path}; {points} remove_old_releases").returncode == 0
    assert {path.name for path in (tmp_path / "releases").iterdir()} == {"two", "three"}
