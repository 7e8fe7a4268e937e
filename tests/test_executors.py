"""The work of `build` may be done by other processes, or by a cluster: the files are the same."""

import socket
import sys
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from kiosk.build import build, made_elsewhere
from kiosk.errors import SettingsError
from kiosk.executors import executor
from kiosk.leaflet import Size
from tests.small_pack import FIRST, PACK, SmallPack


class HereAndNow(Executor):
    """Stands for a cluster: does each job in this process, as a worker would."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def submit(self, do, /, *arguments, **_):
        assert do is made_elsewhere
        self.asked.append(arguments[1])
        future: Future[object] = Future()
        try:
            future.set_result(do(*arguments))
        except Exception as error:
            future.set_exception(error)
        return future


class Ends(HereAndNow):
    """Stands for a cluster whose workers are lost."""

    def submit(self, do, /, *arguments, **_):
        future: Future[object] = Future()
        future.set_exception(OSError("the worker is lost"))
        return future


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path)


def files(state: Path) -> dict[str, bytes]:
    """What was made, by its path."""
    found = (path for name in ("speech", "leaflets") for path in (state / name).rglob("*.*"))
    return {path.relative_to(state).as_posix(): path.read_bytes() for path in found}


def build_by(small: SmallPack, workers: Executor | None, state: str) -> dict[str, bytes]:
    """Build into a state folder of that name; what is there then."""
    small.state = small.content.parent / state
    with small.services() as services:
        assert [made.failed for made in build(services, workers) if made.failed] == []
    return files(small.state)


@pytest.mark.usefixtures("voice", "paper")
def test_other_processes_make_the_same_files(small: SmallPack) -> None:
    alone = build_by(small, None, "alone")
    with executor("local:2") as workers:
        assert build_by(small, workers, "shared") == alone
    assert any(name.endswith(".pdf") for name in alone)


@pytest.mark.usefixtures("voice", "paper")
def test_only_what_is_missing_is_asked_of_others(small: SmallPack) -> None:
    first, again = HereAndNow(), HereAndNow()
    made = build_by(small, first, "state")
    assert first.asked
    assert build_by(small, again, "state") == made
    assert again.asked == []
    small.change_topic("Do it at home.", "Do it in bed.")
    build_by(small, again, "state")
    assert again.asked == [f"leaflet {PACK}/{FIRST} {size}" for size in Size]


@pytest.mark.usefixtures("voice", "paper")
def test_a_lost_worker_is_told_and_does_not_stop_the_rest(small: SmallPack) -> None:
    with small.services() as services:
        made = list(build(services, Ends()))
    failed = [one for one in made if one.failed]
    assert failed
    assert {one.failed for one in failed} == {"the worker is lost"}
    assert {one.what.split()[0] for one in failed} == {"leaflet"}
    assert len(made) > len(failed), "speech is made here"


def test_here_is_no_executor() -> None:
    with executor("here") as workers:
        assert workers is None


@pytest.mark.parametrize("asked", ["", "remote", "local:0", "local:-1", "local:two", "local:²"])
def test_an_unknown_executor_is_refused(asked: str) -> None:
    with pytest.raises(SettingsError, match="no executor"), executor(asked):
        pass


def test_a_cluster_without_dask_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match="Dask"), executor("dask://127.0.0.1:1"):
        pass


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setattr("kiosk.executors.ANSWER_S", 0.5)
    with pytest.raises(SettingsError, match="cluster"), executor(f"dask://127.0.0.1:{port}"):
        pass
