"""Nothing that a visitor may choose spoils any scene: the matrix.

A11Y-24, 25, 29 to 31, 37, 38 and 73. Pairwise here; `make matrix` sets KIOSK_MATRIX=full and
takes all of it.
"""

import os

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.contrast import pale_words, ratio
from tests.browser.matrix import Case, by_theme, every_case, faults_of, pairwise_cases
from tests.browser.visitor import Visitor

FULL = os.environ.get("KIOSK_MATRIX") == "full"
GROUPS = by_theme(every_case() if FULL else pairwise_cases())


@pytest.mark.parametrize("cases", GROUPS, ids=lambda cases: cases[0].but_theme)
def test_no_choice_spoils_a_scene(new_visitor: NewVisitor, cases: list[Case]) -> None:
    found = faults_of(cases, new_visitor)
    assert not found, f"{len(cases)} cases\n" + "\n".join(found)


def test_pale_words_and_words_on_words_are_seen(visitor: Visitor) -> None:
    visitor.go("/help")
    visitor.look("""() => {
        const $main = document.getElementById("main");
        $main.insertAdjacentHTML("afterbegin",
            "<p id='pale'>pale words</p><p id='under'>below</p><p id='on'>on top</p>");
        const [$pale, $under, $on] = $main.querySelectorAll("#pale, #under, #on");
        $pale.style.color = "#888";
        $on.style.position = "relative";
        $on.style.top = `${$under.offsetTop - $on.offsetTop}px`;
    }""")
    assert any("“pale words” has a contrast of 3." in fault for fault in pale_words(visitor))
    assert any("“on top”" in fault for fault in visitor.overlaps())


def test_contrast_is_that_of_the_standard() -> None:
    black, white, grey = (0, 0, 0), (255, 255, 255), (119, 119, 119)
    assert ratio(black, white) == pytest.approx(21)
    assert ratio(grey, white) == pytest.approx(4.48, abs=0.01)


def test_any_two_choices_meet_at_least_once() -> None:
    """The pairwise choice really is one."""

    def pairs(cases: list[object]) -> set[tuple[str, str]]:
        found = set()
        for case in cases:
            values = [f"{name}={value}" for name, value in vars(case).items()]
            found |= {(one, two) for one in values for two in values if one < two}
        return found

    assert pairs(pairwise_cases()) == pairs(every_case())
