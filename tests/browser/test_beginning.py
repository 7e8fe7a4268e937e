"""Nobody waits for a page that the voice has not said yet: it begins, and the rest follows."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.listening import Reader, Script

FIRST = 3  # so many segments are there at once


class Rest:
    """The part of a page that is still on its way."""

    def __init__(self, reader: Reader, segments: list[dict[str, object]]) -> None:
        self._segments = segments
        self._asked: list[Route] = []
        reader.page.route("**/speech.json*", self._answer)

    def _answer(self, route: Route) -> None:
        if "beginning" in route.request.url:
            route.fulfill(json={"whole": False, "segments": self._segments[:FIRST]})
        else:
            self._asked.append(route)

    def comes(self) -> None:
        (asked,) = self._asked
        asked.fulfill(json={"whole": True, "segments": self._segments})

    def fails(self) -> None:
        (asked,) = self._asked
        asked.abort()


@pytest.fixture
def rest(reader: Reader, script: Script) -> Rest:
    return Rest(reader, script.segments)


def go_to_the_end_of_the_beginning(reader: Reader, script: Script) -> None:
    reader.listen()
    for number in range(1, FIRST):
        reader.on_a_sentence()
        reader.hears()
        assert reader.marked_sentence == script.segments[number]["id"]


def test_a_sentence_of_the_rest_is_said_once_it_is_there(
    reader: Reader, script: Script, rest: Rest
) -> None:
    reader.listen()
    reader.touch_sentence(script.shown[-1]["id"])
    assert reader.marked_sentence == script.segments[0]["id"]
    rest.comes()
    reader.page.wait_for_function(
        "(id) => window.ear.now().marks.includes(id)", arg=script.shown[-1]["id"]
    )


def test_after_the_beginning_the_rest_goes_on(reader: Reader, script: Script, rest: Rest) -> None:
    go_to_the_end_of_the_beginning(reader, script)
    reader.on_a_sentence()
    rest.comes()
    reader.page.wait_for_function(
        "(id) => window.ear.now().marks.includes(id)", arg=script.segments[FIRST]["id"]
    )


def test_when_the_rest_cannot_come_the_visitor_is_told(
    reader: Reader, script: Script, rest: Rest
) -> None:
    reader.visitor.expects("net::ERR_FAILED")
    go_to_the_end_of_the_beginning(reader, script)
    reader.on_a_sentence()
    rest.fails()
    expect(reader.message).to_have_text(reader.visitor.words("player-failed"))
