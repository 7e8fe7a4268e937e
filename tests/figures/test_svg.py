"""Drawings are small, steady SVG that a strict page and a leaflet can both hold."""

import gzip
import json
import re
from itertools import pairwise
from typing import get_args

import pytest
from lxml import etree

from kiosk.figures import Figures, Mode
from kiosk.figures.body import BODIES
from kiosk.figures.figure import AWAY
from kiosk.figures.limbs import FINGERS, SOLE, TOE_LINES, leg
from kiosk.figures.towel import FOLD, UNDER
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
                if part.startswith(("mark.", "scene.")):
                    assert x in (0, AWAY.x), f"{name}: {part}"
                    continue
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


def test_a_figure_of_several_scenes_changes_from_still_to_still(figures: Figures) -> None:
    root = etree.fromstring(figures.svg("athlete-cool-down", "moving"))
    frames = json.loads(root.get("data-frames", ""))
    stops = [int(stop) for stop in root.get("data-stops", "").split(",")]
    scenes = root.findall(f"{SVG}g")
    assert [scene.get("data-part") for scene in scenes] == [f"scene.{i}" for i in range(4)]
    assert len(stops) == len(figures.figure("athlete-cool-down").poses) == 4
    for number, stop in enumerate(stops):
        # Each scene hides those below it, so the last of those shown is the one that is seen.
        shown = [
            i for i in range(4) if f"scene.{i}" not in frames or not frames[f"scene.{i}"][stop][0]
        ]
        assert shown[-1] == number
    for i, scene in enumerate(scenes):
        assert scene.find(f".//{SVG}rect") is not None, "a scene must cover those below it"
        assert scene.get("transform") == (f"translate({AWAY.x:.0f} 0)" if i else "translate(0 0)")
        inside = [element.get("data-part") for element in scene.iter() if element is not scene]
        assert not any(inside), "nothing moves within a scene"


def test_a_strip_of_scenes_is_numbered_and_not_one_movement(figures: Figures) -> None:
    assert figures.svg("athlete-cool-down", "pair").count("k-fig__number") == 4
    assert "k-fig__then" not in figures.svg("athlete-cool-down", "pair")


def test_on_paper_no_numeral_is_smaller_than_the_words(figures: Figures) -> None:
    for name in ("athlete-cool-down", "seated-heel-toe-rock"):
        strip = figures.svg(name, "paper")
        assert "k-fig__number" not in strip
        assert strip.count("k-fig__pose") == figures.svg(name, "pair").count("k-fig__pose")


def test_a_strip_of_more_than_two_poses_is_numbered_and_one_movement(figures: Figures) -> None:
    for name, numbers, thens in (
        ("seated-heel-toe-rock", 3, 2),
        ("cramp-stop-in-bed", 4, 2),  # in two rows
        ("calf-stretch-wall", 0, 1),
    ):
        text = figures.svg(name, "pair")
        assert text.count("k-fig__number") == numbers, name
        assert text.count("k-fig__then") == thens, name


def test_toes_are_seen_on_bare_feet_and_bent_fingers_on_a_grip(figures: Figures) -> None:
    person = figures.figure("foot-toe-stretch").person
    for feet, lines in (("bare", len(TOE_LINES)), ("socks", 0), ("shoes", 0)):
        worn = person.model_copy(update={"feet": feet})
        groups = leg("near", BODIES[person.body], worn, None)
        drawn = [piece for group in groups for piece in group.pieces if piece.paint == "feature"]
        assert len(drawn) == lines, feet
    assert len(FINGERS["grip"]) > len(FINGERS["flat"])


def test_the_towel_passes_under_the_sole(figures: Figures) -> None:
    sole = max(y for _, y, *_ in SOLE)
    assert max(y for _, y, *_ in FOLD) > sole + 2
    assert all(y > sole for _, y in UNDER)
    text = figures.svg("seated-towel-stretch", "still")
    assert text.count("k-fig__towel-fold") == 3


def test_a_mark_shows_in_the_movement_when_its_pose_is_near(figures: Figures) -> None:
    root = etree.fromstring(figures.svg("seated-heel-toe-rock", "moving"))
    frames = json.loads(root.get("data-frames", ""))
    stops = [int(stop) for stop in root.get("data-stops", "").split(",")]
    seen = {
        mark: [frames[f"mark.near.{mark}"][stop][0] == 0 for stop in stops]
        for mark in ("calf", "shin")
    }
    assert seen == {"calf": [False, True, False], "shin": [False, False, True]}


def test_a_pose_that_is_passed_through_is_in_the_movement_only(figures: Figures) -> None:
    figure = figures.figure("ankle-circles")
    shown = [pose for pose in figure.poses if not pose.passing]
    assert figures.svg("ankle-circles", "pair").count("k-fig__pose") == len(shown) == 2
    root = etree.fromstring(figures.svg("ankle-circles", "moving"))
    assert root.get("data-stops", "").count(",") == len(figure.poses) - 1
    rows = json.loads(root.get("data-frames", ""))["near.foot"]
    assert rows[0] == rows[-1], "the toes come full circle"


def test_a_ring_goes_behind_the_foot_and_before_it(figures: Figures) -> None:
    text = figures.svg("ankle-circles", "still")
    behind, before = (found.start() for found in re.finditer("k-fig__arrow", text))
    feet = [found.start() for found in re.finditer("k-fig__shoe", text)]
    assert behind < feet[0]
    assert feet[-1] < before


def test_a_close_up_is_one_in_every_mode(figures: Figures) -> None:
    shown = {figures.svg("word-calf", mode, "a") for mode in MODES}
    assert len(shown) == 1
    root = etree.fromstring(shown.pop())
    assert float(root.get("viewBox", "").split()[2]) < 70  # the leg, and not the whole of him
