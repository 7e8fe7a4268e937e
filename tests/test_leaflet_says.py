"""What every leaflet must tell of itself, so that a reader can trust it and go on from it.

The list is that of good health information: PIF TICK, DISCERN and the NHS's own (A11Y-62).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pdfplumber
import pytest

from kiosk.leaflet import Size, paper_sources
from kiosk.models import Topic
from kiosk.reviews import long_date
from kiosk.services import Services, build_services
from kiosk.settings import Clinic, Settings
from tests.codes import codes_in, ink, one_bit_sides
from tests.paper_facts import PT_IN_MM, read_facts, squeezed
from tests.printed import Printed
from tests.test_leaflet import MOST_SIDES
from tests.topics import TOPIC_NAMES

every_topic = pytest.mark.parametrize("name", TOPIC_NAMES)
every_size = pytest.mark.parametrize("size", list(Size))
CLINIC = Clinic(
    name="Riverside Surgery",
    phone="0113 496 0000",
    web="riverside.example/legs",
    feedback="Write to feedback@riverside.example, or tell reception.",
)
LONGEST_REVIEW_YEARS = 3  # PIF TICK: reviewed at least every three years
WRITE_IN_MM = 45  # room for a telephone number in handwriting


def topic_of(services: Services, name: str) -> Topic:
    pack_id, topic_id = name.split("/")
    return services.catalogue.packs[pack_id].topics[topic_id]


@every_size
@every_topic
def test_it_says_who_it_is_for_and_what_it_is_for(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    about, phrases = topic_of(services, name).about, services.catalogue.phrases
    _, facts = printed[name, size]
    first = facts.words_of_sides[0]
    assert squeezed(f"{phrases('leaflet-for')} {about.for_whom}") in first
    assert squeezed(f"{phrases('leaflet-aim')} {about.aim}") in first


@every_size
@every_topic
def test_it_says_who_made_it_when_and_when_it_is_checked_again(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    pack = services.catalogue.packs[name.split("/")[0]].about
    phrases = services.catalogue.phrases
    _, facts = printed[name, size]
    made_by = f"{phrases('leaflet-made-by')} {phrases('leaflet-made-by-default')}"
    assert squeezed(made_by) in facts.words
    version = phrases(
        "about-version",
        version=pack.version,
        date=long_date(pack.published),
        due=long_date(pack.review_due),
    )
    assert squeezed(version) in facts.words
    assert squeezed(phrases("review-none")) in facts.words


def test_the_next_check_is_due_within_three_years(services: Services) -> None:
    for pack in services.catalogue.packs.values():
        made, due = pack.about.published, pack.about.review_due
        assert made < due <= date(made.year + LONGEST_REVIEW_YEARS, made.month, made.day)


@every_size
@every_topic
def test_it_says_where_it_comes_from(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    pack = services.catalogue.packs[name.split("/")[0]]
    _, facts = printed[name, size]
    assert squeezed(services.catalogue.phrases("sources-heading")) in facts.words
    for source in paper_sources(topic_of(services, name), pack):
        assert squeezed(f"{source.title}. {source.publisher}, {source.year}.") in facts.words


@every_size
@every_topic
def test_it_says_how_to_answer_it_and_which_other_forms_there_are(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    _, facts = printed[name, size]
    for key in ("leaflet-feedback-default", "leaflet-formats", "leaflet-general"):
        assert squeezed(services.catalogue.phrases(key)) in facts.words


@every_size
@every_topic
def test_it_says_which_leaflet_has_all_the_signs(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    pack_id, topic_id = name.split("/")
    signs = services.catalogue.packs[pack_id].topics["get-help"].about.title
    words = squeezed(services.catalogue.phrases("leaflet-all-signs", title=signs))
    _, facts = printed[name, size]
    assert (words in facts.words) == (topic_id != "get-help")


@every_size
@pytest.mark.parametrize("name", TOPIC_NAMES[:1])
def test_without_a_number_there_is_a_line_to_write_it_on(
    printed: Printed, services: Services, name: str, size: Size
) -> None:
    path, _ = printed[name, size]
    label = services.catalogue.phrases("leaflet-number")
    with pdfplumber.open(path) as pdf:
        for page, side in zip(pdf.pages, one_bit_sides(path), strict=True):
            for found in page.search(label.replace(" ", r"\s*")):
                right, line = found["x1"], found["chars"][0]["matrix"][5]
                base = page.height - line
                drawn = (right + 10, base - 1, right + 10 + WRITE_IN_MM * PT_IN_MM, base + 1)
                assert ink(side, drawn) > 0.2  # a line of 0.4 mm in 2 pt
                return
    pytest.fail(f"no “{label}”")


# In a clinic that has given its name, its number, its address and its ear


@pytest.fixture(scope="module")
def clinic_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    found = build_services(Settings(state=tmp_path_factory.mktemp("clinic"), clinic=CLINIC))
    yield found
    found.close()


@every_size
@pytest.mark.parametrize("topic_id", ["pregnancy", "older-people", "athletes"])
@pytest.mark.usefixtures("paper")
def test_the_clinics_own_lines_fit_and_its_code_stands_beside_its_address(
    clinic_services: Services, tmp_path: Path, topic_id: str, size: Size
) -> None:
    pack = clinic_services.catalogue.packs["leg-cramps"]
    path = tmp_path / "leaflet.pdf"
    path.write_bytes(clinic_services.leaflet(pack, pack.topics[topic_id], size))
    facts = read_facts(path)
    assert facts.sides <= MOST_SIDES[size]
    phrases = clinic_services.catalogue.phrases
    for line in (
        f"{phrases('leaflet-made-by')} {CLINIC.name}",
        f"{phrases('leaflet-number')} {CLINIC.phone}",
        f"{phrases('leaflet-more-web')} {CLINIC.web}",
        f"{phrases('leaflet-feedback')} {CLINIC.feedback}",
    ):
        assert squeezed(line) in facts.words
    (side,) = [number for number, one in enumerate(one_bit_sides(path)) if codes_in(one)]
    assert squeezed(CLINIC.web) in facts.words_of_sides[side]
