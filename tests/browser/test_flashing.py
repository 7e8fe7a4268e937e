"""Nothing flashes (WCAG 2.3.1 and 2.3.2): what moves, moves slowly; the rest stands still."""

import re

from kiosk.settings import PROJECT
from tests.browser.coaching import Coached
from tests.browser.visitor import Visitor

SLOW_MS = 1000  # three times as slow as three flashes a second
PERIODS = """() => document.getAnimations().map(($one) =>
    $one.effect.getComputedTiming().duration)"""


def test_no_figure_moves_to_and_fro_faster_than_once_a_second(visitor: Visitor) -> None:
    visitor.page.emulate_media(reduced_motion="no-preference")
    session = Coached.at(visitor, "/leg-cramps/session/older-people")
    session.begin("silent")
    for kind in ("move", "keep-moving"):
        session.reach(kind)
        periods = visitor.look(PERIODS)
        assert periods, kind
        assert min(periods) >= SLOW_MS, kind


def test_no_style_blinks_or_repeats() -> None:
    """No keyframes: what a style sheet moves, it moves once, when a state changes."""
    for path in (PROJECT / "kiosk/static/css").glob("*.css"):
        assert not re.search(r"@keyframes|animation(-name)?:(?! none)|blink", path.read_text()), (
            path.name
        )
