"""Kept files: named by what made them, and whole or not there at all."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.cache import KEY_LENGTH, Cache, key_of, write_whole


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
