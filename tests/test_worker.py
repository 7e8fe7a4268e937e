"""The child process: a job in, a result out; what hangs, dies or grows is replaced."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import (
    SpeechError,
    VoiceNotFoundError,
    WorkerBusyError,
    WorkerError,
    WorkerTimeoutError,
)
from kiosk.settings import PROJECT
from kiosk.worker import Turns, Worker

OWNER = "tests.worker_owner:Owner"


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(OWNER, timeout_s=10, memory_mb=256)
    yield made
    made.close()


def is_running(pid: int) -> bool:
    """Whether there is such a process and it has not ended."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def wait_until_ended(pid: int) -> None:
    end = time.monotonic() + 5
    while is_running(pid):
        assert time.monotonic() < end, f"process {pid} is still there"
        time.sleep(0.02)


def test_a_job_goes_in_and_its_result_comes_out(worker: Worker) -> None:
    assert worker.pid is None
    assert worker.call("echo", {"a": [1, b"2", None]}) == {"a": [1, b"2", None]}
    assert worker.pid not in (None, os.getpid())


def test_the_owner_stays_between_jobs(worker: Worker) -> None:
    for number in range(5):
        worker.call("echo", number)
    assert worker.call("count") == 5


def test_each_thread_gets_the_result_of_its_own_job(worker: Worker) -> None:
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        found[number] = worker.call("echo", number)

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(12)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert found == {number: number for number in range(12)}
    assert worker.call("count") == 12


def test_the_owner_s_own_error_comes_back_with_its_hint(worker: Worker) -> None:
    with pytest.raises(SpeechError, match="no sound") as caught:
        worker.call("fail_kindly")
    assert caught.value.hint == "turn it on"
    assert worker.call("count") == 0


def test_a_bug_in_the_owner_is_told_and_the_child_lives(worker: Worker) -> None:
    worker.call("echo", 1)
    pid = worker.pid
    with pytest.raises(WorkerError, match="a bug"):
        worker.call("fail_badly")
    with pytest.raises(WorkerError, match="no_such_job"):
        worker.call("no_such_job")
    assert worker.call("count") == 1
    assert worker.pid == pid


def test_an_owner_that_does_not_start_says_why_each_time() -> None:
    worker = Worker("tests.worker_owner:NeverStarts", timeout_s=10, memory_mb=256)
    try:
        for _ in range(2):
            with pytest.raises(VoiceNotFoundError, match="no voice"):
                worker.call("anything")
    finally:
        worker.close()


def test_an_owner_that_is_not_there_is_named() -> None:
    worker = Worker("tests.worker_owner:Nobody", timeout_s=10, memory_mb=256)
    try:
        with pytest.raises(WorkerError, match="Nobody"):
            worker.call("anything")
    finally:
        worker.close()


def test_a_job_that_hangs_is_ended_and_the_next_one_goes_to_a_new_child(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.call("echo", 1)
    pid = worker.pid
    assert pid is not None
    with monkeypatch.context() as patch:
        patch.setattr(worker, "_timeout_s", 0.5)  # the child has started; only the job counts
        with pytest.raises(WorkerTimeoutError, match=r"hang took longer than 0\.5 s"):
            worker.call("hang", str(tmp_path / "begun"), 60)
    wait_until_ended(pid)
    assert worker.call("count") == 0
    assert worker.pid != pid


def test_a_child_that_dies_is_replaced(worker: Worker) -> None:
    with pytest.raises(WorkerError, match="the worker ended"):
        worker.call("die")
    assert worker.call("echo", "well") == "well"


def test_a_child_killed_between_jobs_is_replaced_without_an_error(worker: Worker) -> None:
    worker.call("echo", 1)
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    wait_until_ended(pid)
    assert worker.pid is None
    assert worker.call("echo", "well") == "well"


def test_a_result_that_cannot_be_sent_is_an_error_and_not_a_hang(worker: Worker) -> None:
    with pytest.raises(WorkerError):
        worker.call("give_what_cannot_be_sent")
    assert worker.call("echo", "well") == "well"


def test_a_job_that_needs_too_much_memory_is_refused(worker: Worker) -> None:
    assert worker.call("grow", 16) == 16 * 1024 * 1024
    with pytest.raises(WorkerError, match="needs more than 256 MB"):
        worker.call("grow", 1024)
    assert worker.call("echo", "well") == "well"


def test_a_job_too_many_is_told_so_at_once(tmp_path: Path) -> None:
    worker = Worker(OWNER, timeout_s=10, memory_mb=256, most_waiting=1)
    begun = tmp_path / "begun"
    first = threading.Thread(target=worker.call, args=("hang", str(begun), 1.5))
    try:
        first.start()
        while not begun.exists():
            time.sleep(0.01)
        with pytest.raises(WorkerBusyError, match="too many jobs"):
            worker.call("echo", 1)
        assert first.is_alive()
        first.join()
        assert worker.call("echo", "well") == "well"
    finally:
        worker.close()


def test_ctrl_c_is_for_the_parent(worker: Worker) -> None:
    worker.call("echo", 1)
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert worker.call("count") == 1
    assert worker.pid == pid


def test_closing_does_not_wait_for_the_end_of_a_job(tmp_path: Path) -> None:
    worker = Worker("tests.worker_owner:Owner", timeout_s=600, memory_mb=256)
    begun, ended = tmp_path / "begun", threading.Event()

    def job() -> None:
        with pytest.raises(WorkerError, match="ended"):
            worker.call("hang", str(begun), 600)
        ended.set()

    thread = threading.Thread(target=job, daemon=True)
    thread.start()
    while not begun.exists():
        time.sleep(0.01)
    worker.close()
    assert ended.wait(60), "only a close that waits for the job takes so long"
    assert worker.pid is None


def test_closing_ends_the_child(worker: Worker) -> None:
    worker.call("echo", 1)
    pid = worker.pid
    assert pid is not None
    worker.close()
    assert worker.pid is None
    assert not is_running(pid)
    worker.close()


def test_the_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os; from kiosk.worker import Worker\n"
            f"worker = Worker({OWNER!r}, 10, 256); worker.call('count')\n"
            "print(worker.pid, flush=True); os._exit(0)",
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    wait_until_ended(int(parent.stdout))


def test_the_first_job_is_given_the_time_to_start() -> None:
    """A small machine takes longer to load a library than a job may last."""
    worker = Worker(OWNER, timeout_s=0.001, memory_mb=256)
    try:
        assert worker.call("echo", "well") == "well"
    finally:
        worker.close()


def test_a_child_that_never_starts_to_work_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.worker.START_S", 1)
    worker = Worker(OWNER, timeout_s=0.5, memory_mb=256)
    try:
        with pytest.raises(WorkerTimeoutError, match=r"hang took longer than 1\.5 s"):
            worker.call("hang", str(tmp_path / "begun"), 60)
        assert worker.pid is None
    finally:
        worker.close()


# Turns


def test_of_a_crowd_so_many_wait_and_the_others_are_told_at_once() -> None:
    turns, most, let_go, told = Turns("the leaflets", 3), 3, threading.Event(), []
    inside: list[int] = []

    def ask(number: int) -> None:
        with turns.take():
            inside.append(number)
            let_go.wait(20)

    waiting = [threading.Thread(target=ask, args=(number,)) for number in range(most)]
    for thread in waiting:
        thread.start()
    while turns._places._value:  # all have a place
        time.sleep(0.01)
    for _ in range(10):
        with pytest.raises(WorkerBusyError, match="the leaflets: too many"), turns.take():
            told.append("let in")
    assert told == []
    assert len(inside) == 1, "one at a time"
    let_go.set()
    for thread in waiting:
        thread.join()
    assert sorted(inside) == list(range(most))
    with turns.take():
        told.append("let in")
    assert told == ["let in"]
