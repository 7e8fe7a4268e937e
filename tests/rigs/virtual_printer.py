"""A whole printer without paper: a private CUPS and an IPP Everywhere printer behind it.

Runs unprivileged on free ports of the loopback, in a folder of its own; nothing of the machine's
own printing is touched. What arrives is kept, with the options it came with.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from tests.rigs.machinery import NOBODY, PATH, answers, find_programs, free_port, until, write_files

QUEUE = "leaflet"


class VirtualPrinter:
    """The printer, its queue, and everything that can be done to them."""

    def __init__(self) -> None:
        find_programs()
        self.root = Path(tempfile.mkdtemp(prefix="vp"))  # short: it holds the path of a socket
        self.out = self.root / "out"
        for name in ("out", "spool", "etc", "requests/tmp", "cache", "state"):
            (self.root / name).mkdir(parents=True)
        self._port, self._cups_port = free_port(), free_port()
        self.device_uri = f"ipp://localhost:{self._port}/ipp/print"
        self.queue_uri = f"ipp://127.0.0.1:{self._cups_port}/printers/{QUEUE}"
        write_files(self.root, self._cups_port)
        self._environ = {
            **os.environ,
            "PATH": PATH,
            "HOME": str(self.root),
            "TMPDIR": str(self.root),
            "RIG_OUT": str(self.out),
            "CUPS_SERVER": f"127.0.0.1:{self._cups_port}",
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={self.root}/bus",
        }
        self._who: dict[str, object] = {}
        if os.getuid() == 0:
            self._who = {"user": NOBODY[0], "group": NOBODY[1], "extra_groups": []}
            for path in [self.root, *self.root.rglob("*")]:
                shutil.chown(path, *NOBODY)
        self._works = count()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    # Power and spooler.

    def start(self) -> "VirtualPrinter":
        """Everything on."""
        # cups 2.4's ippeveprinter wants some system bus, even when told not to announce itself.
        address = f"--address=unix:path={self.root}/bus"
        self._up("bus", "dbus-daemon", "--session", "--nofork", "--nopidfile", address)
        until((self.root / "bus").exists)
        self.power_on()
        self.spooler_on()
        self._admin("lpadmin", "-p", QUEUE, "-E", "-v", self.device_uri, "-m", "everywhere")
        until((self.root / f"etc/ppd/{QUEUE}.ppd").exists)  # lpadmin answers before it is written
        return self

    def stop(self) -> None:
        """Everything off, and nothing left."""
        for name in ("cups", "printer", "bus"):
            self._down(name)
        shutil.rmtree(self.root, ignore_errors=True)

    def power_on(self, both_sides: bool = True) -> None:
        options = ["-r", "off", "-n", "localhost", "-p", str(self._port), "-s", "20,10"]
        options += ["-2"] if both_sides else []
        folders = ["-K", str(self.root), "-d", str(self.root / "spool")]
        formats = ["-f", "application/pdf,text/plain,image/pwg-raster"]
        command = ["-c", str(self.root / "print.sh"), "Kiosk"]
        self._up("printer", "ippeveprinter", *options, *folders, *formats, *command)
        until(lambda: answers(self._port))
        self.fill(250)

    def power_off(self) -> None:
        self._down("printer")

    def freeze(self) -> None:
        """The device stands still: it takes connections and answers nothing."""
        self._signal(self.running["printer"], signal.SIGSTOP)

    def thaw(self) -> None:
        if "printer" in self.running:
            self._signal(self.running["printer"], signal.SIGCONT)

    def spooler_on(self) -> None:
        self._up(
            *("cups", "cupsd", "-f", "-c", f"{self.root}/etc/cupsd", "-s", f"{self.root}/etc/files")
        )
        until(lambda: answers(self._cups_port))

    def spooler_off(self) -> None:
        self._down("cups")

    def _up(self, name: str, *command: str) -> None:
        # In a session of its own: what a device was doing must die with it.
        with (self.root / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self._environ,
                cwd=self.root,
                start_new_session=True,
                **self._who,  # type: ignore[call-overload] # user and group, for root only
            )

    def _down(self, name: str) -> None:
        process = self.running.pop(name, None)
        if process is not None:
            self._signal(process, signal.SIGCONT)
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
            self._signal(process, signal.SIGKILL)

    def _signal(self, process: subprocess.Popen[bytes], number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)

    # The device.

    def fill(self, sheets: int) -> None:
        """So many sheets in both trays; 0 is out of paper. One tray left out jams it for good."""
        trays = {
            **{"size1": "iso_a4_210x297mm", "type1": "stationery", "level1": sheets},
            **{"size2": "na_index-4x6_4x6in", "type2": "photographic-glossy", "level2": sheets},
        }
        address = f"http://localhost:{self._port}/media?{urllib.parse.urlencode(trays)}"
        urllib.request.urlopen(address, timeout=5).read()

    def say(self, words: str) -> None:
        """Have the device report: `cover-open-error`, `+toner-low`, `-cover-open`, `none`."""
        control, heard = self.root / "control.txt", self.out / "heard"
        heard.unlink(missing_ok=True)
        control.write_text(f"STATE: {words}\n")
        control.chmod(0o644)
        command = ["ipptool", "-t", "-T", "5", "-f", str(control), "-d", "filetype=text/plain"]

        def is_heard() -> bool:
            # A device that is busy takes nothing; its command runs after the answer.
            self._admin(*command, self.device_uri, "print-job.test")
            with suppress(TimeoutError):
                until(heard.exists, 0.5)
            return heard.exists()

        until(is_heard, 30)

    def say_now(self, words: str) -> None:
        """The same in the middle of a job; see `each_job_takes`."""
        (self.out / "said.new").write_text(f"STATE: {words}\n")
        (self.out / "said.new").rename(self.out / "said")
        until(lambda: not (self.out / "said").exists())

    def each_job_takes(self, seconds: float) -> None:
        """How long the device works on a job, unless `finish_job` is called."""
        working = self.out / f"working-{next(self._works)}"  # gone when the job is to end
        working.touch()
        wait = f'n=0; while [ $n -lt {round(seconds * 10)} ] && [ -f "{working}" ]'
        said = 'if [ -f "$RIG_OUT/said" ]; then cat "$RIG_OUT/said" >&2; rm "$RIG_OUT/said"; fi'
        (self.out / "hook").write_text(f"{wait}; do {said}; sleep 0.1; n=$((n + 1)); done\n")

    def each_job_fails(self) -> None:
        """The device gives up every job."""
        (self.out / "hook").write_text("exit 1\n")

    def finish_job(self) -> None:
        """The device works well, and is quick with what it has."""
        (self.out / "hook").unlink(missing_ok=True)
        for working in self.out.glob("working-*"):
            working.unlink()

    def printed(self) -> list[Path]:
        """The papers that came out, oldest first."""
        return sorted(self.out.glob("*.pdf"), key=lambda path: int(path.stem))

    def forget(self) -> None:
        """Take the papers out of the tray."""
        for path in [*self.out.glob("*.pdf"), *self.out.glob("*.env")]:
            path.unlink()

    def options(self, paper: Path) -> Mapping[str, str]:
        """The options that a paper came with, by their IPP names in capitals."""
        lines = paper.with_suffix(".env").read_text().splitlines()
        return dict(line.removeprefix("IPP_").split("=", 1) for line in lines)

    # The queue.

    def queue_does(self, program: str, *options: str) -> None:
        """`cupsdisable`, `cupsenable`, `cupsreject`, `cupsaccept` or `lpadmin -p` on the queue."""
        self._admin(program, *options, QUEUE)

    def print_as_somebody_else(self, path: Path) -> None:
        self._admin("lp", "-d", QUEUE, "-t", "other", str(path))

    def cancel_everything(self) -> None:
        self._admin("cancel", "-a", "-x")

    def jobs(self) -> Sequence[str]:
        """The jobs that the queue still has to do."""
        return self._admin("lpstat", "-o").stdout.splitlines()

    def _admin(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self._environ, capture_output=True, text=True, timeout=20, check=False
        )
