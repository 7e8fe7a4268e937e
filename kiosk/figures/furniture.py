"""Furniture, seen from the side: walls, chairs, stools, steps, worktops, beds and rails.

It stands still, and its tops and edges are those of `surfaces`, which bodies touch.
"""

from kiosk.figures.data import Prop
from kiosk.figures.pieces import Group, Knots, box, line, one, soft
from kiosk.figures.surfaces import (
    BED_HEIGHT,
    SEAT_HEIGHT,
    STEP_HEIGHT,
    STOOL_HEIGHT,
    WORKTOP_HEIGHT,
)


def wall(prop: Prop) -> list[Group]:
    return one("", ("wall", box(prop.x, -prop.h, prop.w or 8, prop.h)))


def chair(prop: Prop) -> list[Group]:
    x, top = prop.x, -SEAT_HEIGHT
    back: Knots = (
        (x - 19.5, top + 2, 1), (x - 24, top - 39, 1),
        (x - 19.5, top - 40, 1), (x - 15, top + 2, 1),
    )  # fmt: skip
    return one(
        "",
        ("wood-shade", box(x + 8, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood-shade", box(x - 13, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood", back),
        ("wood", box(x + 13, top + 4, 4, SEAT_HEIGHT - 4)),
        ("wood", box(x - 19, top + 4, 4, SEAT_HEIGHT - 4)),
        ("cushion", soft(x - 20, top, 39, 5.4, 2.4)),
    )


def support(prop: Prop) -> list[Group]:
    x, top = prop.x, -SEAT_HEIGHT
    return one(
        "",
        ("wood-shade", box(x + 8, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood-shade", box(x + 28, top + 4, 3.4, SEAT_HEIGHT - 4)),
        ("wood", soft(x - 2, top - 41, 4.2, SEAT_HEIGHT + 41, 1.6)),
        ("wood", box(x + 33, top + 4, 4, SEAT_HEIGHT - 4)),
        ("cushion", soft(x, top, 39, 5.4, 2.4)),
    )


def stool(prop: Prop) -> list[Group]:
    x, high = prop.x, prop.h or STOOL_HEIGHT
    return one(
        "",
        ("wood", box(x - 11, -high + 4, 3.6, high - 4)),
        ("wood", box(x + 7.4, -high + 4, 3.6, high - 4)),
        ("cushion", soft(x - 14, -high, 28, 6, 2.6)),
    )


def step(prop: Prop) -> list[Group]:
    high, wide = prop.h or STEP_HEIGHT, prop.w or 40
    return one(
        "",
        ("wood-shade", box(prop.x + 1.4, -high + 3, wide - 1.4, high - 3)),
        ("wood", box(prop.x - 1, -high, wide + 1, 4)),
    )


def worktop(prop: Prop) -> list[Group]:
    x, top = prop.x, -WORKTOP_HEIGHT
    handle = line("", "ink", 1.4, (x + 15, top + 14), (x + 15, top + 24))
    return [
        *one(
            "",
            ("wood-shade", box(x + 14, top + 40, 24, WORKTOP_HEIGHT - 40)),
            ("cushion", box(x + 10, top + 4, 28, WORKTOP_HEIGHT - 12)),
            ("wood", soft(x - 2, top, 42, 5, 1.6)),
        ),
        Group((handle,), inked=False),
    ]


def bed(prop: Prop) -> list[Group]:
    x, w, top = prop.x, prop.w, -BED_HEIGHT
    return one(
        "",
        ("wood-shade", box(x + 6, top + 18, 4, BED_HEIGHT - 18)),
        ("wood-shade", box(x + w - 10, top + 18, 4, BED_HEIGHT - 18)),
        ("wood", soft(x - 5, top - 34, 5, 64, 2)),
        ("wood", soft(x + w, top - 10, 5, 40, 2)),
        ("wood", box(x, top + 14, w, 6)),
        ("mattress", soft(x, top, w, 14.6, 3)),
    )


def rail(prop: Prop) -> list[Group]:
    """A handrail on two posts far apart, behind those who hold it at its middle."""
    wide = prop.w or 30.0
    top = prop.y
    posts = (
        soft(prop.x - wide / 2 + 3, top, 5.0, -top, 2),  # behind the person, and so no higher
        soft(prop.x + wide / 2 - 6, top - 9, 5.0, 9 - top, 2),
    )
    bar = soft(prop.x - wide / 2 + 3, prop.y - 2, wide - 6, 4.4, 1.8)
    return one("", ("metal", bar), *(("metal", post) for post in posts))
