"""A visitor's own settings: for the visit, in one cookie, and nowhere else."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.web.preferences import (
    COOKIE,
    COOKIE_BEFORE,
    LOUDEST,
    RATES,
    SIZES,
    START_VOLUME,
    THEMES,
    Preferences,
    from_cookie,
)
from tests.page_rules import SAME_ORIGIN

Visit = Callable[..., html.HtmlElement]


def send(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    """The status and the address that a form leads to."""
    with client.post(path, data=form, headers=SAME_ORIGIN) as response:
        return response.status_code, response.headers.get("Location", "")


def kept(client: FlaskClient, name: str = COOKIE) -> Preferences:
    cookie = client.get_cookie(name)
    return from_cookie(cookie.decoded_value if cookie else "")


def test_there_are_at_least_six_speeds_from_half_to_double_and_the_usual_one() -> None:
    assert len(RATES) >= 6
    assert (min(RATES), max(RATES)) == (0.5, 2.0)
    assert Preferences().rate in RATES


def test_loudness_starts_at_5_of_12_and_is_never_0() -> None:
    assert (START_VOLUME, LOUDEST) == (5, 12)
    for volume in ("0", "-1", "13"):
        with pytest.raises(ValueError, match="no setting"):
            Preferences().changed("volume", volume)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("size", size) for size in SIZES),
        *(("theme", theme) for theme in THEMES),
        *(("rate", str(rate)) for rate in RATES),
        *(("volume", str(volume)) for volume in range(1, LOUDEST + 1)),
    ],
)
def test_every_choice_is_kept_and_shown(
    client: FlaskClient, visit: Visit, name: str, value: str
) -> None:
    assert send(client, "/preferences", **{name: value})[0] == 303
    assert str(getattr(kept(client), name)) == value
    assert visit("/help").get(f"data-{name}") == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("size", "huge"),
        ("size", ""),
        ("theme", "Paper"),
        ("rate", "3"),
        ("rate", "nan"),
        ("rate", "fast"),
        ("volume", "0"),
        ("volume", "99999999999999999999"),
        ("volume", "5.5"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(
    client: FlaskClient, name: str, value: str
) -> None:
    assert send(client, "/preferences", **{name: value})[0] == 400
    assert kept(client) == Preferences()


def test_settings_survive_the_cookie() -> None:
    wanted = Preferences("very-large", "yellow", 0.75, 12)
    assert from_cookie(wanted.to_cookie()) == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Preferences()),
        ("nonsense", Preferences()),
        ("size=huge&theme=cream", Preferences(theme="cream")),
        ("size=large&size=normal", Preferences(size="large")),
        ("rate=nan&volume=x&size=large", Preferences(size="large")),
        ("&" * 400, Preferences()),
        ("a=1&" * 100 + "size=large", Preferences()),
        ("\x00\xff%ff%fe=%00", Preferences()),
        ("size=large" + "&x=y" * 2000, Preferences()),
        ('{"size": "large"}', Preferences()),
    ],
)
def test_a_bad_cookie_is_left_at_the_defaults(text: str, found: Preferences) -> None:
    assert from_cookie(text) == found


def test_a_bad_cookie_does_not_stop_a_page(client: FlaskClient, visit: Visit) -> None:
    for value in ("nonsense", "size=huge", "x" * 4000, "rate=1e999", "volume=" + "9" * 400):
        client.set_cookie(COOKIE, value)
        assert visit("/").get("data-size") == "normal"


def test_the_cookie_ends_with_the_visit_and_is_for_the_kiosk_alone(client: FlaskClient) -> None:
    with client.post("/preferences", data={"size": "large"}, headers=SAME_ORIGIN) as response:
        cookies = response.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert "Expires" not in cookie
        assert "Max-Age" not in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie


def test_a_page_that_is_only_read_keeps_nothing(client: FlaskClient) -> None:
    for path in ("/", "/preferences", "/help"):
        with client.get(path) as response:
            assert "Set-Cookie" not in response.headers


def test_a_choice_can_be_undone(client: FlaskClient, visit: Visit) -> None:
    send(client, "/preferences", size="large")
    send(client, "/preferences", theme="cream")
    send(client, "/preferences", undo="1")
    assert kept(client) == Preferences(size="large")
    assert kept(client, COOKIE_BEFORE) == Preferences(size="large", theme="cream")
    send(client, "/preferences", undo="1")
    assert kept(client) == Preferences(size="large", theme="cream")


def test_what_is_in_use_is_shown_as_pressed(client: FlaskClient, visit: Visit) -> None:
    send(client, "/preferences", theme="dark")
    page = visit("/preferences")
    pressed = page.xpath("//button[@aria-pressed='true']/@value")
    assert pressed == ["normal", "dark", "1.0"]


def test_finish_forgets_the_visit_and_goes_home(client: FlaskClient, visit: Visit) -> None:
    send(client, "/preferences", size="large")
    with client.post("/finish", headers=SAME_ORIGIN) as response:
        assert (response.status_code, response.headers["Location"]) == (303, "/")
        assert '"cookies"' in response.headers["Clear-Site-Data"]
        assert '"storage"' in response.headers["Clear-Site-Data"]
    assert client.get_cookie(COOKIE) is None
    assert client.get_cookie(COOKIE_BEFORE) is None
    assert visit("/").get("data-size") == "normal"


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/help", "/help"),
        ("/leg-cramps/relief", "/leg-cramps/relief"),
        ("", "/"),
        ("/preferences", "/"),
        ("//clinic.example", "/"),
        ("/\\clinic.example", "/"),
        ("\\\\clinic.example", "/"),
        ("/\t/clinic.example", "/"),
        ("/\n/clinic.example", "/"),
        ("http://clinic.example/", "/"),
        ("javascript:alert(1)", "/"),
        ('/"><script>', '/"><script>'),
    ],
)
def test_done_leads_back_to_a_page_of_the_kiosk_and_nowhere_else(
    client: FlaskClient, asked: str, back: str
) -> None:
    with client.get("/preferences", query_string={"from": asked}) as response:
        page = html.document_fromstring(response.get_data(as_text=True))
    (done,) = page.xpath("//main//a[contains(@class, 'k-button--main')]/@href")
    assert done == back
    assert page.xpath("//input[@name='from']/@value") == [back]
    assert page.xpath("//script[not(@src)]") == []


def test_the_way_back_is_found_from_the_page_before(client: FlaskClient) -> None:
    for referrer, back in [
        ("http://localhost/help?x=1", "/help"),
        ("http://clinic.example/help", "/"),
        ("http://localhost.clinic.example/", "/"),
        ("http://localhost//clinic.example", "/"),
    ]:
        with client.get("/preferences", headers={"Referer": referrer}) as response:
            page = html.document_fromstring(response.get_data(as_text=True))
        assert page.xpath("//input[@name='from']/@value") == [back]


def test_the_way_back_is_kept_while_choosing(client: FlaskClient) -> None:
    assert send(client, "/preferences", **{"size": "large", "from": "/help"}) == (
        303,
        "/preferences?from=%2Fhelp",
    )
