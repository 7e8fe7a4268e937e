"""What a hand meant is done, and nothing else: release, slides, double strikes, palms (A11Y-26,
A11Y-31, A11Y-32, A11Y-34). Every touch here is a real one, sent to the browser.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import NewVisitor
from tests.browser.fingers import Fingers
from tests.browser.pages import Change, Home, Topic
from tests.browser.visitor import Visitor

RELIEF = "Ease the pain"
WITHIN_GUARD_MS, AFTER_GUARD_MS = 60, 450
A_MOMENT_MS = 700  # in which whatever was going to happen has happened
PRESSED = "() => document.querySelector('.k-is-pressed')?.textContent.trim() ?? ''"


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    """A visitor at the panel, who touches."""
    return new_visitor(touches=True)


@pytest.fixture
def fingers(visitor: Visitor) -> Iterator[Fingers]:
    with Fingers(visitor) as found:
        yield found


@pytest.fixture
def tile(visitor: Visitor) -> Locator:
    return Home.arrive(visitor).tile(RELIEF)


class Counter:
    """How often a button of a page was pressed, whatever it does."""

    def __init__(self, visitor: Visitor, button: Locator) -> None:
        self._visitor = visitor
        button.evaluate(
            """($button) => {
                window.presses = 0;
                $button.addEventListener("click", (event) => {
                    window.presses += 1;
                    event.preventDefault();
                });
            }"""
        )

    @property
    def presses(self) -> int:
        self._visitor.page.wait_for_timeout(A_MOMENT_MS)
        found: int = self._visitor.look("() => window.presses")
        return found


def stays(visitor: Visitor) -> bool:
    """Whether the screen is the first one, even after a moment."""
    visitor.page.wait_for_timeout(A_MOMENT_MS)
    return visitor.path == "/"


def test_a_control_acts_when_the_finger_leaves_it_and_not_before(
    visitor: Visitor, fingers: Fingers, tile: Locator
) -> None:
    fingers.land(fingers.middle(tile))
    assert stays(visitor)
    fingers.lift()
    visitor.page.wait_for_url("**/relief")


def test_a_pressed_control_shows_it_at_once(
    visitor: Visitor, fingers: Fingers, tile: Locator
) -> None:
    """The mark is there before the touch's own event is over, so within any 100 ms."""
    visitor.look(
        """() => addEventListener("pointerdown", () => {
            window.marked = document.querySelector(".k-is-pressed") !== null;
        })"""
    )
    before = tile.evaluate("($tile) => getComputedStyle($tile).filter")
    fingers.land(fingers.middle(tile))
    assert visitor.look("() => window.marked")
    assert tile.evaluate("($tile) => getComputedStyle($tile).filter") != before
    fingers.lift()


def test_sliding_off_a_control_cancels_it(
    visitor: Visitor, fingers: Fingers, tile: Locator
) -> None:
    start = fingers.middle(tile)
    end = (start[0], start[1] - 400)
    fingers.land(start)
    assert RELIEF in visitor.look(PRESSED)
    fingers.slide(start, end)
    assert visitor.look(PRESSED) == "", "who slides off sees that it is cancelled"
    fingers.lift()
    assert stays(visitor)


def test_sliding_off_and_onto_another_control_presses_neither(
    visitor: Visitor, fingers: Fingers
) -> None:
    home = Home.arrive(visitor)
    start, end = fingers.middle(home.bar("help")), fingers.middle(home.bar("change"))
    fingers.land(start)
    fingers.slide(start, end)
    fingers.lift()
    assert stays(visitor)


def test_a_finger_that_trembles_inside_a_control_still_presses_it(
    visitor: Visitor, fingers: Fingers
) -> None:
    """The browser itself takes a slide of 4 mm for no press at all."""
    help_button = Home.arrive(visitor).bar("help")
    x, y = fingers.middle(help_button)
    fingers.land((x - 25, y))
    fingers.slide((x - 25, y), (x + 25, y))
    fingers.lift()
    visitor.page.wait_for_url("**/help")


@pytest.mark.parametrize("seconds", [0.6, 0.9, 1.5])
@pytest.mark.parametrize("where", ["page", "bar"])
def test_a_slow_finger_that_rests_on_a_control_presses_it_once(
    visitor: Visitor, fingers: Fingers, where: str, seconds: float
) -> None:
    """No menu of the browser comes up, however long it rests (A11Y-32); and where the browser
    takes the long touch for a press of its own, that is the same one.
    """
    change = Change.arrive(visitor)
    link = change.page.get_by_role("main").get_by_role("link").last
    control = change.bar("finish") if where == "bar" else link
    counter = Counter(visitor, control)
    visitor.hurries()
    visitor.look(
        """() => addEventListener("contextmenu", (event) => {
            window.menu = !event.defaultPrevented;
        })"""
    )
    fingers.hold(fingers.middle(control), seconds)
    assert counter.presses == 1
    assert not visitor.look("() => window.menu ?? false")


@pytest.mark.parametrize(
    ("apart_ms", "acts"), [(WITHIN_GUARD_MS, 1), (AFTER_GUARD_MS, 2)], ids=["double", "twice"]
)
def test_a_double_strike_is_one_press_and_two_strikes_are_two(
    visitor: Visitor, fingers: Fingers, apart_ms: int, acts: int
) -> None:
    """A11Y-26: the guard is 300 ms, by a clock that the test sets: no machine is too slow."""
    visitor.page.clock.install()
    button = Change.arrive(visitor).page.get_by_role("main").get_by_role("link").last
    counter = Counter(visitor, button)
    place = fingers.middle(button)
    visitor.stops_clock()
    fingers.tap(place)
    visitor.page.wait_for_function("() => window.presses === 1", polling=20)
    visitor.page.clock.run_for(apart_ms)
    fingers.tap(place)
    assert counter.presses == acts


def test_a_third_strike_soon_after_an_ignored_one_is_ignored_too(
    visitor: Visitor, fingers: Fingers
) -> None:
    """A tremor is many strikes, each soon after the one before: it counts once in all."""
    visitor.page.clock.install()
    button = Change.arrive(visitor).page.get_by_role("main").get_by_role("link").last
    counter = Counter(visitor, button)
    place = fingers.middle(button)
    visitor.stops_clock()
    for _ in range(4):
        fingers.tap(place)
        visitor.page.wait_for_timeout(60)
        visitor.page.clock.run_for(200)
    assert counter.presses == 1


def test_the_guard_can_be_turned_off(visitor: Visitor, fingers: Fingers) -> None:
    button = Change.arrive(visitor).page.get_by_role("main").get_by_role("link").last
    counter = Counter(visitor, button)
    visitor.hurries()
    for _ in range(2):
        fingers.tap(fingers.middle(button))
        visitor.page.wait_for_timeout(150)  # longer than the browser's own echo of a press
    assert counter.presses == 2


def test_the_second_half_of_a_double_strike_presses_nothing_on_the_next_page(
    visitor: Visitor, fingers: Fingers, tile: Locator
) -> None:
    """The first half opened the page; the second falls on whatever is there now."""
    place = fingers.middle(tile)
    visitor.look(
        """([x, y]) => sessionStorage.setItem(
            "strike", JSON.stringify({ x, y, at: Date.now() + 60_000 }))""",
        place,
    )
    Topic.open(visitor, "/")  # as if the first half were a moment ago, however slow the machine
    fingers.tap(place)
    assert stays(visitor)
    visitor.go("/")
    fingers.tap(place)
    visitor.page.wait_for_url("**/relief")


@pytest.mark.parametrize("contacts", [3, 5])
def test_a_palm_presses_nothing_and_neither_does_the_click_after_it(
    visitor: Visitor, fingers: Fingers, tile: Locator, contacts: int
) -> None:
    x, y = fingers.middle(tile)
    fingers.land(*[(x + 40 * number, y) for number in range(contacts)])
    assert visitor.look(PRESSED) == ""
    fingers.lift()
    fingers.tap((x, y))  # in the half second in which the browser's own click may come
    assert stays(visitor)
    fingers.tap((x, y))
    visitor.page.wait_for_url("**/relief")


def test_a_palm_that_lands_finger_by_finger_presses_nothing(
    visitor: Visitor, fingers: Fingers, tile: Locator
) -> None:
    x, y = fingers.middle(tile)
    places = [(x + 40 * number, y) for number in range(3)]
    for number in (1, 2, 3):
        fingers.land(*places[:number])
    fingers.lift()
    assert stays(visitor)


def test_every_control_can_be_used_with_one_finger_and_no_drag(
    visitor: Visitor, fingers: Fingers
) -> None:
    """A11Y-32: a whole visit of single taps."""
    home = Home.arrive(visitor)
    fingers.tap(fingers.middle(home.tile(RELIEF)))
    visitor.page.wait_for_url("**/relief")
    topic = Topic(visitor)
    next_page = visitor.page.get_by_role("button", name=visitor.words("topic-next-page"))
    fingers.tap(fingers.middle(next_page))
    visitor.page.wait_for_function("() => scrollY > 0", polling=50)
    fingers.tap(fingers.middle(topic.bar("finish")))
    visitor.page.wait_for_url("**/")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
