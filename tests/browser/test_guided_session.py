"""A guided session: it moves only when asked, keeps time, pauses, and works with touch and keys."""

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from kiosk.web.preferences import SIZES
from tests.browser.coaching import Coached, pass_time
from tests.browser.conftest import NewVisitor
from tests.browser.pages import Change
from tests.browser.visitor import SCREENS, Visitor

PATH = "/leg-cramps/session/older-people"
HELD = "/leg-cramps/session/everyone"  # begins with a stretch that is held
# Runs the session's own clock over 60 s of uneven frames, and gives back how far it is off, in ms.
DRIFT = """async () => {
    const { SessionClock } = await import("/static/js/session-clock.js");
    const seconds = Array.from({ length: 40 }, (_, number) => 1.2 + (number % 4) * 0.2);
    const clock = new SessionClock(seconds);
    let now = 1000, begun = 0;
    clock.start(now);
    for (let frame = 0; now < 61000; frame += 1) {
        now += 11 + ((frame * 7919) % 45);
        clock.advance(now);
    }
    for (let index = 0; index < clock.index; index += 1) begun += seconds[index] * 1000;
    return Math.abs(now - 1000 - begun - clock.elapsed(now));
}"""


# How often a session says that somebody is there, in the page's own time.
ACTIVITY = """() => {
    window.activity = 0;
    addEventListener("kiosk:activity", () => { window.activity += 1; });
}"""


@pytest.fixture
def visitor(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()


@pytest.fixture
def session(visitor: Visitor) -> Coached:
    return Coached.at(visitor, PATH)


@pytest.fixture
def moving(visitor: Visitor) -> Coached:
    """A session on a device that does not ask for less motion."""
    visitor.page.emulate_media(reduced_motion="no-preference")
    return Coached.at(visitor, PATH)


@pytest.fixture
def timed(visitor: Visitor) -> Coached:
    """A session whose time the test moves."""
    return Coached.at(visitor, HELD, timed=True)


def recordings(visitor: Visitor) -> list[str]:
    return [path for path in visitor.watch.asked if path.startswith("/speech/")]


def test_nothing_moves_or_sounds_before_it_is_asked_for(moving: Coached) -> None:
    moving.page.wait_for_timeout(500)
    assert moving.animations == []
    assert recordings(moving.visitor) == []


def test_after_a_tap_the_figure_moves(moving: Coached) -> None:
    moving.begin("silent")
    moving.reach("move")
    assert "running" in moving.animations


def test_a_pause_stops_the_figure_and_going_on_moves_it_again(moving: Coached) -> None:
    moving.begin("silent")
    moving.reach("keep-moving")
    assert "running" in moving.animations
    moving.press("pause")
    assert "running" not in moving.animations
    moving.press("go-on")
    assert "running" in moving.animations


def test_where_motion_is_reduced_the_poses_stand_side_by_side(session: Coached) -> None:
    session.begin("silent")
    session.reach("keep-moving")
    assert session.animations == []
    assert session.page.locator("[data-figure]:visible [data-still]").is_visible()
    assert not session.page.locator("[data-figure]:visible [data-moving]").is_visible()
    assert session.page.locator("[data-ring-left]").get_attribute("stroke-dashoffset") == "0"
    assert session.count.isdigit()


def test_the_visitors_own_choice_of_less_motion_counts_too(visitor: Visitor) -> None:
    visitor.page.emulate_media(reduced_motion="no-preference")
    visitor.page.add_init_script(
        "new MutationObserver((_, observer) => { if (document.documentElement) {"
        " document.documentElement.dataset.motion = 'reduced'; observer.disconnect(); } })"
        ".observe(document, { childList: true })"
    )
    session = Coached.at(visitor, PATH)
    session.begin("silent")
    session.reach("move")
    assert session.animations == []


def test_without_sound_it_shows_the_words_and_asks_for_no_recording(session: Coached) -> None:
    session.begin("silent")
    assert session.words == session.visitor.words("session-ready")
    session.press("skip")
    assert recordings(session.visitor) == []


def test_with_the_voice_it_first_says_when_to_stop(session: Coached) -> None:
    warning = session.page.locator("[data-before] .k-callout p").all_text_contents()
    session.begin("sound")
    assert session.kind == "warning"
    for line in warning:
        assert " ".join(line.split()) in session.shown
    session.page.wait_for_function("() => window.ear.now().sounding === 1")
    first = session.plan["warning"]["cues"][0]
    assert session.visitor.look("() => window.ear.now().source") == first["audio"]
    said = session.page.locator(".k-is-said")
    expect(said).to_have_count(1)
    assert said.inner_text() == first["text"]


def test_get_ready_counts_from_five_to_one(timed: Coached) -> None:
    timed.begin("silent")
    counts = []
    while timed.kind == "ready":
        counts.append(timed.count)
        pass_time(timed.visitor, 0.25)
    assert list(dict.fromkeys(counts)) == ["5", "4", "3", "2", "1"]


def test_all_that_is_said_is_shown_as_well(timed: Coached) -> None:
    """The first exercise from end to end without sound: every word and every count is seen."""
    cues = [cue for phase in timed.plan["exercises"][0]["phases"] for cue in phase["cues"]]
    length = sum(phase["seconds"] for phase in timed.plan["exercises"][0]["phases"])
    timed.begin("silent")
    seen, counts = set(timed.shown), {timed.count}
    for _ in range(int(length * 2)):
        pass_time(timed.visitor, 0.5)
        seen.update(timed.shown)
        counts.add(timed.count)
    assert {cue["text"] for cue in cues if not cue["count"]} <= seen
    assert {cue["text"] for cue in cues if cue["count"]} <= counts


def test_a_hold_shows_its_ring_and_says_which_it_is(timed: Coached) -> None:
    timed.begin("silent")
    timed.reach("hold")
    words = timed.visitor.words("session-time", repeat=1, repeats=3)
    assert words in timed.shown
    before = int(timed.count)
    pass_time(timed.visitor, 3)
    assert int(timed.count) in (before - 3, before - 4)  # the last second is begun or not


def test_a_pause_is_a_pause_and_a_step_goes_on_and_back(timed: Coached) -> None:
    timed.begin("silent")
    timed.press("skip")
    first = timed.words
    timed.reach("hold")
    held = timed.words
    timed.press("pause")
    count = timed.count
    pass_time(timed.visitor, 60)
    assert (timed.words, timed.count) == (held, count)
    timed.press("go-on")
    pass_time(timed.visitor, 1)
    assert int(timed.count) in (int(count) - 1, int(count) - 2)
    timed.press("back")
    assert timed.words != held
    for _ in range(10):
        if timed.words == first:
            break
        timed.press("back")
    assert timed.words == first


def test_back_begins_a_step_again_that_has_gone_on_for_a_while(timed: Coached) -> None:
    timed.begin("silent")
    timed.reach("hold")
    full = timed.count
    pass_time(timed.visitor, 4)
    assert timed.count != full
    timed.press("back")
    assert (timed.kind, timed.count) == ("hold", full)


def test_a_pause_silences_the_voice_and_going_on_takes_it_up_again(session: Coached) -> None:
    session.begin("sound")
    session.page.wait_for_function("() => window.ear.now().time > 0.1")
    session.press("pause")
    before = session.visitor.look("() => window.ear.now()")
    assert before["sounding"] == 0
    session.page.wait_for_timeout(500)
    assert session.visitor.look("() => window.ear.now().time") == before["time"]
    session.press("go-on")
    session.page.wait_for_function("() => window.ear.now().sounding === 1")


def test_a_step_back_or_on_leaves_no_voice_of_the_step_before(session: Coached) -> None:
    session.begin("sound")
    session.page.wait_for_function("() => window.ear.now().sounding === 1")
    session.press("skip")
    session.page.wait_for_function("() => window.ear.now().sounding === 1")
    ready = session.plan["exercises"][0]["phases"][0]["cues"]
    heard = session.visitor.look("() => window.ear.now().source")
    assert heard in {cue["audio"] for cue in ready}


def test_stopping_shows_the_warnings_and_the_list_again(session: Coached) -> None:
    page = session.page
    session.begin("silent")
    session.press("stop")
    assert page.locator("[data-before]").is_visible()
    assert not page.locator("[data-stage]").is_visible()
    expect(session.button("start-silent")).to_be_focused()


def test_at_the_end_it_says_so_and_can_be_done_again(timed: Coached) -> None:
    length = sum(p["seconds"] for one in timed.plan["exercises"] for p in one["phases"])
    timed.begin("silent")
    pass_time(timed.visitor, length + 1)
    assert timed.words == timed.visitor.words("session-done")
    assert not timed.button("skip").is_visible()
    timed.press("again")
    assert timed.words == timed.visitor.words("session-ready")
    assert timed.button("skip").is_visible()


def test_a_session_counts_as_somebody_there_while_it_runs(timed: Coached) -> None:
    timed.begin("silent")
    timed.visitor.look(ACTIVITY)
    pass_time(timed.visitor, 10)
    assert 9 <= timed.visitor.look("() => window.activity") <= 11
    timed.press("pause")
    before = timed.visitor.look("() => window.activity")
    pass_time(timed.visitor, 10)
    assert timed.visitor.look("() => window.activity") == before


def test_a_running_session_is_not_taken_for_an_empty_room(timed: Coached) -> None:
    timed.begin("silent")
    pass_time(timed.visitor, 150)  # longer than anybody else may be still
    warning = timed.page.get_by_role("alertdialog")
    assert not warning.is_visible()
    timed.press("pause")
    pass_time(timed.visitor, 100)
    assert warning.is_visible()


def test_a_session_that_cannot_start_says_so(session: Coached) -> None:
    session.visitor.expects("net::ERR_FAILED")
    session.page.route("**/session.json*", lambda route: route.abort())
    session.visitor.press(session.button("start-silent"))
    expect(session.page.locator("[data-fault]")).to_have_text(
        session.visitor.words("session-failed")
    )
    assert session.button("start-silent").is_visible()


def test_without_the_voice_it_says_so_and_goes_on(session: Coached) -> None:
    plan = session.plan
    for one in [plan["warning"], *(p for e in plan["exercises"] for p in e["phases"])]:
        for cue in one["cues"]:
            cue["audio"] = ""

    def answer(route: Route) -> None:
        route.fulfill(json=plan)

    session.page.route("**/session.json*", answer)
    session.begin("sound")
    expect(session.page.locator("[data-fault]")).to_have_text(
        session.visitor.words("session-no-voice")
    )
    assert session.kind == "warning"


def test_a_count_keeps_to_its_second_however_slow_the_voice(visitor: Visitor) -> None:
    visitor.page.context.add_cookies(
        [{"name": "preferences", "value": "rate=0.5", "url": visitor.watch.address}]
    )
    session = Coached.at(visitor, PATH)
    session.begin("sound")
    session.page.wait_for_function("() => window.ear.now().rate === 0.5")
    session.press("skip")
    session.page.wait_for_function(
        "(five) => window.ear.now().source === five && window.ear.now().rate === 1",
        arg=session.plan["exercises"][0]["phases"][0]["cues"][1]["audio"],
    )


def test_it_runs_with_the_keyboard_alone(session: Coached) -> None:
    page = session.page
    start = session.button("start-silent")
    for _ in range(16):
        page.keyboard.press("Tab")
        if start.evaluate("(button) => button === document.activeElement"):
            break
        page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    page.locator("[data-stage]").wait_for()
    # The focus stands on Pause: Enter pauses.
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(session.button("go-on")).to_be_focused()
    for key in ("back", "skip", "stop"):
        page.wait_for_timeout(400)
        page.keyboard.press("Tab")
        expect(session.button(key)).to_be_focused()
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(start).to_be_focused()


@pytest.mark.parametrize("size", SIZES)
def test_a_running_session_fits_every_screen(visitor: Visitor, size: str) -> None:
    """The warnings, the longest of all, and a hold with its ring."""
    Change.arrive(visitor).choose("size", size)
    found = []
    for kind, how in (("warning", "sound"), ("hold", "silent")):
        session = Coached.at(visitor, HELD)
        session.begin(how)
        session.reach(kind)
        session.press("pause")
        for screen in SCREENS:
            visitor.resize(screen)
            faults = [*visitor.cut_off(), *visitor.awkward_controls()]
            found += [f"{kind}, {screen}: {fault}" for fault in faults]
            found += [f"{kind}, {screen}: sticks out"] * bool(visitor.sideways())
    assert not found, "\n".join(found)


def test_it_runs_with_touch(new_visitor: NewVisitor) -> None:
    session = Coached.at(new_visitor(touches=True), PATH)
    session.begin("silent")
    assert session.words == session.visitor.words("session-ready")
    session.press("skip")
    session.press("pause")
    session.press("back")
    assert session.words == session.visitor.words("session-ready")
    session.press("stop")
    assert session.button("start-silent").is_visible()


def test_its_clock_does_not_drift(session: Coached) -> None:
    off: Any = session.visitor.look(DRIFT)
    assert off < 1


def test_without_scripts_the_steps_are_a_numbered_list_with_the_figures(
    new_visitor: NewVisitor,
) -> None:
    visitor = new_visitor(scripts=False)
    visitor.go(PATH)
    page = visitor.page
    assert page.locator("main ol").count() == page.locator("main .k-exercise").count() > 0
    assert page.locator("main .k-exercise svg").count() == page.locator("main ol").count()
    assert not page.locator("[data-start]").is_visible()
