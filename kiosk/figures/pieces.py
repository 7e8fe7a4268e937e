"""The vocabulary of a drawing: pieces that belong to rigid parts, gathered in outlined groups.

A piece is an outline in the coordinates of one part, so a movement is nothing but the parts'
places changing. The pieces of a group share one outline: all are inked first, then filled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin

from kiosk.figures.geometry import Point

Knot = tuple[float, ...]  # x, y, and a third value where the outline has a corner
Knots = tuple[Knot, ...]
HalfWidths = Callable[[float], tuple[float, float]]


@dataclass(frozen=True)
class Piece:
    """One shape of a part. `width` above zero makes it a line; `fine` is left out of tiles."""

    part: str
    knots: Knots
    paint: str
    width: float = 0.0
    closed: bool = True
    fine: bool = False


@dataclass(frozen=True)
class Group:
    """Pieces that share one outline; `inked` is False for marks on what is already drawn.

    A `layer` is what only some poses show, such as the mark of a muscle.
    """

    pieces: tuple[Piece, ...]
    inked: bool = True
    layer: str = ""


def disc(centre: Point, radius: float, tall: float = 0.0) -> Knots:
    """A circle, or an ellipse `tall` mm in its other radius."""
    return tuple(
        (centre[0] + radius * cos(radians(a)), centre[1] + (tall or radius) * sin(radians(a)))
        for a in range(0, 360, 45)
    )


def limb(length: float, widths: HalfWidths, start: float = 0.0, end: float = 1.0,
         grow: float = 0.0, flat_end: bool = False) -> Knots:  # fmt: skip
    """The outline of a limb round its bone, which lies along x; the front is at negative y.

    It runs from share `start` to share `end` of the bone, `grow` mm wider than the body (for
    clothes). The ends are round, so that two limbs meet in a round joint, or flat (for a cuff).
    """
    shares = [start + (end - start) * i / 6 for i in range(7)]
    front: list[Knot] = []
    back: list[Knot] = []
    for share in shares:
        f, b = widths(share)
        front.append((share * length, -f - grow))
        back.append((share * length, b + grow))
    f0, b0 = -front[0][1], back[0][1]
    x0 = start * length
    first = [(x0 - 0.7 * b0, 0.7 * b0), (x0 - (f0 + b0) / 2, 0.0), (x0 - 0.7 * f0, -0.7 * f0)]
    x1 = end * length
    if flat_end:
        front[-1] = (*front[-1], 1)
        back[-1] = (*back[-1], 1)
        last: list[Knot] = []
    else:
        f1, b1 = -front[-1][1], back[-1][1]
        last = [(x1 + 0.7 * f1, -0.7 * f1), (x1 + (f1 + b1) / 2, 0.0), (x1 + 0.7 * b1, 0.7 * b1)]
    return (*front, *last, *reversed(back), *first)


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


def one(part: str, *shapes: tuple[str, Knots]) -> list[Group]:
    """One group for each shape, every one with an outline of its own."""
    return [Group((Piece(part, knots, paint),)) for paint, knots in shapes]


def line(part: str, paint: str, width: float, *knots: tuple[float, ...]) -> Piece:
    """A line of a part."""
    return Piece(part, knots, paint, width=width, closed=False)
