"""Whole journeys by keypad codes alone, and by touch exploration alone (A11Y-01, A11Y-16, A11Y-52).

Find relief and hear it; do a stretch; change size and speed; print, with the paper out and then
in; answer the warning; finish. What a visitor must know at each step is awaited in what is said.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kiosk.loader import Catalogue
from tests.browser.asides import StillThere
from tests.browser.fingers import Fingers
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.speaking.explorer import Explorer
from tests.browser.speaking.listener import DOWN, HELP, SELECT, Listener
from tests.browser.stillness import A_DAY_S
from tests.browser.visitor import PANEL, SCREENS, SCRIPTS, Visitor, Watch
from tests.rigs.printing_rig import kiosk_settings, switched_on
from tests.rigs.virtual_printer import VirtualPrinter

RELIEF = "Ease the pain"
SLOW_MS = 90_000
SOON_MS = 3_600_000


@pytest.fixture(scope="module")
def printer() -> Iterator[VirtualPrinter]:
    """A real queue and a virtual printer."""
    with switched_on() as found:
        yield found


@pytest.fixture(scope="module")
def printing_kiosk(
    printer: VirtualPrinter, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningKiosk]:
    settings = {"KIOSK_LOG_SPEECH": "true", **kiosk_settings(printer)}
    with running_kiosk(tmp_path_factory.mktemp("journey"), settings) as kiosk:
        yield kiosk


@pytest.fixture
def printing(
    browser: Browser, printing_kiosk: RunningKiosk, catalogue: Catalogue
) -> Iterator[Listener]:
    """A listener at a kiosk that prints."""
    width, height = SCREENS[PANEL]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce"
    )
    context.set_default_timeout(SLOW_MS)
    for script in SCRIPTS:
        context.add_init_script(path=script)
    watch = Watch(printing_kiosk.address)
    watch.over(context)
    visitor = Visitor(context.new_page(), watch, catalogue.phrases, touches=True)
    yield Listener(visitor)
    context.close()
    assert watch.unexpected == []


def test_find_relief_and_hear_it_by_keys(listener: Listener) -> None:
    listener.starts("/")
    listener.opens(RELIEF, "/relief")
    listener.chooses(listener.words("bar-listen"))
    listener.hears_kind("reading")
    listener.page.wait_for_function(
        "() => window.speechLog.filter(({ kind }) => kind === 'reading').length >= 2",
        timeout=30_000,
    )


def test_do_a_stretch_by_keys(listener: Listener) -> None:
    listener.speaks_at("/leg-cramps/session/older-people")
    listener.chooses(listener.words("session-start-sound"))
    listener.hears_kind("coach")
    listener.chooses(listener.words("session-pause"))
    expect(
        listener.page.get_by_role("button", name=listener.words("session-go-on"))
    ).to_be_visible()
    listener.chooses(listener.words("session-stop"))
    expect(listener.page.locator("[data-stage]")).to_be_hidden()


def test_change_the_size_and_the_speed_by_keys(listener: Listener) -> None:
    listener.speaks_at("/help")
    listener.opens(listener.words("bar-change"), "/preferences")
    listener.chooses(listener.words("size-very-large"))
    listener.page.wait_for_url("**changed=size**")
    said = listener.hears_kind("page").text
    assert "Size of the words: Very large" in said
    assert "Very large button on" in said
    listener.chooses(listener.words("rate-150"))
    listener.page.wait_for_url("**changed=rate**")
    assert "Faster" in listener.hears_kind("page").text
    assert listener.visitor.look("() => window.ear.now().rate") == 1.5


def test_answer_the_warning_by_keys(listener: Listener) -> None:
    listener.page.clock.install(time=A_DAY_S)
    listener.speaks_at("/help")
    listener.page.clock.fast_forward(SOON_MS)
    listener.hears(listener.words("idle-title"))
    listener.page.clock.run_for(400)
    listener.strike(SELECT)
    expect(StillThere(listener.visitor).dialog).to_be_hidden()
    assert listener.visitor.path == "/help"


def prints_by(listener: Listener, printer: VirtualPrinter, choose) -> None:  # type: ignore[no-untyped-def]
    """Print a leaflet while the paper is out, hear so, have it filled, and hear the end."""
    printer.each_job_takes(600)
    printer.fill(250)
    listener.speaks_at("/leg-cramps/leaflets/relief", rate="2.0")
    printer.forget()
    listener.page.get_by_role("button", name=listener.words("print-button")).wait_for()
    choose(listener.words("print-button"))
    listener.page.wait_for_url("**/print/**", wait_until="commit")
    listener.hears(listener.words("print-title-leaflet", title=RELIEF))
    listener.hears(listener.words("print-place"))
    listener.page.get_by_text(listener.words("print-printing")).wait_for()
    printer.fill(0)
    listener.hears(listener.words("print-fault-no-paper"))
    listener.hears(listener.words("print-next-no-paper"))
    printer.fill(250)
    printer.finish_job()
    listener.hears(listener.words("print-done"))


def test_print_with_the_paper_out_and_then_in_by_keys(
    printing: Listener, printer: VirtualPrinter
) -> None:
    prints_by(printing, printer, printing.chooses)
    printing.press(DOWN)
    printing.chooses(printing.words("bar-finish"))
    printing.page.wait_for_url(printing.visitor.watch.address + "/")


def test_print_with_the_paper_out_and_then_in_by_touch(
    printing: Listener, printer: VirtualPrinter
) -> None:
    with Fingers(printing.visitor) as fingers:
        prints_by(printing, printer, Explorer(printing, fingers).chooses)


def test_a_whole_visit_by_touch_alone(listener: Listener) -> None:
    """Start at a corner; relief, heard; larger words; finish."""
    listener.visitor.go("/")
    with Fingers(listener.visitor) as fingers:
        finger = Explorer(listener, fingers)
        fingers.hold((8, 8), 3.3)
        listener.hears(listener.words("speak-aloud"))
        finger.chooses(RELIEF)
        listener.page.wait_for_url("**/relief")
        listener.hears_kind("page")
        listener.visitor.hurries()
        finger.touches(listener.page.locator(".k-bar [aria-pressed]").first)
        listener.hears(listener.words("bar-listen"))
        finger.taps_twice()
        listener.hears_kind("reading")
        finger.touches(listener.page.locator(".k-bar a[href='/preferences']"))
        finger.taps_twice()
        listener.page.wait_for_url("**/preferences")
        listener.hears_kind("page")
        finger.chooses(listener.words("size-large"))
        listener.page.wait_for_url("**changed=size**")
        assert "Large button on" in listener.hears_kind("page").text
        finger.touches(listener.page.locator(".k-bar form[action='/finish'] button"))
        listener.hears(listener.words("bar-finish"))
        finger.taps_twice()
        listener.page.wait_for_url(listener.visitor.watch.address + "/")
        listener.page.wait_for_load_state()
    assert listener.visitor.look("() => document.documentElement.dataset.size") == "normal"
    assert listener.visitor.look("() => document.documentElement.dataset.speak") == "off"


def test_do_a_stretch_by_touch(listener: Listener) -> None:
    listener.speaks_at("/leg-cramps/session/older-people")
    listener.hears_kind("page")
    with Fingers(listener.visitor) as fingers:
        finger = Explorer(listener, fingers)
        finger.chooses(listener.words("session-start-sound"))
        listener.hears_kind("coach")
        for key in ("session-pause", "session-stop"):
            words = listener.words(key)
            finger.touches(listener.page.get_by_role("button", name=words, exact=True))
            listener.hears(f"{words} button")
            finger.taps_twice()
            if key == "session-pause":
                go_on = listener.words("session-go-on")
                expect(listener.page.get_by_role("button", name=go_on)).to_be_visible()
    expect(listener.page.locator("[data-stage]")).to_be_hidden()


def test_change_the_size_and_the_speed_by_touch(listener: Listener) -> None:
    listener.speaks_at("/help")
    with Fingers(listener.visitor) as fingers:
        finger = Explorer(listener, fingers)
        finger.touches(listener.page.locator(".k-bar a[href='/preferences']"))
        listener.hears(f"{listener.words('bar-change')} link")
        finger.taps_twice()
        listener.page.wait_for_url("**/preferences")
        listener.hears_kind("page")
        finger.chooses(listener.words("size-very-large"))
        listener.page.wait_for_url("**changed=size**")
        assert "Very large button on" in listener.hears_kind("page").text
        finger.chooses(listener.words("rate-150"))
        listener.page.wait_for_url("**changed=rate**")
        assert "Faster" in listener.hears_kind("page").text
    assert listener.visitor.look("() => window.ear.now().rate") == 1.5


def test_answer_the_warning_by_touch(listener: Listener) -> None:
    listener.page.clock.install(time=A_DAY_S)
    listener.speaks_at("/help")
    listener.page.clock.fast_forward(SOON_MS)
    warning = StillThere(listener.visitor)
    expect(warning.dialog).to_be_visible()
    listener.hears(listener.words("idle-title"))
    listener.page.clock.run_for(2000)
    with Fingers(listener.visitor) as fingers:
        place = fingers.middle(warning.stay_button)
        fingers.land(place)
        listener.page.clock.run_for(400)
        fingers.lift()
        listener.page.clock.run_for(100)
        fingers.tap(place)
    listener.page.clock.run_for(300)
    expect(warning.dialog).to_be_hidden()


def test_help_by_keys_leads_on(listener: Listener) -> None:
    """The page of Help, and the statement, are reached and said like any other."""
    listener.starts("/")
    listener.press(HELP)
    listener.hears(listener.words("speak-help-keys"))
    listener.opens(listener.words("bar-help"), "/help")
    listener.opens(listener.words("help-more"), "/accessibility")
