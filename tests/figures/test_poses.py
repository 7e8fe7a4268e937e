"""Poses are bodies: joints bend as joints do, and what should touch touches."""

import pytest

from kiosk.figures import Figures
from kiosk.figures.body import BODIES, LIMITS
from kiosk.figures.data import Foot, Hips, Leg, Pose, Side
from kiosk.figures.geometry import distance
from kiosk.figures.pose import Solver
from kiosk.figures.scene import arrow_points
from kiosk.figures.surfaces import surfaces

NEAR_ENOUGH = 1.0  # millimetres, at a figure height of 150 mm
STRAIGHT = 10.0  # degrees


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
        for side in ("near", "far"):
            rows = figures.figure(name).frame_places()
            lengths = [row[f"towel.{side}"].stretch for row in rows]
            assert max(lengths) - min(lengths) < 0.03, f"{name}: {side}"


def test_both_hands_hold_the_towel(figures: Figures) -> None:
    for name in ("seated-towel-stretch", "step-2", "tile-relief"):
        for _pose, solved in figures.figure(name).frames():
            assert {"near hand on towel", "far hand on towel"} <= solved.contacts.keys(), name


def test_the_wall_stretches_step_back_with_a_straight_leg_and_bend_the_other(
    figures: Figures,
) -> None:
    for name in ("calf-stretch-wall", "pregnancy-calf-stretch"):
        figure = figures.figure(name)
        start, end = figure.solve(figure.poses[0]), figure.solve(figure.poses[-1])
        assert end.contacts["near heel on floor"] <= NEAR_ENOUGH
        assert abs(end.joints["near.knee"]) < 5
        assert end.joints["far.knee"] > 30
        assert start.places["near.foot"].x - end.places["near.foot"].x > 25
        assert start.places["far.foot"].x == pytest.approx(end.places["far.foot"].x, abs=0.5)


def test_a_step_back_s_arrow_goes_from_where_the_foot_was_to_its_heel(figures: Figures) -> None:
    for name in ("calf-stretch-wall", "pregnancy-calf-stretch"):
        figure = figures.figure(name)
        start, end = figure.stages["start"], figure.stages["end"]
        was, heel = (at.places["near.foot"].x - 6 for at in (start, end))
        front = end.places["far.foot"].x - 6
        (arrow,) = end.pose.arrows
        first, _, last = arrow_points(arrow.part, arrow.via, end.places)
        assert first[0] == pytest.approx(was, abs=6), name
        assert first[0] < front - 4, f"{name}: the arrow seems to be the front foot's"
        assert heel - 10 < last[0] < heel, name


def test_a_lean_s_arrow_is_before_the_chest_and_goes_forward_and_down(figures: Figures) -> None:
    for name in ("hamstring-stretch-standing", "hamstring-stretch-seated"):
        shown = figures.figure(name).stages["end"]
        (arrow,) = shown.pose.arrows
        first, _, last = arrow_points(arrow.part, arrow.via, shown.places)
        shoulder = shown.places["near.upper"]
        assert first[0] > shoulder.x, name
        assert distance(first, (shoulder.x, shoulder.y)) < 12, name
        assert last[0] > first[0] + 10, name
        assert last[1] > first[1] + 10, name


def test_one_hand_holds_the_toes_and_the_other_the_ankle(figures: Figures) -> None:
    figure = figures.figure("foot-toe-stretch")
    held = {"far hand on near.toes", "near hand on near.shank"}
    turns = []
    for _pose, solved in figure.frames():
        assert held <= solved.contacts.keys()
        turns.append(solved.places["near.toes"].turn)
    assert turns[-1] < turns[0] - 45, "the toes come back towards the shin"


def test_a_walk_swings_the_arm_of_the_leg_that_is_behind(figures: Figures) -> None:
    for name, key in (("athlete-cool-down", "start"), ("advice-walk", "start")):
        places = figures.figure(name).stages[key].places
        hips = places["pelvis"].x
        for side in ("near", "far"):
            behind = places[f"{side}.foot"].x < hips
            assert (places[f"{side}.hand"].x > hips) == behind, f"{name}: {side}"


def test_the_stills_of_a_circle_do_not_show_a_pump(figures: Figures) -> None:
    shown = figures.figure("ankle-circles").shown
    turns = [one.places["near.foot"].turn for one in shown]
    assert max(turns) - min(turns) < 15
    assert any(arrow.radius for one in shown for arrow in one.pose.arrows)


def test_a_straight_leg_is_straight(figures: Figures) -> None:
    """Where the words say that the knee is straight, nobody sees it bent."""
    for name in (
        "seated-towel-stretch",
        "hamstring-stretch-standing",
        "hamstring-stretch-seated",
        "ankle-pumps",
        "cramp-stop-in-bed",
        "step-1",
        "step-2",
    ):
        figure = figures.figure(name)
        solved = figure.solve(figure.data.poses["end"])
        assert abs(solved.joints["near.knee"]) <= STRAIGHT, name


def test_a_raised_foot_hangs_no_further_than_its_ankle_bends() -> None:
    pose = Pose(
        hips=Hips(x=0, y=-80),
        near=Side(leg=Leg(foot=Foot(x=-30, y=-20, touch="air", pitch=60))),
        far=Side(leg=Leg(foot=Foot(x=6))),
    )
    solver = Solver(BODIES["adult"], surfaces(()))
    assert solver.solve(pose).joints["near.ankle"] > LIMITS["ankle"][1]
    held = solver.solve(pose, settle=True).joints["near.ankle"]
    assert held == pytest.approx(LIMITS["ankle"][1])


def test_a_foot_out_of_reach_pulls_the_hips_in_a_frame_but_fails_a_pose() -> None:
    pose = Pose(
        hips=Hips(x=0, y=-82),
        near=Side(leg=Leg(foot=Foot(x=0))),
        far=Side(leg=Leg(foot=Foot(x=6))),
    )
    solver = Solver(BODIES["adult"], surfaces(()))
    assert any("near heel on floor misses" in text for text, _ in solver.solve(pose).problems())
    settled = solver.solve(pose, settle=True)
    assert max(settled.contacts.values()) < NEAR_ENOUGH
