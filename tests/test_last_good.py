"""A leaflet that fails its checks is given to nobody: the last good one is, and staff are told."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kiosk.build import build
from kiosk.cache import Cache
from kiosk.door import set_pin
from kiosk.errors import FaultyLeafletError, LeafletError, WorkerBusyError
from kiosk.last_good import MOST_FAILING, LastGood
from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import Services
from kiosk.settings import Clinic
from kiosk.web import create_app
from kiosk.worker import Worker
from tests.paper_owner import SPOILT
from tests.small_pack import FIRST, PACK, SECOND, SmallPack

pytestmark = pytest.mark.usefixtures("paper")
GOOD = "You can rest your leg."
BAD = f"You can rest and {SPOILT}."
ADDRESS = f"/{PACK}/leaflets/{SECOND}"


@contextmanager
def kiosk(small: SmallPack) -> Iterator[Services]:
    """The kiosk, with a press that spoils the leaflets that ask for it."""
    with small.services() as services:
        spoiling = Worker("tests.paper_owner:SpoilingPress", timeout_s=20, memory_mb=768)
        services.workers["paper"].close()
        services.workers = {**services.workers, "paper": spoiling}
        services.leaflets._worker = spoiling
        try:
            yield services
        finally:
            spoiling.close()


def leaflet(services: Services, name: str = SECOND, **choice: object) -> bytes:
    pack = services.catalogue.packs[PACK]
    return services.leaflet(pack, pack.topics[name], **choice)


def spoil(small: SmallPack) -> None:
    small.change_topic(GOOD, BAD, SECOND)


def test_the_last_good_one_is_given_instead(small: SmallPack) -> None:
    with kiosk(small) as services:
        good = leaflet(services)
        assert services.leaflets.failing == {}
    spoil(small)
    with kiosk(small) as services:
        assert leaflet(services) == good
        assert leaflet(services, FIRST) != good
        assert list(services.leaflets.failing) == [f"{PACK}/{SECOND} (standard)"]


def test_a_bad_file_is_kept_nowhere(small: SmallPack) -> None:
    with kiosk(small) as services:
        leaflet(services)
    before = set(small.state.rglob("*.pdf"))
    spoil(small)
    with kiosk(small) as services:
        leaflet(services)
        leaflet(services)
    assert set(small.state.rglob("*.pdf")) == before


def test_without_a_good_one_there_is_none(small: SmallPack) -> None:
    spoil(small)
    with kiosk(small) as services:
        with pytest.raises(FaultyLeafletError, match="it has no language"):
            leaflet(services)
        with create_app(services).test_client().get(f"{ADDRESS}.pdf") as response:
            assert response.status_code == 500
            assert services.catalogue.phrases("error-leaflet") in response.text


@pytest.mark.parametrize("choice", [{"size": Size.LARGE}, {"size": Size.BOOKLET}])
def test_another_size_is_no_stand_in(small: SmallPack, choice: dict[str, Size]) -> None:
    with kiosk(small) as services:
        leaflet(services)
    spoil(small)
    with kiosk(small) as services, pytest.raises(FaultyLeafletError):
        leaflet(services, **choice)


def test_one_with_another_number_to_call_is_no_stand_in(small: SmallPack) -> None:
    with kiosk(small) as services:
        leaflet(services)
    spoil(small)
    with kiosk(small) as services:
        services.leaflets._clinic = Clinic(phone="0113 496 0001")
        with pytest.raises(FaultyLeafletError):
            leaflet(services)


def test_staff_are_told_until_it_is_well(small: SmallPack) -> None:
    with kiosk(small) as services:
        leaflet(services)
        assert services.health()["leaflets"].ok
    spoil(small)
    with kiosk(small) as services:
        leaflet(services)
        health = services.health()["leaflets"]
        assert not health.ok
        assert f"{PACK}/{SECOND} (standard)" in health.why
        assert "it has no language" in health.why
        assert health.mend
        with create_app(services).test_client().get("/healthz") as response:
            assert response.status_code == 200, "everything else works"
            assert not response.get_json()["leaflets"]["ok"]
    small.change_topic(BAD, GOOD, SECOND)
    with kiosk(small) as services:
        leaflet(services)
        assert services.health()["leaflets"].ok


def test_staff_are_told_on_their_page(small: SmallPack) -> None:
    spoil(small)
    with kiosk(small) as services:
        set_pin(small.state, "2468")
        browser = create_app(services).test_client()
        here = {"Sec-Fetch-Site": "same-origin"}
        browser.get(f"{ADDRESS}.pdf").close()
        browser.post("/staff", data={"pin": "2468"}, headers=here).close()
        with browser.get("/staff") as response:
            assert "it has no language" in response.text


def test_a_visitor_sees_the_good_one_and_no_word_of_the_fault(small: SmallPack) -> None:
    with kiosk(small) as services:
        good = leaflet(services)
    spoil(small)
    with kiosk(small) as services:
        browser = create_app(services).test_client()
        with browser.get(f"{ADDRESS}.pdf") as response:
            assert response.data == good
        with browser.get(f"{ADDRESS}.png") as response:
            assert response.status_code == 200
        with browser.get(ADDRESS) as response:
            assert response.status_code == 200
            assert "it has no language" not in response.text


def test_build_says_what_fails_though_there_is_a_good_one(small: SmallPack) -> None:
    with kiosk(small) as services:
        assert [made.failed for made in build(services) if made.failed] == []
    spoil(small)
    with kiosk(small) as services:
        failed = {made.what: made.failed for made in build(services) if made.failed}
    assert list(failed) == [f"leaflet {PACK}/{SECOND} {size}" for size in Size]
    assert all("it has no language" in why for why in failed.values())


def test_a_worker_that_dies_is_no_reason_to_go_without(small: SmallPack) -> None:
    with kiosk(small) as services:
        good = leaflet(services)
        services.leaflets._signature = []
        broken = Worker("tests.worker_owner:NeverStarts", timeout_s=5, memory_mb=256)
        services.leaflets._worker = broken
        assert leaflet(services) == good
        broken.close()


def test_a_good_one_that_was_swept_away_is_not_promised(small: SmallPack) -> None:
    with kiosk(small) as services:
        leaflet(services)
    for path in small.state.rglob("*.pdf"):
        path.unlink()
    spoil(small)
    with kiosk(small) as services, pytest.raises(FaultyLeafletError):
        leaflet(services)


def test_too_much_to_do_is_told_and_is_no_fault(
    small: SmallPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bytes:
        raise WorkerBusyError("too many")

    with kiosk(small) as services:
        leaflet(services)
        monkeypatch.setattr(services.leaflets, "make", busy)
        with pytest.raises(WorkerBusyError):
            leaflet(services)
        assert services.leaflets.failing == {}
        with create_app(services).test_client().get(f"{ADDRESS}.pdf") as response:
            assert response.status_code == 503
            assert int(response.headers["Retry-After"]) > 0


def test_a_template_that_is_wrong_is_told_as_a_leaflet_that_fails(small: SmallPack) -> None:
    with kiosk(small) as services:
        templates = small.state / "templates"
        shutil.copytree("templates", templates)
        (templates / "leaflet.html").write_text("{{ nothing }}")
        services.leaflets._jinja.loader.searchpath = [str(templates)]  # type: ignore[union-attr]
        pack = services.catalogue.packs[PACK]
        order = LeafletOrder(pack.topics[SECOND], pack, None)
        with pytest.raises(LeafletError, match=r"leaflet\.html: 'nothing' is undefined"):
            services.leaflets.make(order, services.drawer(PACK))


# What it remembers


def test_the_lines_for_staff_are_the_newest_and_not_endless(small: SmallPack) -> None:
    last = LastGood(Cache(small.state), "pdf")
    for number in range(MOST_FAILING + 5):
        assert last.failed(f"{number:040}", f"leaflet {number}", "broken") is None
    assert len(last.failing) == MOST_FAILING
    assert f"leaflet {MOST_FAILING + 4}" in last.failing
    assert "leaflet 0" not in last.failing


def test_what_was_good_last_outlives_the_kiosk(small: SmallPack) -> None:
    cache = Cache(small.state)
    cache.keep("b" * 40, "pdf", b"%PDF good")
    LastGood(cache, "pdf").succeeded("a" * 40, "b" * 40)
    assert LastGood(Cache(small.state), "pdf").failed("a" * 40, "a leaflet", "x") == b"%PDF good"


def test_a_note_that_is_spoilt_promises_nothing(small: SmallPack) -> None:
    cache = Cache(small.state)
    cache.keep("a" * 40, "last", b"\xff\x00")
    assert LastGood(cache, "pdf").failed("a" * 40, "a leaflet", "x") is None
