"""Movement arrows: curves with a head, and rings whose far half passes behind the body.

Takes an arrow and its points on the stage; gives back SVG. Each has a light edge, so that it shows
on every colour.
"""

from math import cos, radians, sin

from kiosk.figures.data import Arrow
from kiosk.figures.geometry import Point, direction, number, pairs, rotate

WIDTH = 2.8  # millimetres at 150 mm
TILE_WIDTH = 4.4
EDGE = 2.4  # of the light edge, both sides together
RING_WIDTH = 2.2  # a ring lies over what it goes round, so it is slighter
RING_FROM, RING_TO = -165, 140  # degrees round a ring; above 0 is the half nearer to the viewer


def front(arrow: Arrow, points: list[Point], paints: dict[str, str], tile: bool) -> str:
    """What of an arrow is drawn before the body: all but the far half of a ring."""
    width = _width(arrow, tile)
    size = 2.4 * width + (1.4 if arrow.radius else 0)
    if arrow.radius:
        tip = _on_ring(arrow, points[0], RING_TO)
        heads = [_head(_on_ring(arrow, points[0], RING_TO - 25), tip, size)]
        curve = _arc(arrow, points[0], 0, RING_TO)
    else:
        a, bend, b = points
        curve = f"M{pairs([a])}Q{pairs([bend, b])}"
        heads = [_head(bend, b, size)] + ([_head(bend, a, size)] if arrow.both else [])
    return _strokes(curve, "".join(f"M{pairs(head)}Z" for head in heads), paints, width)


def behind(arrow: Arrow, points: list[Point], paints: dict[str, str], tile: bool) -> str:
    """The far half of a ring; nothing of any other arrow."""
    if not arrow.radius:
        return ""
    return _strokes(_arc(arrow, points[0], RING_FROM, 0), "", paints, _width(arrow, tile))


def ring_corners(arrow: Arrow, centre: Point) -> list[Point]:
    """Points round a ring, for the room that it needs."""
    return [_on_ring(arrow, centre, angle) for angle in range(0, 360, 30)]


def _on_ring(arrow: Arrow, centre: Point, angle: float) -> Point:
    out = (arrow.radius * cos(radians(angle)), arrow.radius * arrow.flat * sin(radians(angle)))
    x, y = rotate(out, arrow.turn)
    return (centre[0] + x, centre[1] + y)


def _arc(arrow: Arrow, centre: Point, start: float, end: float) -> str:
    a, b = (_on_ring(arrow, centre, angle) for angle in (start, end))
    radii = pairs([(arrow.radius, arrow.radius * arrow.flat)])
    return f"M{pairs([a])}A{radii} {number(arrow.turn)} 0 1 {pairs([b])}"


def _width(arrow: Arrow, tile: bool) -> float:
    return TILE_WIDTH if tile else RING_WIDTH if arrow.radius else WIDTH


def _strokes(curve: str, tips: str, paints: dict[str, str], width: float) -> str:
    colour, halo = paints["arrow"], paints["halo"]
    filled = f'<path fill="{colour}" stroke="{colour}" stroke-width="1" d="{tips}"/>'
    return (
        '<g class="k-fig__arrow" fill="none" stroke-linecap="round" stroke-linejoin="round">'
        f'<path stroke="{halo}" stroke-width="{number(width + EDGE)}" d="{curve}{tips}"/>'
        f'<path stroke="{colour}" stroke-width="{number(width)}" d="{curve}"/>'
        f"{filled if tips else ''}</g>"
    )


def _head(before: Point, tip: Point, size: float) -> list[Point]:
    turn = direction(before, tip)
    shape = [(size * 0.55, 0.0), (-size * 0.45, -size * 0.55), (-size * 0.45, size * 0.55)]
    return [(tip[0] + x, tip[1] + y) for x, y in (rotate(point, turn) for point in shape)]
