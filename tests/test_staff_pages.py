"""Behind the door: counts, topics with their sign-off, and how loud a visit begins."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from kiosk.door import set_pin
from kiosk.leaflet import LeafletOrder
from kiosk.models import Topic
from kiosk.services import Services
from kiosk.usage import Event
from kiosk.volume import LOUDEST
from kiosk.web import create_app
from tests.page_rules import SAME_ORIGIN, words_of
from tests.small_pack import FIRST, PACK, SECOND, SmallPack
from tests.staff_forms import read, send

PIN = "24680"
SIGN_OFF = f"/staff/topics/{PACK}/{SECOND}"
TODAY = date.today()


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    with small.services() as found:
        yield found


@pytest.fixture
def staff(services: Services) -> FlaskClient:
    """A browser inside."""
    set_pin(services.settings.state, PIN)
    client = create_app(services).test_client()
    client.post("/staff", data={"pin": PIN}, headers=SAME_ORIGIN)
    return client


@pytest.fixture
def topic(services: Services) -> Topic:
    return services.catalogue.packs[PACK].topics[SECOND]


def a_review(topic: Topic, **other: str) -> dict[str, str]:
    """A sign-off as staff fill it in."""
    return {
        "name": "Dr A Example",
        "role": "GP",
        "organisation": "Example Surgery",
        "registration": "",
        "reviewed_on": TODAY.isoformat(),
        "what": "All of it",
        "changes_asked_for": "",
        "next_due": (TODAY + timedelta(days=180)).isoformat(),
        "fingerprint": topic.fingerprint,
    } | other


# Counts


def test_what_visitors_do_is_counted_by_topic(staff: FlaskClient, services: Services) -> None:
    for _ in range(3):
        staff.get(f"/{PACK}/{SECOND}")
    staff.get(f"/{PACK}/{SECOND}/speech.json?beginning=1")
    staff.get(f"/{PACK}/{SECOND}/speech.json")
    found = {(one.event, one.subject): one.number for one in services.usage.since(TODAY)}
    topic = f"{PACK}/{SECOND}"
    assert found == {(Event.READ, topic): 3, (Event.HEARD, topic): 1}


def test_each_plot_has_its_numbers_in_a_table_beside_it(
    staff: FlaskClient, services: Services
) -> None:
    for event, subject, number in (
        (Event.READ, f"{PACK}/{FIRST}", 7),
        (Event.READ, f"{PACK}/{SECOND}", 2),
        (Event.LEAFLET, f"{PACK}/{FIRST} large", 4),
        (Event.FAILURE, "print no-paper", 1),
    ):
        services.usage.count(event, subject, number)
    page = read(staff, "/staff/counts")
    plots = page.xpath("//main//*[local-name()='svg']")
    assert len(plots) == 3
    for plot in plots:
        (table,) = plot.xpath("following-sibling::table")
        numbers = [int(cell.text) for cell in table.xpath(".//td")]
        (text,) = plot.xpath(".//*[local-name()='desc']")
        assert text.text.startswith(f"{sum(numbers)} from ")
        assert len(plot.xpath(".//*[local-name()='rect']")) == 1, "one day had any"
    words = words_of(page.get_element_by_id("main"))
    titles = services.catalogue.packs[PACK].topics
    rows = [tuple(words_of(cell) for cell in row) for row in page.xpath("//main//tbody/tr")]
    assert (titles[FIRST].about.title, "7") in rows
    assert "print-fault" not in words


@pytest.mark.parametrize("days", ["0", "28x", "-7", "9999"])
def test_a_span_that_is_not_offered_is_refused(staff: FlaskClient, days: str) -> None:
    with staff.get(f"/staff/counts?days={days}") as response:
        assert response.status_code == 400


@pytest.mark.parametrize("days", [7, 28, 91, 365])
def test_every_span_can_be_seen(staff: FlaskClient, services: Services, days: int) -> None:
    services.usage.count(Event.READ, f"{PACK}/{FIRST}")
    page = read(staff, f"/staff/counts?days={days}")
    assert page.xpath("//main//a[@aria-current='true']/@href") == [f"/staff/counts?days={days}"]


def test_all_counts_come_as_a_table(staff: FlaskClient, services: Services) -> None:
    services.usage.count(Event.READ, "leg-cramps/a,b")
    with staff.get("/staff/counts.csv") as response:
        rows = list(csv.reader(io.StringIO(response.text)))
        assert response.headers["Cache-Control"] == "no-store"
    assert rows == [
        ["day", "event", "subject", "number"],
        [TODAY.isoformat(), "read", "leg-cramps/a,b", "1"],
    ]


# Topics and their sign-off


def test_every_topic_has_its_evidence_version_and_due_date(
    staff: FlaskClient, services: Services
) -> None:
    words = words_of(read(staff, "/staff/topics").get_element_by_id("main"))
    pack = services.catalogue.packs[PACK]
    for topic in pack.topics.values():
        assert topic.about.title in words
        for evidence in topic.evidence:
            assert evidence in words
    assert str(pack.about.review_due) in words
    assert pack.about.version in words


def test_a_sign_off_stands_on_the_page_and_outlives_the_kiosk(
    staff: FlaskClient, services: Services, small: SmallPack, topic: Topic
) -> None:
    assert send(staff, SIGN_OFF, **a_review(topic)) == (303, None)
    with staff.get(f"/{PACK}/{SECOND}") as response:
        assert "Reviewed by Dr A Example, GP, Example Surgery" in response.text
    with small.services() as again:
        review = again.review(topic)
    assert review is not None
    assert review.what == "All of it"


def test_what_was_recorded_before_is_kept(
    staff: FlaskClient, services: Services, topic: Topic
) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    send(staff, SIGN_OFF, **a_review(topic, reviewed_on=yesterday, name="Nurse B"))
    send(staff, SIGN_OFF, **a_review(topic))
    kept = sorted((services.settings.state / "reviews" / PACK / SECOND).iterdir())
    assert ["Nurse B" in path.read_text("utf-8") for path in kept] == [True, False]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        *((name, "") for name in ("name", "role", "organisation", "what")),
        ("name", "x" * 501),
        ("reviewed_on", "yesterday"),
        ("reviewed_on", (TODAY + timedelta(days=1)).isoformat()),
        ("next_due", ""),
        ("next_due", TODAY.isoformat()),
    ],
)
def test_a_form_that_is_not_whole_says_so_beside_the_field_and_loses_nothing(
    staff: FlaskClient, services: Services, topic: Topic, field: str, given: str
) -> None:
    status, page = send(staff, SIGN_OFF, **a_review(topic, **{field: given}))
    assert status == 400
    assert page is not None
    (alert,) = page.xpath("//*[@role='alert']")
    assert alert.xpath(f".//a[@href='#{field}']")
    (entry,) = page.xpath(f"//*[@name='{field}']")
    assert entry.get("aria-describedby") == f"{field}-fault"
    assert page.get_element_by_id("changes_asked_for") is not None
    if field != "name":
        assert page.get_element_by_id("name").get("value") == "Dr A Example"
    assert services.review(topic) is None


def test_words_that_changed_meanwhile_are_not_signed_off(
    staff: FlaskClient, services: Services, topic: Topic
) -> None:
    status, page = send(staff, SIGN_OFF, **a_review(topic, fingerprint="other"))
    assert status == 400
    assert page is not None
    assert "The words have changed" in words_of(page)
    assert services.review(topic) is None


def test_an_overdue_review_is_marked_for_staff_on_the_page_and_on_paper(
    staff: FlaskClient, services: Services, topic: Topic
) -> None:
    before = {"reviewed_on": "2024-01-10", "next_due": "2025-01-10"}
    assert send(staff, SIGN_OFF, **a_review(topic, **before))[0] == 303
    late = "due to be checked again by 10 January 2025, and has not been"
    assert "Overdue" in words_of(read(staff, "/staff/topics"))
    with staff.get(f"/{PACK}/{SECOND}") as response:
        assert late in response.text
    pack = services.catalogue.packs[PACK]
    order = LeafletOrder(topic, pack, services.review(topic))
    assert late in services.leaflets.html(order, services.drawer(PACK))


# Volume


def test_every_visit_begins_as_loud_as_staff_have_set_it(
    staff: FlaskClient, services: Services, small: SmallPack
) -> None:
    form = {"volume": "8", "quiet_from": "", "quiet_until": "", "quiet_volume": "2"}
    assert send(staff, "/staff/sound", **form) == (303, None)
    assert 'data-volume="8"' in staff.get("/").text
    visitor = create_app(services).test_client()
    visitor.post("/preferences", data={"volume": "9"}, headers=SAME_ORIGIN)
    assert 'data-volume="9"' in visitor.get("/").text
    visitor.post("/finish", headers=SAME_ORIGIN)
    assert 'data-volume="8"' in visitor.get("/").text
    with small.services() as again:
        assert again.volume.now() == 8


@pytest.mark.parametrize(
    ("begin", "end", "hour", "steps"),
    [
        ("20:00", "07:00", 23, 2),
        ("20:00", "07:00", 6, 2),
        ("20:00", "07:00", 7, 5),
        ("12:00", "14:00", 13, 2),
        ("12:00", "14:00", 14, 5),
        ("12:00", "12:00", 12, 5),
        ("12:00", "", 13, 5),
    ],
)
def test_in_the_quiet_hours_a_visit_begins_quietly(
    services: Services, begin: str, end: str, hour: int, steps: int
) -> None:
    services.volume._clock = lambda: datetime(2026, 11, 21, hour)
    services.volume.keep({"quiet_from": begin, "quiet_until": end})
    assert services.volume.now() == steps


@pytest.mark.parametrize(
    "wrong", [{"volume": "0"}, {"volume": str(LOUDEST + 1)}, {"volume": "x"}, {"quiet_from": "25"}]
)
def test_rules_that_make_no_sense_are_told_and_not_kept(
    staff: FlaskClient, services: Services, wrong: dict[str, str]
) -> None:
    form = {"volume": "8", "quiet_from": "", "quiet_until": "", "quiet_volume": "2"} | wrong
    status, page = send(staff, "/staff/sound", **form)
    assert status == 400
    assert page is not None
    assert page.xpath("//*[@role='alert']")
    assert services.volume.now() == 5


def test_rules_that_cannot_be_read_leave_the_usual_ones(small: SmallPack) -> None:
    small.state.mkdir(parents=True)
    (small.state / "volume.json").write_text('{"volume": 99}')
    with small.services() as services:
        assert services.volume.now() == 5
