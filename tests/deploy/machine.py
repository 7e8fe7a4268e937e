"""A Debian machine with systemd and no network, in namespaces of this one.

Takes a folder; puts a Debian made by debootstrap in it (once; kept in var/install-test), boots it
with systemd-nspawn, and runs commands in it. Needs root, debootstrap and systemd-container.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.settings import PROJECT
from tests.tools import missing

BASE = PROJECT / "var" / "install-test" / "base"
BOOT_S = 120
# What a fresh installation has that debootstrap leaves out, and nothing that the kiosk needs.
WITH = "systemd,systemd-sysv,dbus"


@dataclass(frozen=True)
class Done:
    """What a command in the machine came to."""

    code: int
    said: str


@dataclass(frozen=True)
class Machine:
    """A machine that runs; `root` is its disk, `leader` its first process as seen from here."""

    root: Path
    leader: int

    def run(self, *command: str, given: str = "", patience_s: int = 900) -> Done:
        """Run a command as root in the machine, to its end."""
        done = subprocess.run(
            ["nsenter", "--target", str(self.leader), "--all", "--", *command],
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=patience_s,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"},
            check=False,
        )
        return Done(done.returncode, done.stdout)

    def must(self, *command: str, given: str = "") -> str:
        """Run a command that must succeed; what it said."""
        done = self.run(*command, given=given)
        assert done.code == 0, f"{' '.join(command)}: {done.said}"
        return done.said

    def until(self, *command: str, patience_s: int = 180) -> str:
        """Run a command again and again until it succeeds; what it said."""
        end = time.monotonic() + patience_s
        while True:
            done = self.run(*command)
            if done.code == 0:
                return done.said
            assert time.monotonic() < end, f"{' '.join(command)}: {done.said}"
            time.sleep(1)


def make_base() -> None:
    """Have a fresh Debian of this machine's release."""
    for tool in ("debootstrap", "systemd-nspawn", "nsenter"):
        if not shutil.which(tool):
            missing(f"{tool} is not installed: apt-get install debootstrap systemd-container")
    if os.getuid() != 0:
        missing("only root can make and boot a machine")
    if BASE.is_dir():
        return
    release = re.search(r"VERSION_CODENAME=(\w+)", Path("/etc/os-release").read_text())
    assert release is not None
    new = BASE.with_name("base.new")
    shutil.rmtree(new, ignore_errors=True)
    new.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={WITH}", release[1], str(new)], check=True
    )
    new.rename(BASE)


@contextmanager
def booted(folder: Path) -> Iterator[Machine]:
    """A fresh machine, until the end of the `with`; its disk is `folder/root`."""
    make_base()
    root = folder / "root"
    subprocess.run(["cp", "-a", "--reflink=auto", str(BASE), str(root)], check=True)
    console = folder / "console.log"
    # nspawn wants a terminal of its own; `script` gives it one.
    nspawn = f"systemd-nspawn -q -D {root} -b --private-network --register=no --keep-unit"
    with console.open("wb") as sink:
        process = subprocess.Popen(
            ["script", "-qfc", nspawn, "/dev/null"],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
        )
        try:
            machine = Machine(root, _leader(process, root, console))
            machine.until(
                "systemctl", "is-active", "--quiet", "multi-user.target", patience_s=BOOT_S
            )
            yield machine
        finally:
            for pid in (_child_of(process.pid), process.pid):
                if pid is not None:
                    os.kill(pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _leader(process: "subprocess.Popen[bytes]", root: Path, console: Path) -> int:
    """The machine's own first process: nspawn's grandchild whose root is the machine's disk."""
    end = time.monotonic() + BOOT_S
    while time.monotonic() < end:
        assert process.poll() is None, console.read_text("utf-8", "replace")
        pid: int | None = process.pid
        while pid is not None:
            try:
                if Path(f"/proc/{pid}/comm").read_text().strip() == "systemd":
                    return pid
            except OSError:
                break
            pid = _child_of(pid)
        time.sleep(0.5)
    raise TimeoutError(f"{root} did not boot: {console.read_text('utf-8', 'replace')}")


def _child_of(pid: int) -> int | None:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    return int(children[-1]) if children else None
