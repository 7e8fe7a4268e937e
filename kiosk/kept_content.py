"""Topics as they were read before: kept by the hash of their file and of all that shapes them.

Takes a pack's folder; gives back its shelf and its topics. A topic that has not changed is read
when it is first asked for, so a start costs the same with ten topics as with a thousand, but for
looking at their files. What had a problem is never kept: it is told at every start.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pydantic

from kiosk.cache import Cache, key_of
from kiosk.errors import ContentError
from kiosk.models import Evidence, Exercise, RedFlag, Source, Strict, Term, Topic
from kiosk.phrases import Phrases
from kiosk.shelf import LANG, Shelf, read_shelf

SUFFIX = "kept"
MOST_READ = 128  # topics in memory; each takes about 0.3 MB
# What turns a file into a topic: a change of any of these makes all of them anew.
CODE = ("datafiles", "dose", "kept_content", "markdown", "models", "phrases", "shelf", "topics")
# The files of a pack that shape its topics.
DATA: tuple[str, ...] = (
    "sources.yaml",
    "evidence.yaml",
    "red-flags.yaml",
    "exercises.yaml",
    "figures.yaml",
)
DATA += (f"{LANG}/glossary.yaml",)


class _Data(Strict):
    """A shelf without a problem, as it is kept."""

    evidence: tuple[Evidence, ...]
    flags: tuple[RedFlag, ...]
    exercises: tuple[Exercise, ...]
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    figures: tuple[str, ...]


class Topics(Mapping[str, Topic]):
    """The topics of a pack by id, each read when it is asked for; the last ones stay in memory."""

    def __init__(self, readers: Mapping[str, Callable[[], Topic]]) -> None:
        self._readers = readers
        self._read: OrderedDict[str, Topic] = OrderedDict()
        self._lock = threading.Lock()

    def __getitem__(self, name: str) -> Topic:
        read = self._readers[name]
        with self._lock:
            found = self._read.get(name)
            if found is not None:
                self._read.move_to_end(name)
                return found
        found = read()
        with self._lock:
            self._read[name] = found
            while len(self._read) > MOST_READ:
                self._read.popitem(last=False)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._readers

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


class KeptContent:
    """Reads packs, and keeps what it has read; without a cache it reads everything anew."""

    def __init__(self, cache: Cache | None, phrases: Phrases) -> None:
        """`phrases`: the interface's words, some of which stand in every topic."""
        self._cache = cache
        self._phrases = phrases
        self._shaped_by = ""
        if cache is not None:
            self._shaped_by = key_of(_code(), dict(phrases.texts), dict(phrases.site))

    def shelf(self, folder: Path) -> Shelf:
        """The data files of a pack."""
        if self._cache is None:
            return read_shelf(folder, self._phrases)
        key = self._key(folder)
        kept = self._cache.read(key, SUFFIX)
        if kept is not None:
            return _unpacked(kept, folder, self._phrases)
        shelf = read_shelf(folder, self._phrases)
        if not shelf.problems and shelf.figures is not None:
            self._cache.keep(key, SUFFIX, _packed(shelf))
        return shelf

    def topics(self, folder: Path, shelf: Shelf) -> tuple[Topics, list[str]]:
        """The topics of a pack, and the names of those that cannot be shown.

        What is wrong with these is noted on the shelf.
        """
        before = self._key(folder) if self._cache is not None else ""
        readers: dict[str, Callable[[], Topic]] = {}
        broken: list[str] = []
        for path in sorted((folder / LANG).glob("*.md")):
            key = key_of(before, path.stem, _bytes(path)) if before else ""
            if self._cache is not None and self._cache.has(key, SUFFIX):
                readers[path.stem] = self._reader(key, path, shelf)
                continue
            topic = _load(path, shelf)
            if topic is None:
                broken.append(path.stem)
                continue
            if self._cache is not None:
                self._cache.keep(key, SUFFIX, topic.model_dump_json().encode())
                readers[path.stem] = self._reader(key, path, shelf)
            else:
                readers[path.stem] = _given(topic)
        return Topics(readers), broken

    def _reader(self, key: str, path: Path, shelf: Shelf) -> Callable[[], Topic]:
        def read() -> Topic:
            kept = self._cache.read(key, SUFFIX) if self._cache else None
            topic = Topic.model_validate_json(kept) if kept else _load(path, shelf)
            if topic is None:  # spoilt on the disk, and its file has a fault by now
                raise ContentError(path, 1, "the topic cannot be read", "run `check`")
            return topic

        return read

    def _key(self, folder: Path) -> str:
        files = [_bytes(folder / name) for name in DATA]
        return key_of(self._shaped_by, folder.name, *files)


def _given(topic: Topic) -> Callable[[], Topic]:
    return lambda: topic


def _load(path: Path, shelf: Shelf) -> Topic | None:
    from kiosk.topics import load_topic  # a tenth of a second that a usual start does not need

    return load_topic(path, shelf)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # told where the file is read in earnest
        return b""


def _code() -> str:
    digest = hashlib.sha256(pydantic.VERSION.encode())
    for name in CODE:
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()


def _packed(shelf: Shelf) -> bytes:
    data = _Data(
        evidence=tuple(shelf.evidence.values()),
        flags=tuple(shelf.flags.values()),
        exercises=tuple(shelf.exercises.values()),
        sources=tuple(shelf.sources.values()),
        terms=tuple(shelf.terms.values()),
        figures=tuple(sorted(shelf.figures or ())),
    )
    return data.model_dump_json().encode()


def _unpacked(kept: bytes, folder: Path, phrases: Phrases) -> Shelf:
    data = _Data.model_validate_json(kept)
    return Shelf(
        folder,
        phrases,
        evidence={one.id: one for one in data.evidence},
        flags={one.id: one for one in data.flags},
        exercises={one.id: one for one in data.exercises},
        sources={one.id: one for one in data.sources},
        terms={one.term: one for one in data.terms},
        figures=frozenset(data.figures),
    )
