"""The hard words: each has one plain sentence, is used, and has a figure that is drawn."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.datafiles import read_entries
from kiosk.figures import Figures
from kiosk.models import Line, Span, Term
from kiosk.settings import PROJECT
from tests.topics import TOPIC_NAMES

PACKS = sorted(path.parent for path in (PROJECT / "content").glob("*/pack.yaml"))
TERMS = [
    (pack, term) for pack in PACKS for term in read_entries(pack / "en-GB/glossary.yaml", Term)[0]
]
every_term = pytest.mark.parametrize(
    ("pack", "term"), TERMS, ids=[f"{pack.name}: {term.term}" for pack, term in TERMS]
)


@every_term
def test_a_meaning_is_one_sentence(pack: object, term: Term) -> None:
    line = Line(id="meaning", spans=(Span(text=term.meaning),))
    assert len(line.sentences) == 1
    assert term.meaning.endswith(".")


def test_each_word_is_explained_once() -> None:
    for pack in PACKS:
        terms, problems = read_entries(pack / "en-GB/glossary.yaml", Term)
        assert problems == []
        assert len({term.anchor for term in terms}) == len(terms)


def test_every_explained_word_is_marked_in_some_topic(client: FlaskClient) -> None:
    marked = {href.partition("#")[2] for name in TOPIC_NAMES for href in _marked(client, name)}
    assert {term.anchor for _, term in TERMS} - marked == set()


def test_every_figure_that_a_word_names_is_drawn() -> None:
    for pack in PACKS:
        drawn = Figures.load(pack / "figures.yaml").names()
        named = {term.figure for where, term in TERMS if where == pack and term.figure}
        assert named <= set(drawn)


@pytest.mark.parametrize("name", TOPIC_NAMES)
def test_a_marked_word_is_a_link_to_its_meaning_on_the_page(client: FlaskClient, name: str) -> None:
    with client.get(f"/{name}") as response:
        page = html.document_fromstring(response.get_data(as_text=True))
    for word in page.xpath("//a[@class='k-term']"):
        entry = page.get_element_by_id(word.get("href").removeprefix("#"))
        assert entry.xpath(".//*[@class='k-s']"), word.text
    assert page.xpath("//main//span[@class='k-term']") == []


@pytest.mark.parametrize("name", TOPIC_NAMES)
def test_a_figure_of_a_word_stands_beside_its_meaning(client: FlaskClient, name: str) -> None:
    figures = {term.anchor for _, term in TERMS if term.figure}
    with client.get(f"/{name}") as response:
        page = html.document_fromstring(response.get_data(as_text=True))
    for entry in page.xpath("//li[@class='k-words__entry']"):
        assert bool(entry.xpath(".//svg")) == (entry.get("id") in figures)


def _marked(client: FlaskClient, name: str) -> list[str]:
    with client.get(f"/{name}") as response:
        page = html.document_fromstring(response.get_data(as_text=True))
    return [str(href) for href in page.xpath("//a[@class='k-term']/@href")]
