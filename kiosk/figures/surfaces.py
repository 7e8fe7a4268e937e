"""The places of props that a body can touch: a level top, an upright face, or a point.

Sizes are millimetres of a figure 150 mm tall, so a chair seat at 35 is 40 cm in life.
"""

from dataclasses import dataclass

from kiosk.figures.data import Prop

SEAT_HEIGHT = 35.0
STOOL_HEIGHT = 24.0
STEP_HEIGHT = 16.0
WORKTOP_HEIGHT = 80.0
BED_HEIGHT = 30.0


@dataclass(frozen=True)
class Surface:
    """`level` has a y and a span of x; `upright` an x and a span of y; `point` has both."""

    kind: str
    x: float
    y: float
    span: tuple[float, float] = (-1000.0, 1000.0)

    def gap(self, point: tuple[float, float]) -> float:
        """How far a point is from touching, in millimetres."""
        off, at = (point[1] - self.y, point[0]) if self.kind == "level" else (
            point[0] - self.x, point[1],
        )  # fmt: skip
        if self.kind == "point":
            return max(abs(point[0] - self.x), abs(point[1] - self.y))
        beyond = max(self.span[0] - at, at - self.span[1], 0.0)
        return max(abs(off), beyond)


FLOOR = Surface("level", 0.0, 0.0)


def surfaces(props: tuple[Prop, ...]) -> dict[str, Surface]:
    """Every surface of a scene by the name that poses use; the floor is always there."""
    found = {"floor": FLOOR}
    for prop in props:
        found.update(_of(prop))
    return found


def _of(prop: Prop) -> dict[str, Surface]:
    x, h, w = prop.x, prop.h, prop.w
    match prop.kind:
        case "wall":
            return {"wall": Surface("upright", x, 0, (-170.0, 0.0))}
        case "chair":
            back = Surface("point", x - 19.0, -(SEAT_HEIGHT + 38.0))
            return {"seat": Surface("level", x, -SEAT_HEIGHT, (x - 20, x + 20)), "chair-back": back}
        case "support":  # a chair seen from behind the person who holds its back
            return {"chair-back": Surface("point", x, -(SEAT_HEIGHT + 40.0))}
        case "stool":
            return {"stool": Surface("level", x, -(h or STOOL_HEIGHT), (x - 14, x + 14))}
        case "step":
            return {"step": Surface("level", x, -(h or STEP_HEIGHT), (x, x + (w or 40)))}
        case "worktop":
            return {"worktop": Surface("level", x, -WORKTOP_HEIGHT, (x - 2, x + 40))}
        case "bed":
            top = Surface("level", x, -BED_HEIGHT, (x, x + w))
            return {"bed": top, "bed-end": Surface("upright", x + w, 0, (-80.0, 0.0))}
        case "rail":
            return {"rail": Surface("point", x, prop.y)}
        case _:
            return {}
