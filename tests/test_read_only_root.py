"""A machine whose disk is read-only: the state folder is in memory, and nothing else is written.

The kiosk runs in a mount namespace where that is so, with real voice and real leaflets.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.settings import PROJECT
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.test_faults import LEAFLET, ask, goes_on, health, hears
from tests.tools import missing

# $1 becomes a folder in memory; every other file system that holds files becomes read-only.
SURROUNDINGS = """
mount -t tmpfs -o size=512m state "$1"
while read -r _ place kind _; do
    case $kind in proc|sysfs|devtmpfs|devpts|mqueue|cgroup*|*bpf|debugfs|tracefs) continue;; esac
    [ "$place" = "$1" ] || mount -o remount,bind,ro "$place"
done </proc/self/mounts
shift
exec "$@"
"""


@pytest.fixture
def kiosk(tmp_path: Path, paper: None, voice: None) -> Iterator[RunningKiosk]:
    """A kiosk that may write to its state folder alone."""
    if os.geteuid() != 0 or not shutil.which("unshare"):
        missing("only root can make the disk read-only for one process")
    state = tmp_path / "state"
    state.mkdir()
    within = ["unshare", "--mount", "sh", "-euc", SURROUNDINGS, "sh", str(state)]
    with running_kiosk(tmp_path, {"HOME": "/nonexistent"}, within) as found:
        yield found
        assert not found.faults


def seen_by(kiosk: RunningKiosk, path: Path) -> Path:
    """A path as the kiosk finds it."""
    return Path(f"/proc/{kiosk.pid}/root") / path.relative_to("/")


def test_with_a_read_only_disk_and_its_state_in_memory_everything_works(
    kiosk: RunningKiosk,
) -> None:
    for folder in (Path("/tmp"), Path("/var/tmp"), PROJECT, kiosk.state.parent):
        with pytest.raises(OSError, match=os.strerror(errno.EROFS)):
            (seen_by(kiosk, folder) / "may-not-be-written").touch()
    goes_on(kiosk, LEAFLET, "/leg-cramps/leaflets/relief.png")
    hears(kiosk)
    assert ask(kiosk, LEAFLET)[1].startswith(b"%PDF")
    found = health(kiosk)
    assert {name for name, part in found.items() if not part["ok"]} == set(), found
    kept = {path.name for path in seen_by(kiosk, kiosk.state).iterdir()}
    assert {"speech", "leaflets", "usage.db"} <= kept
    assert not list(kiosk.state.iterdir()), "all of it is in memory"
    assert "cannot be" not in kiosk.log.read_text("utf-8")
