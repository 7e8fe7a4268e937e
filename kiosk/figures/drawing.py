"""Write stages as SVG: still, as a strip of poses, moving, or as a tile.

Only presentation attributes and class names are used, so that the drawing works under a strict
content security policy and inside WeasyPrint, which does not apply the page's CSS to it.
"""

import json
from html import escape

from kiosk.figures import arrows, props
from kiosk.figures.data import FigureData, Person, Prop
from kiosk.figures.geometry import Place, number, pairs, smooth
from kiosk.figures.palette import paints
from kiosk.figures.pieces import Group, Piece
from kiosk.figures.scene import BACKGROUND, MARGIN, STILL_PLACE, Box, Stage, arrow_points

INK_WIDTH = 1.3  # the outline outside a shape, in millimetres at 150 mm
TILE_INK = 0.0145  # the same in a tile, as a share of its width, so that all tiles look alike
CLOSE_UP = 80.0  # a tile of less shows fine lines too
GAP = 24.0  # between the poses of a strip
FLOOR_DEPTH = 5.0
NUMERALS = (  # 1 to 6, ten millimetres high
    "M-2.4-3 1-5V5",
    "M-3-2.4Q-3-5 0-5 3-5 3-2.4 3-.4-3 5H3.4",
    "M-3-4Q-1.6-5 0-5 3-5 3-2.6 3-.2-.6-.2 3.4 0 3.4 2.4 3.4 5 0 5-2 5-3.4 3.8",
    "M1.6 5V-5L-3.6 2H3.6",
    "M3-5H-2.4L-3-.6Q-1.6-1.4 0-1.4 3.4-1.4 3.4 1.8 3.4 5 0 5-2 5-3.4 4",
    "M2.6-5Q-3.2-3-3.2 1.8-3.2 5 0 5 3.2 5 3.2 1.8 3.2-1.2 0-1.2-2.6-1.2-3.2 1.8",
)


class Pen:
    """Writes the pieces of one person's figure in one style."""

    def __init__(
        self, person: Person, prefix: str, tile: Box | None = None, moving: bool = False
    ) -> None:
        self.paints = paints(person)
        self.prefix = prefix
        self.tile = tile is not None
        self.sparse = tile is not None and tile.width > CLOSE_UP
        self.ink = tile.width * TILE_INK if tile else INK_WIDTH
        self.moving = moving
        self.shapes: dict[str, str] = {}  # path data, and the id it has in this drawing

    def stage(
        self, figure: FigureData, shown: Stage, room: Box, arrows_of: Stage | None = None
    ) -> str:
        """One pose and all that stands round it, filling the room; its arrows, or another's."""
        things = (*figure.props, *shown.pose.props)
        pointing = arrows_of or shown
        parts = [self._backdrop(room)]
        for prop in things:
            if prop.kind in BACKGROUND:
                filled = prop.model_copy(update={"h": -room.top - MARGIN})
                parts += [self.group(group, {}) for group in props.draw(filled)]
        if figure.floor and not any(prop.kind == "mat" for prop in things):
            parts.append(self._floor(room, things))
        drawn = [
            (arrow, arrow_points(arrow.part, arrow.via, pointing.places), self.paints, self.tile)
            for arrow in pointing.pose.arrows
        ]
        parts += [arrows.behind(*one) for one in drawn]
        parts += [self.group(group, shown.places) for group in shown.groups]
        parts += [arrows.front(*one) for one in drawn]
        return "".join(parts)

    # Pieces

    def group(self, group: Group, places: dict[str, Place]) -> str:
        pieces = [piece for piece in group.pieces if not (self.sparse and piece.fine)]
        if not pieces:
            return ""
        written = [(piece, self._piece(piece, places)) for piece in pieces]
        parts = []
        if group.inked:
            width = number(2 * self.ink)
            ink = self.paints["ink"]
            shapes = "".join(text for _, text in written)
            parts.append(
                f'<g class="k-fig__ink" fill="{ink}" stroke="{ink}" stroke-width="{width}" '
                f'stroke-linejoin="round">{shapes}</g>'
            )
        run: list[str] = []
        style = ""
        for piece, text in written:
            if (wanted := self._style(piece)) != style:
                parts += [f"<g {style}>{''.join(run)}</g>"] if run else []
                run, style = [], wanted
            run.append(text)
        whole = "".join(parts) + f"<g {style}>{''.join(run)}</g>"
        return self.layer(group.layer, whole, places) if group.layer and self.moving else whole

    def layer(self, name: str, inside: str, places: dict[str, Place]) -> str:
        """What only some poses show, where it is in the first frame."""
        return f'<g data-part="{name}" transform="{transform(places[name])}">{inside}</g>'

    def _style(self, piece: Piece) -> str:
        colour = self.paints[piece.paint]
        name = piece.paint.removeprefix("far:")
        names = f"k-fig__{name}" + (" k-fig__far" if piece.paint != name else "")
        if not piece.width:
            return f'class="{names}" fill="{colour}"'
        width = piece.width * self.ink / INK_WIDTH
        return (
            f'class="{names}" fill="none" stroke="{colour}" stroke-width="{number(width)}" '
            'stroke-linecap="round" stroke-linejoin="round"'
        )

    def _piece(self, piece: Piece, places: dict[str, Place]) -> str:
        """A use of a shape: each is written once, and used for ink and fill and in every pose."""
        data = smooth(piece.knots, piece.closed)
        shape = self.shapes.setdefault(data, f"{self.prefix}-{len(self.shapes)}")
        if not piece.part:
            return f'<use href="#{shape}"/>'
        name = f' data-part="{piece.part}"' if self.moving else ""
        moved = transform(places[piece.part], self.moving)
        return f'<use href="#{shape}"{name} transform="{moved}"/>'

    # Ground and arrows

    def _backdrop(self, room: Box) -> str:
        return (
            f'<rect class="k-fig__backdrop" fill="{self.paints["backdrop"]}" '
            f'x="{number(room.left)}" y="{number(room.top)}" width="{number(room.width)}" '
            f'height="{number(room.height)}" rx="{8 if not self.tile else 0}"/>'
        )

    def _floor(self, room: Box, things: tuple[Prop, ...]) -> str:
        left, right = room.left + 4, room.right - 4
        for prop in things:
            if prop.kind == "wall":
                right = prop.x
        width = self.ink
        return (
            f'<path class="k-fig__floor" fill="none" stroke="{self.paints["floor"]}" '
            f'stroke-width="{number(width)}" stroke-linecap="round" '
            f'd="M{pairs([(left, width / 2)])}H{number(right)}"/>'
        )

    def then(self, x: float, y: float) -> str:
        """The broad arrow between two poses of a strip."""
        shape = [(-8, -3), (1, -3), (1, -8.4), (9, 0), (1, 8.4), (1, 3), (-8, 3)]
        moved = pairs((x + px, y + py) for px, py in shape)
        return (
            f'<path class="k-fig__then" fill="{self.paints["arrow"]}" '
            f'stroke="{self.paints["arrow"]}" stroke-width="1.6" stroke-linejoin="round" '
            f'd="M{moved}Z"/>'
        )

    def numeral(self, number_: int, x: float, y: float) -> str:
        """The number of a pose on a disc, in a strip of more than two."""
        disc = f"M{pairs([(x - 8, y)])}a8 8 0 1 1 16 0a8 8 0 1 1-16 0z"
        moved = f'transform="translate({pairs([(x, y)])})"'
        return (
            f'<path class="k-fig__number" fill="{self.paints["arrow"]}" d="{disc}"/>'
            f'<path fill="none" stroke="{self.paints["halo"]}" stroke-width="2" {moved} '
            f'stroke-linecap="round" stroke-linejoin="round" d="{NUMERALS[number_ - 1]}"/>'
        )

    def wrap(self, mode: str, title: str, alt: str, room: Box, inside: str, more: str = "") -> str:
        """The SVG element round a drawing; its title is its name and what it shows."""
        view = " ".join(number(v) for v in (room.left, room.top, room.width, room.height))
        p = self.prefix
        shapes = "".join(f'<path id="{name}" d="{data}"/>' for data, name in self.shapes.items())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="k-fig k-fig--{mode}" role="img" '
            f'aria-labelledby="{p}-t" data-name="{escape(title)}" viewBox="{view}"{more}>'
            # On paper the title alone becomes the alternative text, so it says all.
            f'<title id="{p}-t">{escape(f"{title}. {alt}")}</title>'
            f"<defs>{shapes}</defs>{inside}</svg>"
        )


def transform(place: Place, exact: bool = True) -> str:
    """A place as SVG. Not `exact`, a turn is in whole degrees: 0.3 mm at the end of a thigh."""
    text = f"translate({pairs([(place.x, place.y)])})"
    if abs(turn := place.turn if exact else round(place.turn)) >= 0.05:
        text += f"rotate({number(turn)})"
    if abs(place.stretch - 1) >= 0.005:
        text += f"scale({place.stretch:.2f} 1)"
    return text


def padded(box: Box, floor: bool) -> Box:
    """A box with room to breathe, down to a little below the floor."""
    bottom = max(box.bottom, 0.0) if floor else box.bottom
    below = FLOOR_DEPTH if floor and box.bottom <= 2 else MARGIN
    return Box(box.left - MARGIN, box.top - MARGIN, box.right + MARGIN, bottom + below)


def square(box: Box) -> Box:
    """The smallest square round a box, with the floor of the box kept at its bottom."""
    side = max(box.width, box.height)
    middle = (box.left + box.right) / 2
    return Box(middle - side / 2, box.bottom - side, middle + side / 2, box.bottom)


def frames(places: list[dict[str, Place]]) -> str:
    """The places of every moving part in every frame, as JSON for the page's script.

    `{"part": [[x, y, turn, stretch], …]}`; a part that stays where it is is left out.
    """
    moving: dict[str, list[list[float]]] = {}
    for part in places[0]:
        rows: list[list[float]] = []
        last = 0.0
        for put in places:
            place = put.get(part, STILL_PLACE)
            # The short way round: a turn never jumps by a whole circle between two frames.
            turn = place.turn if not rows else last + (place.turn - last + 180) % 360 - 180
            last = turn
            row = [round(place.x, 1), round(place.y, 1), round(turn, 1)]
            rows.append(row if abs(place.stretch - 1) < 0.005 else [*row, round(place.stretch, 2)])
        if any(row != rows[0] for row in rows):
            moving[part] = rows
    return json.dumps(moving, separators=(",", ":"))
