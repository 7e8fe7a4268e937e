"""Every claim, sign, exercise and point of the pack is told, and the table says where."""

from pathlib import Path

import pytest

from kiosk.coverage import Point, advised, page, point_problems, read_points, unused
from kiosk.loader import Catalogue, load_catalogue
from kiosk.models import Pack
from kiosk.settings import PROJECT

CONTENT = PROJECT / "content"
PACK = "leg-cramps"
TOLD = Point(
    point="Pull the toes up",
    verdict="include",
    why="",
    at="relief",
    evidence=("relief-stretch-calf",),
)
LEFT_OUT = Point(point="Very hot water", verdict="leave-out", why="Burns", unsaid="hot water")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(CONTENT)


@pytest.fixture(scope="module")
def pack(catalogue: Catalogue) -> Pack:
    return catalogue.packs[PACK]


@pytest.fixture(scope="module")
def points() -> list[Point]:
    found, problems = read_points(CONTENT / PACK)
    assert problems == []
    return found


def test_every_claim_sign_and_exercise_is_used_somewhere(catalogue: Catalogue) -> None:
    for pack in catalogue.packs.values():
        assert unused(pack) == []


def test_the_table_of_coverage_is_true() -> None:
    made = PROJECT / "docs" / "coverage.md"
    assert made.read_text("utf-8") == page(CONTENT), "python -m kiosk.coverage > docs/coverage.md"


def test_every_point_to_be_told_is_told_where_the_list_says(
    points: list[Point], pack: Pack
) -> None:
    assert [problem for point in points for problem in point_problems(point, pack)] == []


def test_no_point_that_is_left_out_is_advised(
    points: list[Point], pack: Pack, catalogue: Catalogue
) -> None:
    found = {
        point.point: texts
        for point in points
        if (texts := list(advised(point, pack, catalogue.phrases, CONTENT)))
    }
    assert found == {}


def test_the_list_of_points_is_whole(points: list[Point]) -> None:
    """The texts held 286 points; one that gets lost is not told to be left out."""
    assert len({point.point for point in points}) >= 280
    verdicts = [point.verdict for point in points]
    assert len(verdicts) == 286
    assert verdicts.count("leave-out") == 102


def test_a_point_told_nowhere_is_found(pack: Pack) -> None:
    for at in ("", "no-topic", "relief#no-section"):
        assert list(point_problems(TOLD.model_copy(update={"at": at}), pack))


def test_a_point_whose_place_does_not_speak_of_it_is_found(pack: Pack) -> None:
    (problem,) = point_problems(TOLD.model_copy(update={"at": "relief#painkillers"}), pack)
    assert "relief-stretch-calf" in problem
    assert list(point_problems(TOLD, pack)) == []


def test_a_point_both_left_out_and_told_is_found(pack: Pack) -> None:
    assert list(point_problems(LEFT_OUT.model_copy(update={"at": "relief"}), pack))


@pytest.mark.parametrize(
    ("unsaid", "found"),
    [("slow stretch", True), ("fall asleep on the pack", False), ("zzz", False)],
)
def test_advice_is_told_from_a_warning(
    pack: Pack, catalogue: Catalogue, unsaid: str, found: bool
) -> None:
    point = LEFT_OUT.model_copy(update={"unsaid": unsaid})
    assert bool(list(advised(point, pack, catalogue.phrases, CONTENT))) == found


def test_a_pack_without_a_list_of_points_is_no_problem(tmp_path: Path) -> None:
    assert read_points(tmp_path) == ([], [])


def test_a_point_that_does_not_fit_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "points.yaml").write_text("- {point: a, verdict: perhaps, why: b}\n", "utf-8")
    points, (problem,) = read_points(tmp_path)
    assert points == []
    assert str(problem).startswith(f"{tmp_path / 'points.yaml'}:1: `verdict`")
