"""What staff see of the printer, and what they print."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.door import set_pin
from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause
from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.web import create_app
from tests.page_rules import SAME_ORIGIN, words_of
from tests.paper_tray import PaperTray
from tests.staff_forms import form_token

RACK = {"topic": "leg-cramps/relief", "size": "standard", "copies": "20"}
SPOILT = {
    Cause.NO_PAPER: {"sheets": 0},
    Cause.COVER_OPEN: {"fault": Cause.COVER_OPEN},
    Cause.JAM: {"fault": Cause.JAM},
    Cause.NO_INK: {"fault": Cause.NO_INK},
    Cause.OFFLINE: {"powered": False},
    Cause.REJECTING: {"accepting": False},
    Cause.PAUSED: {"paused": True},
    Cause.SPOOLER_DOWN: {"spooler": False},
}


@pytest.fixture
def outside(
    services: Services, printing: PrintService, settings: Settings
) -> Iterator[FlaskClient]:
    """A browser before the staff page's door."""
    set_pin(settings.state, "1234")
    yield create_app(replace(services, printing=printing)).test_client()
    (settings.state / "staff-pin.json").unlink()


@pytest.fixture
def staff(outside: FlaskClient) -> FlaskClient:
    """The same, inside."""
    outside.post("/staff", data={"pin": "1234"}, headers=SAME_ORIGIN)
    return outside


def send(client: FlaskClient, **form: str) -> str:
    form["token"] = form_token(client)
    answer = client.post("/staff/print", data=form, headers=SAME_ORIGIN)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


@pytest.mark.parametrize("cause", SPOILT)
def test_each_fault_stands_on_the_staff_page_with_its_mend(
    staff: FlaskClient, services: Services, printing: PrintService, tray: PaperTray, cause: Cause
) -> None:
    for name, value in SPOILT[cause].items():
        setattr(tray, name, value)
    printing.tick()
    (place,) = html.fromstring(staff.get("/staff").text).xpath("//*[@data-module='printer-watch']")
    phrases = services.catalogue.phrases
    assert place.get("data-cause") == cause
    expected = f"{phrases(f'print-fault-{cause}')} {phrases(f'staff-mend-{cause}')}"
    assert words_of(place) == expected


def test_a_healthy_printer_has_no_mend(staff: FlaskClient, printing: PrintService) -> None:
    printing.tick()
    (place,) = html.fromstring(staff.get("/staff").text).xpath("//*[@data-module='printer-watch']")
    assert (place.get("data-cause"), words_of(place).strip()) == ("", "")


@pytest.mark.parametrize(("form", "copies"), [(RACK, 20), ({"test": "1"}, 1)])
def test_staff_print_for_the_rack_and_make_a_test_print(
    staff: FlaskClient,
    printing: PrintService,
    tray: PaperTray,
    form: dict[str, str],
    copies: int,
) -> None:
    address = send(staff, **form)
    assert address.startswith("/print/")
    for _ in range(300):
        printing.tick()
        tray.advance(1)
    page = html.fromstring(staff.get(address).text)
    assert "The printer says it has finished." in words_of(page)
    assert page.xpath("//main//a[@href='/staff']")
    assert tray.copies == {1: copies}


def test_the_rack_is_not_counted_towards_a_visitor_s_limit(
    staff: FlaskClient, printing: PrintService
) -> None:
    for size in ("standard", "large", "giant"):
        send(staff, **{**RACK, "size": size})
    form = {"pack": "leg-cramps", "topic": "relief"}
    address = staff.post("/print", data=form, headers=SAME_ORIGIN).headers["Location"]
    job = printing.job(address.rpartition("/")[2])
    assert job is not None
    assert job.cause is None


@pytest.mark.parametrize("copies", ["0", "51", "x", "", "-1", "1e3", "\u0661"])
def test_a_wrong_number_for_the_rack_is_refused(staff: FlaskClient, copies: str) -> None:
    form = {**RACK, "copies": copies, "token": form_token(staff)}
    answer = staff.post("/staff/print", data=form, headers=SAME_ORIGIN)
    assert answer.status_code == 400


def test_nobody_else_prints_for_the_rack(outside: FlaskClient, printing: PrintService) -> None:
    assert send(outside, **RACK) == "/staff"
    assert send(outside, test="1") == "/staff"
    assert printing.ends == {}


def test_every_cause_has_its_three_sentences(services: Services) -> None:
    phrases = services.catalogue.phrases
    for cause in Cause:
        for kind in ("print-fault", "print-next", "staff-mend"):
            assert phrases(f"{kind}-{cause}")
