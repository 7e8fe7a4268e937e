"""Furniture and things: the walls, chairs, beds, towels and cups that poses need.

Each kind of prop is one function that gives back groups of pieces. Furniture stands still (its
part is ""); a thing that is held belongs to the part that holds it, and moves with it.
"""

from collections.abc import Callable

from kiosk.figures.data import Prop
from kiosk.figures.pieces import Group, Knots, Piece, disc
from kiosk.figures.surfaces import (
    BED_HEIGHT,
    SEAT_HEIGHT,
    STEP_HEIGHT,
    STOOL_HEIGHT,
    WORKTOP_HEIGHT,
)

TOWEL_LENGTH = 50.0  # the drawn length, stretched to the distance from hand to foot


def box(left: float, top: float, width: float, height: float) -> Knots:
    """An upright oblong with sharp corners."""
    right, bottom = left + width, top + height
    return ((left, top, 1), (right, top, 1), (right, bottom, 1), (left, bottom, 1))


def soft(left: float, top: float, width: float, height: float, r: float) -> Knots:
    """An oblong with rounded corners."""
    right, bottom = left + width, top + height
    c = 0.3 * r
    return (
        (left + r, top, 1), (right - r, top, 1), (right - c, top + c), (right, top + r, 1),
        (right, bottom - r, 1), (right - c, bottom - c), (right - r, bottom, 1),
        (left + r, bottom, 1), (left + c, bottom - c), (left, bottom - r, 1), (left, top + r, 1),
        (left + c, top + c),
    )  # fmt: skip


def _one(part: str, *shapes: tuple[str, Knots]) -> list[Group]:
    return [Group((Piece(part, knots, paint),)) for paint, knots in shapes]


def _line(part: str, paint: str, width: float, *knots: tuple[float, ...]) -> Piece:
    return Piece(part, knots, paint, width=width, closed=False)


def _wall(prop: Prop) -> list[Group]:
    return _one("", ("wall", box(prop.x, -prop.h, prop.w or 8, prop.h)))


def _chair(prop: Prop) -> list[Group]:
    x, top = prop.x, -SEAT_HEIGHT
    back: Knots = (
        (x - 19.5, top + 2, 1), (x - 24, top - 39, 1), (x - 19.5, top - 40, 1), (x - 15, top + 2, 1),
    )  # fmt: skip
    return _one(
        "",
        ("wood-shade", box(x + 8, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood-shade", box(x - 13, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood", back),
        ("wood", box(x + 13, top + 4, 4, SEAT_HEIGHT - 4)),
        ("wood", box(x - 19, top + 4, 4, SEAT_HEIGHT - 4)),
        ("cushion", soft(x - 20, top, 39, 5.4, 2.4)),
    )


def _support(prop: Prop) -> list[Group]:
    x, top = prop.x, -SEAT_HEIGHT
    return _one(
        "",
        ("wood-shade", box(x + 8, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood-shade", box(x + 28, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood", soft(x - 2, top - 41, 4.2, SEAT_HEIGHT + 41, 1.6)),
        ("wood", box(x + 33, top + 4, 4, SEAT_HEIGHT - 4)),
        ("cushion", soft(x, top, 39, 5.4, 2.4)),
    )


def _stool(prop: Prop) -> list[Group]:
    x, high = prop.x, prop.h or STOOL_HEIGHT
    return _one(
        "",
        ("wood", box(x - 11, -high + 4, 3.6, high - 4)),
        ("wood", box(x + 7.4, -high + 4, 3.6, high - 4)),
        ("cushion", soft(x - 14, -high, 28, 6, 2.6)),
    )


def _step(prop: Prop) -> list[Group]:
    high, wide = prop.h or STEP_HEIGHT, prop.w or 40
    return _one(
        "",
        ("wood-shade", box(prop.x + 1.4, -high + 3, wide - 1.4, high - 3)),
        ("wood", box(prop.x - 1, -high, wide + 1, 4)),
    )


def _worktop(prop: Prop) -> list[Group]:
    x, top = prop.x, -WORKTOP_HEIGHT
    handle = _line("", "ink", 1.4, (x + 8, top + 14), (x + 8, top + 24))
    return [
        *_one(
            "",
            ("cushion", box(x + 3, top + 4, 34, WORKTOP_HEIGHT - 8)),
            ("wood", soft(x - 2, top, 42, 5, 1.6)),
        ),
        Group((handle,), inked=False),
    ]


def _bed(prop: Prop) -> list[Group]:
    x, w, top = prop.x, prop.w, -BED_HEIGHT
    return _one(
        "",
        ("wood-shade", box(x + 6, top + 18, 4, BED_HEIGHT - 18)),
        ("wood-shade", box(x + w - 10, top + 18, 4, BED_HEIGHT - 18)),
        ("wood", soft(x - 5, top - 34, 5, 64, 2)),
        ("wood", soft(x + w, top - 10, 5, 40, 2)),
        ("wood", box(x, top + 14, w, 6)),
        ("mattress", soft(x, top, w, 14.6, 3)),
    )


def _rail(prop: Prop) -> list[Group]:
    post = box(prop.x - 1.6, prop.y, 3.2, -prop.y)
    knob = soft(prop.x - 7, prop.y - 2, 14, 4, 1.8)
    return _one("", ("metal", post), ("metal", knob))


def _soft_thing(paint: str) -> Callable[[Prop], list[Group]]:
    def make(prop: Prop) -> list[Group]:
        w, h = prop.w, prop.h
        knots: Knots = (
            (-w / 2, -h / 2 + 1), (-w / 4, -h / 2), (w / 4, -h / 2), (w / 2, -h / 2 + 1),
            (w / 2 + 1, 0), (w / 2, h / 2 - 1), (w / 4, h / 2), (-w / 4, h / 2),
            (-w / 2, h / 2 - 1), (-w / 2 - 1, 0),
        )  # fmt: skip
        return _one(prop.part, (paint, _put(prop, knots)))

    return make


def _outline(paint: str) -> Callable[[Prop], list[Group]]:
    return lambda prop: _one(prop.part, (paint, prop.points))


def _stroke(paint: str, width: float) -> Callable[[Prop], list[Group]]:
    def make(prop: Prop) -> list[Group]:
        return [Group((_line(prop.part, paint, prop.w or width, *prop.points),), inked=False)]

    return make


def _put(prop: Prop, knots: Knots) -> Knots:
    """Knots about a prop's own middle, turned and moved to where the prop is."""
    from kiosk.figures.geometry import rotate

    done: list[tuple[float, ...]] = []
    for knot in knots:
        x, y = rotate((knot[0], knot[1]), prop.turn)
        done.append((x + prop.x, y + prop.y, *knot[2:]))
    return tuple(done)


def _towel(prop: Prop) -> list[Group]:
    """The towel's two sides, from the hand to the ball of the foot, and its loop round the foot."""
    strip = soft(-1, -1.6, TOWEL_LENGTH + 1, 3.2, 0.8)
    side = prop.part or "near"
    loop: Knots = (
        (11, -0.6), (16.4, 1.6), (17.4, 5), (15, 8.8), (10.4, 8.6), (9.8, 6.8), (13.6, 6.6),
        (14.2, 4.6), (12.4, 2.6), (9.6, 1.6),
    )  # fmt: skip
    return [
        Group((Piece("towel", strip, "cloth"), Piece(f"{side}.foot", loop, "cloth"))),
    ]


def _held(*shapes: tuple[str, Knots]) -> Callable[[Prop], list[Group]]:
    def make(prop: Prop) -> list[Group]:
        return _one(prop.part, *((paint, _put(prop, knots)) for paint, knots in shapes))

    return make


def _leaflet(prop: Prop) -> list[Group]:
    page = _put(prop, box(-9, -13, 18, 26))
    rows = [
        _line(prop.part, "arrow", 1.5, *_put(prop, ((-5.6, y), (w, y))))
        for y, w in ((-8.6, 3.4), (-4.2, 5.6), (0.2, 5.6), (4.6, 5.6), (9, 1))
    ]
    return [*_one(prop.part, ("paper", page)), Group(tuple(rows), inked=False)]


def _pain(prop: Prop) -> list[Group]:
    flash: Knots = (
        (-2, -7, 1), (3, -7, 1), (0.6, -1.8, 1), (4.4, -1.8, 1), (-3, 8, 1), (-0.6, 0.8, 1),
        (-4.2, 0.8, 1),
    )  # fmt: skip
    return _one(prop.part, ("moon", _put(prop, flash)))


def _question(prop: Prop) -> list[Group]:
    hook = ((-6.4, -6), (-5, -11), (0, -13), (5.6, -10.6), (6.2, -5.6), (2.4, -1.4), (0, 2), (0, 5))
    shape = _put(prop, hook)
    dot = _put(prop, disc((0, 11.4), 2.7))
    return [
        Group((_line(prop.part, "arrow", 4.6, *shape), Piece(prop.part, dot, "arrow")), False),
    ]


def _moon(prop: Prop) -> list[Group]:
    crescent: Knots = (
        (3, -9, 1), (-4, -7.6), (-8.6, -2), (-8, 5), (-2.6, 9.6), (4, 9.2), (8.6, 5, 1), (2, 5),
        (-2.2, 1), (-1.6, -4.6),
    )  # fmt: skip
    return _one(prop.part, ("moon", _put(prop, crescent)))


def _waves(prop: Prop) -> list[Group]:
    lines = []
    for x in (-6.0, 0.0, 6.0):
        knots = _put(prop, ((x, 7), (x + 2, 3.5), (x - 2, -0.5), (x + 2, -4), (x, -7.5)))
        lines.append(_line(prop.part, "hatch", 1.6, *knots))
    return [Group(tuple(lines), inked=False)]


def _ring(prop: Prop) -> list[Group]:
    """Short strokes that spread out from a thing: sound from a telephone."""
    lines = []
    for r in (7.0, 12.0):
        knots = _put(prop, ((r * 0.7, -r * 0.7), (r, 0), (r * 0.7, r * 0.7)))
        lines.append(_line(prop.part, "arrow", 2.0, *knots))
    return [Group(tuple(lines), inked=False)]


_MUG = (
    ("glass", ((6, -4, 1), (10, -3), (10, 3), (6, 4, 1), (6, 2, 1), (8, 1.4), (8, -1.4), (6, -2, 1))),
    ("sky", box(-6, -7, 12, 14)),
)  # fmt: skip

MAKERS: dict[str, Callable[[Prop], list[Group]]] = {
    "wall": _wall, "chair": _chair, "support": _support, "stool": _stool, "step": _step,
    "worktop": _worktop, "bed": _bed, "rail": _rail, "towel": _towel, "leaflet": _leaflet, "pain": _pain,
    "question": _question, "moon": _moon, "waves": _waves, "ring": _ring,
    "pillow": _soft_thing("cloth"), "cushion": _soft_thing("cushion"),
    "pack": _soft_thing("warm"), "cover": _outline("cover"), "mat": _outline("cushion"),
    "fold": _stroke("cover-shade", 1.4), "rail-line": _stroke("wood", 3.0),
    "rub": _stroke("arrow", 2.2),
    "phone": _held(("screen", soft(-3, -8, 6, 16, 1.6))),
    "glass": _held(("glass", ((-4.6, -8, 1), (4.6, -8, 1), (3.6, 8, 1), (-3.6, 8, 1))),
                   ("water", ((-4.2, -3, 1), (4.2, -3, 1), (3.6, 8, 1), (-3.6, 8, 1)))),
    "bottle": _held(("water", soft(-4.4, -8, 8.8, 18, 2.4)), ("navy", box(-2.4, -11.4, 4.8, 3.6))),
    "tablets": _held(("paper", box(-7, -9, 14, 18)), ("leaf", box(-7, -2.4, 14, 5))),
    "mug": _held(*_MUG),
}  # fmt: skip


def draw(prop: Prop) -> list[Group]:
    """The groups of one prop, back to front."""
    return MAKERS[prop.kind](prop)
