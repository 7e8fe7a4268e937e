"""The frames between two poses, each solved anew so that what touches keeps touching.

Hips move in a straight line. A hand or foot that touches the same thing in both poses is carried
along it; one that changes its place is lifted and carried through the air; all else turns from
the first angle to the last.
"""

from math import pi, sin

from kiosk.figures.data import Arm, Foot, Hand, Hips, Leg, Pose, Side
from kiosk.figures.geometry import between
from kiosk.figures.pose import ROUNDS, Solver
from kiosk.figures.solved import SIDES, Solved

STEP_LIFT = 5.0  # millimetres a foot is raised in the middle of a step
STEP_TILT = 18.0  # degrees its toes hang down there
SAME_PLACE = 2.0


def frame(solver: Solver, start: Pose, end: Pose, share: float) -> Pose:
    """The pose at `share` (0 to 1) of the way from start to end."""
    if share <= 0:
        return start
    if share >= 1:
        return end
    first, last = solver.solve(start), solver.solve(end)
    sides = {
        side: Side(
            leg=_leg(side, getattr(start, side).leg, getattr(end, side).leg, first, last, share),
            arm=_arm(side, getattr(start, side).arm, getattr(end, side).arm, first, last, share),
        )
        for side in SIDES
    }
    return start.model_copy(
        update={
            "lean": between(start.lean, end.lean, share),
            "spine": between(start.spine, end.spine, share),
            "neck": between(start.neck, end.neck, share),
            "hips": _hips(start.hips, end.hips, first, last, share),
            **sides,
        }
    )


def _hips(start: Hips, end: Hips, first: Solved, last: Solved, share: float) -> Hips:
    a, b = first.places["pelvis"], last.places["pelvis"]
    if start.at and start.at == end.at:
        return Hips(at=start.at, x=between(a.x, b.x, share))
    return Hips(x=between(a.x, b.x, share), y=between(a.y, b.y, share))


def _leg(side: str, start: Leg, end: Leg, first: Solved, last: Solved, share: float) -> Leg:
    angles = {
        joint: between(first.joints[f"{side}.{joint}"], last.joints[f"{side}.{joint}"], share)
        for joint in ("hip", "knee", "ankle", "toes")
    }
    stretch = tuple(between(a, b, share) for a, b in zip(start.stretch, end.stretch, strict=True))
    foot = None
    foot_stretch = between(start.foot_stretch, end.foot_stretch, share)
    if start.foot or end.foot:
        foot = _foot(side, start.foot, end.foot, first, last, share)
    given = start.toes is not None or end.toes is not None
    toes = angles["toes"] if foot is None or foot.touch != "ball" or given else None
    return Leg.model_validate(
        {**angles, "toes": toes, "foot": foot, "stretch": stretch, "foot_stretch": foot_stretch}
    )


def _foot(
    side: str, start: Foot | None, end: Foot | None, first: Solved, last: Solved, share: float
) -> Foot | None:
    if start and end and start.at == end.at and "air" not in (start.touch, end.touch):
        kind = _common(start, end)
        x0, x1 = (_spot(side, kind, solved) for solved in (first, last))
        if kind and abs(x0 - x1) <= SAME_PLACE:
            return Foot.model_validate(
                {
                    "at": start.at,
                    "touch": kind,
                    "x": between(x0, x1, share),
                    "pitch": between(start.pitch, end.pitch, share),
                }
            )
    elif not (start and end):
        return None
    a, b = first.places[f"{side}.foot"], last.places[f"{side}.foot"]
    moved = max(abs(a.x - b.x), abs(a.y - b.y))
    steps = moved > SAME_PLACE and "air" not in _kinds(start, end)
    rise = sin(pi * share) if steps else 0.0
    return Foot(
        at="",
        touch="air",
        x=between(a.x, b.x, share),
        y=between(a.y, b.y, share) - STEP_LIFT * rise,
        pitch=-between(a.turn, b.turn, share) - STEP_TILT * rise,
    )


def _kinds(*feet: Foot | None) -> set[str]:
    return {foot.touch for foot in feet if foot}


def _common(start: Foot, end: Foot) -> str:
    """What stays down in both: the heel of a sole and a heel, the ball of a sole and a ball."""
    kinds = _kinds(start, end)
    if kinds == {"heel", "ball"}:
        return ""
    return "ball" if "ball" in kinds else "heel" if "heel" in kinds else "sole"


def _spot(side: str, kind: str, solved: Solved) -> float:
    return solved.places[f"{side}.foot"].at(ROUNDS[kind or "heel"][0])[0]


def _arm(side: str, start: Arm, end: Arm, first: Solved, last: Solved, share: float) -> Arm:
    angles = {
        joint: between(first.joints[f"{side}.{joint}"], last.joints[f"{side}.{joint}"], share)
        for joint in ("shoulder", "elbow", "wrist")
    }
    hand = None
    if start.hand and end.hand:
        hand = _hand(side, start.hand, end.hand, first, last, share)
    stretch = tuple(between(a, b, share) for a, b in zip(start.stretch, end.stretch, strict=True))
    return Arm.model_validate({**angles, "hand": hand, "shape": end.shape, "stretch": stretch})


def _hand(side: str, start: Hand, end: Hand, first: Solved, last: Solved, share: float) -> Hand:
    if (
        start.at == end.at
        and start.side == end.side
        and (start.pitch is None) == (end.pitch is None)
    ):
        numbers = {
            name: between(getattr(start, name), getattr(end, name), share)
            for name in ("x", "y", "along", "reach", "turn")
        }
        pitch = None
        if start.pitch is not None and end.pitch is not None:
            pitch = between(start.pitch, end.pitch, share)
        return Hand.model_validate({"at": start.at, "side": start.side, "pitch": pitch, **numbers})
    a, b = first.places[f"{side}.hand"], last.places[f"{side}.hand"]
    return Hand(
        at="air",
        x=between(a.x, b.x, share),
        y=between(a.y, b.y, share),
        pitch=between(a.turn, b.turn, share),
    )
