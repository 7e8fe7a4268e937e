"""What the virtual printer is made of: its programs, ports and settings."""

import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path

PROGRAMS = ("cupsd", "ippeveprinter", "lpadmin", "ipptool", "dbus-daemon", "qpdf")
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
NOBODY = ("nobody", "nogroup")

# ippeveprinter gives each job to this. A text job is one of ours: its lines set the state.
COMMAND = r"""#!/bin/sh
case "$CONTENT_TYPE" in text/plain) cat "$1" >&2; touch "$RIG_OUT/heard"; exit 0;; esac
number=$(date +%s%N)  # the device counts its jobs anew each time it is switched on
env | grep '^IPP_' | sort > "$RIG_OUT/$number.env"
cp "$1" "$RIG_OUT/$number.tmp" && mv "$RIG_OUT/$number.tmp" "$RIG_OUT/$number.pdf"
if [ -f "$RIG_OUT/hook" ]; then . "$RIG_OUT/hook"; fi
exit 0
"""
ALLOW = "Order allow,deny\nAllow from 127.0.0.1\n"
CUPSD = f"""Browsing Off
WebInterface No
JobRetryInterval 1
ErrorPolicy retry-current-job
<Location />
{ALLOW}</Location>
<Policy default>
<Limit All>
{ALLOW}</Limit>
</Policy>
"""


class RigMissingError(Exception):
    """A program of the rig is not installed."""


def find_programs() -> None:
    """Raises RigMissingError with the names of what is not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name, path=PATH) is None]
    if missing:
        raise RigMissingError(f"the virtual printer needs {', '.join(missing)}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def until(holds: Callable[[], object], seconds: float = 10) -> None:
    """Wait until something holds. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.03)


def write_files(root: Path, port: int) -> None:
    """The command of the device, and the settings of a cupsd that listens on that port."""
    command = root / "print.sh"
    command.write_text(COMMAND)
    command.chmod(0o755)
    places = {
        "ServerRoot": "etc",
        "RequestRoot": "requests",
        "TempDir": "requests/tmp",
        "CacheDir": "cache",
        "StateDir": "state",
        "AccessLog": "access",
        "ErrorLog": "error",
        "PageLog": "page",
    }
    lines = [f"{key} {root}/{place}" for key, place in places.items()]
    lines += [f"User {NOBODY[0]}", f"Group {NOBODY[1]}", "SystemGroup sys", ""]
    (root / "etc/files").write_text("\n".join(lines))
    (root / "etc/cupsd").write_text(f"Listen 127.0.0.1:{port}\n{CUPSD}")
