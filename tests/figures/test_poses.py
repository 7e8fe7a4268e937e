"""Poses are bodies: joints bend as joints do, and what should touch touches."""

from pathlib import Path

import pytest

from kiosk.figures import FigureError, Figures
from kiosk.figures.body import BODIES, LIMITS
from kiosk.figures.data import Foot, Hips, Leg, Pose, Side
from kiosk.figures.geometry import distance
from kiosk.figures.pose import Solver
from kiosk.figures.surfaces import surfaces
from tests.figures.small_file import written

NEAR_ENOUGH = 1.0  # millimetres, at a figure height of 150 mm
END = "figures.lean.poses.end"


def test_every_contact_of_every_pose_and_frame_holds(figures: Figures) -> None:
    for name in figures.names():
        for i, (_pose, solved) in enumerate(figures.figure(name).frames()):
            for contact, gap in solved.contacts.items():
                assert gap <= NEAR_ENOUGH, f"{name}, frame {i}: {contact} misses by {gap:.2f} mm"


def test_every_joint_of_every_pose_and_frame_is_within_its_limits(figures: Figures) -> None:
    for name in figures.names():
        for i, (_pose, solved) in enumerate(figures.figure(name).frames()):
            for joint, angle in solved.joints.items():
                low, high = LIMITS[joint.rpartition(".")[2]]
                if joint not in solved.projected:
                    assert low - 0.1 <= angle <= high + 0.1, f"{name}, frame {i}: {joint} {angle}"


def test_a_contact_of_two_poses_holds_between_them(figures: Figures) -> None:
    """What touches the same thing at the start and at the end never lets go of it."""
    kept = 0
    for name in figures.names():
        figure = figures.figure(name)
        if len(figure.poses) != 2 or name in ("advice-walk", "thigh-stretch"):
            continue
        rows = [solved.contacts for _, solved in figure.frames()]
        hands = {key for key in rows[0].keys() & rows[-1].keys() if "hand" in key}
        seats = {key for key in rows[0].keys() & rows[-1].keys() if "seat on" in key}
        for row in rows:
            assert hands | seats <= row.keys(), f"{name} lets go"
        kept += len(hands | seats)
    assert kept > 15


def test_a_limb_keeps_its_length(figures: Figures) -> None:
    for name in figures.names():
        figure = figures.figure(name)
        body = BODIES[figure.person.body]
        for pose, solved in figure.frames():
            for side in ("near", "far"):
                leg = getattr(pose, side).leg
                hip, knee = solved.places[f"{side}.thigh"], solved.places[f"{side}.shank"]
                long = distance((hip.x, hip.y), (knee.x, knee.y))
                assert long == pytest.approx(body.thigh * leg.stretch[0], abs=0.01), name


def test_nobody_stands_below_the_floor(figures: Figures) -> None:
    for name in figures.names():
        figure = figures.figure(name)
        for pose, solved in figure.frames():
            if any(prop.kind == "mat" for prop in pose.props):
                continue  # seen from above: there is no floor line
            for side in ("near", "far"):
                foot = solved.places[f"{side}.foot"]
                for point in ((-1.2, 7.0), (12.5, 7.0)):
                    assert foot.at(point)[1] < NEAR_ENOUGH + 0.5, f"{name}: {side} foot"


def test_the_towel_does_not_stretch(figures: Figures) -> None:
    for name in ("seated-towel-stretch", "step-2"):
        lengths = [row["towel"].stretch for row in figures.figure(name).frame_places()]
        assert max(lengths) - min(lengths) < 0.03


def test_a_foot_out_of_reach_pulls_the_hips_in_a_frame_but_fails_a_pose() -> None:
    pose = Pose(
        hips=Hips(x=0, y=-82),
        near=Side(leg=Leg(foot=Foot(x=0))),
        far=Side(leg=Leg(foot=Foot(x=6))),
    )
    solver = Solver(BODIES["adult"], surfaces(()))
    assert any("near heel on floor misses" in text for text in solver.solve(pose).problems())
    settled = solver.solve(pose, settle=True)
    assert max(settled.contacts.values()) < NEAR_ENOUGH


@pytest.mark.parametrize(
    ("where", "value", "told"),
    [
        (f"{END}.near.leg.ankle", 60.0, "near.ankle is at 60 degrees, +30 past its limit"),
        (f"{END}.near.leg.knee", 170.0, "near.knee is at 170 degrees, +20 past its limit"),
        ("figures.lean.props.0.x", 90.0, "near hand on wall misses by"),
        (f"{END}.near.arm.hand.at", "door", "there is no door in the scene to touch"),
        (f"{END}.near.arm.hand.at", "near.wing", "no part is called near.wing"),
        ("figures.lean.props.0.kind", "sofa", "no prop is called sofa"),
        ("figures.lean.muscle", ["near.ear"], "no muscle is called near.ear"),
        ("words.muscles", {"shin": "shin"}, "lean: no words for calf"),
        (f"{END}.arrows", [{"via": [[0, 0], [1, 1]]}], "an arrow goes through three points"),
        ("figures.lean.still", "middle", "no pose is called middle"),
        ("figures.lean.person", "bob", "no person is called bob"),
        ("people.sam.top", "tartan", "no look is called tartan"),
        ("figures.lean.wear", {"hat": "red"}, "`hat`"),
        ("figures.lean.poses.end.hop", 1, "hop"),
    ],
)
def test_bad_data_is_refused_by_name(tmp_path: Path, where: str, value: object, told: str) -> None:
    with pytest.raises(FigureError) as caught:
        Figures.load(written(tmp_path, (where, value)))
    assert told in str(caught.value)


def test_the_figure_and_the_pose_are_named(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"(?m)^lean, end: near\.ankle"):
        Figures.load(written(tmp_path, (f"{END}.near.leg.ankle", 60.0)))


def test_a_file_that_is_not_there_is_a_figure_error(tmp_path: Path) -> None:
    with pytest.raises(FigureError):
        Figures.load(tmp_path / "none.yaml")


def test_a_figure_that_is_not_there_is_a_figure_error(figures: Figures) -> None:
    with pytest.raises(FigureError, match="no figure is called nobody"):
        figures.svg("nobody")
