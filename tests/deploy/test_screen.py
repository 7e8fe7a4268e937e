"""The screen shows the kiosk and nothing else: real Chromium under the clinic's own policy.

Each way out is tried twice: without the policy, where it must succeed (else the test could not
fail), and with it, where it must not.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kiosk.settings import PROJECT
from tests.browser.conftest import CHROMIUM, as_root
from tests.tools import missing

SCREEN = PROJECT / "deploy" / "screen"
POLICY: dict[str, object] = json.loads((SCREEN / "policy.json").read_text("utf-8"))
FLAGS = [
    line.partition("#")[0].strip()
    for line in (SCREEN / "chromium-flags.txt").read_text("utf-8").splitlines()
    if line.startswith("-")
]
# The page that a visitor would have to be brought to; it tries what no address can.
TRIES = """<!doctype html><title>t</title><h1>The kiosk</h1><script>
const told = (what) => fetch("/told/" + what);
(async () => {
  const asked = async (name) => (await navigator.permissions.query({ name })).state;
  for (const name of ["camera", "microphone", "geolocation", "notifications"])
    await told(name + "-" + (await asked(name).catch(() => "unknown")));
  const frame = document.createElement("iframe");
  frame.src = "OTHER/framed";
  document.body.append(frame);
  location.href = "/file.bin";
  await new Promise((done) => setTimeout(done, 1500));
  await told("last");
  location.href = "OTHER/escaped";
})();
</script>"""


class Site(ThreadingHTTPServer):
    """A server that notes what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.other = ""
        super().__init__(("127.0.0.1", 0), _Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Answers(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        if self.path == "/file.bin":
            self.send_header("Content-Disposition", "attachment; filename=file.bin")
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(TRIES.replace("OTHER", self.server.other).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[Site, Site]]:
    """The kiosk's place, and another on the same machine."""
    kiosk, other = Site(), Site()
    kiosk.other = other.address
    yield kiosk, other
    for site in (kiosk, other):
        site.shutdown()
        site.server_close()


@cache
def needs() -> None:
    if not CHROMIUM.is_file():
        missing(f"there is no {CHROMIUM}: install the package chromium")
    if os.geteuid() != 0 or not shutil.which("unshare"):
        missing("only root can show Chromium another policy than this machine's")


def under(policy: dict[str, object] | None, *command: str, folder: Path) -> list[str]:
    """The command in a mount namespace where Chromium finds this policy, or none."""
    needs()
    etc = folder / "chromium"
    (etc / "policies" / "managed").mkdir(parents=True)
    if policy is not None:
        (etc / "policies" / "managed" / "health-kiosk.json").write_text(json.dumps(policy))
    bind = f"mount --bind {etc} /etc/chromium && exec "
    return ["unshare", "--mount", "sh", "-c", bind + '"$@"', "sh", *command]


def policy_for(address: str, **changes: object) -> dict[str, object]:
    policy = json.loads(json.dumps(POLICY).replace("KIOSK_URL", address))
    return {name: value for name, value in (policy | changes).items() if value is not None}


def visit(addresses: list[str], policy: dict[str, object] | None, folder: Path) -> dict[str, str]:
    """What became of each address."""
    command = [sys.executable, "-m", "tests.deploy.escapes", json.dumps(addresses)]
    done = subprocess.run(
        under(policy, *command, folder=folder),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def ways_out(kiosk: Site, other: Site) -> list[str]:
    return [
        "file:///etc/os-release",
        "file:///",
        f"view-source:{kiosk.address}/",
        "data:text/html,<p>out</p>",
        "devtools://devtools/bundled/inspector.html",
        "chrome://version",
        "chrome://policy",
        "chrome://flags",
        "chrome://downloads",
        f"{other.address}/",
        f"http://localhost:{kiosk.server_port}/",
        "http://clinic.example/",
    ]


# Playwright itself is a developer's tool and begins on about:blank; nothing else is changed.
PLAYWRIGHT = {"DeveloperToolsAvailability": None}


def test_no_address_leads_out(sites: tuple[Site, Site], tmp_path: Path) -> None:
    kiosk, other = sites
    own = f"{kiosk.address}/"
    allowed = {"URLAllowlist": [kiosk.address, "about:blank"]}
    closed = visit(
        [own, *ways_out(kiosk, other)],
        policy_for(kiosk.address, **PLAYWRIGHT, **allowed),
        tmp_path,
    )
    assert "The kiosk" in closed.pop(own)
    refused = {way for way, came in closed.items() if "ERR_BLOCKED_BY_ADMINISTRATOR" in came}
    assert refused == set(closed)


def test_without_the_policy_the_ways_out_are_open(sites: tuple[Site, Site], tmp_path: Path) -> None:
    came = visit(ways_out(*sites), None, tmp_path)
    opened = {way for way, text in came.items() if not str(text).startswith("error:")}
    assert opened == {way for way in came if "clinic.example" not in way}
    assert "PRETTY_NAME" in came["file:///etc/os-release"]


def test_chromium_knows_every_line_of_the_policy(sites: tuple[Site, Site], tmp_path: Path) -> None:
    kiosk, _ = sites
    allowed = {"URLAllowlist": [kiosk.address, "about:blank", "chrome://policy"]}
    came = visit(["chrome://policy"], policy_for(kiosk.address, **PLAYWRIGHT, **allowed), tmp_path)
    rows = dict(came["chrome://policy"])  # type: ignore[arg-type]
    assert set(rows) >= set(POLICY) - {"DeveloperToolsAvailability"}
    wrong = {name: told for name, told in rows.items() if re.search("nknown|rror|gnored", told)}
    assert wrong == {}


def browse(kiosk: Site, policy: dict[str, object] | None, folder: Path) -> Path:
    """Open the page that tries to leave, with all flags of the screen; give back its home."""
    home = folder / "home"
    (home / "Downloads").mkdir(parents=True)
    kiosk.asked.clear()
    flags = [flag for flag in FLAGS if not flag.startswith(("--ozone", "--kiosk"))]
    command = [str(CHROMIUM), "--headless=new", "--disable-gpu", *as_root(), *flags]
    command += [f"--user-data-dir={home}/profile", f"{kiosk.address}/try"]
    process = subprocess.Popen(
        under(policy, *command, folder=folder),
        env={**os.environ, "HOME": str(home), "XDG_DOWNLOAD_DIR": str(home / "Downloads")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 60
        while "/told/last" not in kiosk.asked:
            assert time.monotonic() < end, f"the page went no further than {kiosk.asked}"
            time.sleep(0.2)
        time.sleep(3)  # what it goes on to do
    finally:
        os.killpg(process.pid, 15)
        process.wait(20)
    return home


def test_a_page_that_tries_cannot_leave_or_save(sites: tuple[Site, Site], tmp_path: Path) -> None:
    """The policy exactly as a clinic has it."""
    kiosk, other = sites
    other.asked.clear()
    home = browse(kiosk, policy_for(kiosk.address), tmp_path)
    assert "/try" in kiosk.asked
    assert other.asked == []
    assert list((home / "Downloads").iterdir()) == []
    for device in ("camera", "microphone", "geolocation", "notifications"):
        assert f"/told/{device}-denied" in kiosk.asked


def test_without_the_policy_that_page_leaves_and_saves(
    sites: tuple[Site, Site], tmp_path: Path
) -> None:
    kiosk, other = sites
    other.asked.clear()
    home = browse(kiosk, None, tmp_path)
    assert "/framed" in other.asked
    assert "/escaped" in other.asked
    assert [path.suffix for path in (home / "Downloads").iterdir()] != []


@pytest.mark.parametrize("never", ["--no-sandbox", "--remote-debugging-port", "--disable-web"])
def test_the_browser_keeps_its_sandbox(never: str) -> None:
    script = (SCREEN / "screen.sh").read_text("utf-8")
    assert never not in script
    assert [flag for flag in FLAGS if flag.startswith(never)] == []


def test_every_flag_is_a_flag() -> None:
    assert FLAGS
    assert [flag for flag in FLAGS if not re.fullmatch(r"--[a-z-]+(=[\w.,-]+)?", flag)] == []


def test_the_screen_s_script_starts_cage_with_the_flags(tmp_path: Path) -> None:
    """With a cage that only says what it was asked."""
    cage = tmp_path / "cage"
    cage.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    cage.chmod(0o755)
    (tmp_path / "chromium").mkdir()
    (tmp_path / "chromium" / "of-the-last-visitor").touch()
    done = subprocess.run(
        ["sh", str(SCREEN / "screen.sh")],
        env={
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "XDG_RUNTIME_DIR": str(tmp_path),
            "KIOSK_URL": "http://127.0.0.1:8080",
            "KIOSK_CAGE": "-r",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    profile = tmp_path / "chromium"
    wanted = ["-r", "--", "chromium", *FLAGS]
    wanted += [f"--user-data-dir={profile}", "--app=http://127.0.0.1:8080"]
    assert done.stdout.splitlines() == wanted
    assert list(profile.iterdir()) == []
