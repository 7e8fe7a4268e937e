"""What the interface says by itself: the words it shows, as sound; and tones without words."""

import array
from collections.abc import Iterator
from itertools import pairwise

import pytest
from flask.testing import FlaskClient

from kiosk.build import jobs
from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.speech.interface import saying, sayings
from kiosk.speech.sound import TONES, tone
from kiosk.web import create_app
from tests.small_pack import SmallPack
from tests.sounds import loudness, samples_of

VISIT = Settings().visit


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    with small.services() as found:
        yield found


@pytest.fixture
def browser(services: Services) -> FlaskClient:
    return create_app(services).test_client()


def said(services: Services, name: str) -> str | None:
    found = saying(name, services.catalogue.phrases, services.settings.visit)
    return found.text if found else None


def test_the_warning_says_what_it_shows(services: Services) -> None:
    """A11Y-52."""
    warning = "Are you still there? This screen will clear for the next person in 30 seconds."
    assert said(services, "idle-warning") == warning
    assert said(services, "idle-last-call") == (
        "This screen will clear for the next person in 10 seconds."
    )


def test_a_clinic_that_warns_longer_says_its_own_number(services: Services) -> None:
    visit = VISIT.model_copy(update={"warning_s": 60})
    words = sayings(services.catalogue.phrases, visit)["idle-warning"]
    assert "60 seconds" in words
    assert "30" not in words


def test_any_whole_phrase_can_be_said(services: Services) -> None:
    assert said(services, "bar-finish") == "Finish"
    assert said(services, "card-urgent-call-today") == "Call your GP or NHS 111 today if:"


@pytest.mark.parametrize("name", ["idle-text", "help-touch", "nations", "", "no-such", "../x", "_"])
def test_what_is_not_a_whole_phrase_is_not_said(services: Services, name: str) -> None:
    assert said(services, name) is None


@pytest.mark.usefixtures("voice")
def test_a_phrase_is_heard_at_its_address(browser: FlaskClient, services: Services) -> None:
    for name in sayings(services.catalogue.phrases, VISIT):
        with browser.get(f"/speech/phrase/{name}.wav") as response:
            assert response.status_code == 200
            assert response.mimetype == "audio/wav"
            samples, _ = samples_of(response.data)
            assert loudness(samples) > 100


@pytest.mark.parametrize(
    "path",
    [
        "/speech/phrase/idle-text.wav",
        "/speech/phrase/no.wav",
        "/speech/phrase/..%2f.wav",
        "/speech/phrase/.wav",
        "/speech/tone/no.wav",
        "/speech/tone/%00.wav",
    ],
)
def test_what_is_not_there_is_a_404_and_makes_nothing(
    browser: FlaskClient, small: SmallPack, path: str
) -> None:
    with browser.get(path) as response:
        assert response.status_code == 404
    assert list(small.state.rglob("*.wav")) == []


def test_what_is_said_by_itself_is_made_ahead(services: Services) -> None:
    made = [what for what, _ in jobs(services)]
    for name in sayings(services.catalogue.phrases, VISIT):
        assert f"speech {name}" in made


@pytest.mark.parametrize("name", TONES)
def test_a_tone_is_short_and_soft_and_without_a_click(browser: FlaskClient, name: str) -> None:
    with browser.get(f"/speech/tone/{name}.wav") as response:
        assert response.mimetype == "audio/wav"
        samples, seconds = samples_of(response.data)
    values = array.array("h", samples)
    assert 0.1 <= seconds <= 1
    assert 0 < max(values) <= 0.35 * 32767
    assert abs(values[0]) < 300
    assert abs(values[-1]) < 300
    assert max(abs(after - before) for before, after in pairwise(values)) < 2500
    assert samples == tone(name).samples
