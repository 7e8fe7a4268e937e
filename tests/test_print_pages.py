"""The pages of printing: what a visitor and staff see of a job."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.printing.jobs import Quota
from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause
from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.web import create_app
from kiosk.web.staff import set_pin
from tests.page_rules import SAME_ORIGIN, check_page, words_of
from tests.paper_tray import FakeClock, PaperTray

FORM = {"pack": "leg-cramps", "topic": "relief", "size": "large"}


@pytest.fixture
def tray() -> PaperTray:
    return PaperTray(FakeClock())


@pytest.fixture
def printing(tray: PaperTray) -> PrintService:
    return PrintService(tray, Quota(visit=2, hour=9, day=9), tray.clock)


@pytest.fixture
def client(services: Services, printing: PrintService) -> FlaskClient:
    return create_app(replace(services, printing=printing)).test_client()


@pytest.fixture
def look(client: FlaskClient, services: Services) -> Callable[..., html.HtmlElement]:
    def fetch(path: str) -> html.HtmlElement:
        with client.get(path) as response:
            assert response.status_code == 200
            return check_page(response, services.catalogue.phrases.lang)

    return fetch


def order(client: FlaskClient, form: dict[str, str] = FORM) -> str:
    response = client.post("/print", data=form, headers=SAME_ORIGIN)
    assert response.status_code == 303
    return str(response.headers["Location"])


def state(client: FlaskClient, address: str) -> dict[str, object]:
    found = client.get(address, headers={"Accept": "application/json"}).get_json()
    assert isinstance(found, dict)
    return found


def test_a_job_is_followed_from_the_tap_to_the_printer_s_word(
    client: FlaskClient,
    look: Callable[[str], html.HtmlElement],
    printing: PrintService,
    tray: PaperTray,
) -> None:
    address = order(client)
    assert client.get(address).headers["Refresh"] == "2"
    page = look(address)
    (status,) = page.xpath("//*[@role='status' and @data-job]")
    assert status.get("data-job") == address
    assert "on its way to the printer" in words_of(status)
    assert state(client, address)["state"] == "queued"
    for _ in range(40):
        printing.tick()
        tray.advance(1)
    assert state(client, address)["ended"]
    assert "The printer says it has finished." in words_of(look(address))
    assert "Refresh" not in client.get(address).headers


def test_a_second_tap_leads_to_the_same_job(client: FlaskClient) -> None:
    assert order(client) == order(client)
    assert order(client, {**FORM, "size": "standard"}) != order(client)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 404),
        ({**FORM, "topic": "nothing"}, 404),
        ({**FORM, "pack": "nothing"}, 404),
        ({**FORM, "size": "huge"}, 400),
        ({**FORM, "parts": "nothing"}, 400),
    ],
)
def test_a_wrong_wish_is_refused(client: FlaskClient, form: dict[str, str], status: int) -> None:
    assert client.post("/print", data=form, headers=SAME_ORIGIN).status_code == status


def test_a_wish_from_another_site_is_refused(client: FlaskClient) -> None:
    assert client.post("/print", data=FORM).status_code == 403


@pytest.mark.parametrize("end", ["", "/speech.json", "/speech.wav"])
def test_an_unknown_job_is_a_404(client: FlaskClient, end: str) -> None:
    assert client.get(f"/print/unknown{end}").status_code == 404


def test_the_fault_and_the_next_step_are_told(
    client: FlaskClient,
    look: Callable[[str], html.HtmlElement],
    printing: PrintService,
    tray: PaperTray,
) -> None:
    address = order(client)
    tray.sheets = 0
    printing.tick()
    words = words_of(look(address))
    assert "The printer has no paper. " in words
    assert "Please tell a member of staff." in words
    assert state(client, address)["cause"] == "no-paper"
    choice = look("/leg-cramps/leaflets/relief")
    assert "The printer has no paper." in words_of(choice)
    assert choice.xpath("//button[@formmethod='post']") == []


def test_a_limit_is_a_page_that_says_so(
    client: FlaskClient, look: Callable[[str], html.HtmlElement]
) -> None:
    for size in ("standard", "large"):
        order(client, {**FORM, "size": size})
    words = words_of(look(order(client, {**FORM, "size": "giant"})))
    assert "as many leaflets as one visit can have" in words
    assert "was not sent to the printer" in words


def test_the_visitor_can_stop_it(client: FlaskClient) -> None:
    address = order(client)
    assert client.post(f"{address}/cancel", headers=SAME_ORIGIN).status_code == 303
    assert state(client, address)["cause"] == "cancelled"


def test_the_page_can_be_heard(
    client: FlaskClient, look: Callable[[str], html.HtmlElement]
) -> None:
    address = order(client)
    page = look(address)
    segments = client.get(f"{address}/speech.json").get_json()["segments"]
    assert [one["id"] for one in segments] == ["print-title", "print-1", "print-2", "print-3"]
    for one in segments:
        assert words_of(page.xpath("//*[@id=$id]", id=one["id"])[0]) == one["text"]
    with client.get(f"{address}/speech.wav") as sound:
        assert sound.data.startswith(b"RIFF")


def test_finish_forgets_the_job_and_home_tells_of_one_that_still_prints(
    client: FlaskClient,
    look: Callable[[str], html.HtmlElement],
    printing: PrintService,
    tray: PaperTray,
) -> None:
    printing_one, waiting = order(client), order(client, {**FORM, "size": "giant"})
    for _ in range(3):
        printing.tick()
        tray.advance(0.5)
    client.post("/finish", headers=SAME_ORIGIN)
    assert "Your leaflet is still printing." in words_of(look("/"))
    left = words_of(look(printing_one).xpath("//main")[0])
    assert "still printing" in left
    assert "Ease" not in left
    assert client.post(f"{printing_one}/cancel", headers=SAME_ORIGIN).status_code == 404
    assert client.get(waiting).status_code == 404
    for _ in range(20):
        printing.tick()
        tray.advance(1)
    assert client.get(printing_one).status_code == 404
    assert "still printing" not in words_of(look("/"))


def test_without_a_printer_the_pages_say_so(services: Services) -> None:
    assert not services.printing.is_on
    client = create_app(services).test_client()
    page = html.fromstring(client.get("/leg-cramps/leaflets/relief").text)
    assert "No printer is set up." in words_of(page)
    assert state(client, order(client))["cause"] == "off"
    health = client.get("/healthz").get_json()["printer"]
    assert (health["ok"], health["why"]) == (True, "This kiosk has no printer.")


def test_every_cause_has_its_three_sentences(services: Services) -> None:
    phrases = services.catalogue.phrases
    for cause in Cause:
        for kind in ("print-fault", "print-next", "staff-mend"):
            assert phrases(f"{kind}-{cause}")


def test_staff_see_the_fault_and_its_mend_and_print_for_the_rack(
    services: Services, printing: PrintService, tray: PaperTray, settings: Settings
) -> None:
    set_pin(settings.state, "1234")
    client = create_app(replace(services, printing=printing)).test_client()
    rack = {"topic": "leg-cramps/relief", "size": "standard", "copies": "20"}
    assert client.post("/staff/print", data=rack, headers=SAME_ORIGIN).location == "/staff"
    client.post("/staff", data={"pin": "1234"}, headers=SAME_ORIGIN)
    tray.fault = Cause.JAM
    printing.tick()
    page = words_of(html.fromstring(client.get("/staff").text))
    assert "Paper is stuck in the printer." in page
    assert "take out all paper" in page
    tray.fault = None
    for form in (rack, {"test": "1"}):
        sent = client.post("/staff/print", data=form, headers=SAME_ORIGIN)
        assert sent.location.startswith("/print/")
        for _ in range(300):
            printing.tick()
            tray.advance(1)
        assert state(client, sent.location)["state"] == "done"
    assert tray.copies == {1: 20, 2: 1}
    for copies in ("0", "51", "x", ""):
        answer = client.post("/staff/print", data={**rack, "copies": copies}, headers=SAME_ORIGIN)
        assert answer.status_code == 400
    client.post("/staff/leave", headers=SAME_ORIGIN)
    (settings.state / "staff-pin.json").unlink()
