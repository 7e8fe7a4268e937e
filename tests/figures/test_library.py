"""One bad figure is left out and told by file, line and mend; all others are drawn."""

from pathlib import Path

import pytest

from kiosk.check import check_catalogue
from kiosk.errors import ContentError, KioskError
from kiosk.figures import FigureError, Figures
from kiosk.web import create_app
from tests.figures.small_file import FILE, written
from tests.small_pack import FIRST, PACK, SmallPack

END = "figures.lean.poses.end"
OTHER = {**FILE["figures"]["lean"], "title": "Another lean"}


def line_of(path: Path, text: str) -> int:
    """The number of the first line that begins with a text, spaces apart."""
    lines = path.read_text("utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if line.strip().startswith(text))


def test_a_figure_s_error_is_one_of_the_content_s() -> None:
    assert issubclass(FigureError, ContentError)
    assert issubclass(FigureError, KioskError)


def test_the_smallest_file_is_good(tmp_path: Path) -> None:
    figures = Figures.load(written(tmp_path))
    assert figures.problems == []
    assert figures.names() == ["lean"]


@pytest.mark.parametrize(
    ("where", "value", "at", "told"),
    [
        (f"{END}.near.leg.ankle", 60.0, "end:", "near.ankle is at 60 degrees, +30 past its limit"),
        (f"{END}.near.leg.knee", 170.0, "end:", "near.knee is at 170 degrees, +20 past its limit"),
        ("figures.lean.props.0.x", 90.0, "end:", "near hand on wall misses by"),
        (f"{END}.near.arm.hand.at", "door", "end:", "there is no door in the scene to touch"),
        (f"{END}.near.arm.hand.at", "near.wing", "end:", "no part is called near.wing"),
        (f"{END}.near.leg", {}, "end:", "hips over the near foot, which is not planted"),
        ("figures.lean.props.0.kind", "sofa", "end:", "no prop is called sofa"),
        ("figures.lean.props.0.kind", "cover", "end:", "a cover has no outline"),
        ("figures.lean.props.0.part", "near.wing", "end:", "no part is called near.wing"),
        ("figures.lean.muscle", ["near.ear"], "end:", "no muscle is called near.ear"),
        ("words.muscles", {"shin": "shin"}, "lean:", "no words for calf"),
        (f"{END}.arrows", [{"via": [[0, 0], [1, 1]]}], "end:", "an arrow goes through three"),
        (
            f"{END}.arrows",
            [{"part": "near.wing", "via": [[0, 0], [1, 1], [2, 2]]}],
            "end:",
            "no part is called near.wing",
        ),
        ("figures.lean.still", "middle", "lean:", "no pose is called middle"),
        ("figures.lean.tile", [0, 0, 0, 9], "lean:", "the tile has no room"),
        ("figures.lean.close_up", True, "lean:", "a close-up has no `tile`"),
        ("figures.lean.person", "bob", "lean:", "no person is called bob"),
        ("people.sam.top", "tartan", "lean:", "no look is called tartan"),
        ("people.sam", None, "lean:", "lean"),
        ("figures.lean.wear", {"hat": "red"}, "lean:", "`hat`"),
        (f"{END}.hop", 1, "end:", "hop"),
        (f"{END}.lean", float("nan"), "end:", "lean"),
        (f"{END}.shows", "", "lean:", "nothing says what it shows"),
        ("figures.lean.poses", {}, "poses:", "poses"),
        ("figures.lean", "a lean", "lean:", "lean"),
    ],
)
def test_bad_data_takes_away_its_figure_only(
    tmp_path: Path, where: str, value: object, at: str, told: str
) -> None:
    path = written(tmp_path, ("figures.other", OTHER), (where, value))
    figures = Figures.load(path)
    assert "lean" not in figures.names()
    problem = next(one for one in figures.problems if told in one.problem)
    assert problem.problem.startswith("lean")
    assert (problem.path, problem.line) == (path, line_of(path, at))
    assert problem.mend
    shared = where.startswith(("people.", "words."))
    assert figures.names() == ([] if shared else ["other"])


def test_the_figure_and_the_pose_are_named(tmp_path: Path) -> None:
    figures = Figures.load(written(tmp_path, (f"{END}.near.leg.ankle", 60.0)))
    assert any(one.problem.startswith("lean, end: near.ankle") for one in figures.problems)


@pytest.mark.parametrize(
    "text",
    ["", "figures: [", "- lean", "people: {}\nfigures: {}\n", "words: {first: a}\n", "\x00"],
)
def test_a_file_of_which_nothing_can_be_used_is_a_figure_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "figures.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FigureError) as caught:
        Figures.load(path)
    assert caught.value.path == path
    assert caught.value.mend


def test_words_with_a_place_for_something_else_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match="words"):
        Figures.load(written(tmp_path, ("words.then", "Then: {what}")))


@pytest.mark.parametrize("part", ["people", "figures"])
def test_a_part_that_is_a_list_leaves_no_figure(tmp_path: Path, part: str) -> None:
    figures = Figures.load(written(tmp_path, (part, ["lean"])))
    assert figures.names() == []
    assert f"`{part}` is not" in figures.problems[0].problem


def test_a_part_that_nothing_reads_is_told(tmp_path: Path) -> None:
    figures = Figures.load(written(tmp_path, ("figure", {})))
    assert figures.names() == ["lean"]
    assert "nothing reads `figure`" in figures.problems[0].problem


def test_a_file_that_is_not_there_is_a_figure_error(tmp_path: Path) -> None:
    with pytest.raises(FigureError):
        Figures.load(tmp_path / "none.yaml")


def test_a_figure_that_is_not_there_is_a_figure_error(figures: Figures) -> None:
    with pytest.raises(FigureError, match="no figure is called nobody"):
        figures.svg("nobody")


def pictured(small: SmallPack, *changes: tuple[str, object]) -> Path:
    """A page with two pictures in the small pack, the first of them spoilt."""
    path = written(small.path(""), ("figures.other", OTHER), *changes)
    small.change_topic(
        "## Stretch it", "::: figure lean\n:::\n\n::: figure other\n:::\n\n## Stretch it"
    )
    return path


def test_check_names_a_bad_figure_s_line(small: SmallPack) -> None:
    path = pictured(small, (f"{END}.near.leg.ankle", 60.0))
    found = [one for one in check_catalogue(small.load(), small.content) if one.path == path]
    assert any(one.line == line_of(path, "end:") and "near.ankle" in one.problem for one in found)


def test_a_page_stands_without_a_picture_that_cannot_be_drawn(small: SmallPack) -> None:
    pictured(small, (f"{END}.near.leg.ankle", 60.0))
    with small.services() as services:
        client = create_app(services).test_client()
        page = client.get(f"/{PACK}/{FIRST}").get_data(as_text=True)
        assert "Another lean" in page
        assert "A lean." not in page
        content = client.get("/healthz").get_json()["content"]
    assert not content["ok"]
    assert "figures.yaml:" in content["why"]
    assert "lean, end: " in content["why"]


def test_a_page_stands_when_the_figures_cannot_be_read(small: SmallPack) -> None:
    path = pictured(small)
    path.write_text("figures: [", "utf-8")
    with small.services() as services:
        client = create_app(services).test_client()
        assert client.get(f"/{PACK}/{FIRST}").status_code == 200
        content = client.get("/healthz").get_json()["content"]
    assert "figures.yaml" in content["why"]
