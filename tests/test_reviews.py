"""Who has checked a topic: shown on page and paper, and only while its words are the same."""

import io
from collections.abc import Callable
from datetime import date

import pdfplumber
import pytest

from kiosk.models import Topic
from kiosk.phrases import Phrases
from kiosk.reviews import long_date, review_of, status_sentence
from kiosk.services import Services
from kiosk.web import create_app
from tests.page_rules import check_page, words_of
from tests.small_pack import FIRST, PACK, SECOND, SmallPack

pytestmark = pytest.mark.usefixtures("paper")
SignOff = Callable[[str], None]


@pytest.fixture
def sign_off(small: SmallPack) -> SignOff:
    """Records that a nurse has checked a topic as it stands now."""

    def record(topic: str) -> None:
        path = small.state / "reviews" / PACK / f"{topic}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"fingerprint: {small.pack().topics[topic].fingerprint}\n"
            "name: Ann Example\n"
            "role: lead nurse\n"
            "organisation: Example Surgery\n"
            "registration: 00A0000E\n"
            "reviewed_on: 2026-12-01\n"
            "next_due: 2027-06-30\n",
            "utf-8",
        )

    return record


def on_page(services: Services, topic: str) -> str:
    browser = create_app(services).test_client()
    with browser.get(f"/{PACK}/{topic}") as response:
        page = check_page(response, "en-GB")
    return words_of(page.get_element_by_id("about"))


def on_paper(services: Services, topic: str) -> str:
    pack = services.catalogue.packs[PACK]
    with pdfplumber.open(io.BytesIO(services.leaflet(pack, pack.topics[topic]))) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_without_a_record_the_text_says_that_nobody_has_checked_it(small: SmallPack) -> None:
    with small.services() as services:
        none = services.catalogue.phrases("review-none")
        assert none in on_page(services, FIRST)
        assert none in on_paper(services, FIRST)


def test_a_record_is_shown_on_page_and_paper(small: SmallPack, sign_off: SignOff) -> None:
    sign_off(FIRST)
    with small.services() as services:
        none = services.catalogue.phrases("review-none")
        for text in (on_page(services, FIRST), on_paper(services, FIRST)):
            assert none not in text
            for part in ("Ann Example", "lead nurse", "Example Surgery", "1 December 2026"):
                assert part in text
            assert "30 June 2027" in text
        assert none in on_page(services, SECOND)


def test_a_record_is_seen_without_a_restart(small: SmallPack, sign_off: SignOff) -> None:
    with small.services() as services:
        assert "Ann Example" not in on_page(services, FIRST)
        sign_off(FIRST)
        assert "Ann Example" in on_page(services, FIRST)


def test_when_words_change_that_topic_alone_falls_back(small: SmallPack, sign_off: SignOff) -> None:
    sign_off(FIRST)
    sign_off(SECOND)
    small.change_topic("You can rest your leg.", "Rest your leg.", SECOND)
    with small.services() as services:
        none = services.catalogue.phrases("review-none")
        assert none in on_page(services, SECOND)
        assert none in on_paper(services, SECOND)
        assert "Ann Example" in on_page(services, FIRST)
        assert "Ann Example" in on_paper(services, FIRST)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"- a list",
        b"fingerprint: [",
        b"\xff\xfe",
        b"name: Ann Example\n",
        b"fingerprint: x\nname: Ann\nrole: a\norganisation: b\nreviewed_on: soon\nnext_due: 1\n",
    ],
)
def test_a_record_that_cannot_be_read_is_no_record(
    small: SmallPack, sign_off: SignOff, data: bytes
) -> None:
    sign_off(FIRST)
    path = small.state / "reviews" / PACK / f"{FIRST}.yaml"
    topic = small.pack().topics[FIRST]
    assert review_of(topic, small.state / "reviews") is not None
    path.write_bytes(data)
    assert review_of(topic, small.state / "reviews") is None


def test_a_record_of_another_topic_is_no_record(small: SmallPack, sign_off: SignOff) -> None:
    sign_off(FIRST)
    folder = small.state / "reviews" / PACK
    (folder / f"{FIRST}.yaml").rename(folder / f"{SECOND}.yaml")
    topics: dict[str, Topic] = small.pack().topics
    assert review_of(topics[SECOND], small.state / "reviews") is None


def test_a_date_is_written_as_the_house_style_says() -> None:
    assert long_date(date(2026, 8, 6)) == "6 August 2026"


def test_the_sentence_names_who_and_when(small: SmallPack, sign_off: SignOff) -> None:
    sign_off(FIRST)
    review = review_of(small.pack().topics[FIRST], small.state / "reviews")
    phrases = Phrases("en-GB", {"review-done": "{name}, {role}, {organisation}: {date}"})
    said = status_sentence(review, phrases)
    assert said == "Ann Example, lead nurse, Example Surgery: 1 December 2026"
