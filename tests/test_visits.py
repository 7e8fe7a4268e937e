"""How long a visit waits for its visitor, what is said of that, and how a visit ends."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.web.preferences import COOKIE, Preferences
from kiosk.web.visits import MORE_TIME, waits
from tests.page_rules import SAME_ORIGIN, words_of

Visit = Callable[..., html.HtmlElement]
EVERYWHERE = ("/", "/help", "/preferences", "/accessibility", "/nobody/was-here", "/staff")


def warning_of(page: html.HtmlElement) -> html.HtmlElement:
    (found,) = page.xpath("//dialog[@data-module='idle-warning']")
    return found


def test_very_large_words_wait_longer() -> None:
    visit = Settings().visit
    usual, large = waits(visit, Preferences()), waits(visit, Preferences(size="very-large"))
    assert (usual.idle_s, usual.long_s, usual.warning_s) == (90, 180, 30)
    assert large.idle_s == large.long_s == 180


@pytest.mark.parametrize("size", ["normal", "very-large"])
def test_more_time_waits_ten_times_as_long_and_warns_as_long(size: str) -> None:
    """A11Y-53."""
    visit = Settings().visit
    usual = waits(visit, Preferences(size=size))
    more = waits(visit, Preferences(size=size, more_time=True))
    assert MORE_TIME == 10
    assert (more.idle_s, more.long_s) == (10 * usual.idle_s, 10 * usual.long_s)
    assert more.warning_s == usual.warning_s


def test_the_page_of_a_visitor_who_needs_more_time_waits_longer(
    client: FlaskClient, visit: Visit
) -> None:
    client.set_cookie(COOKIE, Preferences(more_time=True).to_cookie())
    warning = warning_of(visit("/help"))
    assert (warning.get("data-idle"), warning.get("data-idle-long")) == ("900", "1800")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_page_can_be_finished_and_warns(
    client: FlaskClient, real_services: Services, path: str
) -> None:
    with client.get(path) as response:
        page = html.document_fromstring(response.get_data(as_text=True))
    warning = warning_of(page)
    assert warning.get("role") == "alertdialog"
    assert words_of(warning.get_element_by_id("idle-text")).endswith("in 30 seconds.")
    assert page.xpath("//nav//form[@action='/finish' and @method='post']//button")


def test_the_number_can_change_in_the_words_that_are_shown(visit: Visit) -> None:
    (text,) = visit("/help").xpath("//*[@id='idle-text']")
    assert text.get("data-text").count("{}") == 1
    assert text.get("data-text").replace("{}", "30") == words_of(text)


def test_help_says_how_long_the_kiosk_waits_and_how_to_get_more(
    visit: Visit, real_services: Services
) -> None:
    """A11Y-53, WCAG 2.2.6."""
    text = words_of(visit("/help").get_element_by_id("main"))
    phrases, times = real_services.catalogue.phrases, real_services.settings.visit
    for seconds in (times.idle_s, times.idle_long_s, times.warning_s):
        assert f"{seconds} seconds" in text
    assert phrases("more-time-on") in text, "Help names the choice as it is called in Change"
    assert f"{MORE_TIME} times" in phrases("more-time-on")


def test_finish_clears_the_cookies_of_visitors_and_staff(client: FlaskClient) -> None:
    client.post("/preferences", data={"size": "large"}, headers=SAME_ORIGIN)
    assert client.get_cookie(COOKIE)
    with client.post("/finish", headers=SAME_ORIGIN) as response:
        assert response.status_code == 303
        assert response.headers["Location"] == "/"
        assert response.headers["Clear-Site-Data"] == '"cookies", "storage"'
    assert client.get_cookie(COOKIE) is None


def test_the_visit_is_checked_before_a_page_is_drawn(visit: Visit) -> None:
    """A page of an earlier visit must not flash up: its check is no module and does not wait."""
    (gate,) = visit("/help").xpath("//head/script[contains(@src, '/visit-gate-')]")
    assert gate.get("type") is None
    assert gate.get("defer") is gate.get("async") is None


def test_the_guard_of_the_settings_is_the_guard_of_the_page(visit: Visit) -> None:
    (body,) = visit("/").xpath("//body")
    assert body.get("data-guard") == str(Settings().visit.guard_ms) == "300"


@pytest.mark.parametrize("guard", [-1, 1001])
def test_a_guard_outside_0_to_1000_ms_is_refused(guard: int) -> None:
    """EN 301 549, 5.8 asks that at least 500 ms can be set."""
    with pytest.raises(ValueError, match="guard_ms"):
        Settings.model_validate({"visit": {"guard_ms": guard}})
