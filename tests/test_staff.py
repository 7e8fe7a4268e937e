"""The staff page: off without a PIN, closed to guesses, honest about the kiosk's health."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk import door as the_door
from kiosk.door import LONGEST_WAIT_S, OPEN_S, Door, pin_file, set_pin
from kiosk.services import Services
from kiosk.web import MOST_BODY, create_app
from kiosk.web.staff import COOKIE
from tests.page_rules import SAME_ORIGIN, check_page, words_of
from tests.small_pack import SmallPack
from tests.staff_forms import form_token

PIN = "24680"


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(the_door, "time", SimpleNamespace(monotonic=found.monotonic))
    return found


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    """The kiosk over the small pack; one of its topics is broken."""
    small.change_topic("- stretch slowly [relief-stretch-calf]", "- stretch slowly")
    with small.services() as found:
        yield found


@pytest.fixture
def browser(services: Services, clock: Clock) -> FlaskClient:
    return create_app(services).test_client()


def enter(browser: FlaskClient, pin: str) -> tuple[int, html.HtmlElement | None]:
    """Type a PIN; the status, and the page when it is not the right one."""
    with browser.post("/staff", data={"pin": pin}, headers=SAME_ORIGIN) as response:
        page = None if response.status_code == 303 else check_page(response, "en-GB")
        return response.status_code, page


def open_page(browser: FlaskClient) -> tuple[int, html.HtmlElement]:
    with browser.get("/staff") as response:
        return response.status_code, check_page(response, "en-GB")


def is_inside(browser: FlaskClient) -> bool:
    return bool(open_page(browser)[1].xpath("//main//table"))


def test_without_a_pin_the_page_is_off(browser: FlaskClient) -> None:
    status, page = open_page(browser)
    assert status == 404
    assert page.xpath("//main//input") == []
    status, door = enter(browser, "")
    assert status == 404
    assert door is not None
    assert door.xpath("//main//input") == []


@pytest.mark.parametrize("pin", ["", "123", "1" * 13, "12a4", "١٢٣٤", "12 34", "-1234"])
def test_a_pin_is_4_to_12_digits(tmp_path: Path, pin: str) -> None:
    with pytest.raises(ValueError, match="4 to 12 digits"):
        set_pin(tmp_path, pin)
    assert not pin_file(tmp_path).exists()


def test_the_pin_itself_is_kept_nowhere(tmp_path: Path) -> None:
    kept = []
    for _ in range(2):
        set_pin(tmp_path, PIN)
        kept.append(pin_file(tmp_path).read_text("utf-8"))
    assert all(PIN not in text for text in kept)
    assert json.loads(kept[0])["hash"] != json.loads(kept[1])["hash"], "one salt for all"
    assert pin_file(tmp_path).stat().st_mode & 0o077 == 0


def test_the_door_asks_for_the_pin_and_shows_nothing_else(
    browser: FlaskClient, services: Services
) -> None:
    set_pin(services.settings.state, PIN)
    status, page = open_page(browser)
    assert status == 200
    assert page.xpath("//main//input/@name") == ["pin"]
    assert not is_inside(browser)


def test_the_right_pin_shows_health_and_problems(browser: FlaskClient, services: Services) -> None:
    set_pin(services.settings.state, PIN)
    assert enter(browser, PIN)[0] == 303
    status, page = open_page(browser)
    assert status == 200
    text = words_of(page.get_element_by_id("main"))
    for part in services.health():
        assert part in text
    (problem,) = services.catalogue.problems
    assert f"relief.md:{problem.line}: {problem.problem}; {problem.mend}" in text


def test_the_cookie_is_for_the_staff_page_alone_and_for_a_quarter_of_an_hour(
    browser: FlaskClient, services: Services
) -> None:
    set_pin(services.settings.state, PIN)
    with browser.post("/staff", data={"pin": PIN}, headers=SAME_ORIGIN) as response:
        (cookie,) = response.headers.getlist("Set-Cookie")
    for part in ("HttpOnly", "SameSite=Strict", "Path=/staff", f"Max-Age={OPEN_S}"):
        assert part in cookie
    assert PIN not in cookie
    assert OPEN_S == 15 * 60


def test_the_door_closes_by_itself_and_by_leaving(
    browser: FlaskClient, services: Services, clock: Clock
) -> None:
    set_pin(services.settings.state, PIN)
    enter(browser, PIN)
    cookie = browser.get_cookie(COOKIE, path="/staff")
    assert cookie is not None
    assert is_inside(browser)
    clock.now += OPEN_S - 1
    assert is_inside(browser)
    clock.now += 2
    assert not is_inside(browser)
    enter(browser, PIN)
    again = browser.get_cookie(COOKIE, path="/staff")
    assert again is not None
    form = {"token": form_token(browser)}
    with browser.post("/staff/leave", data=form, headers=SAME_ORIGIN) as response:
        assert response.status_code == 303
    assert browser.get_cookie(COOKIE, path="/staff") is None
    browser.set_cookie(COOKIE, again.value, path="/staff")
    assert not is_inside(browser), "a token that was left opens the door again"


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_form_that_the_kiosk_did_not_give_does_nothing(
    browser: FlaskClient, services: Services, token: str
) -> None:
    set_pin(services.settings.state, PIN)
    enter(browser, PIN)
    for path in ("/staff/leave", "/staff/print", "/staff/sound"):
        with browser.post(path, data={"token": token}, headers=SAME_ORIGIN) as response:
            assert response.status_code == 403, path
    assert is_inside(browser)


@pytest.mark.parametrize("path", ["counts", "counts.csv", "topics", "sound"])
def test_every_page_behind_the_door_leads_to_the_door(
    browser: FlaskClient, services: Services, path: str
) -> None:
    set_pin(services.settings.state, PIN)
    with browser.get(f"/staff/{path}") as response:
        assert (response.status_code, response.location) == (303, "/staff")


def test_a_token_that_nobody_gave_opens_nothing(browser: FlaskClient, services: Services) -> None:
    set_pin(services.settings.state, PIN)
    for token in ("", "x", "x" * 3000, PIN):
        browser.set_cookie(COOKIE, token, path="/staff")
        assert not is_inside(browser)


@pytest.mark.parametrize("pin", ["", "1", "24681", "246800", "2468", "é", "\x00", "9" * 5000])
def test_a_wrong_pin_is_told_and_not_let_in(
    browser: FlaskClient, services: Services, pin: str
) -> None:
    set_pin(services.settings.state, PIN)
    status, page = enter(browser, pin)
    assert status == 403
    assert page is not None
    assert page.xpath("//*[@role='alert']")
    assert not is_inside(browser)


def test_more_than_the_longest_pin_is_not_the_pin(tmp_path: Path, clock: Clock) -> None:
    set_pin(tmp_path, "123456789012")
    assert Door(tmp_path).knock("1234567890123") is None
    assert Door(tmp_path).knock("123456789012") is not None


def test_each_wrong_pin_closes_the_door_for_longer(tmp_path: Path, clock: Clock) -> None:
    set_pin(tmp_path, PIN)
    door, waits = Door(tmp_path), []
    for _ in range(10):
        assert door.knock("0000") is None
        waits.append(door.wait_s())
        assert door.knock(PIN) is None, "the right PIN opens a closed door"
        clock.now += waits[-1] + 1
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, LONGEST_WAIT_S, LONGEST_WAIT_S]
    assert door.knock(PIN) is not None
    assert door.knock("0000") is None
    assert door.wait_s() == 2, "the right PIN begins anew"


def test_a_body_that_is_too_large_is_refused(browser: FlaskClient, services: Services) -> None:
    set_pin(services.settings.state, PIN)
    assert enter(browser, "1" * MOST_BODY)[0] == 413


def test_a_pin_can_be_set_while_the_kiosk_runs(browser: FlaskClient, services: Services) -> None:
    assert open_page(browser)[0] == 404
    set_pin(services.settings.state, PIN)
    assert open_page(browser)[0] == 200
