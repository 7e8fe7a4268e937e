"""A voice that does not work takes away the sound and nothing else."""

import pytest
from playwright.sync_api import expect

from tests.browser.listening import Reader, Script

NO_SPEECH, NO_SOUND = "**/speech.json*", "**/speech/*.wav"


@pytest.fixture(autouse=True)
def an_answer_is_missing(reader: Reader) -> None:
    reader.visitor.expects("net::ERR_FAILED")


def listen_in_vain(reader: Reader, missing: str) -> None:
    """Press Listen while the kiosk does not answer; the visitor reads why there is no sound."""
    reader.page.route(missing, lambda route: route.abort())
    reader.visitor.press(reader.bar("listen"))
    expect(reader.message).to_have_text(reader.visitor.words("player-failed"))
    expect(reader.message).to_be_visible()


@pytest.mark.parametrize("missing", [NO_SPEECH, NO_SOUND])
def test_the_visitor_is_told_in_plain_words(reader: Reader, missing: str) -> None:
    words = reader.shown_text
    listen_in_vain(reader, missing)
    assert reader.shown_text == words


@pytest.mark.parametrize("missing", [NO_SPEECH, NO_SOUND])
def test_no_control_breaks_the_page(reader: Reader, missing: str) -> None:
    listen_in_vain(reader, missing)
    for key in ("player-back", "player-on", "player-slower", "player-faster", "player-stop"):
        if reader.control(key).is_visible():
            reader.visitor.press(reader.control(key))


@pytest.mark.parametrize("missing", [NO_SPEECH, NO_SOUND])
def test_it_can_be_tried_again(reader: Reader, script: Script, missing: str) -> None:
    listen_in_vain(reader, missing)
    reader.page.unroute(missing)
    reader.listen()
    assert reader.marked_sentence == script.segments[0]["id"]
    expect(reader.message).to_be_hidden()
