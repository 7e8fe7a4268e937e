"""The natural voice in the browser: who speaks, and whether the marks keep to what is heard."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import expect

from kiosk.cache import Cache
from kiosk.loader import Catalogue, load_catalogue
from kiosk.speech.recordings import Recordings
from kiosk.speech.spoken import Lexicon, SpokenForms
from kiosk.speech.voices import PLAIN
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.listening import LAG_S, Reader, Script
from tests.browser.pages import Change, Topic
from tests.browser.visitor import Visitor
from tests.kokoro_rig import Voiced
from tests.small_pack import FIRST, PACK, SECOND

VOICED, NOT_WHOLE = f"/{PACK}/{SECOND}", f"/{PACK}/{FIRST}"
ESPEAK = "kiosk.speech.espeak:EspeakEngine"

# A tone that rises evenly, so that its pitch tells the time: what is heard, against the clock.
LOWEST_HZ, RISE_HZ, CHIRP_S, CHIRP_RATE_HZ = 500, 300, 8, 24000
CHIRP = "c" * 40
HEARD = (Path(__file__).parent / "chirp.js").read_text("utf-8")


@pytest.fixture(scope="module")
def voiced(voiced: Voiced, tmp_path_factory: pytest.TempPathFactory) -> Voiced:
    """A copy, for this module adds a sound and takes others away."""
    return voiced.copy_to(tmp_path_factory.mktemp("voiced-copy"))


@pytest.fixture(scope="module")
def kiosk(voiced: Voiced, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKiosk]:
    """A kiosk without the model that plays the twelve paragraphs made by another process."""
    Cache(voiced.pack.state / "speech").keep(CHIRP, "ogg", rising_tone())
    settings = {
        "KIOSK_CONTENT": str(voiced.pack.content),
        "KIOSK_STATE": str(voiced.pack.state),
        "KIOSK_VOICE_FOLDER": "/nowhere",
    }
    with running_kiosk(tmp_path_factory.mktemp("voiced-kiosk"), settings) as running:
        yield running
    assert not running.faults, running.log.read_text("utf-8")


@pytest.fixture(scope="module")
def catalogue(voiced: Voiced) -> Catalogue:
    """The content that this kiosk shows."""
    return load_catalogue(voiced.pack.content)


def rising_tone() -> bytes:
    """The tone as the natural voice is kept: Ogg Opus at 24 kHz."""
    at = np.arange(CHIRP_S * CHIRP_RATE_HZ) / CHIRP_RATE_HZ
    tone = 0.4 * np.sin(2 * np.pi * (LOWEST_HZ * at + RISE_HZ / 2 * at**2))
    file = io.BytesIO()
    soundfile.write(file, tone, CHIRP_RATE_HZ, format="OGG", subtype="OPUS")
    return file.getvalue()


def reader_at(visitor: Visitor, path: str) -> tuple[Reader, Script]:
    reader = Reader.at(Topic.open(visitor, path))
    return reader, Script.of(visitor.watch.address, path)


def sounds_asked_for(visitor: Visitor) -> set[str]:
    """The kinds of sound file that the browser asked for."""
    asked = [path for path in visitor.watch.asked if path.startswith("/speech/")]
    return {path.rpartition(".")[2] for path in asked}


def test_a_page_that_is_whole_is_heard_in_the_natural_voice(visitor: Visitor) -> None:
    reader, script = reader_at(visitor, VOICED)
    reader.listen()
    moments = reader.follow(6)
    strays = [stray for moment in moments if (stray := script.strays(moment))]
    assert not strays, "\n".join(strays)
    assert len({moment.source for moment in moments}) > 1
    assert len({(*moment.marks, *moment.words) for moment in moments}) > 6
    assert sounds_asked_for(visitor) == {"ogg"}


def test_a_page_that_is_not_whole_is_heard_in_one_voice_too(visitor: Visitor) -> None:
    reader, script = reader_at(visitor, NOT_WHOLE)
    reader.listen()
    assert {part["audio"].rpartition(".")[2] for part in script.segments} == {"wav"}
    assert sounds_asked_for(visitor) == {"wav"}


def test_a_sentence_that_is_touched_begins_with_its_first_word(visitor: Visitor) -> None:
    reader, script = reader_at(visitor, VOICED)
    reader.listen()
    longest = max(script.shown, key=lambda part: part["end"])
    reader.touch_sentence(longest["id"])
    reader.hears()
    now = reader.now()
    assert now.source == longest["audio"]
    assert longest["start"] <= now.time < longest["start"] + 2
    strays = [stray for moment in reader.follow(2) if (stray := script.strays(moment))]
    assert not strays, "\n".join(strays)


def test_a_visitor_may_choose_the_plain_voice_once_there_is_another(
    visitor: Visitor, voiced: Voiced
) -> None:
    change = Change.arrive(visitor)
    expect(change.choice("voice", "emma")).to_have_count(0)
    recordings = Recordings(Lexicon(SpokenForms()), Cache(voiced.pack.state / "speech"))
    recordings.mark_prepared("emma", 12)
    change = Change.arrive(visitor)
    assert change.is_chosen("voice", "emma")
    change.choose("voice", PLAIN)
    assert change.is_chosen("voice", PLAIN)
    reader = Reader.at(Topic.open(visitor, VOICED))
    reader.listen()
    assert sounds_asked_for(visitor) == {"wav"}


def test_after_the_speech_worker_was_killed_in_mid_sentence_the_next_touch_speaks(
    visitor: Visitor, kiosk: RunningKiosk, voiced: Voiced
) -> None:
    reader, _ = reader_at(visitor, NOT_WHOLE)
    reader.listen()
    kiosk.kill_worker(ESPEAK)
    reader.hears()  # what is being said goes on
    for kept in voiced.pack.state.rglob("*.wav"):
        kept.unlink()  # so that all of the page has to be said anew
    reader, script = reader_at(visitor, NOT_WHOLE)
    reader.listen()
    assert reader.marked_sentence == script.segments[0]["id"]


@pytest.mark.parametrize(
    ("rate", "begin_s"), [(1, 0), (0.75, 0), (1.25, 0), (1, 3.3), (1.25, 4.17)]
)
def test_what_is_heard_is_what_the_players_clock_says(
    visitor: Visitor, rate: float, begin_s: float
) -> None:
    """A11Y-44: at every speed, and after a touch on a sentence far into a recording."""
    visitor.go("/help")
    moments = visitor.look(HEARD, [f"/speech/{CHIRP}.ogg", rate, begin_s])
    assert len(moments) > 20
    off = [(pitch - LOWEST_HZ) / RISE_HZ - clock for clock, pitch in moments]
    assert abs(float(np.percentile(np.abs(off), 95))) <= LAG_S
