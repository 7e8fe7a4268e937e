"""The offline bundle, on a machine with systemd and without a network. `make install-test` runs it.

Not in `make test`: it makes a Debian with debootstrap and a bundle of 300 MB. One machine goes
through its life in the order of this file; each test says where it stands.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.settings import PROJECT
from tests.deploy.machine import Machine, booted

STICK = "/mnt/stick"
PANEL = ("--panel", "21.5:1080x1920")
LEAFLET = "/leg-cramps/leaflets/relief.pdf?size=large"
PYTHON = "/opt/health-kiosk/current/.venv/bin/python"
FETCH = """
import sys, urllib.request
body = urllib.request.urlopen("http://127.0.0.1:8080" + sys.argv[1], timeout=120).read()
sys.stdout.buffer.write(body[:5] if sys.argv[1].count(".pdf") else body)
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A fresh machine, with the bundle beside it on a stick."""
    own = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True).stdout
    bundles = (PROJECT / "var" / "bundle").glob(f"health-kiosk-*-{own.strip()}.tar.gz")
    bundle = max(bundles, key=lambda path: path.stat().st_mtime)
    with booted(tmp_path_factory.mktemp("machine")) as found:
        stick = found.root / STICK.lstrip("/")
        stick.mkdir()
        subprocess.run(["tar", "-xzf", bundle, "-C", stick, "--strip-components=1"], check=True)
        yield found


def install(machine: Machine, *arguments: str, stick: str = STICK) -> tuple[int, str]:
    done = machine.run("sh", f"{stick}/install.sh", *arguments)
    return done.code, done.said


def fetch(machine: Machine, path: str) -> str:
    return machine.must(PYTHON, "-c", FETCH, path)


def release(machine: Machine) -> str:
    return machine.must("readlink", "/opt/health-kiosk/current").strip()


def other_bundle(machine: Machine, name: str, path: str, old: str, new: str) -> str:
    """A second bundle: the same wheels and debs, and a kiosk with one file changed."""
    first, second = machine.root / STICK.lstrip("/"), machine.root / "mnt" / name
    shutil.copytree(first, second, copy_function=lambda a, b: Path(b).hardlink_to(a))
    changed = second / "app" / path
    text = changed.read_text("utf-8")
    changed.unlink()  # a link to the first bundle's file
    changed.write_text(text.replace(old, new, 1), "utf-8")
    sums = second / "SHA256SUMS"
    sums.unlink()
    found = subprocess.run(
        "find . -type f -print0 | sort -z | xargs -0 sha256sum",
        shell=True,
        cwd=second,
        capture_output=True,
        check=True,
    )
    sums.write_bytes(found.stdout)
    return f"/mnt/{name}"


def test_the_machine_has_no_network_and_no_python(machine: Machine) -> None:
    interfaces = machine.must("cat", "/proc/net/dev")
    assert re.findall(r"^\s*(\w+):", interfaces, re.MULTILINE) == ["lo"]
    assert machine.run("python3", "-V").code != 0


def test_a_damaged_bundle_is_refused(machine: Machine) -> None:
    stick = other_bundle(machine, "damaged", "LICENSE", "Apache", "A")
    sums = machine.root / "mnt/damaged/SHA256SUMS"
    sums.write_bytes((machine.root / STICK.lstrip("/") / "SHA256SUMS").read_bytes())
    code, said = install(machine, *PANEL, stick=stick)
    assert code == 1
    assert "damaged" in said
    assert machine.run("id", "health-kiosk").code != 0


def test_without_its_panel_nothing_is_installed(machine: Machine) -> None:
    code, said = install(machine)
    assert code == 1
    assert "--panel" in said
    code, said = install(machine, "--panel", "21.5 inches")
    assert code == 1
    assert machine.run("test", "-e", "/opt/health-kiosk").code != 0


def test_the_bundle_installs_the_kiosk(machine: Machine) -> None:
    code, said = install(machine, *PANEL)
    assert code == 0, said
    assert "Installed: 0." in said
    assert machine.must("systemctl", "is-active", "health-kiosk").strip() == "active"


def test_it_serves_a_page_and_a_leaflet(machine: Machine) -> None:
    assert "<h1" in fetch(machine, "/leg-cramps/relief")
    assert fetch(machine, LEAFLET) == "%PDF-"
    assert '"segments"' in fetch(machine, "/leg-cramps/relief/speech.json")


def test_every_part_but_the_printer_is_well(machine: Machine) -> None:
    parts = json.loads(fetch(machine, "/healthz"))
    assert [name for name, part in parts.items() if not part["ok"]] == []


def test_the_panel_is_set_and_a_public_kiosk_gives_no_file(machine: Machine) -> None:
    settings = (machine.root / "etc/health-kiosk/kiosk.toml").read_text("utf-8")
    for line in ('mode = "kiosk"', "diagonal_in = 21.5", "width_px = 1080", "height_px = 1920"):
        assert f"\n{line}\n" in settings


def test_the_kiosk_runs_as_nobody_in_particular(machine: Machine) -> None:
    pid = machine.must("systemctl", "show", "-P", "MainPID", "health-kiosk").strip()
    status = machine.must("cat", f"/proc/{pid}/status")
    assert re.search(r"^Uid:\t(?!0\t)\d+", status, re.MULTILINE)
    assert re.search(r"^CapEff:\t0{16}$", status, re.MULTILINE)
    assert re.search(r"^Seccomp:\t2$", status, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\t1$", status, re.MULTILINE)


def test_leaflets_are_made_ahead(machine: Machine) -> None:
    machine.until(
        "sh", "-c", "ls /var/lib/health-kiosk/leaflets/*/*.pdf && ls /var/lib/health-kiosk/fonts"
    )


def test_the_natural_voice_is_made_ahead(machine: Machine) -> None:
    """Its model came with the bundle; the unit's limits leave it all that it needs."""
    machine.must("rm", "-f", "/var/lib/health-kiosk/visitor-is-here")  # the visits above
    machine.until("sh", "-c", "ls /var/lib/health-kiosk/speech/*/*.ogg", patience_s=600)
    machine.must("systemctl", "stop", "health-kiosk-voice")  # the rest goes quicker


def test_the_screen_s_browser_sees_the_kiosk_from_inside_its_sandbox(machine: Machine) -> None:
    """Chromium alone, without Cage: there is no display. All of the unit's limits hold."""
    drop_in = machine.root / "etc/systemd/system/health-kiosk-screen.service.d/headless.conf"
    drop_in.parent.mkdir()
    command = "exec chromium --headless=new --user-data-dir=$XDG_RUNTIME_DIR/c $KIOSK_URL"
    drop_in.write_text(f"[Service]\nExecStart=\nExecStart=/bin/sh -c '{command}/help'\n")
    seen = "/var/lib/health-kiosk/visitor-is-here"
    machine.must("rm", "-f", seen)
    machine.must("systemctl", "daemon-reload")
    machine.must("systemctl", "restart", "health-kiosk-screen")
    machine.until("test", "-e", seen)
    status = machine.must("sh", "-c", "cat /proc/$(pgrep -o -f type=renderer)/status")
    assert re.search(r"^NSpid:(\t\d+)+\t1$", status, re.MULTILINE), "a process namespace of its own"
    assert re.search(r"^Seccomp:\t2$", status, re.MULTILINE)
    drop_in.unlink()
    machine.must("systemctl", "stop", "health-kiosk-screen")


def test_a_second_run_changes_nothing(machine: Machine) -> None:
    settings = machine.root / "etc/health-kiosk/kiosk.toml"
    settings.write_text(settings.read_text("utf-8").replace('#name = ""', 'name = "The Surgery"'))
    before = release(machine)
    code, said = install(machine)
    assert code == 0, said
    assert release(machine) == before
    assert 'name = "The Surgery"' in settings.read_text("utf-8")
    assert fetch(machine, LEAFLET) == "%PDF-"


def test_the_firewall_follows_the_settings(machine: Machine) -> None:
    settings = machine.root / "etc/health-kiosk/kiosk.toml"
    before = settings.read_text("utf-8")
    own = "/opt/health-kiosk/current/deploy/install.sh"
    settings.write_text(before.replace('#queue = ""', 'queue = "ipp://192.0.2.10/ipp/print"'))
    machine.must("sh", own)
    allowed = machine.must("systemctl", "show", "-P", "IPAddressAllow", "health-kiosk")
    assert "192.0.2.10" in allowed
    settings.write_text(before)
    machine.must("sh", own)
    allowed = machine.must("systemctl", "show", "-P", "IPAddressAllow", "health-kiosk")
    assert "192.0.2.10" not in allowed


def test_a_kiosk_that_hangs_is_started_again(machine: Machine) -> None:
    quick = machine.root / "etc/systemd/system/health-kiosk.service.d/quick.conf"
    quick.parent.mkdir(exist_ok=True)
    quick.write_text("[Service]\nWatchdogSec=10\nTimeoutAbortSec=5\n")
    machine.must("systemctl", "daemon-reload")
    machine.must("systemctl", "restart", "health-kiosk")
    pid = machine.must("systemctl", "show", "-P", "MainPID", "health-kiosk").strip()
    machine.must("kill", "-STOP", pid)
    machine.until(
        *(
            "sh",
            "-c",
            f"p=$(systemctl show -P MainPID health-kiosk); [ $p != {pid} ] && [ $p != 0 ]",
        ),
    )
    machine.until("systemctl", "is-active", "--quiet", "health-kiosk")
    assert "<h1" in fetch(machine, "/")
    quick.unlink()
    machine.must("systemctl", "daemon-reload")


def test_a_killed_kiosk_is_started_again(machine: Machine) -> None:
    machine.must("systemctl", "kill", "-s", "KILL", "health-kiosk")
    machine.until(PYTHON, "-c", FETCH, "/")


def test_the_log_has_nothing_of_a_visit(machine: Machine) -> None:
    for path in ("/leg-cramps/pregnancy", "/leg-cramps/nothing-here", LEAFLET):
        machine.run(PYTHON, "-c", FETCH, path)
    log = machine.must("journalctl", "--no-pager", "-o", "cat", "-u", "health-kiosk")
    assert "The kiosk is at" in log
    for word in ("pregnancy", "nothing-here", "relief", "GET", "Traceback", "127.0.0.1 - "):
        assert word not in log


def test_a_backup_brings_the_pin_and_the_settings_back(machine: Machine) -> None:
    machine.must(
        *("setpriv", "--reuid=health-kiosk", "--regid=health-kiosk", "--clear-groups"),
        *("env", "KIOSK_STATE=/var/lib/health-kiosk", PYTHON),
        *("/opt/health-kiosk/current/run_kiosk.py", "staff-pin"),
        given="2468\n",
    )
    assert install(machine, "backup", "/var/tmp/kept.tar.gz")[0] == 0
    assert machine.must("stat", "-c", "%a", "/var/tmp/kept.tar.gz").strip() == "600"
    pin = machine.root / "var/lib/health-kiosk/staff-pin.json"
    kept = pin.read_text()
    pin.unlink()
    (machine.root / "etc/health-kiosk/kiosk.toml").write_text("port = 8080\n")
    code, said = install(machine, "restore", "/var/tmp/kept.tar.gz")
    assert code == 0, said
    assert pin.read_text() == kept
    assert "The Surgery" in (machine.root / "etc/health-kiosk/kiosk.toml").read_text("utf-8")
    assert "<h1" in fetch(machine, "/")


def test_an_upgrade_replaces_the_kiosk_and_rollback_brings_it_back(machine: Machine) -> None:
    first = release(machine)
    stick = other_bundle(
        machine, "newer", "templates/help.html", "{% block main %}", "{% block main %}newer"
    )
    code, said = install(machine, stick=stick)
    assert code == 0, said
    second = release(machine)
    assert second != first
    assert "newer" in fetch(machine, "/help")
    assert install(machine, "rollback", stick=stick)[0] == 0
    assert release(machine) == first
    assert "newer" not in fetch(machine, "/help")
    assert install(machine, "rollback", stick=stick)[0] == 0
    assert release(machine) == second


def test_an_upgrade_that_does_not_start_is_put_back(machine: Machine) -> None:
    before = release(machine)
    stick = other_bundle(
        machine, "broken", "run_kiosk.py", "import argparse", "raise SystemExit(3)"
    )
    code, said = install(machine, stick=stick)
    assert code == 1
    assert "put back" in said
    assert release(machine) == before
    assert "<h1" in fetch(machine, "/")


def test_status_tells_how_it_is(machine: Machine) -> None:
    code, said = install(machine, "status")
    assert code == 0, said
    assert "well  content" in said


def test_uninstalling_leaves_the_clinic_s_own_things(machine: Machine) -> None:
    assert install(machine, "uninstall")[0] == 0
    assert machine.run("systemctl", "is-active", "--quiet", "health-kiosk").code != 0
    for gone in ("/opt/health-kiosk", "/etc/systemd/system/health-kiosk.service"):
        assert machine.run("test", "-e", gone).code != 0
    assert (machine.root / "etc/health-kiosk/kiosk.toml").exists()
    assert (machine.root / "var/lib/health-kiosk/staff-pin.json").exists()
    assert install(machine, "uninstall", "--purge")[0] == 0
    for gone in ("/etc/health-kiosk", "/var/lib/health-kiosk"):
        assert machine.run("test", "-e", gone).code != 0
    assert machine.run("id", "health-kiosk").code != 0
