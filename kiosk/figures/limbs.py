"""The outlines of arms, hands, legs and feet, bare and clothed, and the working muscle's mark."""

from dataclasses import replace

from kiosk.figures.body import Body
from kiosk.figures.data import Person
from kiosk.figures.geometry import Point, hatching
from kiosk.figures.pieces import Group, HalfWidths, Knots, Piece, limb

HANDS: dict[str, Knots] = {
    "flat": (
        (-1.5, -2.7), (3, -3), (8, -2.5), (13, -1.6), (14.8, 0.2), (13.6, 1.9), (8, 2.2),
        (3, 2.4), (-1.5, 2.7),
    ),
    "rest": (
        (-1.5, -2.8), (2.6, -3.6), (6, -4.4), (7.6, -3.4), (11.4, -2.4), (13.8, -0.4), (13, 1.9),
        (9, 2.8), (3.6, 3.2), (-1.5, 2.8),
    ),
    "grip": (
        (-1.5, -2.8), (2.4, -4), (6.8, -4.4), (9.8, -2.8), (10.6, 0.6), (9, 3.6), (5, 4.6),
        (1.6, 3.8), (-1.5, 2.8),
    ),
}  # fmt: skip
# Lines on a hand: the thumb, and of a fist the bent fingers too.
FINGERS: dict[str, tuple[Knots, ...]] = {
    "flat": (((3.4, -0.6), (7.4, -1.2), (9, -0.4)),),
    "rest": (((5, -0.6), (8.4, -1.4), (9, 0)),),
    "grip": (
        ((1.8, -1.4), (5, -2.4), (8, -1.8), (7.8, 0), (4.6, 0.4)),
        ((10.2, 0.8), (6.8, 1.4)),
        ((8.8, 3.2), (5.6, 2.8)),
    ),
}  # fmt: skip
BARE_FOOT: Knots = (
    (3.8, -3), (6.6, -0.6), (12, 0.6), (15.2, 2.4), (15.6, 5), (13, 7), (8.4, 6.5), (3, 5.6),
    (-1.2, 7), (-4.5, 5.6), (-5.7, 2.2), (-4.7, -0.5), (-4, -3.4),
)  # fmt: skip
# Toes in steps from the little one, next to the viewer, to the great one, and the lines between.
BARE_TOES: Knots = (
    (0, -3), (2.6, -2.6), (3.6, -1.8, 1), (5.4, -2.6), (6.6, -1.6, 1), (8.6, -1.6), (9.2, 0.8),
    (7.4, 3.3), (3.4, 3.6), (0, 3.4), (-2.4, 2), (-2.4, -1.4),
)  # fmt: skip
TOE_LINES: tuple[Knots, ...] = tuple(
    ((x - 1.4, y), (x - 0.3, y + 0.7), (x, (y + 3) / 2), (x - 0.3, 2.5), (x - 1.4, 3.2))
    for x, y in ((2.2, -0.2), (4.5, -1), (6.9, -1.2))
)
SOCK_TOES: Knots = (
    (0, -2.8), (3.4, -1.6), (5.8, -0.2), (6.8, 1.6), (5.6, 3.4), (0, 3.4), (-2.4, 2), (-2.4, -1.4),
)  # fmt: skip
SHOE: Knots = (
    (4.4, -3.6), (7, -0.6), (12, 0.2), (15.4, 2.2), (15.8, 5), (13.4, 7), (4, 7), (-1.2, 7),
    (-4.7, 5.6), (-6.1, 2.2), (-5.4, -0.6), (-5, -3.6),
)  # fmt: skip
SHOE_TOES: Knots = (
    (0, -3.4), (4, -2.2), (7, -0.2), (7.8, 1.8), (6.6, 3.4), (0, 3.4), (-3, 1.4), (-2.6, -2),
)  # fmt: skip
SOLE: Knots = (
    (-5.5, 4.6, 1), (13, 4.8, 1), (13, 7, 1), (-1.2, 7, 1), (-3.4, 6.6, 1), (-4.8, 5.6, 1),
)  # fmt: skip
SOLE_TOES: Knots = ((0, 1.2, 1), (7.6, 1.2, 1), (7.5, 2.6, 1), (6.4, 3.4, 1), (0, 3.4, 1))

# The working muscle: on which bone, from where to where along it, and which side of it.
MUSCLES: dict[str, tuple[str, float, float, str]] = {
    "calf": ("shank", 0.06, 0.66, "back"),
    "tendon": ("shank", 0.7, 1.04, "back"),
    "shin": ("shank", 0.12, 0.8, "front"),
    "back-of-thigh": ("thigh", 0.16, 0.92, "back"),
    "front-of-thigh": ("thigh", 0.14, 0.92, "front"),
    "sole": ("foot", 0.0, 1.0, "sole"),
    "ankle": ("foot", 0.0, 1.0, "ankle"),
}
HATCH_GAP = 2.5
HATCH_WIDTH = 0.9


def widths(body: Body, bone: str) -> HalfWidths:
    return lambda share: body.half_widths(bone, share)


def arm(side: str, body: Body, person: Person, hand: str, joined: bool = False) -> list[Group]:
    """An arm, back to front: skin, then sleeve.

    A `joined` sleeve runs on into the shoulder without a line between them.
    """
    upper, fore = f"{side}.upper", f"{side}.fore"
    skin = [
        Piece(f"{side}.hand", HANDS[hand], "skin"),
        Piece(fore, limb(body.forearm, widths(body, "fore")), "skin"),
    ]
    cuffs = []
    if person.sleeve == "long":
        cuff = limb(body.forearm, widths(body, "fore"), 0, 0.86, 0.8, flat_end=True)
        cuffs.append(Piece(fore, cuff, "top"))
    else:
        skin.append(Piece(upper, limb(body.upper_arm, widths(body, "upper"), 0.3), "skin"))
    fingers = _lines(f"{side}.hand", FINGERS[hand])
    cloth = sleeve(side, body, person)
    groups = [Group(tuple(skin)), fingers]
    if not joined:
        return [*groups, Group((*cuffs, *cloth.pieces))]
    lines = _seams(side, body, person)
    # A long sleeve's forearm is inked first, so that the elbow has no line across it.
    return [*groups, *([Group(tuple(cuffs))] if cuffs else []), replace(cloth, inked=False), lines]


def sleeve(side: str, body: Body, person: Person) -> Group:
    """The sleeve of the upper arm."""
    long = person.sleeve == "long"
    knots = limb(body.upper_arm, widths(body, "upper"), 0, 1 if long else 0.62, 0.8, not long)
    return Group((Piece(f"{side}.upper", knots, "top"),))


def _seams(side: str, body: Body, person: Person) -> Group:
    """The lines of a joined sleeve: its two edges, open at the shoulder, and its hem."""
    end = 0.94 if person.sleeve == "long" else 0.62
    shares = [0.16 + (end - 0.16) * i / 4 for i in range(5)]
    edges = [(s * body.upper_arm, *body.half_widths("upper", s)) for s in shares]
    front = tuple((x, -f - 1.4) for x, f, _ in edges)
    back = tuple((x, b + 1.4) for x, _, b in reversed(edges))
    part = f"{side}.upper"
    if person.sleeve == "long":
        return Group(
            (
                Piece(part, front, "ink", width=1.3, closed=False),
                Piece(part, back, "ink", width=1.3, closed=False),
            ),
            inked=False,
        )
    corner = ((*front[-1], 1), (*back[0], 1))
    knots = (*front[:-1], *corner, *back[1:])
    x = edges[-1][0] - 1.8
    hem = ((x, -edges[-1][1] + 0.4), (x, edges[-1][2] - 0.4))
    return Group(
        (
            Piece(part, hem, "top-shade", width=2.2, closed=False, fine=True),
            Piece(part, knots, "ink", width=1.3, closed=False),
        ),
        inked=False,
    )


def leg(
    side: str, body: Body, person: Person, pelvis: Knots | None, crossed: bool = False
) -> list[Group]:
    """A leg, back to front: skin, foot, then clothes, joined to the pelvis on the near side.

    The shank and foot of a `crossed` leg lie over its thigh, with a line between them.
    """
    thigh, shank = f"{side}.thigh", f"{side}.shank"
    groups = [Group((Piece(shank, limb(body.shank, widths(body, "shank")), "skin"),))]
    groups += _foot(side, person)
    if person.feet == "long-socks":
        tube = limb(body.shank, widths(body, "shank"), 0.1, 1, 0.6)[:-3]  # flat at its top
        sock = ((*tube[0], 1), *tube[1:-1], (*tube[-1], 1))
        groups[-1] = Group((Piece(shank, sock, "sock"), *groups[-1].pieces))
    cloth: list[Piece] = []
    if person.legs == "shorts":
        skin = (
            *groups[0].pieces,
            Piece(thigh, limb(body.thigh, widths(body, "thigh"), 0.3), "skin"),
        )
        groups[0] = Group(skin)
        cloth.append(
            Piece(thigh, limb(body.thigh, widths(body, "thigh"), 0, 0.72, 1.3, True), "bottom")
        )
    else:
        loose = 1.0 if person.legs == "trousers" else 0.3
        end = 0.9 if person.legs == "trousers" else 0.8
        cloth.append(Piece(thigh, limb(body.thigh, widths(body, "thigh"), 0, 1, loose), "bottom"))
        cloth.append(
            Piece(shank, limb(body.shank, widths(body, "shank"), 0, end, loose, True), "bottom")
        )
    if pelvis:
        cloth.append(Piece("pelvis", pelvis, "bottom"))
    if not crossed:
        return [*groups, Group(tuple(cloth))]
    upper, lower = (
        Group(tuple(piece for piece in group.pieces if (piece.part == shank) == below))
        for group in (groups[0],)
        for below in (False, True)
    )
    return [upper, Group(tuple(cloth)), lower, *groups[1:]]


def _foot(side: str, person: Person) -> list[Group]:
    foot, toes = f"{side}.foot", f"{side}.toes"
    if person.feet == "shoes":
        return [
            Group((Piece(toes, SHOE_TOES, "shoe"), Piece(foot, SHOE, "shoe"))),
            Group((Piece(toes, SOLE_TOES, "sole"), Piece(foot, SOLE, "sole")), inked=False),
        ]
    if person.feet == "bare":
        shape = Group((Piece(toes, BARE_TOES, "skin"), Piece(foot, BARE_FOOT, "skin")))
        return [shape, _lines(toes, TOE_LINES)]
    return [Group((Piece(toes, SOCK_TOES, "sock"), Piece(foot, BARE_FOOT, "sock")))]


def _lines(part: str, lines: tuple[Knots, ...]) -> Group:
    """Lines on a hand or a foot, too fine for a tile."""
    pieces = (Piece(part, knots, "feature", width=0.9, closed=False, fine=True) for knots in lines)
    return Group(tuple(pieces), inked=False)


def muscle(name: str, body: Body, loose: float) -> list[Group]:
    """The mark of a working muscle (`near.calf`): a tint and, over it, hatching."""
    side, _, which = name.partition(".")
    bone, start, end, face = MUSCLES[which]
    part = f"{side}.{bone}"
    outline: list[Point]
    if face == "sole":
        outline = [(-4.6, 4.4), (3, 3.4), (13.6, 4.4), (14.2, 6.9), (8, 6.5), (3, 5.6), (-4, 6.8)]
    elif face == "ankle":
        outline = [(-4, -4), (0, -5.4), (4, -4), (6.2, -0.6), (3, 2.6), (-2, 2.8), (-5, 0.4)]
    else:
        outline = _belly(body, bone, start, end, face, loose)
    tint = Piece(part, tuple(outline), "muscle")
    lines = tuple(
        Piece(part, line, "hatch", width=HATCH_WIDTH, closed=False, fine=i % 2 == 0)
        for i, line in enumerate(hatching(outline, HATCH_GAP, 55))
    )
    return [Group((tint, *lines), inked=False)]


def _belly(body: Body, bone: str, start: float, end: float, face: str, loose: float) -> list[Point]:
    """The outline of a muscle: the skin on one side, a bow inside the limb on the other."""
    length, sign = body.length(bone), (-1 if face == "front" else 1)
    skin: list[Point] = []
    inner: list[Point] = []
    for i in range(9):
        u = i / 8
        share = start + (end - start) * u
        f, b = body.half_widths(bone, share)
        edge = (f if face == "front" else b) + loose
        depth = (f + b) * 0.62 * (1 - (2 * u - 1) ** 2) ** 0.5
        skin.append((share * length, sign * edge))
        inner.append((share * length, sign * (edge - depth)))
    return [*skin, *reversed(inner[1:-1])]
