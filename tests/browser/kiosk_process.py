"""The real kiosk, as a clinic starts it: a process of its own, on a free port.

Takes an empty state folder; gives back the address once the kiosk has said it. A fault that the
kiosk only writes to its log is a fault all the same, so the log can be asked for.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from kiosk.settings import PROJECT

PIN = "2468"
STOP_S = 30  # how long the kiosk may take to end
_ADDRESS = re.compile(r"http://\S+")
_COMMAND = [sys.executable, str(PROJECT / "run_kiosk.py")]


@dataclass(frozen=True)
class RunningKiosk:
    """A kiosk that serves at `address` and keeps everything under `state`."""

    address: str
    state: Path
    log: Path
    pid: int

    def kill_worker(self, owner: str, by: signal.Signals = signal.SIGKILL) -> None:
        """End a child process of the kiosk without warning, by what it owns; or stop it."""
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                child = re.search(r"^PPid:\t(\d+)$", status.read_text(), re.MULTILINE)
                command = (status.parent / "cmdline").read_bytes().decode().split("\0")
            except OSError:  # it ended while we looked
                continue
            if child and int(child[1]) == self.pid and owner in command:
                os.kill(int(status.parent.name), by)
                return
        raise RuntimeError(f"the kiosk has no worker for {owner}")

    def set_pin(self) -> None:
        """Turn the staff page on, with the command that staff use."""
        subprocess.run(
            [*_COMMAND, "staff-pin"],
            input=PIN,
            text=True,
            env=_environment(self.state),
            check=True,
            capture_output=True,
            timeout=30,
        )

    def forget_pin(self) -> None:
        """Turn the staff page off again."""
        (self.state / "staff-pin.json").unlink(missing_ok=True)

    @property
    def faults(self) -> list[str]:
        """What the log says of faults that the kiosk did not foresee."""
        text = self.log.read_text("utf-8")
        return [line for line in text.splitlines() if "Traceback" in line or "unexpected" in line]


def _environment(state: Path) -> dict[str, str]:
    """The environment without any settings of its own but ours."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    return plain | {"KIOSK_PORT": "0", "KIOSK_MODE": "desk", "KIOSK_STATE": str(state)}


@contextmanager
def running_kiosk(
    folder: Path,
    settings: Mapping[str, str] = MappingProxyType({}),
    within: Sequence[str] = (),
) -> Iterator[RunningKiosk]:
    """Start the kiosk, and end it by what Ctrl+C sends. Raises RuntimeError when it cannot start.

    `folder` gets the kiosk's state and its log; `settings` are `KIOSK_*` variables; `within` is a
    command that becomes the kiosk, once it has made its surroundings.
    """
    state, log = folder / "state", folder / "kiosk.log"
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            [*within, *_COMMAND, "serve"],
            env=_environment(state) | dict(settings),
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
        ) as process,
    ):
        try:
            assert process.stdout is not None
            found = _ADDRESS.search(process.stdout.readline())
            if found is None:
                raise RuntimeError(f"the kiosk did not start: {log.read_text('utf-8')}")
            yield RunningKiosk(found[0], state, log, process.pid)
            if process.poll() is not None:
                raise RuntimeError(f"the kiosk ended by itself with {process.returncode}")
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
