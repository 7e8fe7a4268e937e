"""Draw a figure as a still, as a strip of poses, ready to move, or as a tile."""

from dataclasses import replace
from typing import Literal

from kiosk.figures.drawing import GAP, NUMERALS, Pen, frames, padded, square
from kiosk.figures.figure import Figure
from kiosk.figures.geometry import Place, pairs
from kiosk.figures.scene import Box, Stage

Mode = Literal["pair", "paper", "still", "moving", "tile"]


def draw(figure: Figure, mode: Mode, alt: str, prefix: str) -> str:
    """A figure as an SVG element.

    A figure of one pose is a still in every mode but the tile; one whose poses have scenes of
    their own changes from still to still where it should move. A close-up is a tile in every mode.
    On paper a strip has no numerals: they would be smaller than the words of the leaflet, whose
    steps have numbers of their own.
    """
    if mode == "tile" or figure.data.close_up:
        return _tile(figure, alt, prefix)
    if mode == "still" or len(figure.poses) == 1:
        return _still(figure, alt, prefix)
    if mode == "moving":
        return _moving(figure, alt, prefix)
    return _strip(figure, alt, prefix, numbered=mode != "paper")


def _still(figure: Figure, alt: str, prefix: str) -> str:
    shown = figure.stages[figure.still]
    pen = Pen(figure.person, prefix)
    room = padded(shown.box, figure.data.floor)
    inside = pen.stage(figure.data, shown, room)
    return pen.wrap("still", figure.data.title, alt, room, inside)


def _tile(figure: Figure, alt: str, prefix: str) -> str:
    pose = figure.stages[figure.still].pose
    shown = figure.stage(pose.model_copy(update={"arrows": ()}))
    given = figure.data.tile
    room = square(Box(*given) if given else padded(shown.box, figure.data.floor))
    pen = Pen(figure.person, prefix, tile=room)
    inside = pen.stage(figure.data, shown, room)
    return pen.wrap("tile", figure.data.title, alt, room, inside)


def _strip(figure: Figure, alt: str, prefix: str, numbered: bool) -> str:
    stages = figure.shown
    rooms = _rooms(figure, stages)
    pen = Pen(figure.person, prefix)
    wide, high = rooms[0].width, rooms[0].height
    columns = 2 if len(stages) == 4 else len(stages)
    rows = -(-len(stages) // columns)
    parts = []
    for i, (shown, room) in enumerate(zip(stages, rooms, strict=True)):
        x, y = (i % columns) * (wide + GAP), (i // columns) * (high + GAP / 2)
        moved = f"{x - room.left:.1f} {y - room.top:.1f}"
        inside = pen.stage(figure.data, shown, room)
        parts.append(f'<g class="k-fig__pose" transform="translate({moved})">{inside}</g>')
        if numbered and 2 < len(stages) <= len(NUMERALS):
            parts.append(pen.numeral(i + 1, x + wide - 14, y + 14))
        if i % columns and not figure.changes_scene:
            parts.append(pen.then(x - GAP / 2, y + high / 2))
    whole = Box(0, 0, columns * (wide + GAP) - GAP, rows * (high + GAP / 2) - GAP / 2)
    return pen.wrap("pair", figure.data.title, alt, whole, "".join(parts))


def _moving(figure: Figure, alt: str, prefix: str) -> str:
    stages = list(figure.stages.values())
    if figure.changes_scene:
        return _scenes(figure, stages, alt, prefix)
    rows = figure.frame_places()
    room = padded(_joined(stages), figure.data.floor)
    pen = Pen(figure.person, prefix, moving=True)
    # It shows the way before anything moves, and has every mark that it will show.
    first, marks = stages[0].pose, figure.marks
    arrows = next((shown for shown in stages if shown.pose.arrows), stages[0])
    start = figure.stage(first.model_copy(update={"muscle": marks, "arrows": ()}))
    start = replace(start, places={**start.places, **rows[0]})
    inside = pen.stage(figure.data, start, room, arrows)
    return pen.wrap("moving", figure.data.title, alt, room, inside, _timing(figure, rows))


def _scenes(figure: Figure, stages: list[Stage], alt: str, prefix: str) -> str:
    """A pile of stills: each scene comes to lie on those before it, and nothing moves in it."""
    rows, rooms = figure.frame_places(), _rooms(figure, stages)
    pen = Pen(figure.person, prefix)
    parts = []
    for i, (shown, room) in enumerate(zip(stages, rooms, strict=True)):
        inside = pen.stage(figure.data, shown, room)
        moved = pairs([(-room.left, -room.top)])
        still = f'<g transform="translate({moved})">{inside}</g>'
        parts.append(pen.layer(f"scene.{i}", still, rows[0]))
    room = Box(0, 0, rooms[0].width, rooms[0].height)
    more = _timing(figure, rows)
    return pen.wrap("moving", figure.data.title, alt, room, "".join(parts), more)


def _timing(figure: Figure, rows: list[dict[str, Place]]) -> str:
    """What a page's script moves: the frame of each pose, and every part in every frame."""
    stops = ",".join(str(i * figure.part_frames) for i in range(len(figure.poses)))
    return f" data-stops=\"{stops}\" data-frames='{frames(rows)}'"


def _joined(stages: list[Stage]) -> Box:
    box = stages[0].box
    for shown in stages[1:]:
        box = box.with_(shown.box)
    return box


def _rooms(figure: Figure, stages: list[Stage]) -> list[Box]:
    """The room of each pose: the same for all, or of the same size where scenes differ."""
    floor = figure.data.floor
    if not figure.changes_scene:
        return [padded(_joined(stages), floor)] * len(stages)
    boxes = [padded(shown.box, floor) for shown in stages]
    wide, high = max(box.width for box in boxes), max(box.height for box in boxes)
    rooms = []
    for shown, box in zip(stages, boxes, strict=True):
        middle = (box.left + box.right) / 2
        # A scene seen from above lies in the middle; all others stand on their floor.
        above = any(prop.kind == "mat" for prop in shown.pose.props)
        bottom = (box.top + box.bottom + high) / 2 if above else box.bottom
        rooms.append(Box(middle - wide / 2, bottom - high, middle + wide / 2, bottom))
    return rooms
