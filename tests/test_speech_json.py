"""speech.json of every topic: what is said, when, and that it is what the page shows."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.services import Services
from tests.page_rules import words_of
from tests.sounds import loudness, samples_of
from tests.topics import TOPIC_NAMES, TOPICS

pytestmark = pytest.mark.usefixtures("voice")
# A marked word inside a text leads to its meaning, and is text all the same.
CONTROLS = (
    "a[not(@class='k-term')]",
    "button",
    "form",
    "audio",
    "details",
    "noscript",
    "svg",
    "nav",
)
ROUNDING_S = 0.002  # times are rounded to a thousandth of a second

Visit = Callable[[str], html.HtmlElement]


@pytest.fixture(scope="module")
def listings() -> dict[str, Any]:
    """What was asked for already, so that each topic is asked for once."""
    return {}


@pytest.fixture
def listing(
    request: pytest.FixtureRequest, client: FlaskClient, listings: dict[str, Any]
) -> dict[str, Any]:
    """The speech.json of the topic that the test names."""
    path = f"/{request.getfixturevalue('name')}/speech.json"
    if path not in listings:
        with client.get(path) as response:
            assert response.status_code == 200
            assert response.mimetype == "application/json"
            listings[path] = response.get_json()
    found: dict[str, Any] = listings[path]
    return found


def audio_of(client: FlaskClient, address: str) -> tuple[bytes, float]:
    with client.get(address) as response:
        assert response.status_code == 200
        return samples_of(response.data)


every_topic = pytest.mark.parametrize("name", TOPIC_NAMES)


@every_topic
def test_it_says_who_speaks_and_in_which_language(name: str, listing: dict[str, Any]) -> None:
    assert listing["lang"] == "en-GB"
    assert listing["engine"] == "espeak-ng"
    assert listing["voice"].startswith("gmw/en-gb")
    assert listing["timed_by"] == "engine"
    assert listing["segments"]


@every_topic
def test_every_word_of_every_segment_is_timed(name: str, listing: dict[str, Any]) -> None:
    for segment in listing["segments"]:
        words = [segment["text"][start:end] for start, end, _, _ in segment["words"]]
        assert words == segment["text"].split(), segment["id"]


@every_topic
def test_times_rise_and_stay_inside_the_audio(
    name: str, listing: dict[str, Any], client: FlaskClient
) -> None:
    durations: dict[str, float] = {}
    heard: dict[str, float] = {}
    for segment in listing["segments"]:
        audio = segment["audio"]
        if audio not in durations:
            samples, durations[audio] = audio_of(client, audio)
            assert loudness(samples) > 300, segment["text"]
            assert durations[audio] > 0.1
        at = heard.get(audio, 0.0) if segment["start"] >= heard.get(audio, 0.0) else 0.0
        assert segment["start"] == segment["words"][0][2]
        assert segment["end"] == segment["words"][-1][3]
        for _, _, start, end in segment["words"]:
            assert at <= start <= end <= durations[audio] + ROUNDING_S, segment
            at = end
        heard[audio] = at


@every_topic
def test_shown_text_is_exactly_what_its_element_shows(
    name: str, listing: dict[str, Any], visit: Visit
) -> None:
    page = visit(f"/{name}")
    for segment in listing["segments"]:
        found = page.xpath("//*[@id=$id]", id=segment["id"])
        assert len(found) == 1, segment["id"]
        if segment["shown"]:
            assert found[0].text_content() == segment["text"]


@every_topic
def test_the_shown_segments_are_all_of_main_but_its_controls(
    name: str, listing: dict[str, Any], visit: Visit
) -> None:
    main = visit(f"/{name}").get_element_by_id("main")
    for control in main.xpath("|".join(f".//{tag}" for tag in CONTROLS)):
        control.drop_tree()
    shown = " ".join(segment["text"] for segment in listing["segments"] if segment["shown"])
    assert words_of(main).split() == shown.split()


@every_topic
def test_every_picture_of_a_page_is_said_in_words(
    name: str, listing: dict[str, Any], visit: Visit
) -> None:
    main = visit(f"/{name}").get_element_by_id("main")
    extras = [segment["text"] for segment in listing["segments"] if not segment["shown"]]
    for picture in main.xpath(".//svg[not(ancestor-or-self::*[@aria-hidden='true'])]"):
        title = words_of(picture.find("title"))  # its name, then what it shows
        assert any(title.endswith(said.partition(": ")[2]) for said in extras if ": " in said)


@every_topic
def test_audio_can_be_asked_for_in_parts_and_never_changes(
    name: str, listing: dict[str, Any], client: FlaskClient
) -> None:
    address = listing["segments"][0]["audio"]
    with client.get(address) as response:
        whole = response.data
        assert response.mimetype == "audio/wav"
        assert response.headers["Accept-Ranges"] == "bytes"
        assert "immutable" in response.headers["Cache-Control"]
        assert "max-age=31536000" in response.headers["Cache-Control"]
    with client.get(address, headers={"Range": "bytes=100-199"}) as response:
        assert response.status_code == 206
        assert response.headers["Content-Range"] == f"bytes 100-199/{len(whole)}"
        assert response.data == whole[100:200]
    with client.get(address, headers={"Range": f"bytes={len(whole)}-"}) as response:
        assert response.status_code == 416


@every_topic
def test_the_whole_page_is_one_recording_too(
    name: str, listing: dict[str, Any], client: FlaskClient
) -> None:
    samples, duration_s = audio_of(client, f"/{name}/speech.wav")
    assert loudness(samples) > 300
    said_s = sum(one["end"] - one["start"] for one in listing["segments"])
    assert duration_s == pytest.approx(said_s, abs=0.01 * len(listing["segments"]))


def test_every_topic_of_the_content_can_be_heard(services: Services) -> None:
    served = [
        (pack.id, topic) for pack in services.catalogue.packs.values() for topic in pack.topics
    ]
    assert sorted(served) == TOPICS


@pytest.mark.parametrize(
    "path",
    [
        "/speech/" + "0" * 40 + ".wav",
        "/speech/" + "g" * 40 + ".wav",
        "/speech/x.wav",
        "/speech/..%2f..%2fkiosk.wav",
        "/leg-cramps/nothing/speech.json",
        "/nothing/relief/speech.json",
    ],
)
def test_what_is_not_there_is_a_plain_page(
    visit: Callable[..., html.HtmlElement], path: str
) -> None:
    visit(path, status=404)
