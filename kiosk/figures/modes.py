"""Draw a figure as a still, as a strip of poses, ready to move, or as a tile."""

from typing import Literal

from kiosk.figures.drawing import GAP, Pen, frames, padded, square
from kiosk.figures.figure import Figure
from kiosk.figures.scene import Box, Stage

Mode = Literal["pair", "still", "moving", "tile"]


def draw(figure: Figure, mode: Mode, alt: str, prefix: str) -> str:
    """A figure as an SVG element.

    A figure of one pose is a still in every mode but the tile; one whose poses have scenes of
    their own is a strip where it should move.
    """
    if mode == "tile":
        return _tile(figure, alt, prefix)
    if mode == "still" or len(figure.poses) == 1:
        return _still(figure, alt, prefix)
    if mode == "moving" and not figure.changes_scene:
        return _moving(figure, alt, prefix)
    return _strip(figure, alt, prefix)


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


def _strip(figure: Figure, alt: str, prefix: str) -> str:
    stages = list(figure.stages.values())
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
        if i % columns:
            parts.append(pen.then(x - GAP / 2, y + high / 2))
    whole = Box(0, 0, columns * (wide + GAP) - GAP, rows * (high + GAP / 2) - GAP / 2)
    return pen.wrap("pair", figure.data.title, alt, whole, "".join(parts))


def _moving(figure: Figure, alt: str, prefix: str) -> str:
    stages = list(figure.stages.values())
    room = padded(_joined(stages), figure.data.floor)
    pen = Pen(figure.person, prefix, moving=True)
    inside = pen.stage(figure.data, stages[0], room)
    arrows = next((shown for shown in stages if shown.pose.arrows), None)
    if arrows and arrows is not stages[0]:  # shows the way before anything moves
        inside += pen.arrows(arrows)
    stops = ",".join(str(i * figure.part_frames) for i in range(len(stages)))
    data = f" data-stops=\"{stops}\" data-frames='{frames(figure.frame_places())}'"
    return pen.wrap("moving", figure.data.title, alt, room, inside, data)


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
    for box in boxes:
        middle = (box.left + box.right) / 2
        rooms.append(Box(middle - wide / 2, box.bottom - high, middle + wide / 2, box.bottom))
    return rooms
