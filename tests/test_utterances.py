"""What is said of one thing on the screen: pieces in, one voice out, nothing kept."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.cache import Cache
from kiosk.said import everything_said
from kiosk.services import Services
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.service import SpeechService
from kiosk.speech.spoken import Lexicon
from kiosk.speech.utterances import (
    COUNTED,
    MOST_PIECES,
    NUMBERED,
    LiveSounds,
    PieceError,
    ahead,
    said,
    texts_of,
)
from kiosk.speech.voices import NATURAL
from kiosk.voicing import voice_all
from kiosk.web import create_app
from tests.humming import hum
from tests.small_pack import SmallPack
from tests.sounds import HummingSpeaker, loudness, samples_of
from tests.topics import CONTENT

EMMA = NATURAL["emma"]
LINK = ["t:Ease the pain", "p:spoken-link", "p:spoken-number:3", "p:spoken-of:12"]


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    with small.services() as found:
        yield found


@pytest.fixture
def browser(services: Services) -> FlaskClient:
    return create_app(services).test_client()


@pytest.fixture
def speaker() -> HummingSpeaker:
    return HummingSpeaker()


@pytest.fixture
def speech(tmp_path: Path, speaker: HummingSpeaker) -> SpeechService:
    return SpeechService(speaker, Lexicon.load(CONTENT, "en-GB"), Cache(tmp_path), "emma")


def words(services: Services, *pieces: str) -> tuple[str, ...]:
    return texts_of(pieces, services.catalogue.phrases, services.settings.visit)


def test_a_piece_is_a_text_or_a_phrase_or_a_number(services: Services) -> None:
    assert words(services, *LINK) == ("Ease the pain", "link", "3", "of 12")
    assert words(services, "p:spoken-choices:1", "p:spoken-choices:7") == (
        "1 choice.",
        "7 choices.",
    )
    assert words(services, "t:  two \n words ") == ("two words",)
    assert words(services, "p:idle-last-call")[0].endswith("in 10 seconds.")


@pytest.mark.parametrize(
    "piece",
    [
        "",
        "t:",
        "t: ",
        "p:",
        "p:no-such",
        "p:idle-text",
        "p:idle-text:5",
        "p:spoken-of",
        "p:spoken-of:-1",
        "p:spoken-of:1000",
        "p:spoken-of:x",
        "p:help-touch",
        "p:../x",
        "x:y",
        "t:" + "a" * 1501,
        "t:a\x00b",
    ],
)
def test_what_says_nothing_is_refused(services: Services, browser: FlaskClient, piece: str) -> None:
    with pytest.raises(PieceError):
        words(services, piece)
    with browser.get("/speech/utterance.json", query_string={"piece": piece}) as response:
        assert response.status_code == 400


def test_too_much_is_refused(services: Services, browser: FlaskClient) -> None:
    for pieces in ([], ["t:a"] * (MOST_PIECES + 1), ["t:" + "a" * 1400] * 3):
        with pytest.raises(PieceError):
            words(services, *pieces)
    with browser.get("/speech/utterance.json") as response:
        assert response.status_code == 400


def test_without_recordings_the_plain_voice_says_it_whole(
    speech: SpeechService, speaker: HummingSpeaker, tmp_path: Path
) -> None:
    live = LiveSounds()
    found = said(("Take 250mg", "link", "3", "of 12"), speech, live)
    assert (found.voice, len(found.sounds)) == ("espeak-ng", 1)
    assert speaker.said == ["Take 250 milligrams. link. 3. of 12."]
    assert list(tmp_path.rglob("*.wav")) == [], "nothing of it is kept on the disk"
    said(("Take 250mg", "link", "3", "of 12"), speech, live)
    assert len(speaker.said) == 1, "asked again, it is at hand"


def test_no_utterance_has_two_voices(speech: SpeechService) -> None:
    """All of it natural, or none of it."""
    live, texts = LiveSounds(), ("Ease the pain", "link")
    first = Utterance((Segment("", texts[0]),))
    list(voice_all([first], speech.recordings, EMMA, [hum()]))
    speech.recordings.mark_prepared("emma", 1)
    assert said(texts, speech, live).voice == "espeak-ng"
    list(voice_all([Utterance((Segment("", texts[1]),))], speech.recordings, EMMA, [hum()]))
    found = said(texts, speech, live)
    assert found.voice == EMMA.style
    assert [sound.endswith(".ogg") for sound in found.sounds] == [True, True]
    assert said(texts, speech, live, chosen="espeak-ng").voice == "espeak-ng"


def test_only_the_latest_sounds_are_kept_at_hand() -> None:
    live = LiveSounds(most_bytes=10)
    live.keep("a", b"1234")
    live.keep("b", b"5678")
    assert live.read("a") == b"1234"
    live.keep("c", b"90ab")
    assert (live.read("a"), live.read("b"), live.read("c")) == (b"1234", None, b"90ab")
    live.keep("d", b"x" * 50)
    assert live.read("d") is not None
    assert live.read("c") is None


def test_names_roles_states_and_numbers_are_made_ahead(services: Services) -> None:
    made = {one.text for one in everything_said(services)}
    assert {"link", "button", "heading", "on", "off", "ticked", "Finish", "Louder"} <= made
    assert {"1", str(COUNTED), "of 12", "5 items.", "7 choices."} <= made
    assert {pack.about.question for pack in services.catalogue.packs.values()} <= made
    for key in NUMBERED:
        assert key in services.catalogue.phrases or f"{key}-n" in services.catalogue.phrases
    assert not [one for one in ahead(services.catalogue.phrases) if "{" in one.text]


@pytest.mark.usefixtures("voice")
def test_what_is_answered_can_be_heard_and_is_kept_by_nobody(
    browser: FlaskClient, small: SmallPack
) -> None:
    with browser.get("/speech/utterance.json", query_string={"piece": LINK}) as response:
        assert response.headers["Cache-Control"] == "no-store"
        found = response.get_json()
    assert found["texts"] == ["Ease the pain", "link", "3", "of 12"]
    with browser.get(found["sounds"][0]) as response:
        assert response.headers["Cache-Control"] == "no-store"
        samples, seconds = samples_of(response.data)
    assert seconds > 1
    assert loudness(samples) > 100
    assert list(small.state.rglob("*.wav")) == []


def test_the_page_is_told_of_a_headset_only_where_somebody_looks(browser: FlaskClient) -> None:
    with browser.get("/headset.json") as response:
        assert response.get_json() == {"in": None}
