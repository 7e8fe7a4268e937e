"""Points, turns, smooth outlines and the two-bone reach.

Plane geometry in figure millimetres (a standing adult is 150 mm tall), the way SVG sees it:
x to the right, y down, the floor at y = 0, turns in degrees clockwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where a rigid part is: its origin, its turn, and how much it is foreshortened along x."""

    x: float
    y: float
    turn: float
    stretch: float = 1.0

    def at(self, local: Point) -> Point:
        """A point of the part, in figure coordinates."""
        turned = rotate((local[0] * self.stretch, local[1]), self.turn)
        return (self.x + turned[0], self.y + turned[1])


def rotate(point: Point, turn: float) -> Point:
    """A point turned clockwise about the origin."""
    c, s = cos(radians(turn)), sin(radians(turn))
    return (point[0] * c - point[1] * s, point[0] * s + point[1] * c)


def step(start: Point, turn: float, length: float) -> Point:
    """The point `length` away from `start` in the direction `turn`."""
    return (start[0] + length * cos(radians(turn)), start[1] + length * sin(radians(turn)))


def distance(a: Point, b: Point) -> float:
    return hypot(b[0] - a[0], b[1] - a[1])


def direction(a: Point, b: Point) -> float:
    """The turn of the line from a to b, in degrees."""
    return degrees(atan2(b[1] - a[1], b[0] - a[0]))


def between(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def within_turn(turn: float) -> float:
    """The same turn, from -180 up to 180 degrees."""
    return (turn + 180.0) % 360.0 - 180.0


def two_bones(
    root: Point, target: Point, upper: float, lower: float, sense: int
) -> tuple[float, float]:
    """The turns of two bones that reach from `root` to `target` (law of cosines).

    `sense` is +1 where the lower bone folds clockwise (a knee), -1 where it folds the other way
    (an elbow). A target out of reach is pointed at with straight bones; the contact check then
    tells by how much it is missed.
    """
    reach = max(min(distance(root, target), upper + lower), abs(upper - lower), 1e-6)
    cosine = (upper**2 + reach**2 - lower**2) / (2 * upper * reach)
    inside = degrees(acos(max(-1.0, min(1.0, cosine))))
    first = direction(root, target) - sense * inside
    joint = step(root, first, upper)
    end = step(root, direction(root, target), reach)
    return first, direction(joint, end)


def number(value: float) -> str:
    """A number for SVG, rounded to one decimal and written as shortly as possible."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def pairs(points: Iterable[Point]) -> str:
    return " ".join(f"{number(x)} {number(y)}" for x, y in points)


def smooth(points: Sequence[tuple[float, ...]], closed: bool = True) -> str:
    """Path data through the points, as a Catmull-Rom curve, in relative steps to keep it short.

    A knot with a third value is a corner: the curve does not round it.
    """
    count = len(points)
    pen = (round(points[0][0], 1), round(points[0][1], 1))
    data = f"M{pairs([pen])}"
    smoothly = False
    for i in range(count if closed else count - 1):
        a, b = points[i], points[(i + 1) % count]
        before = points[i - 1] if closed or i else a
        after = points[(i + 2) % count] if closed or i + 2 < count else b
        straight = len(a) > 2 and len(b) > 2
        out = (0.0, 0.0) if len(a) > 2 else ((b[0] - before[0]) / 6, (b[1] - before[1]) / 6)
        into = (0.0, 0.0) if len(b) > 2 else ((after[0] - a[0]) / 6, (after[1] - a[1]) / 6)
        handles = [(a[0] + out[0], a[1] + out[1]), (b[0] - into[0], b[1] - into[1])]
        if straight or count == 2:
            letter, knots = "l", [(b[0], b[1])]
        elif smoothly and len(a) == 2:  # its first handle mirrors the last, and need not be said
            letter, knots = "s", [handles[1], (b[0], b[1])]
        else:
            letter, knots = "c", [*handles, (b[0], b[1])]
        smoothly = letter != "l"
        data += letter + _steps(pen, knots)
        # The pen stands where rounding has put it, so that errors do not add up.
        last = knots[-1]
        pen = (pen[0] + round(last[0] - pen[0], 1), pen[1] + round(last[1] - pen[1], 1))
    return data + ("z" if closed else "")


def _steps(pen: Point, knots: Iterable[Point]) -> str:
    """Numbers of relative steps, with no space or nought that SVG can do without."""
    text = ""
    for x, y in knots:
        for value in (x - pen[0], y - pen[1]):
            short = number(value).replace("0.", ".", 1) if abs(value) < 1 else number(value)
            text += short if short[0] == "-" or not text else f" {short}"
    return text


def hatching(outline: Sequence[Point], gap: float, turn: float) -> list[tuple[Point, Point]]:
    """Parallel lines that fill an outline, `gap` apart, lying at `turn` degrees."""
    level = [rotate(point, -turn) for point in outline]
    low, high = min(y for _, y in level), max(y for _, y in level)
    lines: list[tuple[Point, Point]] = []
    y = low + gap / 2
    while y < high:
        crossings = []
        for a, b in zip(level, [*level[1:], level[0]], strict=True):
            if (a[1] <= y) != (b[1] <= y):
                crossings.append(between(a[0], b[0], (y - a[1]) / (b[1] - a[1])))
        crossings.sort()
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            lines.append((rotate((left, y), turn), rotate((right, y), turn)))
        y += gap
    return lines
