"""Who may ask, and what the browser may do with the answer."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from kiosk.errors import SpeechError, WorkerBusyError
from kiosk.page import TopicPage
from kiosk.services import Services
from kiosk.settings import Settings
from kiosk.web import MOST_BODY, create_app
from kiosk.web.guard import HEADERS
from kiosk.web.kept_pages import KeptPages
from tests.page_rules import SAME_ORIGIN, check_page, words_of
from tests.topics import TOPIC_NAMES

FORMS = ("/preferences", "/finish", "/staff", "/staff/leave")
Visit = Callable[..., html.HtmlElement]


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8080", "127.0.0.1", "127.0.0.1:80", "[::1]:8080"]
)
def test_the_machine_itself_is_answered(client: FlaskClient, host: str) -> None:
    with client.get("/help", headers={"Host": host}) as response:
        assert response.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "clinic.example",
        "localhost.clinic.example",
        "127.0.0.1.clinic.example",
        "clinic.example:8080",
        "clinic.example@127.0.0.1",
        "127.0.0.1@clinic.example",
        "localhost.",
        "0.0.0.0",
        "[::1",
        "a]b",
        "",
        " ",
        "localhost\\@clinic.example",
    ],
)
def test_another_name_is_refused(client: FlaskClient, host: str) -> None:
    """A page elsewhere may point its own name at this machine (DNS rebinding)."""
    with client.get("/help", headers={"Host": host}) as response:
        assert response.status_code == 400
        check_page(response, "en-GB")


def test_a_name_that_the_kiosk_listens_on_is_answered(services: Services) -> None:
    own = services.settings.model_copy(update={"host": "10.0.0.5"})
    browser = create_app(Services(**{**vars(services), "settings": own})).test_client()
    for host, status in (("10.0.0.5:8080", 200), ("localhost", 200), ("10.0.0.6", 400)):
        with browser.get("/help", headers={"Host": host}) as response:
            assert response.status_code == status


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://clinic.example"},
        {"Origin": "http://localhost.clinic.example"},
        {"Origin": "http://localhost:9000"},
        {"Origin": "http://["},
        {"Origin": "localhost"},
        {"Origin": "http://localhost/"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none", "Origin": "http://localhost"},
        {"Referer": "http://localhost/preferences"},
    ],
)
def test_a_form_from_elsewhere_is_refused(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    with client.post(path, data={"size": "large", "pin": "1234"}, headers=headers) as response:
        assert response.status_code == 403
        assert "Set-Cookie" not in response.headers
        check_page(response, "en-GB")


@pytest.mark.parametrize(
    "headers",
    [SAME_ORIGIN, {"Sec-Fetch-Site": "same-origin"}, {**SAME_ORIGIN, "Sec-Fetch-Mode": "navigate"}],
)
def test_a_form_of_the_kiosk_is_taken(client: FlaskClient, headers: dict[str, str]) -> None:
    with client.post("/preferences", data={"size": "large"}, headers=headers) as response:
        assert response.status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/help",
        "/nothing",
        f"/{TOPIC_NAMES[0]}",
        f"/{TOPIC_NAMES[0]}/speech.json",
        "/static/css/tokens.css",
        "/panel.css",
        "/healthz",
        "/speech/x.wav",
    ],
)
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        for name, value in HEADERS.items():
            assert response.headers[name] == value
        assert "Set-Cookie" not in response.headers
        if response.mimetype in ("text/html", "application/json"):
            assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("sense", ["camera", "microphone", "accelerometer", "gyroscope"])
def test_no_page_may_look_listen_or_feel_how_it_is_held(sense: str) -> None:
    """EN 301 549, 5.1.7 and 5.3; WCAG 2.5.4: nothing asks for a voice, a face or a shake."""
    rules = HEADERS["Permissions-Policy"].split(", ")
    assert f"{sense}=()" in rules


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("ending", ["", ".pdf", ".png"])
def test_the_browser_keeps_nothing_of_a_chosen_leaflet(client: FlaskClient, ending: str) -> None:
    pack, topic = TOPIC_NAMES[0].split("/")
    with client.get(f"/{pack}/leaflets/{topic}{ending}") as response:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"


def test_the_page_may_use_only_what_the_kiosk_serves() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    others = {value for name, value in rules.items() if name.endswith("-src")} - {"'none'"}
    assert others == {"'self'"}
    assert rules["form-action"] == "'self'"


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    data = {"size": "x" * MOST_BODY}
    with client.post("/preferences", data=data, headers=SAME_ORIGIN) as response:
        assert response.status_code == 413
        check_page(response, "en-GB")


def test_a_form_of_very_many_fields_is_refused(client: FlaskClient) -> None:
    data = "&".join(f"a{number}=1" for number in range(1500))
    headers = {**SAME_ORIGIN, "Content-Type": "application/x-www-form-urlencoded"}
    with client.post("/preferences", data=data, headers=headers) as response:
        assert response.status_code in (303, 413)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/json", b"{"),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"size=%ff%fe&\x00=\x00"),
        ("nonsense", b"\x00\xff"),
    ],
)
def test_a_body_of_another_kind_changes_nothing(
    client: FlaskClient, kind: str, data: bytes
) -> None:
    headers = {**SAME_ORIGIN, "Content-Type": kind}
    with client.post("/preferences", data=data, headers=headers) as response:
        assert response.status_code in (303, 400)


# Faults


@pytest.fixture
def faulty(
    app: Flask, services: Services, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Exception], None]:
    """Make every topic page fail, those that were read before too."""
    monkeypatch.setitem(app.extensions, "kept_pages", KeptPages())

    def fail(error: Exception) -> None:
        def page(*_: object) -> TopicPage:
            raise error

        monkeypatch.setattr(services, "page", page)

    return fail


def test_a_fault_shows_a_plain_page_and_no_traceback(
    visit: Visit, faulty: Callable[[Exception], None], caplog: pytest.LogCaptureFixture
) -> None:
    faulty(ZeroDivisionError("secret-detail"))
    page = visit(f"/{TOPIC_NAMES[0]}", status=500)
    text = html.tostring(page, encoding="unicode")
    for word in ("secret-detail", "Traceback", "ZeroDivisionError", ".py"):
        assert word not in text
    assert "secret-detail" in caplog.text, "staff can find it in the log"


def test_an_error_of_the_kiosk_s_own_says_what_still_works(
    visit: Visit, services: Services, faulty: Callable[[Exception], None]
) -> None:
    faulty(SpeechError("secret-detail", "mend it"))
    page = visit(f"/{TOPIC_NAMES[0]}", status=500)
    assert services.catalogue.phrases(SpeechError.phrase) in words_of(page)
    assert "secret-detail" not in html.tostring(page, encoding="unicode")


def test_a_busy_kiosk_asks_to_wait(
    client: FlaskClient, faulty: Callable[[Exception], None]
) -> None:
    faulty(WorkerBusyError("too many", "wait"))
    with client.get(f"/{TOPIC_NAMES[0]}") as response:
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        check_page(response, "en-GB")


def test_settings_cannot_open_the_debugger(app: Flask) -> None:
    assert not app.debug
    assert not app.testing
    assert "debug" not in Settings.model_fields
