"""The one door, as people use it: from the command line."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk import __version__
from kiosk.door import pin_file
from kiosk.loader import LANG
from kiosk.settings import PROJECT
from tests.small_pack import FIRST, PACK, SECOND, SmallPack

pytestmark = pytest.mark.usefixtures("voice", "paper")


def environ(small: SmallPack, **more: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")},
        "KIOSK_CONTENT": str(small.content),
        "KIOSK_STATE": str(small.state),
        "KIOSK_PORT": "0",
        "PYTHONWARNINGS": "error::DeprecationWarning",
        **more,
    }


def run(
    small: SmallPack, *arguments: str, given: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    done = subprocess.run(
        [sys.executable, str(PROJECT / "run_kiosk.py"), *arguments],
        cwd=small.content.parent,
        env=environ(small, **more),
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


@contextmanager
def serving(small: SmallPack, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running kiosk and its address."""
    process = subprocess.Popen(
        [sys.executable, str(PROJECT / "run_kiosk.py"), *arguments],
        cwd=small.content.parent,
        env=environ(small),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        assert process.stdout
        try:
            yield process, _address(process)
        finally:
            process.kill()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    for line in process.stdout:
        if found := re.search(r"The kiosk is at (http://\S+)", line):
            return found[1]
    raise AssertionError(f"the kiosk ended with {process.wait(5)}")


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for path in lists for one in path.read_text().split()]


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.status == 200
        assert answer.headers["Server"] is None
        data: bytes = answer.read()
        return data


# serve


@pytest.mark.parametrize("arguments", [(), ("serve", "--host", "127.0.0.1", "--port", "0")])
def test_serving_prints_the_address_and_answers(
    small: SmallPack, arguments: tuple[str, ...]
) -> None:
    with serving(small, *arguments) as (_, address):
        assert address.startswith("http://127.0.0.1:")
        assert b"<h1" in get(address)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_stopping_ends_the_kiosk_and_its_workers(small: SmallPack, way: signal.Signals) -> None:
    with serving(small) as (process, address):
        get(f"{address}/{PACK}/{FIRST}/speech.json")
        workers = children(process.pid)
        assert workers
        process.send_signal(way)
        output, _ = process.communicate(timeout=10)
        if way == signal.SIGINT:
            assert process.returncode == 0
            assert "The kiosk has stopped." in output
        assert "Traceback" not in output
        end = time.monotonic() + 5
        while any(Path(f"/proc/{one}").exists() for one in workers):
            assert time.monotonic() < end, "a worker outlives the kiosk"
            time.sleep(0.05)


def test_a_broken_topic_is_named_at_the_start_and_the_rest_is_served(small: SmallPack) -> None:
    number = small.change_topic("- stretch slowly [relief-stretch-calf]", "- stretch slowly")
    with serving(small) as (process, address):
        assert get(f"{address}/{PACK}/{SECOND}")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    done = run(small, "doctor")
    assert f"{FIRST}.md:{number}" in done.stdout


def test_a_port_that_is_taken_is_told(small: SmallPack) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(small, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1, port {port}" in done.stderr


def test_a_host_that_is_not_there_is_told(small: SmallPack) -> None:
    done = run(small, "serve", "--host", "nowhere.invalid")
    assert done.returncode == 1
    assert "cannot listen on nowhere.invalid" in done.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"KIOSK_PORT": "many"}, "the environment: `port`"),
        ({"KIOSK_MODE": "kiosk"}, "diagonal and resolution"),
        ({"KIOSK_CLINIC_NATION": "france"}, "`clinic.nation`"),
        ({"KIOSK_CONTENT": "/nothing"}, "/nothing"),
    ],
)
def test_settings_that_cannot_be_used_are_told(
    small: SmallPack, more: dict[str, str], said: str
) -> None:
    done = run(small, "serve", **more)
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_settings_file_can_be_named(small: SmallPack) -> None:
    file = small.content.parent / "my.toml"
    assert "there is no" in run(small, "serve", "--config", str(file)).stderr
    file.write_text("port = 'x'\n")
    environment = {"KIOSK_PORT": ""}
    assert run(small, "serve", "--config", str(file), **environment).returncode == 1


# check, doctor, build


def test_check_is_content_with_good_content(small: SmallPack) -> None:
    small.path(f"{LANG}/{SECOND}.md").unlink()
    done = run(small, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The content is well." in done.stdout


def test_check_names_file_line_problem_and_mend(small: SmallPack) -> None:
    number = small.change_topic("- stretch slowly [relief-stretch-calf]", "- stretch slowly")
    done = run(small, "check")
    assert done.returncode == 1
    place = re.escape(f"content/{PACK}/{LANG}/{FIRST}.md:{number}: ")
    assert re.search(rf"^{place}a line without evidence; \S", done.stdout, re.MULTILINE)


def test_the_doctor_has_one_line_for_each_part(small: SmallPack) -> None:
    done = run(small, "doctor")
    lines = [line for line in done.stdout.splitlines() if not line.startswith("      ")]
    names = [line.removeprefix("well ").removeprefix("MEND ").split(":")[0] for line in lines]
    assert {"content", "voice", "leaflets", "font", "disk"} <= {name.strip() for name in names}
    assert done.returncode == (1 if "MEND" in done.stdout else 0)


def test_the_doctor_says_how_to_mend(small: SmallPack) -> None:
    small.change("exercises.yaml", "each: leg", "each: arm")
    done = run(small, "doctor")
    assert done.returncode == 1
    assert re.search(r"^MEND +content: .*exercises\.yaml.*\n {6}\S", done.stdout, re.MULTILINE)


def test_building_says_how_much_is_ready(small: SmallPack) -> None:
    done = run(small, "build")
    assert done.returncode == 0, done.stderr
    found = re.search(r"Ready: (\d+) of (\d+)\.", done.stdout)
    assert found
    assert found[1] == found[2]
    assert list(small.state.rglob("*.pdf"))


def test_a_state_folder_that_cannot_be_written_is_told(small: SmallPack) -> None:
    small.state.write_text("not a folder")
    assert run(small, "build").returncode == 1
    assert run(small, "staff-pin", given="1234\n").returncode == 1


# staff-pin


def test_a_pin_turns_the_staff_page_on(small: SmallPack) -> None:
    done = run(small, "staff-pin", given="2468\n")
    assert done.returncode == 0
    assert pin_file(small.state).is_file()
    assert "2468" not in done.stdout + done.stderr + pin_file(small.state).read_text("utf-8")


@pytest.mark.parametrize("given", ["", "\n", "12\n", "word\n"])
def test_a_pin_that_is_none_is_refused(small: SmallPack, given: str) -> None:
    done = run(small, "staff-pin", given=given)
    assert done.returncode == 1
    assert "4 to 12 digits" in done.stderr
    assert not pin_file(small.state).exists()


# The command line itself


def test_the_version_is_told(small: SmallPack) -> None:
    assert run(small, "--version").stdout.strip() == __version__


@pytest.mark.parametrize("arguments", [("dance",), ("serve", "--port", "many"), ("--colour",)])
def test_what_is_not_a_command_is_refused(small: SmallPack, arguments: tuple[str, ...]) -> None:
    done = run(small, *arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr
