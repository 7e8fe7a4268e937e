"""The units: how much each leaves open, and that every opening has its reason."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.settings import PROJECT
from tests.tools import missing

UNITS = sorted((PROJECT / "deploy" / "units").glob("*.service"))
MOST_EXPOSED = 2.0  # of 10; a unit that says nothing has 9.2
NAMES = [unit.stem for unit in UNITS]


@pytest.fixture(autouse=True)
def _systemd() -> None:
    if not shutil.which("systemd-analyze"):
        missing("systemd-analyze is not installed: apt-get install systemd")


def analyze(*arguments: str) -> str:
    done = subprocess.run(
        ["systemd-analyze", "--no-pager", *arguments], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr


def settings(unit: Path) -> list[str]:
    lines = unit.read_text("utf-8").splitlines()
    return [line for line in lines if "=" in line and not line.startswith("#")]


def test_there_is_a_unit_for_each_part() -> None:
    parts = {"", "-build", "-screen", "-voice"}
    assert {name.removeprefix("health-kiosk") for name in NAMES} == parts


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_a_unit_is_hardly_exposed(unit: Path) -> None:
    said = analyze("security", "--offline=true", str(unit))
    found = re.search(r"Overall exposure level for \S+: ([\d.]+)", said)
    assert found, said
    assert float(found[1]) <= MOST_EXPOSED, said


def test_a_unit_that_says_nothing_would_be_found_out(tmp_path: Path) -> None:
    bare = tmp_path / "bare.service"
    bare.write_text("[Service]\nExecStart=/bin/true\n")
    found = re.search(r": ([\d.]+) UNSAFE", analyze("security", "--offline=true", str(bare)))
    assert found
    assert float(found[1]) > 9


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_systemd_understands_every_line(unit: Path, tmp_path: Path) -> None:
    """Programs and units that only an installed kiosk has are put in its place."""
    text = re.sub(r"^ExecStart=.*", "ExecStart=/bin/true", unit.read_text("utf-8"), flags=re.M)
    text = re.sub(r"^(Requires|Wants|Conflicts|After)=.*\n", "", text, flags=re.M)
    copy = tmp_path / unit.name
    copy.write_text(text)
    said = analyze("verify", "--man=no", "--recursive-errors=no", str(copy))
    assert [line for line in said.splitlines() if unit.name in line] == []


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_every_opening_has_its_reason(unit: Path) -> None:
    """What lets something in stands below a comment that begins with “Open:”."""
    opens = r"(RestrictAddressFamilies=.*AF_INET|DeviceAllow=|MemoryDenyWriteExecute=no"
    opens += r"|RestrictNamespaces=(?!yes)|SystemCallFilter=@system-service .+|IPAddressAllow=)"
    reason = ""
    for line in unit.read_text("utf-8").splitlines():
        if line.startswith("#"):
            reason = "Open:" if line.startswith("# Open:") else reason
        elif re.match(opens, line):
            assert reason, f"{unit.name}: {line}"
        elif not line or not line.partition("=")[2]:
            reason = ""


@pytest.mark.parametrize("unit", UNITS, ids=NAMES)
def test_nobody_of_the_kiosk_is_root(unit: Path) -> None:
    [user] = [line for line in settings(unit) if line.startswith("User=")]
    assert user in ("User=health-kiosk", "User=health-kiosk-screen")
    assert "NoNewPrivileges=yes" in settings(unit)
    assert "CapabilityBoundingSet=" in settings(unit)


def test_the_kiosk_is_watched_and_never_given_up() -> None:
    [unit] = [one for one in UNITS if one.stem == "health-kiosk"]
    lines = settings(unit)
    for line in ("Type=notify", "NotifyAccess=main", "Restart=always", "StartLimitIntervalSec=0"):
        assert line in lines
    [watchdog] = [line for line in lines if line.startswith("WatchdogSec=")]
    # Replacing a worker may take timeout and start together (kiosk/worker.py), and is no hang.
    assert int(watchdog.partition("=")[2]) / 2 >= 20 + 40


def test_the_commands_of_the_units_are_commands_of_the_kiosk() -> None:
    from run_kiosk import _COMMANDS

    for unit in UNITS:
        [start] = [line for line in settings(unit) if line.startswith("ExecStart=")]
        if "run_kiosk.py" in start:
            assert start.split("run_kiosk.py ")[1].split()[0] in _COMMANDS
        else:
            script = start.split("/current/")[1]
            assert (PROJECT / script).is_file()
