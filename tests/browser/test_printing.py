"""Printing on a real screen: what it says changes by itself as the printer changes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.rigs.machinery import until
from tests.rigs.printing_rig import kiosk_settings, switched_on
from tests.rigs.virtual_printer import VirtualPrinter

LEAFLET = "/leg-cramps/leaflets/relief"
PATIENCE_MS = 60_000  # only something that hangs takes so long
BUTTON = "button[formmethod=post]"


@pytest.fixture(scope="module")
def printer() -> Iterator[VirtualPrinter]:
    """A real queue and a virtual printer."""
    with switched_on() as found:
        yield found


@pytest.fixture(scope="module")
def printing_kiosk(
    printer: VirtualPrinter, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningKiosk]:
    """A kiosk that prints there."""
    settings = kiosk_settings(printer)
    with running_kiosk(tmp_path_factory.mktemp("printing"), settings) as kiosk:
        yield kiosk


@pytest.fixture
def screen(browser: Browser, printing_kiosk: RunningKiosk) -> Iterator[Page]:
    """A screen that shows a leaflet, for a visitor of its own."""
    context = browser.new_context(base_url=printing_kiosk.address, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(LEAFLET)
    yield page
    page.locator('form[action="/finish"] button').first.click()
    context.close()


def test_the_leaflet_s_page_takes_print_away_while_the_printer_cannot(
    screen: Page, printer: VirtualPrinter
) -> None:
    status = screen.locator('[data-module="printer-watch"] [role="status"]')
    expect(screen.locator(BUTTON)).to_be_visible(timeout=PATIENCE_MS)
    printer.fill(0)
    expect(status).to_contain_text("The printer has no paper.", timeout=PATIENCE_MS)
    expect(screen.locator(BUTTON)).to_have_count(0)
    printer.fill(250)
    expect(screen.locator(BUTTON)).to_be_visible(timeout=PATIENCE_MS)
    expect(status).to_be_empty()


def test_a_job_is_told_on_its_page_from_the_printer_s_hands_to_its_end(
    screen: Page, printer: VirtualPrinter
) -> None:
    printer.each_job_takes(600)
    printer.forget()
    screen.locator(BUTTON).click()
    status = screen.locator('[data-job][role="status"]')
    expect(status).to_contain_text("Your leaflet is printing.", timeout=PATIENCE_MS)
    until(printer.printed, 60)
    printer.fill(0)
    expect(status).to_contain_text("The printer has no paper.", timeout=PATIENCE_MS)
    printer.fill(250)
    expect(status).to_contain_text("Your leaflet is printing.", timeout=PATIENCE_MS)
    printer.finish_job()
    expect(status).to_contain_text("The printer says it has finished.", timeout=PATIENCE_MS)
    expect(screen.locator("[data-while-open]")).to_be_hidden()
    expect(screen.locator("[data-when-failed]").first).to_be_hidden()


def test_a_job_that_fails_shows_the_other_ways_without_a_reload(
    screen: Page, printer: VirtualPrinter
) -> None:
    printer.each_job_takes(600)
    printer.forget()
    screen.goto(f"{LEAFLET}?size=large")
    screen.locator(BUTTON).click()
    status = screen.locator('[data-job][role="status"]')
    expect(status).to_contain_text("Your leaflet is printing.", timeout=PATIENCE_MS)
    until(printer.printed, 60)
    expect(screen.locator("[data-when-failed]").first).to_be_hidden()
    printer.cancel_everything()
    expect(status).to_contain_text("It was cancelled.", timeout=PATIENCE_MS)
    expect(screen.locator("[data-when-failed]").first).to_be_visible()
    printer.finish_job()
