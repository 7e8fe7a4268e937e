"""What a pack carries ready made: kept where it belongs to the pack's words, else left out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.cache import KEY_LENGTH, Cache
from kiosk.leaflet import LeafletOrder, Size
from kiosk.packs.made import looks_right, names_made
from kiosk.said import said_of
from kiosk.services import Services, build_services
from kiosk.settings import Clinic
from kiosk.speech.sound import Recording, WordEvent
from kiosk.speech.voices import NATURAL
from tests.pack_maker import SUBJECT, TOPIC, PackMaker

EMMA = NATURAL["emma"]
WORD = [0, 4, 0.0, 0.5, True]
FACTS = json.dumps({"duration_s": 1.0, "words": [WORD]}).encode()


@pytest.fixture
def maker(tmp_path: Path) -> PackMaker:
    return PackMaker(tmp_path)


@pytest.fixture
def works(maker: PackMaker) -> Iterator[Services]:
    """The works, where the subject was said by Emma and one leaflet was made."""
    found = build_services(maker.works)
    yield found
    found.close()


def say_all(services: Services) -> int:
    """Have recordings of all that the subject says; how many."""
    said = {one.text: one for one in said_of(services, services.catalogue.packs[SUBJECT])}
    for one in said.values():
        sound = Recording(b"OggS" + one.text.encode(), "ogg", 1.0, (WordEvent(0, 0.0),))
        services.speech.recordings.keep(one, EMMA.signature, sound)
    return len(said)


def kept(maker: PackMaker, kind: str) -> dict[str, bytes]:
    """What the kiosk has of a kind, by name."""
    folder = maker.kiosk.state / kind
    cache = Cache(folder)
    names = [path.name for path in folder.rglob("*") if path.is_file()]
    found = {name: cache.read(*name.split(".")) for name in names}
    return {name: data for name, data in found.items() if data is not None}


def test_recordings_come_with_their_words(maker: PackMaker, works: Services) -> None:
    count = say_all(works)
    done = maker.install(maker.build(carry=True))
    assert (done.kept, done.left_out) == (2 * count, 0)
    services = build_services(maker.kiosk)
    try:
        pack = services.catalogue.packs[SUBJECT]
        for utterance in said_of(services, pack):
            clip = services.speech.recordings.kept(utterance, EMMA.signature, "ogg")
            assert clip
            sound = services.speech.audio(clip.key, "ogg")
            assert sound == b"OggS" + utterance.text.encode()
        listing = services.speech_listing(pack, pack.topics[TOPIC], "emma")
        assert listing["engine"] == "kokoro"
    finally:
        services.close()


def test_without_being_asked_a_pack_carries_words_alone(maker: PackMaker, works: Services) -> None:
    say_all(works)
    done = maker.install(maker.build())
    assert (done.kept, done.left_out) == (0, 0)
    assert kept(maker, "speech") == {}


def test_leaflets_come_ready_made(maker: PackMaker, works: Services, paper: None) -> None:
    pack = works.catalogue.packs[SUBJECT]
    for size in (Size.STANDARD, Size.GIANT):
        works.leaflets.make(
            LeafletOrder(pack.topics[TOPIC], pack, None, size), works.drawer(SUBJECT)
        )
    done = maker.install(maker.build(carry=True))
    assert (done.kept, done.left_out) == (2, 0)
    assert all(data.startswith(b"%PDF-") for data in kept(maker, "leaflets").values())
    services = build_services(maker.kiosk)
    try:
        pack = services.catalogue.packs[SUBJECT]
        order = LeafletOrder(pack.topics[TOPIC], pack, None)
        name = f"{services.leaflets.key(order, services.drawer(SUBJECT))}.pdf"
        assert name in kept(maker, "leaflets")
    finally:
        services.close()


def test_leaflets_of_another_clinic_are_left_out(
    maker: PackMaker, works: Services, paper: None
) -> None:
    """They have another number to call."""
    pack = works.catalogue.packs[SUBJECT]
    works.leaflets.make(LeafletOrder(pack.topics[TOPIC], pack, None), works.drawer(SUBJECT))
    clinic = Clinic(name="Mill Lane", phone="020 7946 0000")
    maker.kiosk = maker.kiosk.model_copy(update={"clinic": clinic})
    done = maker.install(maker.build(carry=True))
    assert (done.kept, done.left_out) == (0, 1)
    assert kept(maker, "leaflets") == {}
    assert maker.served() == "2026.11"


def test_a_recording_of_other_words_is_left_out(maker: PackMaker, works: Services) -> None:
    """A pack must not put its own sound under the words of another page."""
    key = "a" * KEY_LENGTH
    foreign = {f"speech/{key}.ogg": b"OggS", f"speech/{key}.json": FACTS}
    done = maker.install(maker.forge({**maker.files, **foreign}))
    assert (done.kept, done.left_out) == (0, 2)
    assert kept(maker, "speech") == {}


def test_a_recording_that_is_there_is_not_changed(maker: PackMaker, works: Services) -> None:
    name = next(names_made(works, works.catalogue.packs[SUBJECT], leaflets=False))
    key = Path(name).stem
    mine, theirs = b'{"mine": 1}', {name: b"OggS theirs", f"speech/{key}.json": FACTS}
    Cache(maker.kiosk.state / "speech").keep(key, "ogg", b"OggS mine")
    Cache(maker.kiosk.state / "speech").keep(key, "json", mine)
    maker.install(maker.forge({**maker.files, **theirs}))
    assert kept(maker, "speech") == {f"{key}.ogg": b"OggS mine", f"{key}.json": mine}


def test_a_recording_that_was_interrupted_comes_whole(maker: PackMaker, works: Services) -> None:
    name = next(names_made(works, works.catalogue.packs[SUBJECT], leaflets=False))
    key = Path(name).stem
    Cache(maker.kiosk.state / "speech").keep(key, "ogg", b"OggS mine")
    theirs = {name: b"OggS theirs", f"speech/{key}.json": FACTS}
    maker.install(maker.forge({**maker.files, **theirs}))
    assert kept(maker, "speech") == {f"{key}.ogg": b"OggS theirs", f"{key}.json": FACTS}


def test_a_recording_that_is_none_is_left_out(maker: PackMaker, works: Services) -> None:
    names = names_made(works, works.catalogue.packs[SUBJECT], leaflets=False)
    sound, facts = next(names), next(names)
    done = maker.install(maker.forge({**maker.files, sound: b"RIFF", facts: b"{}"}))
    assert (done.kept, done.left_out) == (0, 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"duration_s": "x", "words": []}',
        b'{"duration_s": 0, "words": []}',
        b'{"duration_s": 1, "words": [[0, 1, 0, 1]]}',
        b'{"duration_s": 1, "words": [["0", 1, 0, 1, true]]}',
        b'{"duration_s": 1, "words": [[0, 1, 0, 1, 1]]}',
        b'{"duration_s": 1, "words": 3}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_facts_of_a_recording_that_would_trip_the_kiosk_are_none(data: bytes) -> None:
    assert looks_right("x.json", FACTS)
    assert not looks_right("x.json", data)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [("x.ogg", b"OggS\0", b"RIFF"), ("x.pdf", b"%PDF-1.7 %%EOF\n", b"%PDF-1.7 cut")],
)
def test_a_file_is_what_its_name_says(name: str, good: bytes, bad: bytes) -> None:
    assert looks_right(name, good)
    assert not looks_right(name, bad)
