"""The three leaflets for an audience look and read as when they were last looked at.

After a change that is meant, look at the leaflets, then: `.venv/bin/python -m tests.goldens`
"""

import pytest
from PIL import Image

from kiosk.services import Services
from tests.goldens.made import AUDIENCES, FOLDER, differing, leaflet, made_with, outline, strip
from tests.tools import missing

pytestmark = pytest.mark.usefixtures("paper", "unhurried_press")
RENEW = "look at it; if it is meant: .venv/bin/python -m tests.goldens"
MOST_GREY = 48  # of 255: three of the sixteen greys
MOST_DOTS = 50  # a full stop that moves is less, a word that changes is more


@pytest.mark.parametrize("topic", AUDIENCES)
def test_a_screen_reader_is_told_the_same_tags(services: Services, topic: str) -> None:
    golden = (FOLDER / f"{topic}.txt").read_text("utf-8")
    assert outline(leaflet(services, topic)).splitlines() == golden.splitlines(), RENEW


@pytest.mark.parametrize("topic", AUDIENCES)
def test_every_side_looks_the_same(services: Services, topic: str) -> None:
    if made_with(services) != (FOLDER / "made-with.txt").read_text("utf-8"):
        missing("the goldens were made with another font or other libraries: make them anew")
    with Image.open(FOLDER / f"{topic}.png") as golden:
        found = differing(golden.convert("L"), strip(leaflet(services, topic)), MOST_GREY)
    assert found <= MOST_DOTS, RENEW


def test_a_word_that_changes_is_seen(services: Services) -> None:
    pdf = leaflet(services, AUDIENCES[0])
    picture = strip(pdf)
    changed = picture.copy()
    changed.paste(0, (100, 100, 120, 106))
    assert differing(picture, changed, MOST_GREY) > MOST_DOTS
    assert differing(picture, strip(pdf), MOST_GREY) == 0
    assert differing(picture, picture.crop((0, 0, 99, 99)), MOST_GREY) > MOST_DOTS
