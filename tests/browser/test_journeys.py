"""Whole visits, from a cold screen to Finish: by touch alone and by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.keyboard import Keyboard
from tests.browser.listening import Reader
from tests.browser.pages import Change, Home, Leaflet
from tests.browser.screen import Screen
from tests.browser.visitor import ERROR_PAGES, Visitor

RELIEF = "Ease the pain"
BAR = ("home", "back", "listen", "print", "change", "help", "finish")  # A11Y-70
MANY = 8  # topics enough to meet every block under the bar


def test_by_touch_from_home_to_a_leaflet_and_finish(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    home = Home.arrive(visitor)
    reader = Reader.at(home.open_topic(RELIEF))
    assert reader.title == RELIEF
    reader.listen()
    reader.hears()
    leaflet = reader.take_home()
    assert min(leaflet.see_sides()) > 0
    assert leaflet.save().startswith(b"%PDF-")
    leaflet.finish()
    assert visitor.path == "/"
    assert visitor.cookies == []


def test_by_touch_from_take_a_leaflet_home(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    home = Home.arrive(visitor)
    leaflet = home.open_leaflets().choose(RELIEF)
    assert min(leaflet.see_sides()) > 0
    leaflet.choose_size("giant")
    assert leaflet.size == "giant"
    assert min(leaflet.see_sides()) > 0
    leaflet.home()
    assert visitor.path == "/"


def test_by_keyboard_from_home_to_a_leaflet_and_finish(visitor: Visitor) -> None:
    Home.arrive(visitor)
    keyboard = Keyboard(visitor)
    keyboard.choose(RELIEF)
    visitor.page.wait_for_url("**/relief")
    reader = Reader(visitor)

    keyboard.choose(visitor.words("bar-listen"))
    reader.hears()
    keyboard.choose(visitor.words("bar-pause"))
    expect(reader.control("bar-listen")).to_be_visible()

    keyboard.choose(visitor.words("topic-take-home"))
    visitor.page.wait_for_url("**/leaflets/relief")
    leaflet = Leaflet(visitor)
    with visitor.page.expect_download() as waiting:
        keyboard.choose(visitor.words("leaflet-save"))
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    assert leaflet.title

    keyboard.choose(visitor.words("bar-change"))
    visitor.page.wait_for_url("**/preferences*")
    with visitor.page.expect_navigation():
        keyboard.choose(visitor.words("size-large"))
    keyboard.choose(visitor.words("bar-finish"))
    visitor.page.wait_for_url("**/")
    assert visitor.cookies == []


@pytest.mark.parametrize("size", ["normal", "very-large"])
def test_every_control_a_key_reaches_is_seen_and_ringed(
    visitor: Visitor, kinds: list[str], topics: list[str], size: str
) -> None:
    """A11Y-22 to A11Y-25."""
    visitor.expects(*ERROR_PAGES)
    Change.arrive(visitor).choose("size", size)
    found = []
    for path in [*kinds, *topics[:MANY]]:
        visitor.go(path)
        keyboard = Keyboard(visitor)
        reached = keyboard.walk()
        found += [f"{path}: {fault}" for fault in keyboard.faults]
        missed = keyboard.controls - set(reached)
        found += [f"{path}: no key reaches “{name}”" for name in sorted(missed)]
    assert not found, "\n".join(found)


def test_a_tile_is_called_by_its_words_alone(visitor: Visitor) -> None:
    """A11Y-72. Its picture says nothing that the words do not."""
    home = Home.arrive(visitor)
    for tile in home.tiles:
        assert home.name_of(tile) == tile.inner_text()


def test_the_skip_link_leads_to_the_page(visitor: Visitor) -> None:
    Home.arrive(visitor)
    keyboard = Keyboard(visitor)
    keyboard.choose(visitor.words("skip-to-main"))
    visitor.page.keyboard.press("Tab")
    assert keyboard.focused in [tile.inner_text() for tile in Home(visitor).tiles][:1]


def test_letters_and_digits_do_nothing(visitor: Visitor) -> None:
    topic = Home.arrive(visitor).open_topic(RELIEF)
    before = (visitor.path, topic.shown_text)
    visitor.page.keyboard.type("abcdefghijklmnopqrstuvwxyz0123456789/'")
    assert (visitor.path, topic.shown_text) == before


def test_back_goes_to_the_screen_before(visitor: Visitor) -> None:
    home = Home.arrive(visitor)
    topic = home.open_topic(RELIEF)
    assert topic.help().back().title == RELIEF
    assert topic.back().title == home.title


def test_the_bar_is_the_same_on_every_kind_of_page(visitor: Visitor, kinds: list[str]) -> None:
    visitor.expects(*ERROR_PAGES)
    names = [visitor.words(f"bar-{name}") for name in BAR]
    for path in kinds:
        visitor.go(path)
        assert (path, Screen(visitor).bar_names) == (path, names)
