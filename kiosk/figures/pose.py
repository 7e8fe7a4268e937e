"""Solve a pose: where every part of a body is, from angles and from what it touches.

Takes a Pose, a Body and the surfaces of the scene; gives back a Solved: the place of each part,
the angle of each joint, and each contact with the gap that is left. Angles give the shape; where
a hand or foot must touch something, two-bone inverse kinematics bends the limb so that it does.
"""

from math import hypot

from kiosk.figures import body as bodies
from kiosk.figures.body import Body
from kiosk.figures.data import Arm, Foot, Hand, Leg, Pose
from kiosk.figures.errors import PoseError
from kiosk.figures.geometry import (
    Place,
    Point,
    direction,
    distance,
    rotate,
    step,
    two_bones,
    within_turn,
)
from kiosk.figures.solved import SIDES, Solved
from kiosk.figures.surfaces import Surface
from kiosk.figures.torso import PELVIS

# The round of the foot that each kind of touch stands on.
ROUNDS = {
    "sole": bodies.HEEL, "heel": bodies.HEEL, "ball": bodies.BALL, "air": ((0.0, 0.0), 0.0),
}  # fmt: skip


class Solver:
    """Solves the poses of one body in one scene."""

    def __init__(self, body: Body, surfaces: dict[str, Surface]) -> None:
        self.body = body
        self.surfaces = surfaces

    def solve(self, pose: Pose, settle: bool = False) -> Solved:
        """The pose made definite.

        With `settle` the hips give way, as they do in life, when a planted foot is just out of
        reach, and a foot in the air hangs no further than its ankle bends; that is for in-between
        frames. Raises PoseError for a surface that is not there.
        """
        done = Solved()
        hips = self._hips(pose)
        if settle:
            hips = self._within_reach(pose, hips)
        done.places["pelvis"] = Place(*hips, pose.lean)
        self._trunk(pose, done)
        for side in SIDES:
            self._leg(side, getattr(pose, side).leg, done, settle)
        for side in SIDES:
            self._arm(side, getattr(pose, side).arm, done)
        if pose.hips.at:
            where, surface = done.places["pelvis"].at(self._lowest(pose)), self._on(pose.hips.at)
            done.contacts[f"seat on {pose.hips.at}"] = surface.gap(where)
        return done

    # The trunk

    def _lowest(self, pose: Pose) -> Point:
        return max(
            ((knot[0], knot[1]) for knot in PELVIS), key=lambda point: rotate(point, pose.lean)[1]
        )

    def _hips(self, pose: Pose) -> Point:
        hips = pose.hips
        if hips.over:
            leg: Leg = getattr(pose, hips.over).leg
            if leg.foot is None:
                raise PoseError(
                    f"hips over the {hips.over} foot, which is not planted", "give that leg a foot"
                )
            ankle, turn = self._ankle(leg.foot)
            shank = turn + 90 + leg.ankle
            knee = step(ankle, shank + 180, self.body.shank * leg.stretch[1])
            return step(knee, shank - leg.knee + 180, self.body.thigh * leg.stretch[0])
        if hips.at:
            below = rotate(self._lowest(pose), pose.lean)[1]
            return (hips.x, self._on(hips.at).y - below)
        return (hips.x, hips.y)

    def _within_reach(self, pose: Pose, hips: Point) -> Point:
        for _ in range(8):
            for side in SIDES:
                leg: Leg = getattr(pose, side).leg
                if leg.foot is None:
                    continue
                ankle, _turn = self._ankle(leg.foot)
                longest = self.body.thigh * leg.stretch[0] + self.body.shank * leg.stretch[1]
                if distance(hips, ankle) > longest:
                    hips = step(ankle, direction(ankle, hips), longest)
        return hips

    def _trunk(self, pose: Pose, done: Solved) -> None:
        pelvis = done.places["pelvis"]
        chest_turn = pose.lean + pose.spine + self.body.stoop
        chest = Place(*pelvis.at((-0.5, -self.body.waist)), chest_turn)
        neck_turn = chest_turn + pose.neck / 2 + self.body.head_forward * 3
        neck = Place(*chest.at((0.2, -self.body.chest)), neck_turn)
        head_turn = pose.lean + pose.spine + pose.neck
        done.places["chest"] = chest
        done.places["neck"] = neck
        done.places["head"] = Place(*neck.at((0.6, -self.body.neck)), head_turn)
        done.joints["spine"] = pose.spine
        done.joints["neck"] = pose.neck

    # The legs

    def _ankle(self, foot: Foot) -> tuple[Point, float]:
        """The ankle joint and the turn of a foot that touches what it must."""
        turn = -foot.pitch
        if foot.touch == "air":
            return (foot.x, foot.y), turn
        centre, radius = ROUNDS[foot.touch]
        at, out, off = self._spot(foot.at, foot.x, foot.y), rotate(centre, turn), self._off(foot.at)
        return (at[0] - out[0] - radius * off[0], at[1] - out[1] - radius * off[1]), turn

    def _leg(self, side: str, leg: Leg, done: Solved, settle: bool) -> None:
        pelvis = done.places["pelvis"]
        hip = (pelvis.x, pelvis.y)
        thigh_long = self.body.thigh * leg.stretch[0]
        shank_long = self.body.shank * leg.stretch[1]
        if leg.foot:
            ankle, foot_turn = self._ankle(leg.foot)
            thigh, shank = two_bones(hip, ankle, thigh_long, shank_long, 1)
            if settle and leg.foot.touch == "air":
                least, most = bodies.LIMITS["ankle"]
                bent = within_turn(shank - 90 - foot_turn)
                foot_turn = shank - 90 - max(least, min(bent, most))
        else:
            thigh = pelvis.turn + 90 - leg.hip
            shank = thigh + leg.knee
            foot_turn = shank - 90 - leg.ankle
        knee = step(hip, thigh, thigh_long)
        ankle = step(knee, shank, shank_long)
        foot = Place(*ankle, foot_turn, leg.foot_stretch)
        toes = leg.toes
        if toes is None:  # toes stay flat on what the ball of the foot presses on
            toes = max(0.0, foot_turn) if leg.foot and leg.foot.touch == "ball" else 0.0
        done.places |= {
            f"{side}.thigh": Place(*hip, thigh, leg.stretch[0]),
            f"{side}.shank": Place(*knee, shank, leg.stretch[1]),
            f"{side}.foot": foot,
            f"{side}.toes": Place(*foot.at(bodies.TOE_JOINT), foot_turn - toes, leg.foot_stretch),
        }
        done.joints |= {
            f"{side}.hip": within_turn(pelvis.turn + 90 - thigh),
            f"{side}.knee": within_turn(shank - thigh),
            f"{side}.ankle": within_turn(shank - 90 - foot_turn),
            f"{side}.toes": toes,
        }
        if leg.stretch != (1.0, 1.0):
            done.projected |= {f"{side}.hip", f"{side}.knee", f"{side}.ankle"}
        if leg.foot and leg.foot.touch != "air":
            self._foot_contact(side, leg.foot, foot, done)

    def _foot_contact(self, side: str, asked: Foot, foot: Place, done: Solved) -> None:
        surface = self._on(asked.at)
        points = {"sole": ("heel", "ball"), "heel": ("heel",), "ball": ("ball",)}[asked.touch]
        for point in points:
            centre, radius = ROUNDS[point]
            middle, off = foot.at(centre), self._off(asked.at)
            where = (middle[0] + radius * off[0], middle[1] + radius * off[1])
            done.contacts[f"{side} {point} on {asked.at}"] = surface.gap(where)

    # The arms

    def _arm(self, side: str, arm: Arm, done: Solved) -> None:
        shoulder = done.places["chest"].at((-0.6, -self.body.chest + 5.5))
        upper_long = self.body.upper_arm * arm.stretch[0]
        fore_long = self.body.forearm * arm.stretch[1]
        chest = done.places["chest"].turn
        target: Point | None = None
        if arm.hand:
            hand_turn, target, local = self._grasp(arm, arm.hand, done)
            if hand_turn is None:  # the wrist is straight: forearm and hand are one bone
                held = (fore_long + local[0], local[1])
                upper, whole = two_bones(shoulder, target, upper_long, hypot(*held), -1)
                fore = hand_turn = whole - direction((0, 0), held)
            else:
                out = rotate(local, hand_turn)
                wrist = (target[0] - out[0], target[1] - out[1])
                upper, fore = two_bones(shoulder, wrist, upper_long, fore_long, -1)
        else:
            upper = chest + 90 - arm.shoulder
            fore = upper - arm.elbow
            hand_turn = fore - arm.wrist
        elbow = step(shoulder, upper, upper_long)
        hand = Place(*step(elbow, fore, fore_long), hand_turn)
        done.places |= {
            f"{side}.upper": Place(*shoulder, upper, arm.stretch[0]),
            f"{side}.fore": Place(*elbow, fore, arm.stretch[1]),
            f"{side}.hand": hand,
        }
        flexion = within_turn(chest + 90 - upper)
        done.joints |= {
            # An arm straight up is 180 degrees of flexion, not -180 of extension.
            f"{side}.shoulder": flexion + 360 if flexion < -120 else flexion,
            f"{side}.elbow": within_turn(upper - fore),
            f"{side}.wrist": within_turn(fore - hand_turn),
        }
        if arm.stretch != (1.0, 1.0):
            done.projected |= {f"{side}.shoulder", f"{side}.elbow", f"{side}.wrist"}
        if arm.hand and target and arm.hand.at != "air":
            reached = hand.at(local)
            done.contacts[f"{side} hand on {arm.hand.at}"] = distance(reached, target)

    def _grasp(self, arm: Arm, hand: Hand, done: Solved) -> tuple[float | None, Point, Point]:
        """The turn of the hand if it is fixed, its target, and the point of it that touches."""
        local = bodies.PALM if arm.shape == "flat" else bodies.GRIP
        turn = hand.pitch
        if hand.at == "air":
            return turn, (hand.x, hand.y), (0.0, 0.0)
        if hand.at == "towel":
            side = "far" if hand.side == "back" else "near"
            ball = done.places[f"{side}.foot"].at(bodies.UNDER_BALL)
            return turn, step(ball, hand.turn, hand.reach), local
        if hand.at in bodies.ANCHORS:
            part, point = bodies.ANCHORS[hand.at]
            return turn, done.places[part].at((point[0] + hand.x, point[1] + hand.y)), local
        if hand.at.partition(".")[0] in SIDES:
            target, along = self._on_limb(hand, done)
            return along if arm.shape == "flat" and turn is None else turn, target, local
        return turn, self._spot(hand.at, hand.x, hand.y), local

    def _on_limb(self, hand: Hand, done: Solved) -> tuple[Point, float]:
        bone = hand.at.partition(".")[2]
        if hand.at not in done.places:
            raise PoseError(f"no part is called {hand.at}", "use a limb such as near.thigh")
        place = done.places[hand.at]
        if bone in ("foot", "toes", "hand"):
            return place.at((hand.x, hand.y)), place.turn
        length = self.body.length(bone)
        front, back = self.body.half_widths(bone, hand.along)
        off = {"front": -front, "back": back, "middle": 0.0}[hand.side] + hand.y
        turn = place.turn if hand.side == "front" else place.turn + 180
        return place.at((hand.along * length, off)), turn

    # What is touched

    def _on(self, name: str) -> Surface:
        if name not in self.surfaces:
            raise PoseError(f"there is no {name} in the scene to touch", "add the prop for it")
        return self.surfaces[name]

    def _off(self, name: str) -> Point:
        """The way from a body's round to the surface it rests on: down, or to the right."""
        return {"level": (0.0, 1.0), "upright": (1.0, 0.0)}.get(self._on(name).kind, (0.0, 0.0))

    def _spot(self, name: str, x: float, y: float) -> Point:
        surface = self._on(name)
        if surface.kind == "upright":
            return (surface.x, y)
        if surface.kind == "level":
            return (x, surface.y)
        return (surface.x, surface.y)
