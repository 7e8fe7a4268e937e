"""What a figures file may say: people, poses, props and contacts.

One pose is a few numbers: where the hips are, how the trunk leans, and for each arm and leg either
joint angles or a contact that it must reach. Lengths are millimetres of a figure 150 mm tall
(x to the right, y down, floor at 0); angles are degrees. Names of joints and their signs follow
clinical use: flexion, dorsiflexion and toe extension are positive.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

XY = tuple[float, float]


class Strict(BaseModel):
    """Frozen data that refuses keys it does not know, and numbers that are none."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Foot(Strict):
    """A foot that touches a surface at x. `pitch` is how far the toes are raised, in degrees."""

    x: float
    at: str = "floor"
    touch: Literal["sole", "heel", "ball", "air"] = "sole"
    y: float = 0.0
    pitch: float = 0.0


class Leg(Strict):
    """Joint angles, or a foot to reach; `toes` bends the toes up.

    `stretch` foreshortens the bones, and `foot_stretch` a foot that points at the viewer or away.
    """

    foot: Foot | None = None
    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    toes: float | None = None
    stretch: tuple[float, float] = (1.0, 1.0)
    foot_stretch: float = 1.0


class Hand(Strict):
    """What a hand reaches: a surface, a point in the air, a part of the body, or a towel's end.

    On a surface `x` or `y` says where along it. On a part (`at: near.thigh`), `along` runs from
    0 to 1 down the part and `side` is front or back. On the towel the hand is `reach` mm from the
    ball of the foot, in the direction `turn`. `pitch` is the turn of the hand itself.
    """

    at: str
    x: float = 0.0
    y: float = 0.0
    along: float = 0.5
    side: Literal["front", "back", "middle"] = "front"
    reach: float = 0.0
    turn: float = 0.0
    pitch: float | None = None


class Arm(Strict):
    """Joint angles, or something for the hand to reach, and the look of the hand."""

    hand: Hand | None = None
    shoulder: float = 0.0
    elbow: float = 0.0
    wrist: float = 0.0
    shape: Literal["flat", "grip", "rest"] = "rest"
    stretch: tuple[float, float] = (1.0, 1.0)


class Side(Strict):
    """The limbs of the near or the far side."""

    leg: Leg = Leg()
    arm: Arm = Arm()


class Hips(Strict):
    """Where the hips are: sat on a surface, stood over a planted foot, or at a point."""

    at: str = ""
    over: Literal["", "near", "far"] = ""
    x: float = 0.0
    y: float = 0.0


class Arrow(Strict):
    """A movement arrow, measured from a part's origin, unturned.

    A curve from the first point of `via` to the last, bent towards the middle one; or, with a
    `radius`, a ring round the first, whose far half passes behind the body: `flat` is its height as
    a share of its width, and `turn` how far it is turned.
    """

    part: str = ""
    via: tuple[XY, ...]
    both: bool = False
    radius: float = 0.0
    flat: float = 1.0
    turn: float = 0.0


class Prop(Strict):
    """A thing in the scene, at `x`, `y`, of size `w` and `h` mm, or carried by a `part`.

    `front` puts it before the people; `points` outline a thing that has no shape of its own.
    """

    kind: str
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0
    turn: float = 0.0
    part: str = ""
    front: bool = False
    points: tuple[XY, ...] = ()


class Pose(Strict):
    """One position of the whole figure; one that is `passing` belongs to the movement alone."""

    lean: float = 0.0
    spine: float = 0.0
    neck: float = 0.0
    hips: Hips
    near: Side = Side()
    far: Side = Side()
    face: Literal["calm", "pain", "asleep"] = "calm"
    arrows: tuple[Arrow, ...] = ()
    muscle: tuple[str, ...] | None = None
    props: tuple[Prop, ...] = ()
    shows: str = ""
    passing: bool = False


class Person(Strict):
    """Who is drawn: a body, a skin, hair and clothes (names of looks in palette.py)."""

    body: Literal["adult", "older", "pregnant"] = "adult"
    skin: str
    hair: str
    hair_style: Literal["short", "bob", "bun", "curls", "scarf", "bald", "long"]
    top: str
    bottom: str
    sleeve: Literal["short", "long"] = "short"
    legs: Literal["trousers", "shorts", "leggings"] = "trousers"
    feet: Literal["shoes", "bare", "socks", "long-socks"] = "shoes"
    shoes: str = "white"
    glasses: bool = False
    beard: bool = False


class FigureData(Strict):
    """One figure: who, where, and its poses in the order in which they follow one another.

    `wear` changes the person's clothes; `still` names the pose of stills and tiles (else the
    last); `tile` is the part of the scene that a tile shows: left, top, right, bottom in mm, and
    with `close_up` all that is ever shown.
    """

    person: str
    wear: dict[str, str] = {}
    title: str
    muscle: tuple[str, ...] = ()
    props: tuple[Prop, ...] = ()
    poses: Annotated[dict[str, Pose], Field(min_length=1)]
    still: str = ""
    tile: tuple[float, float, float, float] | None = None
    close_up: bool = False
    floor: bool = True


class Words(Strict):
    """How the descriptions of the poses are joined into one."""

    first: str
    then: str
    muscle: str
    muscles: dict[str, str]

    @field_validator("first", "then", "muscle")
    @classmethod
    def _has_its_place(cls, text: str) -> str:
        """A sentence with a place for nothing but what it is about."""
        try:
            text.format(shows="", muscle="")
        except (LookupError, ValueError) as error:
            raise ValueError("use {shows} or {muscle} and no other braces") from error
        return text
