"""Kept files: named by what made them, and whole or not there at all."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cache import ABANDONED_S, KEY_LENGTH, NOTED_EVERY_S, Cache, key_of, write_whole


def test_the_same_parts_give_the_same_key() -> None:
    assert key_of("a", 1, [2.5, None], {"b": 1, "c": 2}) == key_of(
        "a", 1, [2.5, None], {"c": 2, "b": 1}
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", "b"), ("b", "a")),
        (("a",), ("a", "")),
        (("1",), (1,)),
        ((b"ab", b"c"), (b"a", b"bc")),
    ],
)
def test_other_parts_give_another_key(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert key_of(*one) != key_of(*other)


def test_a_key_is_fit_for_a_file_name() -> None:
    key = key_of("../../etc/passwd", "\0")
    assert len(key) == KEY_LENGTH
    assert set(key) <= set("0123456789abcdef")


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "not" / "there" / "yet")
    assert cache.read("abcd", "wav") is None
    cache.keep("abcd", "wav", b"sound")
    assert cache.read("abcd", "wav") == b"sound"
    assert cache.read("abcd", "json") is None
    assert Cache(tmp_path / "not" / "there" / "yet").read("abcd", "wav") == b"sound"


def test_a_thing_is_made_once(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> bytes:
        made.append("once")
        return b"it"

    cache = Cache(tmp_path)
    assert cache.read_or_make("abcd", "pdf", make) == b"it"
    assert cache.read_or_make("abcd", "pdf", make) == b"it"
    assert made == ["once"]


def test_a_thing_that_cannot_be_made_is_not_kept(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError("no paper")

    cache = Cache(tmp_path)
    with pytest.raises(ValueError, match="no paper"):
        cache.read_or_make("abcd", "pdf", fail)
    assert cache.read("abcd", "pdf") is None
    assert cache.read_or_make("abcd", "pdf", lambda: b"it") == b"it"


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("fault", [OSError("no space left"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException
) -> None:
    path = tmp_path / "kept"
    write_whole(path, b"old")

    def fail(*_: object) -> None:
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fail)
        with pytest.raises(type(fault)):
            write_whole(path, b"new and longer")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_nobody_ever_reads_a_half(tmp_path: Path) -> None:
    path, size = tmp_path / "kept", 300_000
    write_whole(path, b"0" * size)
    done = threading.Event()

    def write() -> None:
        for number in range(60):
            write_whole(path, bytes([48 + number % 10]) * size)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = 0
    while not done.is_set():
        data = path.read_bytes()
        assert len(data) == size
        assert data == data[:1] * size
        seen += 1
    writer.join()
    assert seen


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:3],
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data[:5] + bytes([data[5] ^ 1]) + data[6:],
        lambda data: data[:-1] + bytes([data[-1] ^ 0x80]),
        lambda data: data + b"\0",
    ],
)
def test_a_spoilt_file_is_not_there_and_is_made_anew(
    tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    cache = Cache(tmp_path)
    cache.keep("abcd", "pdf", b"a whole leaflet")
    path = cache.path("abcd", "pdf")
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.read("abcd", "pdf") is None
    assert not cache.has("abcd", "pdf")
    assert cache.read_or_make("abcd", "pdf", lambda: b"anew") == b"anew"
    assert Cache(tmp_path).read("abcd", "pdf") == b"anew"


def test_what_cannot_be_written_is_held_until_it_can(tmp_path: Path) -> None:
    """A disk that is full or read-only takes nothing away."""
    (tmp_path / "ab").write_text("no folder can be made here")
    cache = Cache(tmp_path)
    cache.keep("abcd", "pdf", b"it")
    assert cache.fault
    assert cache.has("abcd", "pdf")
    assert cache.read("abcd", "pdf") == b"it"
    cache.retry()
    assert cache.fault
    (tmp_path / "ab").unlink()
    cache.retry()
    assert not cache.fault
    assert Cache(tmp_path).read("abcd", "pdf") == b"it"


def test_memory_holds_no_more_than_it_may(tmp_path: Path) -> None:
    (tmp_path / "ab").write_text("no folder can be made here")
    cache = Cache(tmp_path, most_held=25)
    for number in range(5):
        cache.keep(f"ab{number}", "wav", b"x" * 10)
    assert [cache.has(f"ab{number}", "wav") for number in range(5)] == [False] * 3 + [True] * 2


def test_two_makers_of_one_thing_do_not_spoil_it(tmp_path: Path) -> None:
    cache, found = Cache(tmp_path), []
    start = threading.Barrier(4)

    def ask() -> None:
        start.wait()
        found.append(cache.read_or_make("abcd", "pdf", lambda: b"it" * 100_000))

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert found == [b"it" * 100_000] * 4
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["abcd.pdf"]


# Room


def kept_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def aged(cache: Cache, key: str, days: float) -> None:
    """As if a file had been asked for so many days ago, and not since."""
    then = time.time() - days * 24 * 3600
    os.utime(cache.path(key, "pdf"), (then, then))


def test_what_is_kept_stays_within_its_room(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_kept=10_000)
    for number in range(50):
        cache.keep(key_of(number), "pdf", bytes(990))
        assert cache.read(key_of(number), "pdf"), "what was asked for last is there"
        assert kept_bytes(tmp_path) <= 10_000
    assert kept_bytes(tmp_path) > 5_000, "no more goes than must"
    again = Cache(tmp_path, most_kept=3_000)
    again.keep(key_of("new"), "pdf", bytes(990))
    assert kept_bytes(tmp_path) <= 3_000, "what an earlier run kept counts too"


def test_what_was_not_asked_for_longest_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_kept=4_000)
    for number in range(3):
        cache.keep(key_of(number), "pdf", bytes(990))
        aged(cache, key_of(number), days=9 - number)
    assert cache.read(key_of(0), "pdf"), "so it was asked for today"
    cache.keep(key_of(3), "pdf", bytes(990))
    assert [cache.has(key_of(number), "pdf") for number in range(4)] == [True, False, True, True]


def test_the_times_of_a_clock_that_was_wrong_keep_nothing_for_ever(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_kept=4_000)
    for number in range(4):
        cache.keep(key_of(number), "pdf", bytes(900))
    aged(cache, key_of(0), days=-365)
    aged(cache, key_of(1), days=3)
    cache.keep(key_of(4), "pdf", bytes(900))
    assert not cache.has(key_of(0), "pdf")
    assert cache.has(key_of(4), "pdf")
    for number in (2, 3):
        aged(cache, key_of(number), days=-30)  # the clock went back by a month
    for number in range(10, 13):
        cache.keep(key_of(number), "pdf", bytes(900))
        assert cache.has(key_of(number), "pdf")


def test_the_use_of_a_file_is_noted_once_a_day(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_kept=4_000)
    cache.keep(key_of(1), "pdf", b"it")
    path = cache.path(key_of(1), "pdf")
    for hours, noted in ((NOTED_EVERY_S / 7200, False), (25, True), (-25, True)):
        aged(cache, key_of(1), days=hours / 24)
        before = path.stat().st_mtime
        assert cache.read(key_of(1), "pdf") == b"it"
        assert (path.stat().st_mtime != before) == noted


def test_without_a_limit_nothing_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for number in range(50):
        cache.keep(key_of(number), "ogg", bytes(990))
    assert all(cache.has(key_of(number), "ogg") for number in range(50))


def test_what_a_kill_left_half_written_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most_kept=4_000)
    half, fresh = (cache.path(key_of(1), "pdf").with_name(f".new-{name}") for name in "ab")
    half.parent.mkdir(parents=True)
    for path in (half, fresh):
        path.write_bytes(b"half")
    then = time.time() - 2 * ABANDONED_S
    os.utime(half, (then, then))
    cache.keep(key_of(1), "pdf", b"whole")
    assert not half.exists()
    assert fresh.exists(), "somebody may be writing it"
