"""The natural voice over the web: who speaks on a page, its files, and what staff are told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.presence import Presence
from kiosk.said import everything_said
from kiosk.services import Services, build_services, noting
from kiosk.sessions import playable, playable_steps
from kiosk.settings import Settings
from kiosk.speech.script import Utterance
from kiosk.speech.voices import NATURAL, PLAIN
from kiosk.voicing import voice_all
from kiosk.web import create_app
from tests.humming import hum
from tests.small_pack import FIRST, PACK, SmallPack

PAGE = f"/{PACK}/{FIRST}"
EMMA = NATURAL["emma"]
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    with small.services() as found:
        yield found


@pytest.fixture
def prepared(services: Services) -> Services:
    """A kiosk where Emma has said everything."""
    said = list(everything_said(services))
    steps = voice_all(said, services.speech.recordings, EMMA, [hum()])
    assert not any(step.failed for step in steps)
    services.speech.recordings.mark_prepared("emma", len(said))
    return services


@pytest.fixture
def browser(prepared: Services) -> FlaskClient:
    return create_app(prepared).test_client()


def engine_of(browser: FlaskClient, query: str = "") -> str:
    with browser.get(f"{PAGE}/speech.json{query}") as response:
        assert response.status_code == 200
        return str(response.get_json()["engine"])


def test_the_usual_voice_speaks_and_the_plain_one_when_it_is_chosen(browser: FlaskClient) -> None:
    assert engine_of(browser) == "kokoro"
    assert engine_of(browser, f"?voice={PLAIN}") == PLAIN
    browser.post("/preferences", data={"voice": PLAIN}, headers=SAME_ORIGIN).close()
    assert engine_of(browser) == PLAIN
    assert engine_of(browser, "?voice=emma") == "kokoro"
    browser.post("/finish", headers=SAME_ORIGIN).close()
    assert engine_of(browser) == "kokoro"


@pytest.mark.parametrize("name", ["nobody", "../emma", "a" * 400, "%00"])
def test_a_voice_that_does_not_exist_is_refused(browser: FlaskClient, name: str) -> None:
    with browser.get(f"{PAGE}/speech.json?voice={name}") as response:
        assert response.status_code == 400


def test_its_sound_is_ogg_that_never_changes_and_can_be_asked_for_in_parts(
    browser: FlaskClient,
) -> None:
    with browser.get(f"{PAGE}/speech.json") as response:
        address = response.get_json()["segments"][0]["audio"]
    assert address.endswith(".ogg")
    with browser.get(address, headers={"Range": "bytes=10-19"}) as response:
        assert (response.status_code, response.mimetype) == (206, "audio/ogg")
        assert len(response.data) == 10
        assert "immutable" in response.headers["Cache-Control"]


@pytest.mark.parametrize("suffix", ["json", "ogg.json", "mp3", "pdf"])
def test_no_other_kind_of_file_is_given(browser: FlaskClient, suffix: str) -> None:
    with browser.get(f"{PAGE}/speech.json") as response:
        key = response.get_json()["segments"][0]["audio"].removesuffix(".ogg")
    with browser.get(f"{key}.{suffix}") as response:
        assert response.status_code == 404


def test_the_interface_speaks_with_the_same_voice(browser: FlaskClient) -> None:
    with browser.get("/speech/phrase/walk-first.wav") as response:
        assert response.mimetype == "audio/ogg"


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Services]:
    """The kiosk over its real content, with nothing said yet."""
    found = build_services(Settings(state=tmp_path))
    yield found
    found.close()


def kinds_of(services: Services, *paths: str) -> set[str]:
    """The kinds of sound that these answers name."""
    browser = create_app(services).test_client()
    found: set[str] = set()
    for path in paths:
        with browser.get(path) as response:
            assert response.status_code == 200
            found |= set(
                re.findall(r"/speech/[0-9a-f]{40}\.(\w+)", response.get_data(as_text=True))
            )
    return found


def test_a_session_has_one_voice(real: Services) -> None:
    pack, path = real.catalogue.packs[PACK], f"/{PACK}/session/everyone/session.json"
    session = real.session(pack, "everyone", "everyone")
    assert session is not None
    said: list[Utterance] = []
    playable(session, real.catalogue.phrases, noting(said), lambda _: ())
    for _ in voice_all(said[:-1], real.speech.recordings, EMMA, [hum()]):
        pass
    assert kinds_of(real, path) == {"wav"}
    for _ in voice_all(said, real.speech.recordings, EMMA, [hum()]):
        pass
    assert kinds_of(real, path) == {"ogg"}


def test_a_page_and_the_coach_beside_it_have_one_voice(real: Services) -> None:
    pack = real.catalogue.packs[PACK]
    topic = next(one for one in pack.topics.values() if one.about.layout == "steps")
    paths = f"/{PACK}/{topic.id}/speech.json", f"/{PACK}/session/{topic.id}/session.json"
    beside: list[Utterance] = []
    playable_steps(topic, pack, real.catalogue.phrases, noting(beside))
    page = list(real.script(pack, topic))
    for said in (page, beside):
        for _ in voice_all(said, real.speech.recordings, EMMA, [hum()]):
            pass
        whole = said is beside
        assert kinds_of(real, *paths) == ({"ogg"} if whole else {"wav"})


def test_an_edit_is_said_by_the_plain_voice_until_it_is_voiced(
    prepared: Services, small: SmallPack
) -> None:
    small.change_topic("Do it at home.", "Do it in bed.")
    with small.services() as edited:
        assert engine_of(create_app(edited).test_client()) == PLAIN
        said = list(everything_said(edited))
        *_, end = voice_all(said, edited.speech.recordings, EMMA, [hum()])
        assert end.made == 1
        assert engine_of(create_app(edited).test_client()) == "kokoro"


def test_staff_are_told_which_voice_is_in_use(prepared: Services) -> None:
    assert prepared.health()["voice"].why.startswith("Emma, ")
    assert prepared.health()["voice"].ok


def test_staff_are_told_what_brings_a_better_voice(services: Services) -> None:
    health = services.health()["voice"]
    assert health.ok
    assert "`make voice`" in health.why


def test_a_page_tells_that_somebody_is_here_and_finish_that_nobody_is(
    browser: FlaskClient, prepared: Services
) -> None:
    presence = Presence(prepared.settings.state)
    away_s = Settings().visit.idle_long_s
    for path in ("/", "/healthz", "/static/icon.svg"):
        browser.get(path).close()
        assert not presence.is_near(away_s), path
    browser.get(PAGE).close()
    assert presence.is_near(away_s)
    browser.post("/finish", headers=SAME_ORIGIN).close()
    browser.get("/").close()
    assert not presence.is_near(away_s)
