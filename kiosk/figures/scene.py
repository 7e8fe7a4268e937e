"""Put one pose on its stage: what is drawn, in which order, and how much room it needs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.figures import arrows, head, limbs, props, torso, towel
from kiosk.figures.body import BODIES, Body
from kiosk.figures.data import FigureData, Person, Pose, Prop
from kiosk.figures.geometry import Place, Point
from kiosk.figures.pieces import Group
from kiosk.figures.solved import Solved

STILL_PLACE = Place(0.0, 0.0, 0.0)
MARGIN = 7.0
AT_FACE = {"ear", "chin", "mouth"}
# Their size follows from the room, so they do not ask for any.
BACKGROUND = {"wall"}


@dataclass(frozen=True)
class Box:
    """An oblong of the stage, in millimetres."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def with_(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left), min(self.top, other.top),
            max(self.right, other.right), max(self.bottom, other.bottom),
        )  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One pose, ready to draw: its groups back to front, and the place of every part."""

    groups: tuple[Group, ...]
    places: dict[str, Place]
    box: Box
    pose: Pose


def places(solved: Solved, things: tuple[Prop, ...]) -> dict[str, Place]:
    """The places of a body's parts, and of the towels stretched between hand and foot."""
    found = dict(solved.places)
    for prop in things:
        if prop.kind == "towel":
            found |= towel.towel_places(prop, found)
    return found


def stage(figure: FigureData, person: Person, pose: Pose, solved: Solved) -> Stage:
    """The stage of one pose, without the background that fills the room it is given."""
    body = BODIES[person.body]
    things = (*figure.props, *pose.props)
    put = places(solved, things)
    groups = tuple(_layers(figure, person, body, pose, things))
    return Stage(groups, put, _room(groups, put, pose, things), pose)


def _layers(
    figure: FigureData, person: Person, body: Body, pose: Pose, things: tuple[Prop, ...]
) -> Iterator[Group]:
    for prop in things:
        if not prop.part and not prop.front and prop.kind not in (*BACKGROUND, "towel"):
            yield from props.draw(prop)
    yield from _carried(things, "far.")
    marks = figure.muscle if pose.muscle is None else pose.muscle
    loose = 0.2 if person.legs == "shorts" else 1.0
    far_arm = [_far(group) for group in limbs.arm("far", body, person, pose.far.arm.shape)]
    far_leg = [_far(group) for group in limbs.leg("far", body, person, None)]
    far_leg += _muscles(marks, "far", body, loose)
    towels = [prop for prop in things if prop.kind == "towel"]
    # A hand that holds a towel is over the knee, not behind it.
    far_straps = [group for _ in towels for group in towel.far_strap()]
    yield from [*far_leg, *far_straps, *far_arm] if towels else [*far_arm, *far_leg]
    crossed = pose.near.leg.stretch != (1.0, 1.0)
    yield from limbs.leg("near", body, person, torso.PELVIS, crossed)
    yield from _muscles(marks, "near", body, loose)
    yield torso.neck()
    yield limbs.sleeve("near", body, person)
    yield from torso.shirt(body)
    face = head.head(person, pose.face)
    near = [
        *_carried(things, "near."),
        *(group for prop in towels for group in towel.near_strap(prop)),
        *limbs.arm("near", body, person, pose.near.arm.shape, joined=True),
    ]
    # Hair and scarf fall over the sleeve, unless the hand is at the face.
    to_face = pose.near.arm.hand is not None and pose.near.arm.hand.at in AT_FACE
    yield from [*face, *near] if to_face else [*near, *face]
    for prop in things:
        if prop.front and not prop.part:
            yield from props.draw(prop)


def _carried(things: tuple[Prop, ...], start: str) -> Iterator[Group]:
    for prop in things:
        if prop.part.startswith(start) and prop.kind != "towel":
            yield from props.draw(prop)


def _muscles(marks: tuple[str, ...], side: str, body: Body, loose: float) -> Iterator[Group]:
    for mark in marks:
        if mark.startswith(side):
            for group in limbs.muscle(mark, body, loose):
                yield replace(group, layer=f"mark.{mark}")


def _far(group: Group) -> Group:
    """The same group in the muted tones of the far side."""
    pieces = tuple(
        piece if piece.paint == "feature" else replace(piece, paint=f"far:{piece.paint}")
        for piece in group.pieces
    )
    return replace(group, pieces=pieces)


def _room(
    groups: tuple[Group, ...], put: dict[str, Place], pose: Pose, things: tuple[Prop, ...]
) -> Box:
    points: list[Point] = [(0.0, 0.0)] if not groups else []
    for group in groups:
        for piece in group.pieces:
            place = put.get(piece.part, STILL_PLACE)
            points += [place.at((knot[0], knot[1])) for knot in piece.knots]
    points += [(prop.x + 8, 0.0) for prop in things if prop.kind == "wall"]
    for arrow in pose.arrows:
        through = arrow_points(arrow.part, arrow.via, put)
        points += arrows.ring_corners(arrow, through[0]) if arrow.radius else through
    return Box(
        min(x for x, _ in points), min(y for _, y in points),
        max(x for x, _ in points), max(y for _, y in points),
    )  # fmt: skip


def arrow_points(part: str, via: tuple[Point, ...], put: dict[str, Place]) -> list[Point]:
    """An arrow's three points on the stage; it is measured from its part's origin, unturned."""
    start = put.get(part, STILL_PLACE)
    return [(start.x + x, start.y + y) for x, y in via]
