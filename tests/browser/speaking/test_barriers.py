"""axe-core finds nothing with the mode on, on any kind of page and in any look (A11Y-73)."""

import pytest

from tests.browser import axe
from tests.browser.speaking.listener import DOWN, HELP, Listener
from tests.browser.speaking.test_walk import KINDS
from tests.browser.visitor import ERROR_PAGES

# Each kind in one look: over all of them every size, theme, spacing and reach comes.
LOOKS = [
    {"size": "normal", "theme": "paper"},
    {"size": "very-large", "theme": "yellow", "spacing": "wide"},
    {"size": "large", "theme": "dark", "reach": "low"},
    {"size": "very-large", "theme": "cream", "reach": "low"},
]


@pytest.mark.parametrize("look", range(len(LOOKS)))
def test_nothing_bars_the_way_with_the_mode_on(listener: Listener, look: int) -> None:
    listener.visitor.expects(*ERROR_PAGES)
    found = []
    for path in list(KINDS.values())[look :: len(LOOKS)]:
        listener.speaks_at(path, **LOOKS[look])
        listener.press(DOWN)
        listener.press(HELP)
        faults = [*axe.faults(listener.page), *listener.visitor.awkward_controls()]
        faults += [f"cut off: {words}" for words in listener.visitor.cut_off()]
        if listener.visitor.sideways():
            faults.append("sticks out")
        found += [f"{path}: {fault}" for fault in faults]
    assert not found, "\n".join(found)
