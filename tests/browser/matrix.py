"""The matrix: every scene, in every size, theme, spacing and reach, upright and across, and spoken.

Takes a case, brings a visitor into it and gives back every fault that a hand, an eye, a key or
axe-core finds there. `make test` looks at a pairwise choice of cases, `make matrix` at all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import cycle, product
from typing import Any

from allpairspy import AllPairs

from kiosk.web.preferences import COOKIE, SIZES, THEMES, Preferences
from tests.browser import axe
from tests.browser.conftest import NewVisitor
from tests.browser.contrast import pale_words
from tests.browser.keyboard import Keyboard
from tests.browser.scenes import SCENES, Scene
from tests.browser.told import ask_for_help, without_voice
from tests.browser.visitor import ERROR_PAGES, Visitor

SPACINGS = ("normal", "wide")
REACHES = ("normal", "low")
ORIENTATIONS = {
    "upright": ("portrait panel", "phone"),
    "across": ("landscape panel", "small panel"),
}

SET_THEME = "(theme) => { document.documentElement.dataset.theme = theme; }"
A_PIXEL = {"x": 0, "y": 0, "width": 1, "height": 1}
PLACES = """() => [...document.querySelectorAll("body *")].map(($one) => {
    const { left, top, width, height } = $one.getBoundingClientRect();
    const place = [left, top, width, height].map(Math.round).join(" ");
    return `${$one.localName}.${$one.classList.value} at ${place}`;
})"""

# The count of a hold is there only while its step is in hand, so on one way it may not be met.
PASSING = """() => [...document.querySelectorAll(".k-hold")].map(
    ($one) => $one.textContent.replace(/\\s+/g, " "))"""


@dataclass(frozen=True)
class Case:
    """One visitor's choices in one scene, on the screens of one orientation."""

    scene: Scene
    size: str
    theme: str
    spacing: str
    reach: str
    orientation: str
    speak: bool = False

    def __str__(self) -> str:
        return f"{self.but_theme}, {self.theme}"

    @property
    def but_theme(self) -> str:
        """What it has in common with the cases that differ in their theme alone."""
        looks = f"{self.size}, {self.spacing} spacing, {self.reach} reach"
        return f"{self.scene.name}: {looks}, {self.orientation}{', spoken' if self.speak else ''}"

    @property
    def preferences(self) -> Preferences:
        return Preferences(
            size=self.size,
            theme=self.theme,
            spacing=self.spacing,
            reach=self.reach,
            speak=self.speak,
        )


LOOKS = (SIZES, THEMES, SPACINGS, REACHES, ORIENTATIONS)


def every_case() -> list[Case]:
    """The full product of looks in all scenes, in one order; with everything spoken, pairwise."""
    return [Case(*choice) for choice in _choices(product, SCENES, *LOOKS)] + _spoken_cases()


def pairwise_cases() -> list[Case]:
    """A choice of cases in which any two values meet at least once, in one order."""
    return [Case(*choice) for choice in _choices(_all_pairs, SCENES, *LOOKS)] + _spoken_cases()


def _spoken_cases() -> list[Case]:
    """Each scene with everything spoken; over all of them, any two looks meet."""
    looks = _choices(_all_pairs, *LOOKS)
    return [Case(scene, *look, True) for scene, look in zip(SCENES, cycle(looks), strict=False)]


def _all_pairs(*lists: list[Any]) -> Iterable[Any]:
    return AllPairs(lists)


def _choices(
    combine: Callable[..., Iterable[Any]], *values: Iterable[Any]
) -> Iterator[tuple[Any, ...]]:
    for choice in combine(*map(list, values)):
        yield tuple(choice)


def by_theme(cases: Iterable[Case]) -> list[list[Case]]:
    """Cases that differ in nothing but their theme, together."""
    found: dict[Case, list[Case]] = {}
    for case in cases:
        found.setdefault(replace(case, theme=""), []).append(case)
    return list(found.values())


def faults_of(cases: list[Case], new_visitor: NewVisitor) -> list[str]:
    """What is wrong in cases that differ in their theme alone, a line each.

    The first is looked at in every way. In the others nothing may have moved, so only their
    colours are.
    """
    case = cases[0]
    screens = ORIENTATIONS[case.orientation]
    visitor = new_visitor(screens[0])
    visitor.expects(*ERROR_PAGES)
    visitor.page.context.add_cookies(
        [{"name": COOKIE, "value": case.preferences.to_cookie(), "url": visitor.watch.address}]
    )
    if case.scene.needs_clock:
        visitor.page.clock.install()
    if case.speak:
        without_voice(visitor)
    case.scene.set(visitor)
    found = []
    for screen in screens:
        visitor.resize(screen)
        visitor.look(SET_THEME, case.theme)
        if case.speak:
            ask_for_help(visitor)
        found += [f"{case}, {screen}: {fault}" for fault in _faults_on_screen(visitor)]
        # A picture needs a frame: what heeds the scrolling of the walk has then done so.
        visitor.page.screenshot(clip=A_PIXEL)
        places = set(visitor.look(PLACES))
        for other in cases[1:]:
            visitor.look(SET_THEME, other.theme)
            moved = [f"moves: {one}" for one in sorted(places ^ set(visitor.look(PLACES)))[:4]]
            pale = [*moved, *pale_words(visitor), *axe.pale(visitor.page)]
            found += [f"{other}, {screen}: {fault}" for fault in pale]
    visitor.page.context.close()
    return found + visitor.watch.unexpected


def _faults_on_screen(visitor: Visitor) -> list[str]:
    return [
        *([f"{visitor.sideways()} px stick out"] if visitor.sideways() else []),
        *(f"cut off: {words}" for words in visitor.cut_off()),
        *visitor.awkward_controls(),
        *(f"words lie on words: {pair}" for pair in visitor.overlaps()),
        *pale_words(visitor),
        *axe.faults(visitor.page),
        *_faults_on_the_walk(visitor),
    ]


def _faults_on_the_walk(visitor: Visitor) -> list[str]:
    """Tab from the first control to the last, and back."""
    keyboard = Keyboard(visitor)
    there = keyboard.walk()
    back = keyboard.walk_back()
    passing = visitor.look(PASSING)
    lost = [one for one in set(there) ^ set(back) if not any(one in words for words in passing)]
    return [*keyboard.faults, *([f"the way back differs: {lost}"] if lost else [])]
