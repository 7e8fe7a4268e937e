"""A leaflet of one's own: whose, how large, which parts; seen side by side, or taken on a phone.

The codes are read from screenshots, as a phone reads them from the glass.
"""

from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from kiosk.key_steps import key_steps
from kiosk.loader import Catalogue
from tests.browser.conftest import NewVisitor
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.pages import Change, Leaflet
from tests.browser.visitor import Visitor
from tests.codes import codes_on_screen

PATH = "/leg-cramps/leaflets/pregnancy"
THEMES = ("paper", "dark", "yellow", "cream")
ADDRESS = "riverside.example/legs"
PART = "size=large&parts=gentle-exercises"
CHOICES = ("", "size=large", PART)


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKiosk]:
    """A kiosk of a clinic with a short address; its leaflets are made before a visitor waits."""
    settings = {"KIOSK_CLINIC_WEB": ADDRESS}
    with running_kiosk(tmp_path_factory.mktemp("clinic"), settings) as running:
        for choice in CHOICES:
            with urlopen(f"{running.address}{PATH}.png?{choice}", timeout=60) as answer:
                assert answer.status == 200
        yield running


def at(visitor: Visitor, path: str = PATH) -> Leaflet:
    visitor.go(path)
    return Leaflet(visitor)


@pytest.mark.parametrize("screen", ["portrait panel", "landscape panel", "phone"])
@pytest.mark.parametrize("theme", THEMES)
def test_both_codes_are_read_from_the_screen(
    new_visitor: NewVisitor, catalogue: Catalogue, screen: str, theme: str
) -> None:
    visitor = new_visitor(screen)
    if theme != "paper":
        Change.arrive(visitor).choose("theme", theme)
    seen = {code.text for picture in at(visitor).see_codes() for code in codes_on_screen(picture)}
    pack = catalogue.packs["leg-cramps"]
    assert seen == {key_steps(pack.topics["pregnancy"], pack), f"https://{ADDRESS}"}


def test_each_code_says_what_it_is_and_its_words_can_be_read(
    visitor: Visitor, catalogue: Catalogue
) -> None:
    pack = catalogue.packs["leg-cramps"]
    topic = pack.topics["pregnancy"]
    leaflet = at(visitor)
    assert leaflet.codes == [
        visitor.words("code-steps-alt", title=topic.about.title),
        visitor.words("code-address-alt", address=ADDRESS),
    ]
    assert ADDRESS in leaflet.words_of_codes
    assert leaflet.open_key_steps() == (key_steps(topic, pack) or "").splitlines()


def test_the_sides_are_turned_one_by_one_and_the_choices_stay(new_visitor: NewVisitor) -> None:
    leaflet = at(new_visitor(touches=True), f"{PATH}?{PART}")
    assert not leaflet.can_turn("previous")
    leaflet.turn("next")
    assert leaflet.side_number == 2
    assert leaflet.size == "large"
    assert leaflet.ticked.count(True) == 1
    leaflet.turn("previous")
    assert leaflet.side_number == 1


def test_a_new_choice_begins_at_the_first_side(visitor: Visitor) -> None:
    leaflet = at(visitor)
    leaflet.turn("next")
    leaflet.choose_size("large")
    assert (leaflet.size, leaflet.side_number) == ("large", 1)


def test_without_scripts_sides_are_turned_and_codes_are_shown(new_visitor: NewVisitor) -> None:
    leaflet = at(new_visitor(scripts=False))
    assert len(leaflet.see_sides()) > 1
    assert len(leaflet.codes) == 2


@pytest.mark.parametrize("screen", ["portrait panel", "landscape panel", "small panel", "phone"])
def test_it_fits_every_screen(new_visitor: NewVisitor, screen: str) -> None:
    visitor = new_visitor(screen)
    at(visitor)
    assert visitor.sideways() == 0
    assert visitor.cut_off() == []
    assert visitor.awkward_controls() == []
