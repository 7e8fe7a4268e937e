"""Load a figures file, check every pose of it, and draw any of its figures.

Takes the path of a YAML file; gives back Figures. A pose that a body cannot take, or a contact
that does not hold, is refused at once with the figure, the pose, the joint and by how much.
"""

from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError

from kiosk.figures.body import BODIES
from kiosk.figures.data import FigureData, Library, Person, Pose
from kiosk.figures.drawing import GAP, Pen, frames, padded, square
from kiosk.figures.errors import FigureError
from kiosk.figures.pose import Solved, Solver
from kiosk.figures.scene import Box, Stage, places, stage
from kiosk.figures.surfaces import surfaces
from kiosk.figures.tween import frame

Mode = Literal["pair", "still", "moving", "tile"]
STEPS = 8  # frames from one pose to the next


class Figures:
    """The figures of one file."""

    def __init__(self, library: Library) -> None:
        self._library = library
        wrong = [problem for name in library.figures for problem in self._problems(name)]
        if wrong:
            raise FigureError("\n".join(wrong))

    @classmethod
    def load(cls, path: Path) -> "Figures":
        """Read a figures file. Raises FigureError for anything that could not be drawn."""
        try:
            return cls(Library.model_validate(yaml.safe_load(path.read_text("utf-8"))))
        except (ValidationError, yaml.YAMLError) as error:
            raise FigureError(f"{path}: {error}") from error

    def names(self) -> list[str]:
        """Every figure's name, in the file's order."""
        return list(self._library.figures)

    def poses(self, name: str) -> list[str]:
        """The names of a figure's poses, in order."""
        return list(self._figure(name).poses)

    def alt(self, name: str) -> str:
        """What a figure shows, in plain words."""
        figure, words = self._figure(name), self._library.words
        said = [pose.shows for pose in figure.poses.values() if pose.shows]
        if len(said) == 1:
            parts = said
        else:
            parts = [words.first.format(shows=said[0])]
            parts += [words.then.format(shows=shows) for shows in said[1:]]
        muscles = [mark.partition(".")[2] for mark in figure.muscle]
        for pose in figure.poses.values():
            muscles += [mark.partition(".")[2] for mark in pose.muscle or ()]
        for muscle in dict.fromkeys(muscles):
            parts.append(words.muscle.format(muscle=words.muscles[muscle]))
        return " ".join(parts)

    def svg(self, name: str, mode: Mode = "pair", prefix: str = "f1") -> str:
        """A figure as an SVG element. `prefix` keeps its ids apart from others on the page."""
        figure = self._figure(name)
        if mode == "pair" and len(figure.poses) > 1:
            return self._strip(name, prefix)
        if mode == "moving" and len(figure.poses) > 1:
            return self._moving(name, prefix)
        if mode == "tile":
            return self._tile(name, prefix)
        shown = self._stages(name)[self._still(figure)]
        pen = Pen(self._person(figure), prefix)
        room = padded(shown.box, figure.floor)
        return pen.wrap("still", figure.title, self.alt(name), room, pen.stage(figure, shown, room))

    # Modes

    def _tile(self, name: str, prefix: str) -> str:
        figure = self._figure(name)
        shown = self._stages(name)[self._still(figure)]
        bare = shown.pose.model_copy(update={"arrows": ()})
        shown = stage(figure, self._person(figure), bare, self.solver(figure, bare).solve(bare))
        room = Box(*figure.tile) if figure.tile else padded(shown.box, figure.floor)
        room = square(room)
        pen = Pen(self._person(figure), prefix, tile=True)
        inside = pen.stage(figure, shown, room)
        return pen.wrap("tile", figure.title, self.alt(name), room, inside)

    def _strip(self, name: str, prefix: str) -> str:
        figure = self._figure(name)
        stages = list(self._stages(name).values())
        boxes = self._rooms(figure, stages)
        pen = Pen(self._person(figure), prefix)
        wide, high = boxes[0].width, boxes[0].height
        columns = 2 if len(stages) == 4 else len(stages)
        rows = -(-len(stages) // columns)
        parts = []
        for i, (shown, room) in enumerate(zip(stages, boxes, strict=True)):
            x, y = (i % columns) * (wide + GAP), (i // columns) * (high + GAP / 2)
            moved = f"{x - room.left:.1f} {y - room.top:.1f}"
            parts.append(
                f'<g class="k-fig__pose" transform="translate({moved})">'
                f"{pen.stage(figure, shown, room)}</g>"
            )
            if i % columns:
                parts.append(pen.then(x - GAP / 2, y + high / 2))
        whole = Box(0, 0, columns * wide + (columns - 1) * GAP, rows * high + (rows - 1) * GAP / 2)
        return pen.wrap("pair", figure.title, self.alt(name), whole, "".join(parts))

    def _moving(self, name: str, prefix: str) -> str:
        figure = self._figure(name)
        stages = list(self._stages(name).values())
        room = stages[0].box
        for shown in stages[1:]:
            room = room.with_(shown.box)
        room = padded(room, figure.floor)
        pen = Pen(self._person(figure), prefix, moving=True)
        poses = list(figure.poses.values())
        if any(pose.props for pose in poses):
            raise FigureError(f"{name}: poses with scenes of their own cannot move into another")
        rows = [
            places(solved, (*figure.props, *pose.props)) for pose, solved in self.frames(name)
        ]
        stops = ",".join(str(i * STEPS) for i in range(len(poses)))
        data = f" data-stops=\"{stops}\" data-frames='{frames(rows)}'"
        inside = pen.stage(figure, stages[0], room)
        return pen.wrap("moving", figure.title, self.alt(name), room, inside, data)

    # What they are made of

    def solver(self, figure: FigureData, pose: Pose) -> Solver:
        return Solver(
            BODIES[self._person(figure).body], surfaces((*figure.props, *pose.props))
        )

    def frames(self, name: str) -> list[tuple[Pose, Solved]]:
        """Every pose of a figure and the frames between them, solved."""
        figure = self._figure(name)
        poses = list(figure.poses.values())
        found: list[tuple[Pose, Solved]] = []
        for start, end in zip(poses, poses[1:], strict=False):
            solver = self.solver(figure, start)
            for i in range(STEPS):
                between = frame(solver, start, end, i / STEPS)
                found.append((between, solver.solve(between, settle=0 < i)))
        return [*found, (poses[-1], self.solver(figure, poses[-1]).solve(poses[-1]))]

    def solved(self, name: str) -> dict[str, Solved]:
        """Every pose of a figure, solved."""
        figure = self._figure(name)
        return {
            key: self.solver(figure, pose).solve(pose) for key, pose in figure.poses.items()
        }

    @cached_property
    def _made(self) -> dict[str, dict[str, Stage]]:
        return {}

    def _stages(self, name: str) -> dict[str, Stage]:
        if name not in self._made:
            figure = self._figure(name)
            self._made[name] = {
                key: stage(figure, self._person(figure), figure.poses[key], solved)
                for key, solved in self.solved(name).items()
            }
        return self._made[name]

    def _rooms(self, figure: FigureData, stages: list[Stage]) -> list[Box]:
        """The room of each pose: the same for all, or of the same size where scenes differ."""
        if not any(pose.props for pose in figure.poses.values()):
            room = stages[0].box
            for shown in stages[1:]:
                room = room.with_(shown.box)
            return [padded(room, figure.floor)] * len(stages)
        boxes = [padded(shown.box, figure.floor) for shown in stages]
        wide, high = max(b.width for b in boxes), max(b.height for b in boxes)
        return [
            Box(m - wide / 2, b.bottom - high, m + wide / 2, b.bottom)
            for b in boxes
            for m in [(b.left + b.right) / 2]
        ]

    def _figure(self, name: str) -> FigureData:
        if name not in self._library.figures:
            raise FigureError(f"no figure is called {name}")
        return self._library.figures[name]

    def _person(self, figure: FigureData) -> Person:
        person = self._library.people[figure.person]
        return Person.model_validate({**person.model_dump(), **figure.wear})

    def _still(self, figure: FigureData) -> str:
        return figure.still or list(figure.poses)[-1]

    def _problems(self, name: str) -> list[str]:
        found = []
        figure = self._figure(name)
        for key, pose in figure.poses.items():
            try:
                problems = self.solver(figure, pose).solve(pose).problems()
            except FigureError as error:
                problems = [str(error)]
            found += [f"{name}, {key}: {problem}" for problem in problems]
        return found
