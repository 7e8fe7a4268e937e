"""Without JavaScript the kiosk still does its work: read, listen, change, take home, finish."""

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.pages import CrampNow, Home, Page
from tests.browser.visitor import Visitor


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """A visitor whose browser runs no scripts."""
    return new_visitor(scripts=False)


def test_home_leads_to_every_topic_it_shows(visitor: Visitor) -> None:
    home = Home.arrive(visitor)
    names = [tile.inner_text() for tile in home.tiles]
    assert names
    for name in names:
        visitor.follow(home.tile(name))
        assert visitor.path != "/"
        home = home.home()


def test_a_topic_can_be_heard_by_the_browsers_own_player(visitor: Visitor) -> None:
    topic = Home.arrive(visitor).open_topic("Ease the pain")
    visitor.press(topic.bar("listen"))
    assert topic.plain_player.is_visible()
    sound = visitor.page.request.get(topic.plain_recording)
    assert sound.headers["content-type"] == "audio/wav"
    assert sound.body()[:4] == b"RIFF"
    assert topic.plays(seconds=0.3)


def test_a_leaflet_can_be_chosen_seen_and_saved(visitor: Visitor) -> None:
    leaflet = Home.arrive(visitor).open_topic("Ease the pain").take_home()
    assert leaflet.size == "standard"
    leaflet.choose_size("large")
    assert leaflet.size == "large"
    assert min(leaflet.see_sides()) > 0
    assert leaflet.save().startswith(b"%PDF-")


def test_fewer_parts_make_another_leaflet(visitor: Visitor) -> None:
    leaflet = Home.arrive(visitor).open_topic("Ease the pain").take_home()
    whole = leaflet.save()
    ticked = leaflet.ticked
    leaflet.leave_out(0)
    assert leaflet.ticked == [False, *ticked[1:]]
    assert leaflet.save() != whole


def test_the_steps_of_a_cramp_follow_each_other(visitor: Visitor) -> None:
    visitor.go(CrampNow.PATH)
    cramp = CrampNow(visitor)
    cramp.next_step(0)
    assert cramp.sees_step(1)


def test_finish_clears_what_was_chosen(visitor: Visitor) -> None:
    home = Home.arrive(visitor)
    plain = home.colours
    change = home.change()
    change.choose("theme", "dark")
    assert change.done().colours != plain
    home = change.finish()
    assert home.colours == plain
    assert visitor.cookies == []


def test_back_leads_somewhere_from_every_kind_of_page(visitor: Visitor, topics: list[str]) -> None:
    for path in [*topics[:2], "/help", "/accessibility", "/preferences"]:
        visitor.go(path)
        Page(visitor).back()
        assert visitor.path != path
