"""The outlines of pelvis, chest, neck and their clothes, seen from the side and facing right."""

from kiosk.figures.body import Body
from kiosk.figures.pieces import Group, Knots, Piece

# Pelvis: from the hip joint. Chest: from the small of the back. Neck: from its base.
PELVIS: Knots = (
    (5.4, -13), (8.8, -8), (9.2, -1), (6, 6.5), (0, 9.4), (-6.5, 8.8), (-11, 4.6), (-12.2, -1.5),
    (-10.4, -8), (-6, -13),
)  # fmt: skip
CHEST: Knots = (
    (6.6, 3), (8.4, -3), (10.2, -11), (10.6, -18), (8.6, -25.5), (4.6, -30.4), (0, -32),
    (-4.6, -31), (-8.8, -26.6), (-10.6, -19), (-9.8, -11), (-8.4, -3), (-6.6, 3), (0, 6),
)  # fmt: skip
BUST: Knots = (
    (7, 3), (9.6, -3), (12.2, -8.6), (12.2, -14.5), (9.4, -22), (5, -30), (0, -32), (-4.6, -31),
    (-8.6, -26.6), (-10.2, -19), (-9.4, -10), (-8.2, -3), (-6.6, 3), (0, 6),
)  # fmt: skip
HEM: Knots = (
    (7, -21), (8.8, -15), (10, -8), (10.4, -2.6, 1), (-12.4, -1.8, 1), (-11.8, -7), (-9.2, -14),
    (-7.4, -21), (0, -24),
)  # fmt: skip
BUMP: Knots = (
    (8, -29), (13.2, -24.8), (17.2, -19), (18.4, -13), (16.6, -7), (12, -2.4), (8.4, -1.6, 1),
    (-12.4, -1.4, 1), (-11.8, -7), (-9, -14), (-8, -20), (0, -26),
)  # fmt: skip
NECK: Knots = (
    (4.2, 3), (3.9, -1), (4.2, -6), (4.4, -9), (-4.8, -9), (-4.6, -4), (-5.4, 1), (-6.2, 4), (0, 6),
)  # fmt: skip


def neck() -> Group:
    """The bare neck, which the collar overlaps."""
    return Group((Piece("neck", NECK, "skin"),))


def shirt(body: Body) -> list[Group]:
    """The top: chest and hem in one outline, then its darker tone and the collar."""
    chest = _scaled(BUST if body.bump else CHEST, body)
    hem = BUMP if body.bump else HEM
    pieces = (Piece("pelvis", hem, "top"), Piece("chest", chest, "top"))
    front = 12.6 if body.bump else 9.6
    low = -4.4 if body.bump else -4.6
    band = Piece(
        "pelvis", ((front, low), (-11.4, -3.8)), "top-shade", width=2.2, closed=False, fine=True
    )
    collar = Piece(
        "chest",
        _scaled(((4.8, -28.6), (1.5, -28.4), (-3.2, -29.6), (-5.6, -29)), body),
        "top-shade", width=2.2, closed=False, fine=True,
    )  # fmt: skip
    return [Group(pieces), Group((band, collar), inked=False)]


def _scaled(knots: Knots, body: Body) -> Knots:
    """The chest's outline, as tall as this body's chest."""
    share = body.chest / 31.0
    return tuple((knot[0], knot[1] * share, *knot[2:]) for knot in knots)
