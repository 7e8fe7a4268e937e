"""The head in profile, facing right: face, ear, hair, glasses and a quiet expression.

Coordinates start where the skull sits on the neck; the chin is 2.8 mm below, the crown 20 above.
"""

from kiosk.figures.data import Person
from kiosk.figures.pieces import Group, Knots, Piece, disc

FACE: Knots = (
    (-1, -20.4), (5, -19.2), (9, -15.6), (10.3, -11.8), (10.2, -9.4), (12.9, -6.3), (11.4, -4.9),
    (11.3, -2.4), (10.5, 0.8), (7.4, 2.8), (2.5, 1.4), (-2.5, 1), (-6.8, -1), (-9.4, -7),
    (-9.8, -13), (-6.6, -18.4),
)  # fmt: skip
HAIR: dict[str, Knots] = {
    "short": (
        (10, -15.4), (10, -18.4), (5, -22.2), (-2, -23), (-8.6, -20.2), (-11.6, -13.5),
        (-10.8, -6), (-7.6, -1.6), (-5, -3), (-4.2, -8), (-2.4, -11.4), (1.6, -12), (3.4, -15),
        (7, -16.4),
    ),
    "bob": (
        (10, -15), (9.8, -18.6), (4.6, -22.6), (-3, -23.2), (-9.6, -20), (-12.4, -12),
        (-12.2, -3), (-10, 2.6), (-4.4, 3.6), (0.6, 1.6), (1.2, -5), (1.4, -11), (4.4, -15.6),
    ),
    "long": (
        (10, -15), (9.8, -18.6), (4.6, -22.6), (-3, -23.2), (-9.8, -20), (-12.4, -12),
        (-13.4, -3), (-15.4, 6), (-15, 12), (-9.4, 13), (-5.8, 8), (-4.6, 1), (-2.6, -6),
        (0, -12), (4.4, -15.8),
    ),
    "bun": (
        (9.8, -15.6), (9.4, -18.6), (4.6, -22), (-2, -22.8), (-8.4, -20.2), (-11.2, -13.5),
        (-10, -6), (-7, -2.4), (-4.8, -4), (-2.4, -10), (2.4, -13), (6, -15.6),
    ),
    "curls": (
        (9.8, -15.4), (11.6, -18.4), (8.8, -21.4), (5.8, -24.2), (1.4, -24), (-2.6, -25.8),
        (-7, -24), (-10.6, -22.4), (-12.2, -18.4), (-14.6, -14.8), (-13.2, -10.6), (-13.8, -6.4),
        (-10.8, -3.8), (-8.4, -0.8), (-5.2, -2.6), (-4.2, -7.4), (-2.2, -11.2), (1.4, -11.6),
        (3.6, -14.6), (6.6, -15),
    ),
    "bald": (
        (-2.4, -11.6), (-3.4, -14), (-7, -15.8), (-10.8, -13), (-11, -7), (-8, -1.8), (-5.2, -2.8),
        (-4.4, -7),
    ),
    "scarf": (
        (9.8, -15.6), (8.2, -19.6), (2.6, -22.8), (-5, -22.4), (-10.8, -17.4), (-12.2, -9),
        (-10.8, 0), (-11.4, 8), (-7, 12.6), (1, 13.4), (8, 11), (9.8, 5.6), (8.6, 2.9), (4.8, 1.2),
        (2.8, -4), (3.2, -10.4), (5.6, -14.6),
    ),
}  # fmt: skip
BEARD: Knots = (
    (11.4, -2.2), (11.6, 1), (8.2, 4.4), (2.6, 3), (-1.6, -1), (-2.4, -6), (-0.6, -6.4),
    (1.8, -2.6), (6, -3.2), (8.6, -4),
)  # fmt: skip


def head(person: Person, face: str) -> list[Group]:
    """The groups of the head, back to front."""
    style = person.hair_style
    groups: list[Group] = []
    if style == "bun":
        groups.append(Group((Piece("head", disc((-11.4, -17.4), 4.6), "hair"),)))
    groups.append(Group((Piece("head", FACE, "skin"),)))
    groups.append(Group(tuple(_features(face)), inked=False))
    if person.beard:
        groups.append(Group((Piece("head", BEARD, "hair"),)))
    groups.append(Group((Piece("head", HAIR[style], "hair"),)))
    if style in ("short", "bun", "curls", "bald"):
        groups.append(Group((Piece("head", disc((-2, -7.2), 2, 2.8), "skin"),)))
    if person.glasses:
        groups.append(_glasses())
    return groups


def _features(face: str) -> list[Piece]:
    def line(knots: Knots, width: float = 1.0, fine: bool = True) -> Piece:
        return Piece("head", knots, "feature", width=width, closed=False, fine=fine)

    found = [Piece("head", disc((5.6, -4.4), 2.0, 1.6), "blush", fine=True)]
    if face == "asleep":
        found.append(line(((5.2, -9), (6.8, -8.2), (8.6, -9)), 1.1, fine=False))
    elif face == "pain":
        found.append(line(((5.4, -9.6), (7, -8.6), (5.4, -7.8)), 1.1, fine=False))
    else:
        found.append(Piece("head", disc((7.2, -9.2), 1.0, 1.4), "feature"))
    if face == "pain":
        found.append(line(((4.6, -13.4), (8.8, -11.6))))
        found.append(line(((7.2, -0.4), (8.6, -1.6), (10.8, -1.2)), 1.1))
    else:
        found.append(line(((5.2, -12.6), (7.2, -13.4), (9, -12.6))))
        found.append(line(((7.2, -2.2), (8.6, -1), (10.6, -1.6)), 1.1))
    return found


def _glasses() -> Group:
    lens = Piece("head", disc((7.8, -8.8), 3.0), "feature", width=1.0)
    arm = Piece("head", ((4.8, -9.2), (-1.4, -9.4)), "feature", width=1.0, closed=False)
    return Group((lens, arm), inked=False)
