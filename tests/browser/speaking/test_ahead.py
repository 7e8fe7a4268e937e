"""What a screen has to say is made ahead, piece by piece, so that one voice can say all of it."""

from collections.abc import Iterator

import pytest

from kiosk.said import everything_said
from kiosk.services import Services, build_services
from kiosk.settings import Settings
from kiosk.speech.utterances import texts_of
from tests.browser.speaking.listener import Listener
from tests.browser.speaking.test_walk import KINDS
from tests.browser.visitor import ERROR_PAGES

# The pieces of all that stands on the page, as they would be asked for; without the square codes.
PIECES = """async () => {
    const { piecesOf } = await import("/static/js/accessible-name.js");
    const { readables } = await import("/static/js/readables.js");
    const items = readables().filter(($one) => !$one.closest(".k-codes"));
    return items.flatMap(($one) => piecesOf($one));
}"""
STAFF = "the staff's door"  # never recorded


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    found = build_services(Settings(state=tmp_path_factory.mktemp("ahead")))
    yield found
    found.close()


def test_all_that_stands_on_a_page_is_made_ahead(listener: Listener, services: Services) -> None:
    """But for numbers of this moment: a side of a leaflet, how long we wait."""
    listener.visitor.expects(*ERROR_PAGES)
    phrases, visit = services.catalogue.phrases, services.settings.visit
    made = {one.text for one in everything_said(services)}
    missing = {}
    for kind, path in KINDS.items():
        listener.visitor.go(path)
        pieces = listener.visitor.look(PIECES)
        texts = [text for piece in pieces for text in texts_of([piece], phrases, visit)]
        missing[kind] = [
            text for text in texts if text not in made and not any(map(str.isdigit, text))
        ]
    missing.pop(STAFF)
    assert not any(missing.values()), missing


def test_a_picture_is_said_in_the_words_that_its_page_reads(
    listener: Listener, services: Services
) -> None:
    """The same recording serves both; before it stands its name."""
    listener.visitor.go(KINDS["a topic"])
    pack = services.catalogue.packs["leg-cramps"]
    read = {one.text for one in services.script(pack, pack.topics["relief"])}
    start = services.catalogue.phrases("spoken-picture", alt="")
    said = [piece.removeprefix("t:") for piece in listener.visitor.look(PIECES)]
    pictures = [text for text in said if text.startswith(start)]
    assert len(pictures) > 2
    assert set(pictures) <= read
