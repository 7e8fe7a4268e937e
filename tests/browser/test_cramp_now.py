"""I have a cramp now: who must not stretch is told first, a step leads to the next, and the kiosk
counts the hold and speaks if it was asked to."""

import pytest
from playwright.sync_api import expect

from kiosk.web.preferences import SIZES
from tests.browser.coaching import Coached, Cramp, pass_time
from tests.browser.conftest import NewVisitor
from tests.browser.listening import Reader
from tests.browser.pages import Change, CrampNow, Home
from tests.browser.visitor import SCREENS, Visitor


@pytest.fixture
def cramp(visitor: Visitor) -> CrampNow:
    """The tile was touched."""
    Home.arrive(visitor).open_topic("I have a cramp now")
    return CrampNow(visitor)


@pytest.mark.parametrize("screen", SCREENS)
def test_stop_and_the_first_step_are_on_the_first_screen(cramp: CrampNow, screen: str) -> None:
    cramp.visitor.resize(screen)
    assert cramp.sees_stop()
    assert cramp.sees_step(0)
    assert cramp.stop_is_above_the_first_step()


@pytest.mark.parametrize("size", SIZES)
def test_stop_is_on_the_first_screen_in_every_size(visitor: Visitor, size: str) -> None:
    Change.arrive(visitor).choose("size", size)
    visitor.go(CrampNow.PATH)
    cramp = CrampNow(visitor)
    for screen in SCREENS:
        visitor.resize(screen)
        assert (screen, cramp.sees_stop()) == (screen, True)
        assert cramp.stop_is_above_the_first_step()


@pytest.mark.parametrize("screen", SCREENS)
def test_next_step_goes_to_the_next_step(cramp: CrampNow, screen: str) -> None:
    cramp.visitor.resize(screen)
    assert len(cramp.steps) > 1
    for number in range(len(cramp.steps) - 1):
        cramp.next_step(number)
        assert cramp.visitor.path == CrampNow.PATH
        assert cramp.sees_step(number + 1)


def test_stop_leads_to_when_to_get_help(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(touches=True)
    visitor.go(CrampNow.PATH)
    visitor.follow(CrampNow(visitor).stop)
    assert visitor.path.endswith("/get-help")


# The coach


@pytest.fixture
def timed(visitor: Visitor) -> Cramp:
    """The page with a clock that the test moves."""
    return Cramp.arrive(visitor, timed=True)


@pytest.fixture
def heard(visitor: Visitor) -> Cramp:
    """Listen was touched in this visit, on another page."""
    reader = Reader.at(Home.arrive(visitor).open_topic("Ease the pain"))
    reader.listen()
    return Cramp.arrive(visitor)


def recordings(visitor: Visitor) -> list[str]:
    return [path for path in visitor.watch.asked if path.startswith("/speech/")]


def speak_to_the_end(cramp: Cramp, number: int) -> None:
    """Let the voice come to the last words of a step, counted from 0."""
    sentence = cramp.page.locator("[data-step]").nth(number).locator(".k-s:visible").last
    cramp.visitor.press(sentence)
    cramp.page.wait_for_function(
        "(id) => window.ear.now().marks[0] === id && window.ear.now().sounding === 1",
        arg=sentence.get_attribute("id"),
    )


def test_the_first_move_is_going_when_the_page_is_there(visitor: Visitor) -> None:
    """The tile was the tap of A11Y-41."""
    visitor.page.emulate_media(reduced_motion="no-preference")
    Home.arrive(visitor).open_topic("I have a cramp now")
    visitor.page.wait_for_function(
        "() => document.getAnimations().some(({ playState }) => playState === 'running')"
    )
    assert visitor.page.locator("[data-step]").first.locator("[data-moving]").is_visible()


def test_where_motion_is_reduced_nothing_moves(visitor: Visitor) -> None:
    cramp = Cramp.arrive(visitor)
    cramp.touch_hold(0)
    assert Coached(visitor).animations == []
    ring = cramp.hold(0).locator("[data-ring-left]")
    assert ring.get_attribute("stroke-dashoffset") == "0"
    assert cramp.count(0).isdigit()


def test_unasked_it_says_nothing(timed: Cramp) -> None:
    pass_time(timed.visitor, 60)
    assert timed.kind(0) == "hold"
    assert recordings(timed.visitor) == []


def test_the_hold_is_counted_after_the_words_have_been_read(timed: Cramp) -> None:
    assert (timed.kind(0), timed.count(0)) == ("words", "")
    for _ in range(60):
        if timed.kind(0) == "hold":
            break
        pass_time(timed.visitor, 1)
    before = int(timed.count(0))
    pass_time(timed.visitor, 5)
    assert int(timed.count(0)) in (before - 5, before - 6)  # the last second is begun or not
    assert timed.visitor.words("session-hold") in timed.says(0)


def test_a_touch_starts_the_count_and_another_pauses_it(timed: Cramp) -> None:
    timed.touch_hold(0)
    assert (timed.kind(0), timed.count(0)) == ("hold", "15")
    pass_time(timed.visitor, 4)
    assert timed.count(0) == "11"
    assert timed.visitor.words("cramp-held", time="0:04") in timed.says(0)
    timed.touch_hold(0)
    pass_time(timed.visitor, 30)
    assert timed.count(0) == "11"
    assert timed.visitor.words("cramp-go-on") in timed.says(0)
    timed.touch_hold(0)
    pass_time(timed.visitor, 1)
    assert timed.count(0) == "10"


def test_the_count_goes_on_over_the_steps_to_ten_minutes_and_then_says_to_get_help(
    timed: Cramp,
) -> None:
    timed.touch_hold(0)
    pass_time(timed.visitor, 300)
    timed.next_step(0)
    assert not timed.hold(0).is_visible(), "one step has the count"
    timed.touch_hold(1)
    pass_time(timed.visitor, 1)
    assert timed.visitor.words("cramp-held", time="5:01") in timed.says(1)
    pass_time(timed.visitor, 298)
    assert timed.kind(1) == "hold"
    pass_time(timed.visitor, 2)
    assert timed.kind(1) == "too-long"
    assert "10 minutes" in timed.says(1)


def test_a_hold_counts_as_somebody_there_but_not_for_ever(timed: Cramp) -> None:
    warning = timed.page.get_by_role("alertdialog")
    timed.touch_hold(0)
    pass_time(timed.visitor, 590)
    assert not warning.is_visible()
    pass_time(timed.visitor, 120)
    assert warning.is_visible()


@pytest.mark.parametrize("size", SIZES)
def test_the_count_fits_every_screen(visitor: Visitor, size: str) -> None:
    Change.arrive(visitor).choose("size", size)
    cramp = Cramp.arrive(visitor)
    cramp.touch_hold(0)
    cramp.touch_hold(0)  # the longest words are those of a pause
    for screen in SCREENS:
        visitor.resize(screen)
        faults = [*visitor.cut_off(), *visitor.awkward_controls()]
        assert (screen, visitor.sideways(), faults) == (screen, 0, [])


def test_it_runs_with_the_keyboard(timed: Cramp) -> None:
    timed.hold(0).focus()
    timed.page.keyboard.press("Enter")
    assert timed.count(0) == "15"
    timed.between_touches()
    timed.page.keyboard.press("Enter")
    assert timed.visitor.words("cramp-go-on") in timed.says(0)


def test_who_asked_for_sound_is_told_when_to_stop_then_the_first_move(heard: Cramp) -> None:
    Reader(heard.visitor).hears()
    assert heard.visitor.look("() => window.ear.now().marks") == ["stop"]
    assert heard.kind(0) == "words"


def test_the_voice_waits_after_a_step_and_the_hold_is_said(heard: Cramp) -> None:
    Reader(heard.visitor).hears()
    heard.page.wait_for_timeout(400)
    speak_to_the_end(heard, 0)
    expect(heard.hold(0)).to_have_attribute("data-kind", "hold", timeout=20_000)
    plan = heard.visitor.look(
        "async () => (await fetch(document.querySelector('[data-plan]').dataset.plan)).json()"
    )
    first = plan["steps"][0]["phases"][1]["cues"][0]["audio"]
    heard.page.wait_for_function("(first) => window.ear.now().source === first", arg=first)
    assert heard.visitor.look("() => window.ear.now().marks") == []
    assert heard.visitor.look("() => window.ear.now().sounding") <= 1


def test_next_step_is_said_when_it_is_touched(heard: Cramp) -> None:
    Reader(heard.visitor).hears()
    heard.page.wait_for_timeout(400)
    heard.next_step(0)
    heard.page.wait_for_function(
        "(words) => window.ear.now().sounding === 1 && window.ear.now().text === words",
        arg=heard.steps[1].inner_text(),
    )


def test_listen_says_the_step_in_hand(visitor: Visitor) -> None:
    cramp = Cramp.arrive(visitor)
    cramp.next_step(0)
    cramp.page.wait_for_timeout(400)
    Reader(visitor).listen()
    assert visitor.look("() => window.ear.now().text") == cramp.steps[1].inner_text()


def test_the_count_makes_way_for_the_voice(heard: Cramp) -> None:
    """A touched sentence is read: the hold begins anew when it has been said."""
    Reader(heard.visitor).hears()
    heard.touch_hold(0)
    assert heard.kind(0) == "hold"
    heard.page.wait_for_timeout(400)
    speak_to_the_end(heard, 0)
    assert heard.kind(0) == "words"
    assert heard.visitor.look("() => window.ear.now().sounding") == 1


def test_without_its_plan_the_steps_still_lead_on(visitor: Visitor) -> None:
    visitor.expects("net::ERR_FAILED")
    visitor.page.route("**/session.json", lambda route: route.abort())
    visitor.go(Cramp.PATH)
    cramp = CrampNow(visitor)
    cramp.next_step(0)
    assert cramp.sees_step(1)
    assert not visitor.page.locator("[data-hold]").first.is_visible()


def test_without_scripts_the_steps_are_a_numbered_list_with_figures(
    new_visitor: NewVisitor,
) -> None:
    visitor = new_visitor(scripts=False)
    visitor.go(Cramp.PATH)
    cramp = CrampNow(visitor)
    items = visitor.page.locator("main ol > li:has(> section)")
    assert items.count() == len(cramp.steps)
    drawn = visitor.page.locator("main ol > li [data-still] svg")
    assert drawn.count() > 0
    assert all(one.is_visible() for one in drawn.all())
    assert not visitor.page.locator("[data-hold]").first.is_visible()
    assert not visitor.page.locator("[data-moving]").first.is_visible()
