"""A headset that goes takes the sound with it; the clinic says where it may be heard (A11Y-11)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kiosk.loader import Catalogue
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.speaking.listener import DOWN, HELP, PLUGGED, UNPLUGGED, Listener
from tests.browser.visitor import PANEL, SCREENS, SCRIPTS, Visitor, Watch


def test_pulled_out_it_is_silent_at_once_and_stays_so(listener: Listener) -> None:
    """Never over to the loudspeaker: no sound is asked for afterwards."""
    listener.visitor.go("/leg-cramps/relief")
    listener.press(PLUGGED)
    listener.hears_kind("welcome")
    listener.strike(UNPLUGGED)
    assert listener.is_silent
    assert listener.shown == listener.words("speak-unplugged")
    listener.page.wait_for_timeout(300)
    before = len(listener.sounds_asked_for)
    for key in ("ArrowDown", "Tab", "ArrowUp"):
        listener.page.keyboard.press(key)
        listener.page.wait_for_timeout(350)
    listener.visitor.go("/help")
    listener.page.wait_for_timeout(500)
    assert len(listener.sounds_asked_for) == before


def test_pulled_out_it_ends_a_reading_too(listener: Listener) -> None:
    listener.speaks_at("/leg-cramps/relief")
    listener.press(PLUGGED)
    listener.chooses(listener.words("bar-listen"))
    listener.hears_kind("reading")
    listener.strike(UNPLUGGED)
    listener.page.wait_for_timeout(200)
    assert listener.is_silent


def test_pulled_out_it_ends_what_a_session_has_to_say(listener: Listener) -> None:
    """The session goes on; what it says from then on is shown."""
    listener.speaks_at("/leg-cramps/session/older-people")
    listener.press(PLUGGED)
    listener.chooses(listener.words("session-start-sound"))
    listener.hears_kind("coach")
    listener.strike(UNPLUGGED)
    assert listener.is_silent
    before = len(listener.sounds_asked_for)
    skip = listener.page.locator("[data-act=skip]")
    for _ in range(3):
        listener.visitor.press(skip)
    listener.page.wait_for_timeout(300)
    assert listener.is_silent
    assert len(listener.sounds_asked_for) == before


@pytest.fixture(scope="module")
def private_kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKiosk]:
    """A kiosk that may never speak aloud."""
    settings = {"KIOSK_LOG_SPEECH": "true", "KIOSK_SOUND": "headset"}
    with running_kiosk(tmp_path_factory.mktemp("private"), settings) as running:
        yield running


@pytest.fixture
def private(
    browser: Browser, private_kiosk: RunningKiosk, catalogue: Catalogue
) -> Iterator[Listener]:
    width, height = SCREENS[PANEL]
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce"
    )
    for script in SCRIPTS:
        context.add_init_script(path=script)
    watch = Watch(private_kiosk.address)
    watch.over(context)
    yield Listener(Visitor(context.new_page(), watch, catalogue.phrases, touches=False))
    context.close()
    assert watch.unexpected == []


def test_a_kiosk_that_must_not_speak_aloud_does_not_without_a_headset(private: Listener) -> None:
    private.visitor.go("/help")
    private.press(DOWN)
    private.press(HELP)
    private.visitor.go("/help")
    private.page.get_by_role("button", name=private.words("help-speak-start")).click()
    private.page.wait_for_timeout(600)
    assert private.sounds_asked_for == []
    assert private.shown == private.words("speak-no-headset")


def test_listen_waits_for_a_headset_there(private: Listener) -> None:
    """The ordinary player too: no sound without one, and words that say what is missing."""
    private.visitor.go("/leg-cramps/relief")
    private.page.get_by_role("button", name=private.words("bar-listen")).click()
    said = private.page.get_by_text(private.words("speak-no-headset"), exact=True)
    expect(said).to_be_visible()
    expect(said).to_have_role("status")
    private.page.wait_for_timeout(300)
    assert private.sounds_asked_for == []
    assert "/leg-cramps/relief/speech.json" not in private.visitor.watch.asked
    expect(private.page.locator("[data-player]")).to_be_hidden()
    private.page.locator("h1").click()
    expect(said).to_be_hidden()
    private.press(PLUGGED)
    private.chooses(private.words("bar-listen"))
    private.hears_kind("reading")


def test_a_session_with_the_voice_waits_for_a_headset_there(private: Listener) -> None:
    private.visitor.go("/leg-cramps/session/older-people")
    private.page.get_by_role("button", name=private.words("session-start-sound")).click()
    expect(private.page.get_by_text(private.words("speak-no-headset"), exact=True)).to_be_visible()
    assert private.sounds_asked_for == []
    private.page.get_by_role("button", name=private.words("session-start-silent")).click()
    expect(private.page.locator("[data-stage]")).to_be_visible()


def test_with_one_it_speaks_to_its_wearer_alone(private: Listener) -> None:
    private.visitor.go("/help")
    private.press(PLUGGED)
    private.hears_kind("welcome")
    assert private.words("speak-aloud") not in [one.text for one in private.log]
    private.strike(UNPLUGGED)
    assert private.is_silent


def test_what_the_kiosk_itself_sees_of_a_headset_counts_as_its_key(listener: Listener) -> None:
    """Server events: the page asks each second where that is set; here the answer is the test's."""
    page, state = listener.page, {"in": False}
    page.route("**/headset.json", lambda route: route.fulfill(json=state))
    page.route(
        "**/help",
        lambda route: route.fulfill(
            body=route.fetch().text().replace('data-watch="off"', 'data-watch="jack"'),
            content_type="text/html",
        ),
    )
    listener.visitor.go("/help")
    page.wait_for_timeout(1300)
    assert listener.sounds_asked_for == [], "what is out asks for nothing"
    state["in"] = True
    listener.hears_kind("welcome")
    state["in"] = False
    page.wait_for_function("() => document.documentElement.dataset.speak === 'off'")
    assert listener.is_silent


def test_where_it_is_not_set_the_page_does_not_ask(listener: Listener) -> None:
    listener.speaks_at("/help")
    listener.page.wait_for_timeout(1200)
    assert "/headset.json" not in listener.visitor.watch.asked
