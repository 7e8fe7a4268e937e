"""A folded towel, held in both hands and bent round the ball of a foot.

Each side of it is a strap from a hand to the foot, where it passes under the sole.
The far strap is drawn behind the near leg, the near one before it.
"""

from kiosk.figures.body import GRIP, UNDER_BALL
from kiosk.figures.data import Prop
from kiosk.figures.geometry import Place, direction, distance
from kiosk.figures.pieces import Group, Knots, Piece, line

LENGTH = 50.0  # the drawn length of a strap, stretched to the distance from hand to foot
# A strap comes gathered out of the fist, sags a little and widens towards the foot.
STRAP: Knots = (
    (-4.6, -3, 1), (0, -1.8), (12, -1.6), (26, -1.8), (40, -3.4), (LENGTH + 1, -4.4, 1),
    (LENGTH + 1, 4.4, 1), (40, 4.8), (26, 4.6), (12, 3), (0, 1.8), (-5.4, 2.4, 1),
)  # fmt: skip
FOLDS: tuple[Knots, ...] = (
    ((6, 0.4), (26, 0.6), (LENGTH, -1.4)), ((6, 1), (26, 2.4), (LENGTH, 1.6)),
)  # fmt: skip
# In the foot's own coordinates: where the strap ends at the side of the ball, and the rest of the
# towel, which goes from there under the sole.
FOLD_MIDDLE = (UNDER_BALL[0], UNDER_BALL[1] - 3.0)
FOLD: Knots = (
    (8.4, 2.4), (12.5, 0), (16.8, 2.4), (17.6, 6.6), (16.2, 10.2), (12.5, 10.8), (8.6, 10.2),
    (7.4, 6.6),
)  # fmt: skip
# Its edge under the sole, which shows that it passes there.
UNDER: Knots = ((7.8, 7.2), (12.5, 7.6), (17.2, 7.2))


def side_of(prop: Prop) -> str:
    """The side of the foot that a towel goes round."""
    return prop.part or "near"


def towel_places(prop: Prop, found: dict[str, Place]) -> dict[str, Place]:
    """The places of a towel's parts: `towel.near` and `towel.far`."""
    middle = found[f"{side_of(prop)}.foot"].at(FOLD_MIDDLE)
    put: dict[str, Place] = {}
    for side in ("near", "far"):
        hand = found[f"{side}.hand"].at(GRIP)
        share = distance(hand, middle) / LENGTH
        put[f"towel.{side}"] = Place(*hand, direction(hand, middle), share)
    return put


def far_strap() -> list[Group]:
    """What is behind the near leg."""
    return [Group((_strap("far"),)), _folds("far")]


def near_strap(prop: Prop) -> list[Group]:
    """What is before the near leg: the strap, and the towel round the foot."""
    foot = f"{side_of(prop)}.foot"
    under = line(foot, "towel-fold", 1.3, *UNDER)
    return [
        Group((_strap("near"), Piece(foot, FOLD, "towel"))),
        _folds("near"),
        Group((under,), inked=False),
    ]


def _strap(side: str) -> Piece:
    return Piece(f"towel.{side}", STRAP, "towel")


def _folds(side: str) -> Group:
    return Group(
        tuple(line(f"towel.{side}", "towel-fold", 1.1, *knots) for knots in FOLDS), inked=False
    )
