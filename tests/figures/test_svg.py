"""Drawings are small, steady SVG that a strict page and a leaflet can both hold."""

import gzip
import json
import re
from itertools import pairwise
from typing import get_args

import pytest
from lxml import etree

from kiosk.figures import Figures, Mode
from tests.figures.conftest import FIGURES

MODES: tuple[Mode, ...] = get_args(Mode)
SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 6 * 1024  # bytes, gzipped
NUMBER = re.compile(r"-?\d*\.\d+")

DRAWINGS = [(name, mode) for name in Figures.load(FIGURES).names() for mode in MODES]


@pytest.mark.parametrize(("name", "mode"), DRAWINGS)
def test_a_drawing_keeps_the_rules(figures: Figures, name: str, mode: Mode) -> None:
    text = figures.svg(name, mode, "x7")
    root = etree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    assert root.get("role") == "img"
    assert "opacity" not in root.attrib
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "path", "use", "g", "rect"}
    for element in root.iter():
        assert "style" not in element.attrib
        assert not any(key.startswith("on") for key in element.attrib)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(found.startswith("x7-") for found in ids)
    for use in root.iter(f"{SVG}use"):
        assert use.get("href", "").removeprefix("#") in ids
    named = root.get("aria-labelledby", "").split()
    assert named
    assert set(named) <= set(ids)
    assert len(gzip.compress(text.encode(), mtime=0)) <= LARGEST


@pytest.mark.parametrize(("name", "mode"), DRAWINGS)
def test_numbers_have_one_decimal(figures: Figures, name: str, mode: Mode) -> None:
    # A foreshortened part's scale has two: a tenth of a length would show.
    text = re.sub(r"scale\([^)]*\)", "", figures.svg(name, mode))
    drawn = re.sub(r" data-frames='[^']*'", "", text)
    long = [found for found in NUMBER.findall(drawn) if len(found.partition(".")[2]) > 1]
    assert long == []


def test_drawings_are_the_same_every_time() -> None:
    one, two = Figures.load(FIGURES), Figures.load(FIGURES)
    for name, mode in DRAWINGS:
        assert one.svg(name, mode, "a") == two.svg(name, mode, "a")


def test_two_drawings_of_a_page_share_no_id(figures: Figures) -> None:
    found = [
        set(re.findall(r'id="([^"]+)"', figures.svg("heel-raises", "pair", prefix)))
        for prefix in ("a", "b")
    ]
    assert not found[0] & found[1]


def test_a_moving_figure_carries_its_frames(figures: Figures) -> None:
    root = etree.fromstring(figures.svg("ankle-pumps", "moving"))
    frames = json.loads(root.get("data-frames", ""))
    stops = [int(stop) for stop in root.get("data-stops", "").split(",")]
    parts = {element.get("data-part") for element in root.iter() if element.get("data-part")}
    assert stops == [0, 8]
    assert "near.foot" in frames
    assert "pelvis" not in frames  # it stays where it is
    assert set(frames) <= parts
    assert all(len(rows) == stops[-1] + 1 for rows in frames.values())


def test_no_part_turns_the_long_way_round(figures: Figures) -> None:
    for name in figures.names():
        root = etree.fromstring(figures.svg(name, "moving"))
        for part, rows in json.loads(root.get("data-frames", "{}")).items():
            for before, after in pairwise(rows):
                assert abs(after[2] - before[2]) < 90, f"{name}: {part}"


def test_what_moves_stays_in_the_picture(figures: Figures) -> None:
    for name in figures.names():
        root = etree.fromstring(figures.svg(name, "moving"))
        left, top, wide, high = (float(n) for n in root.get("viewBox", "").split())
        for part, rows in json.loads(root.get("data-frames", "{}")).items():
            for x, y, *_ in rows:
                assert left <= x <= left + wide, f"{name}: {part}"
                assert top <= y <= top + high, f"{name}: {part}"


def test_the_working_muscle_is_tinted_and_hatched(figures: Figures) -> None:
    for name in figures.names():
        figure = figures.figure(name)
        if figure.data.muscle:
            for mode in MODES:
                text = figures.svg(name, mode)
                assert "k-fig__muscle" in text, name
                assert "k-fig__hatch" in text, name


def test_a_still_does_not_carry_frames(figures: Figures) -> None:
    for name in figures.names():
        for mode in ("pair", "still", "tile"):
            assert "data-frames" not in figures.svg(name, mode)


def test_a_tile_is_square(figures: Figures) -> None:
    for name in figures.names():
        root = etree.fromstring(figures.svg(name, "tile"))
        _, _, wide, high = (float(n) for n in root.get("viewBox", "").split())
        assert wide == pytest.approx(high, abs=0.2)
