"""Things: pillows, covers, towels, cups, a telephone, a leaflet, and marks such as a moon.

Each kind of prop is one function that gives back groups of pieces. A thing that is held belongs
to the part that holds it, and moves with it; the part of all else is "".
"""

from collections.abc import Callable

from kiosk.figures import furniture, towel
from kiosk.figures.data import Prop
from kiosk.figures.geometry import rotate
from kiosk.figures.pieces import Group, Knots, Piece, box, disc, line, one, soft


def _soft_thing(paint: str) -> Callable[[Prop], list[Group]]:
    def make(prop: Prop) -> list[Group]:
        w, h = prop.w, prop.h
        knots: Knots = (
            (-w / 2, -h / 2 + 1), (-w / 4, -h / 2), (w / 4, -h / 2), (w / 2, -h / 2 + 1),
            (w / 2 + 1, 0), (w / 2, h / 2 - 1), (w / 4, h / 2), (-w / 4, h / 2),
            (-w / 2, h / 2 - 1), (-w / 2 - 1, 0),
        )  # fmt: skip
        return one(prop.part, (paint, _put(prop, knots)))

    return make


def _outline(paint: str) -> Callable[[Prop], list[Group]]:
    return lambda prop: one(prop.part, (paint, prop.points))


def _mat(prop: Prop) -> list[Group]:
    """An exercise mat seen from above its near edge: its far edge is shorter."""
    x, y, w, h = prop.x, prop.y, prop.w, prop.h
    top: Knots = ((x, y + h, 1), (x + 0.3 * h, y, 1), (x + w - 0.3 * h, y, 1), (x + w, y + h, 1))
    return one("", ("cushion", box(x, y + h, w, 2.6)), ("cushion", top))


def _mat_edge(prop: Prop) -> list[Group]:
    """The same mat seen from the side; who lies on it lies at the height of the floor."""
    return one("", ("cushion", box(prop.x, prop.y, prop.w, 2.6)))


def _put(prop: Prop, knots: Knots) -> Knots:
    """Knots about a prop's own middle, turned and moved to where the prop is."""
    done: list[tuple[float, ...]] = []
    for knot in knots:
        x, y = rotate((knot[0], knot[1]), prop.turn)
        done.append((x + prop.x, y + prop.y, *knot[2:]))
    return tuple(done)


def _held(*shapes: tuple[str, Knots]) -> Callable[[Prop], list[Group]]:
    def make(prop: Prop) -> list[Group]:
        return one(prop.part, *((paint, _put(prop, knots)) for paint, knots in shapes))

    return make


def _leaflet(prop: Prop) -> list[Group]:
    page = _put(prop, box(-9, -13, 18, 26))
    rows = [
        line(prop.part, "arrow", 1.5, *_put(prop, ((-5.6, y), (w, y))))
        for y, w in ((-8.6, 3.4), (-4.2, 5.6), (0.2, 5.6), (4.6, 5.6), (9, 1))
    ]
    return [*one(prop.part, ("paper", page)), Group(tuple(rows), inked=False)]


def _pain(prop: Prop) -> list[Group]:
    flash: Knots = (
        (-2, -7, 1), (3, -7, 1), (0.6, -1.8, 1), (4.4, -1.8, 1), (-3, 8, 1), (-0.6, 0.8, 1),
        (-4.2, 0.8, 1),
    )  # fmt: skip
    return one(prop.part, ("moon", _put(prop, flash)))


def _veins(prop: Prop) -> list[Group]:
    """Swollen veins that wind down a part."""
    winding: tuple[Knots, ...] = (
        ((5, 2), (8, 5), (11, 1), (14, 4.6), (17, 0.6), (20, 3.4), (24, 0), (29, 1.4)),
        ((12, 2), (14, -2), (18, -1.6), (21, -3), (25, -2)),
    )
    lines = (line(prop.part, "vein", 1.9, *knots) for knots in winding)
    return [Group(tuple(lines), inked=False)]


def _question(prop: Prop) -> list[Group]:
    hook = ((-6.4, -6), (-5, -11), (0, -13), (5.6, -10.6), (6.2, -5.6), (2.4, -1.4), (0, 2), (0, 5))
    shape = _put(prop, hook)
    dot = _put(prop, disc((0, 11.4), 2.7))
    return [
        Group((line(prop.part, "arrow", 4.6, *shape), Piece(prop.part, dot, "arrow")), False),
    ]


def _moon(prop: Prop) -> list[Group]:
    crescent: Knots = (
        (3, -9, 1), (-4, -7.6), (-8.6, -2), (-8, 5), (-2.6, 9.6), (4, 9.2), (8.6, 5, 1), (2, 5),
        (-2.2, 1), (-1.6, -4.6),
    )  # fmt: skip
    return one(prop.part, ("moon", _put(prop, crescent)))


def _waves(prop: Prop) -> list[Group]:
    lines = []
    for x in (-6.0, 0.0, 6.0):
        knots = _put(prop, ((x, 7), (x + 2, 3.5), (x - 2, -0.5), (x + 2, -4), (x, -7.5)))
        lines.append(line(prop.part, "warm", 2.0, *knots))
    return [Group(tuple(lines), inked=False)]


def _ring(prop: Prop) -> list[Group]:
    """Short strokes that spread out from a thing: sound from a telephone."""
    lines = []
    for r in (7.0, 12.0):
        knots = _put(prop, ((r * 0.7, -r * 0.7), (r, 0), (r * 0.7, r * 0.7)))
        lines.append(line(prop.part, "arrow", 2.0, *knots))
    return [Group(tuple(lines), inked=False)]


MAKERS: dict[str, Callable[[Prop], list[Group]]] = {
    "wall": furniture.wall,
    "chair": furniture.chair,
    "support": furniture.support,
    "stool": furniture.stool,
    "step": furniture.step,
    "worktop": furniture.worktop,
    "bed": furniture.bed,
    "rail": furniture.rail,
    "pillow": _soft_thing("cloth"),
    "cushion": _soft_thing("cushion"),
    "pack": _soft_thing("warm"),
    "cover": _outline("cover"),
    "mat": _mat,
    "mat-edge": _mat_edge,
    "towel": towel.near_strap,
    "leaflet": _leaflet,
    "phone": _held(("screen", soft(-3, -8, 6, 16, 1.6))),
    "glass": _held(
        ("glass", ((-4.6, -8, 1), (4.6, -8, 1), (3.6, 8, 1), (-3.6, 8, 1))),
        ("water", ((-4.2, -3, 1), (4.2, -3, 1), (3.6, 8, 1), (-3.6, 8, 1))),
    ),
    "bottle": _held(("water", soft(-4.4, -8, 8.8, 18, 2.4)), ("lid", box(-2.4, -11.4, 4.8, 3.6))),
    "tablets": _held(("paper", box(-7, -9, 14, 18)), ("leaf", box(-7, -2.4, 14, 5))),
    "pain": _pain,
    "veins": _veins,
    "question": _question,
    "moon": _moon,
    "waves": _waves,
    "ring": _ring,
}


def draw(prop: Prop) -> list[Group]:
    """The groups of one prop, back to front."""
    return MAKERS[prop.kind](prop)
