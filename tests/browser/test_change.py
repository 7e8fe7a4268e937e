"""Change: each choice takes effect at once, shows that it is chosen, and can be undone (A11Y-75).

Every test runs with and without JavaScript; Change needs none.
"""

import pytest

from kiosk.web.preferences import RATES, SIZES, THEMES
from tests.browser.conftest import NewVisitor
from tests.browser.pages import Change, Home
from tests.browser.visitor import Visitor

# One choice of each setting that differs from its default.
CHOICES = [
    ("size", "large", "normal"),
    ("theme", "dark", "paper"),
    ("spacing", "wide", "normal"),
    ("reach", "low", "normal"),
    ("motion", "reduced", "full"),
    ("rate", "150", "100"),
    ("more-time", "on", "off"),
]


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(request: pytest.FixtureRequest, new_visitor: NewVisitor) -> Visitor:
    return new_visitor(scripts=request.param)


def test_each_size_is_larger_than_the_one_before(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    seen = []
    for size in SIZES:
        change.choose("size", size)
        assert [other for other in SIZES if change.is_chosen("size", other)] == [size]
        seen.append(change.text_px)
    assert seen == sorted(set(seen))


def test_each_set_of_colours_is_its_own(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    seen = set()
    for theme in THEMES:
        change.choose("theme", theme)
        assert [other for other in THEMES if change.is_chosen("theme", other)] == [theme]
        seen.add(change.colours)
    assert len(seen) == len(THEMES)


def test_each_speed_is_shown_as_chosen(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    names = [f"{rate * 100:.0f}" for rate in RATES]
    for name in names:
        change.choose("rate", name)
        assert [other for other in names if change.is_chosen("rate", other)] == [name]


@pytest.mark.parametrize(("direction", "presses", "end"), [("louder", 8, 12), ("quieter", 5, 1)])
def test_loudness_goes_a_step_at_a_time_to_its_end(
    visitor: Visitor, direction: str, presses: int, end: int
) -> None:
    change = Change.arrive(visitor)
    steps = [change.volume]
    for _ in range(presses):
        change.choose("volume", direction)
        steps.append(change.volume)
    step = 1 if end > steps[0] else -1
    assert steps == [*range(5, end + step, step), end]


@pytest.mark.parametrize(("setting", "value", "default"), CHOICES)
def test_a_choice_can_be_undone(visitor: Visitor, setting: str, value: str, default: str) -> None:
    change = Change.arrive(visitor)
    assert not change.can_undo
    before = (change.text_px, change.colours)
    change.choose(setting, value)
    assert change.is_chosen(setting, value)
    change.undo()
    assert change.is_chosen(setting, default)
    assert not change.is_chosen(setting, value)
    assert (change.text_px, change.colours) == before


def test_a_choice_holds_on_every_screen(visitor: Visitor) -> None:
    home = Home.arrive(visitor)
    plain = (home.text_px, home.colours)
    change = home.change()
    change.choose("size", "very-large")
    change.choose("theme", "yellow")
    chosen = (change.text_px, change.colours)
    assert chosen[0] > plain[0]
    assert chosen[1] != plain[1]
    topic = change.home().open_topic("Ease the pain")
    assert (topic.text_px, topic.colours) == chosen
    leaflet = topic.take_home()
    assert (leaflet.text_px, leaflet.colours) == chosen


def test_done_goes_back_to_where_the_visitor_was(visitor: Visitor) -> None:
    topic = Home.arrive(visitor).open_topic("Ease the pain")
    path, title = visitor.path, topic.title
    change = topic.change()
    change.choose("size", "large")
    change.choose("theme", "cream")
    screen = change.done()
    assert (visitor.path, screen.title) == (path, title)


def test_a_choice_keeps_its_name_when_it_is_chosen(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    for size in SIZES:
        change.choose("size", size)
        assert change.name_of(change.choice("size", size)) == visitor.words(f"size-{size}")


def test_finish_brings_the_defaults_back_and_keeps_nothing(visitor: Visitor) -> None:
    home = Home.arrive(visitor)
    plain = (home.text_px, home.colours)
    change = home.change()
    change.choose("size", "very-large")
    change.choose("theme", "dark")
    change.choose("rate", "200")
    change.choose("volume", "louder")
    assert visitor.cookies
    home = change.finish()
    assert visitor.path == "/"
    assert visitor.cookies == []
    assert (home.text_px, home.colours) == plain
    change = home.change()
    assert change.is_chosen("rate", "100")
    assert change.volume == 5
    assert not change.can_undo
