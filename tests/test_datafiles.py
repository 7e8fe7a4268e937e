"""YAML files as models: what fits is read, what does not is named with its line."""

from pathlib import Path

import pytest

from kiosk.datafiles import parse_yaml, read_entries, read_mapping, read_model, read_text
from kiosk.errors import ContentError
from kiosk.models import Strict


class Leg(Strict):
    """Something to read."""

    side: str
    toes: int = 5


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "legs.yaml"


def test_a_file_of_entries_is_read_in_order(file: Path) -> None:
    file.write_text("- side: left\n- side: right\n  toes: 4\n", "utf-8")
    assert read_entries(file, Leg) == ([Leg(side="left"), Leg(side="right", toes=4)], [])


def test_an_empty_file_has_no_entries(file: Path) -> None:
    file.write_text("# none yet\n", "utf-8")
    assert read_entries(file, Leg) == ([], [])


def test_an_entry_that_does_not_fit_is_named_with_its_line_and_the_others_are_read(
    file: Path,
) -> None:
    file.write_text("# legs\n- side: left\n- side: 2\n\n- side: right\n- toes: 5\n", "utf-8")
    legs, problems = read_entries(file, Leg)
    assert [leg.side for leg in legs] == ["left", "right"]
    assert [(one.path, one.line) for one in problems] == [(file, 3), (file, 6)]
    assert "`side`" in problems[0].problem
    assert "required" in problems[1].problem


def test_a_key_that_nobody_knows_is_named(file: Path) -> None:
    file.write_text("- {side: left, colour: blue}\n", "utf-8")
    assert "`colour`" in read_entries(file, Leg)[1][0].problem


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"- side: [left\n- side: right\n", 2, "not readable as YAML"),
        (b"- side: left\n  - toes: 5\n", 2, "not readable as YAML"),
        (b"- side: left\n- side: \x07\n", 2, "not readable as YAML"),
        (b"- side: 2026-02-30\n", 1, "day is out of range"),
        (b"- side: \xff\n", 1, "not UTF-8"),
        (b"side: left\n", 1, "not a list"),
        (b"left\n", 1, "not a list"),
    ],
)
def test_a_file_that_cannot_be_read_as_a_list_is_named_with_the_line(
    file: Path, data: bytes, line: int, problem: str
) -> None:
    file.write_bytes(data)
    legs, (error,) = read_entries(file, Leg)
    assert legs == []
    assert (error.path, error.line) == (file, line)
    assert problem in error.problem


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    legs, (error,) = read_entries(file, Leg)
    assert legs == []
    assert "No such file" in str(error)
    for read in (read_text, read_mapping):
        with pytest.raises(ContentError, match=r"legs\.yaml:1: .*No such file"):
            read(file)


def test_a_mapping_becomes_a_model(file: Path) -> None:
    file.write_text("side: left\n", "utf-8")
    assert read_mapping(file) == {"side": "left"}
    assert read_model(file, Leg) == Leg(side="left")


@pytest.mark.parametrize("text", ["", "- side: left\n", "left\n"])
def test_a_file_that_is_no_mapping_is_named(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(ContentError, match="key: value"):
        read_model(file, Leg)


def test_a_mapping_that_does_not_fit_says_why(file: Path) -> None:
    file.write_text("side: left\ntoes: many\n", "utf-8")
    with pytest.raises(ContentError, match="`toes`: input should be a valid integer"):
        read_model(file, Leg)


def test_a_line_is_counted_from_the_place_of_the_text_in_its_file(file: Path) -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml("a: 1\nb: [\n", file, first_line=20)
    assert caught.value.line in (21, 22)


def test_yaml_makes_no_objects(file: Path) -> None:
    with pytest.raises(ContentError, match="not readable as YAML"):
        parse_yaml("!!python/object/apply:os.system ['true']", file)
