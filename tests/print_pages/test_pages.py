"""The pages of printing: what a visitor sees of a job."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.printing.service import BUSY_TICK_S, PrintService
from kiosk.printing.states import Cause
from kiosk.services import Services
from kiosk.web import create_app
from tests.page_rules import SAME_ORIGIN, words_of
from tests.paper_tray import PaperTray
from tests.print_pages.visitor import FORM, Look, order, state


def test_a_job_is_followed_from_the_tap_to_the_printer_s_word(
    client: FlaskClient,
    look: Look,
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


def test_a_limit_is_a_page_that_says_so(client: FlaskClient, look: Look) -> None:
    for size in ("standard", "large"):
        order(client, {**FORM, "size": size})
    words = words_of(look(order(client, {**FORM, "size": "giant"})))
    assert "as many leaflets as one visit can have" in words
    assert "was not sent to the printer" in words


def test_the_visitor_can_stop_it(client: FlaskClient) -> None:
    address = order(client)
    assert client.post(f"{address}/cancel", headers=SAME_ORIGIN).status_code == 303
    assert state(client, address)["cause"] == "cancelled"


def test_finish_forgets_the_job_and_home_tells_of_one_that_still_prints(
    client: FlaskClient,
    look: Look,
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


def test_a_job_that_failed_leads_back_to_its_leaflet_and_to_the_other_ways(
    client: FlaskClient,
    look: Look,
    services: Services,
    printing: PrintService,
    tray: PaperTray,
) -> None:
    tray.refuses = True
    part = services.catalogue.packs["leg-cramps"].topics["relief"].sections[0].id
    address = order(client, {**FORM, "parts": part})
    others = "//*[@data-when-failed]"
    assert all("hidden" in link.attrib for link in look(address).xpath(others))
    printing.tick()
    shown = [link for link in look(address).xpath(others) if "hidden" not in link.attrib]
    page = f"/leg-cramps/leaflets/relief?size=large&parts={part}"
    assert [link.get("href") for link in shown] == [f"{page}#codes", page.replace("?", ".pdf?")]
    for link in [page, *(link.get("href") for link in shown)]:
        assert client.get(link).status_code == 200


def test_what_was_printed_leads_nobody_back_after_finish(
    client: FlaskClient, look: Look, printing: PrintService, tray: PaperTray
) -> None:
    address = order(client)
    for _ in range(3):
        printing.tick()
        tray.advance(0.5)
    client.post("/finish", headers=SAME_ORIGIN)
    assert look(address).xpath("//main//a") == []


def test_without_a_printer_print_says_so_and_leads_to_the_codes_and_to_save(
    services: Services,
) -> None:
    client = create_app(services).test_client()
    page = html.fromstring(client.get(order(client)).text)
    words = words_of(page.xpath("//main")[0])
    assert "This kiosk has no printer." in words
    assert "Take it on your phone" in words
    assert "Save this leaflet" in words
    kiosk = replace(services, settings=services.settings.model_copy(update={"mode": "kiosk"}))
    client = create_app(kiosk).test_client()
    words = words_of(html.fromstring(client.get(order(client)).text).xpath("//main")[0])
    assert "Take it on your phone" in words
    assert "Save this leaflet" not in words


def test_an_open_page_is_told_what_stops_the_printer(
    client: FlaskClient, printing: PrintService, tray: PaperTray
) -> None:
    printing.tick()
    assert client.get("/printer.json").get_json() == {"cause": None, "booklets": True}
    assert printing.pause_s() == BUSY_TICK_S
    tray.fault = Cause.JAM
    printing.tick()
    assert client.get("/printer.json").get_json()["cause"] == "jam"


def test_a_booklet_is_folded_for_a_printer_that_can_and_refused_by_one_that_cannot(
    client: FlaskClient, look: Look, printing: PrintService, tray: PaperTray
) -> None:
    booklet = {**FORM, "size": "booklet"}
    tray.booklets = False
    printing.tick()
    assert state(client, order(client, booklet))["cause"] == "no-booklets"
    page = look("/leg-cramps/leaflets/relief?size=booklet")
    assert "cannot make booklets" in words_of(page)
    assert page.xpath("//button[@formmethod='post']") == []
    tray.booklets = True
    printing.tick()
    assert look("/leg-cramps/leaflets/relief?size=booklet").xpath("//button[@formmethod='post']")
    address = order(client, booklet)
    printing.tick()
    assert state(client, address)["state"] == "queued"
    assert tray.folded == {1}
