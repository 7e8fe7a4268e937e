"""Topics are kept as they were read, and read anew when anything that shapes them has changed."""

from pathlib import Path

import pytest

from kiosk import kept_content
from kiosk.cache import Cache
from kiosk.loader import Catalogue, load_catalogue
from tests.small_pack import FIRST, PACK, SECOND, SmallPack
from tests.topics import CONTENT


class Reading:
    """Counts the topic files that are read in earnest."""

    def __init__(self, pack: SmallPack, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self._pack = pack
        self._cache = Cache(folder)
        load = kept_content._load

        def counted(path, shelf):
            self.read.append(path.stem)
            return load(path, shelf)

        monkeypatch.setattr(kept_content, "_load", counted)

    def load(self, **site: str) -> Catalogue:
        self.read.clear()
        return load_catalogue(self._pack.content, kept=self._cache, **site)


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    return SmallPack(tmp_path)


@pytest.fixture
def reading(small: SmallPack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    return Reading(small, tmp_path / "kept", monkeypatch)


def test_every_real_topic_is_the_same_when_it_is_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    load_catalogue(CONTENT, kept=cache)
    kept, read = load_catalogue(CONTENT, kept=cache), load_catalogue(CONTENT)
    assert list(kept.packs) == list(read.packs)
    for name, pack in read.packs.items():
        assert dict(kept.packs[name].topics) == dict(pack.topics)
        for part in ("id", "lang", "about", "broken", "evidence", "flags", "exercises", "sources"):
            assert getattr(kept.packs[name], part) == getattr(pack, part)


def test_what_has_not_changed_is_not_read_again(reading: Reading) -> None:
    assert set(reading.load().packs[PACK].topics) == {FIRST, SECOND}
    assert set(reading.read) == {FIRST, SECOND}
    topics = reading.load().packs[PACK].topics
    assert topics[FIRST].title.text
    assert reading.read == []


def test_an_edited_topic_alone_is_read_again(reading: Reading, small: SmallPack) -> None:
    reading.load()
    small.change_topic("Rest your leg", "Rest both legs", SECOND)
    assert reading.load().packs[PACK].topics[SECOND].title.text == "Rest both legs"
    assert reading.read == [SECOND]


def test_every_topic_is_read_again_after_a_change_of_what_they_share(
    reading: Reading, small: SmallPack
) -> None:
    reading.load()
    sources = small.path("sources.yaml")
    sources.write_text(sources.read_text("utf-8") + "\n# A note.\n", "utf-8")
    reading.load()
    assert set(reading.read) == {FIRST, SECOND}
    reading.load(clinic_name="Another Surgery")
    assert set(reading.read) == {FIRST, SECOND}


def test_a_broken_topic_is_told_at_every_start(reading: Reading, small: SmallPack) -> None:
    reading.load()
    small.write(f"en-GB/{SECOND}.md", "no front matter")
    for _ in range(2):
        catalogue = reading.load()
        assert catalogue.packs[PACK].broken == (SECOND,)
        assert SECOND not in catalogue.packs[PACK].topics
        assert [problem.path.stem for problem in catalogue.problems] == [SECOND]


def test_faulty_data_is_told_at_every_start(reading: Reading, small: SmallPack) -> None:
    small.write("sources.yaml", "- id: only\n")
    first, second = reading.load(), reading.load()
    assert first.problems
    assert [str(one) for one in first.problems] == [str(one) for one in second.problems]


def test_a_kept_topic_that_is_spoilt_is_read_from_its_file(
    reading: Reading, small: SmallPack, tmp_path: Path
) -> None:
    reading.load()
    for file in (tmp_path / "kept").rglob("*.kept"):
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    topics = reading.load().packs[PACK].topics
    assert topics[FIRST].title.text
    assert topics[SECOND].title.text == "Rest your leg"


def test_only_the_last_topics_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_content, "MOST_READ", 1)
    read: list[str] = []
    real = load_catalogue(CONTENT).packs["leg-cramps"].topics
    names = list(real)[:2]

    def reader(name: str):
        def one():
            read.append(name)
            return real[name]

        return one

    topics = kept_content.Topics({name: reader(name) for name in names})
    for name in (names[0], names[0], names[1], names[0]):
        assert topics[name].id == name
    assert read == [names[0], names[1], names[0]]
    with pytest.raises(KeyError):
        topics["no-such-topic"]
