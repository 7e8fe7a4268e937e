"""A visitor's own settings: for the visit, in one cookie, and nowhere else."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from kiosk.speech.service import SpeechService
from kiosk.web.preferences import (
    COOKIE,
    COOKIE_BEFORE,
    DEFAULTS,
    LOUDEST,
    RATES,
    REACHES,
    SETTINGS,
    SIZES,
    SPACINGS,
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
        *(("spacing", spacing) for spacing in SPACINGS),
        *(("reach", reach) for reach in REACHES),
    ],
)
def test_every_choice_is_kept_and_shown(
    client: FlaskClient, visit: Visit, name: str, value: str
) -> None:
    if value == str(getattr(DEFAULTS, name)):
        client.set_cookie(COOKIE, "size=large&theme=dark&rate=2.0&volume=1&spacing=wide&reach=low")
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
        ("spacing", "2"),
        ("reach", "high"),
        ("motion", ""),
        ("more_time", "True"),
        ("voice", "a-voice-that-is-not-there"),
        ("voice", "../../espeak-ng"),
    ],
)
def test_a_choice_that_does_not_exist_is_refused(
    client: FlaskClient, name: str, value: str
) -> None:
    assert send(client, "/preferences", **{name: value})[0] == 400
    assert kept(client) == Preferences()


def test_settings_survive_the_cookie() -> None:
    wanted = Preferences(
        size="very-large",
        theme="yellow",
        rate=0.75,
        volume=12,
        spacing="wide",
        reach="low",
        voice="espeak-ng",
        motion="full",
        more_time=True,
        speak=True,
    )
    assert from_cookie(wanted.to_cookie()) == wanted
    assert from_cookie(Preferences().to_cookie()) == Preferences()
    unlike = [name for name in SETTINGS if getattr(wanted, name) == getattr(Preferences(), name)]
    assert unlike == []


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
    pressed = page.xpath("//main//button[@aria-pressed='true']/@value")
    assert pressed == ["normal", "dark", "normal", "full", "off", "1.0", "normal", "off"]


def test_every_setting_says_in_words_what_it_is_now(client: FlaskClient, visit: Visit) -> None:
    send(client, "/preferences", reach="low")
    page = visit("/preferences")
    said = [" ".join(legend.text_content().split()) for legend in page.xpath("//legend")]
    assert said == [
        "Size of the words: Normal",
        "Colours: Black on paper",
        "Spacing: Normal",
        "Figures: Moving",
        "Speak everything: off",
        "Speed of the voice: Normal",
        "Loudness",
        "Low reach: on",
        "More time: off",
    ]
    assert "5 out of 12" in page.text_content()


def test_figures_stand_still_with_very_large_words_until_movement_is_chosen(
    client: FlaskClient, visit: Visit
) -> None:
    """A11Y-41."""
    assert visit("/help").get("data-motion") == "full"
    send(client, "/preferences", size="very-large")
    assert visit("/help").get("data-motion") == "reduced"
    send(client, "/preferences", motion="full")
    assert visit("/help").get("data-motion") == "full"
    send(client, "/preferences", size="normal")
    send(client, "/preferences", motion="reduced")
    assert visit("/help").get("data-motion") == "reduced"


def test_who_has_everything_spoken_has_still_figures_and_the_long_wait(
    client: FlaskClient, visit: Visit
) -> None:
    """A11Y-41, A11Y-51: they come with it, and a choice of movement wins."""
    send(client, "/preferences", speak="on")
    page = visit("/help")
    assert (page.get("data-speak"), page.get("data-motion")) == ("on", "reduced")
    (waits,) = page.xpath("//dialog[@data-module='idle-warning']")
    assert waits.get("data-idle") == waits.get("data-idle-long")
    send(client, "/preferences", motion="full")
    assert visit("/help").get("data-motion") == "full"
    send(client, "/preferences", speak="off")
    assert visit("/help").get("data-speak") == "off"


def test_more_time_is_told_to_every_page(client: FlaskClient, visit: Visit) -> None:
    assert visit("/help").get("data-more-time") == "off"
    send(client, "/preferences", more_time="on")
    assert kept(client).more_time
    assert visit("/help").get("data-more-time") == "on"
    send(client, "/preferences", more_time="off")
    assert not kept(client).more_time


def test_a_kiosk_with_one_voice_offers_no_choice_of_voices(visit: Visit) -> None:
    assert visit("/preferences").xpath("//*[@name='voice']") == []


def test_a_kiosk_with_two_voices_offers_both(
    client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SpeechService, "voices", ("espeak-ng", "espeak-ng-2"))
    texts = client.application.extensions["kiosk"].catalogue.phrases.texts
    monkeypatch.setitem(texts, "voice-espeak-ng-2", "Second voice")
    page = visit("/preferences")
    assert page.xpath("//*[@name='voice']/@value") == ["espeak-ng", "espeak-ng-2"]
    assert page.xpath("//*[@name='voice'][@aria-pressed='true']/@value") == ["espeak-ng"]
    send(client, "/preferences", voice="espeak-ng-2")
    assert kept(client).voice == "espeak-ng-2"
    page = visit("/preferences")
    assert page.xpath("//*[@name='voice'][@aria-pressed='true']/@value") == ["espeak-ng-2"]


def test_low_reach_is_turned_on_from_the_bar_without_leaving_the_page(
    client: FlaskClient, visit: Visit
) -> None:
    """A11Y-33: the lowest control of the bar."""
    page = visit("/leg-cramps/leaflets/relief?size=large")
    (form,) = page.xpath("//nav//form[.//button[@name='reach']]")
    assert form is page.xpath("//nav//form")[-1]
    (button,) = form.xpath(".//button")
    assert button.get("aria-pressed") == "false"
    assert " ".join(button.text_content().split()) == "Low reach: off"
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input|.//button")}
    assert send(client, form.get("action"), **fields) == (
        303,
        "/leg-cramps/leaflets/relief?size=large",
    )
    page = visit("/help")
    assert page.get("data-reach") == "low"
    (button,) = page.xpath("//nav//button[@name='reach']")
    assert button.get("aria-pressed") == "true"
    assert " ".join(button.text_content().split()) == "Low reach: on"


def test_low_reach_from_the_bar_of_change_keeps_the_way_back(
    client: FlaskClient, visit: Visit
) -> None:
    page = visit("/preferences?from=/help")
    (form,) = page.xpath("//nav//form[.//button[@name='reach']]")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input|.//button")}
    assert send(client, "/preferences", **fields) == (
        303,
        "/preferences?from=%2Fhelp&changed=reach#change-reach",
    )


def test_undo_stands_with_what_was_changed(client: FlaskClient, visit: Visit) -> None:
    assert visit("/preferences").xpath("//button[@name='undo']") == []
    send(client, "/preferences", volume="6")
    (undo,) = visit("/preferences?changed=volume").xpath("//button[@name='undo']")
    assert undo.xpath("ancestor::fieldset/@id") == ["change-volume"]
    (undo,) = visit("/preferences").xpath("//button[@name='undo']")
    assert undo.xpath("ancestor::fieldset") == []


def test_a_choice_that_was_in_use_leaves_the_last_change_to_be_undone(client: FlaskClient) -> None:
    send(client, "/preferences", size="large")
    assert send(client, "/preferences", size="large") == (303, "/preferences?from=%2F")
    send(client, "/preferences", undo="1")
    assert kept(client) == Preferences()


def test_every_setting_is_two_actions_from_anywhere(client: FlaskClient, visit: Visit) -> None:
    """A11Y-75: Change, then the choice."""
    for path in ("/", "/help", "/leg-cramps/relief", "/leg-cramps/session/older-people", "/nobody"):
        with client.get(path) as response:
            page = html.document_fromstring(response.get_data(as_text=True))
        assert page.xpath("//nav//a[@href='/preferences']"), path
    offered = set(visit("/preferences").xpath("//main//button/@name"))
    assert offered == set(SETTINGS) - {"voice"}


def test_finish_forgets_every_setting(client: FlaskClient, visit: Visit) -> None:
    """A11Y-10."""
    fresh = dict(visit("/help").attrib)
    for name, value in [
        ("size", "large"),
        ("theme", "dark"),
        ("spacing", "wide"),
        ("reach", "low"),
        ("rate", "2.0"),
        ("volume", "9"),
        ("motion", "reduced"),
        ("more_time", "on"),
    ]:
        send(client, "/preferences", **{name: value})
    assert dict(visit("/help").attrib) != fresh
    client.post("/finish", headers=SAME_ORIGIN).close()
    assert dict(visit("/help").attrib) == fresh


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
    assert set(page.xpath("//input[@name='from']/@value")) == {back}
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
        assert set(page.xpath("//input[@name='from']/@value")) == {back}


def test_the_way_back_is_kept_while_choosing(client: FlaskClient) -> None:
    assert send(client, "/preferences", **{"size": "large", "from": "/help"}) == (
        303,
        "/preferences?from=%2Fhelp&changed=size#change-size",
    )
