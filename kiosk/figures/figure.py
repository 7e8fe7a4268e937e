"""One figure: its data, its person, and its poses solved and staged.

Everything that draws or checks a figure asks here, so that each pose is solved in one way only.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kiosk.figures.body import BODIES
from kiosk.figures.data import FigureData, Person, Pose
from kiosk.figures.errors import FigureError
from kiosk.figures.geometry import Place
from kiosk.figures.limbs import MUSCLES
from kiosk.figures.palette import unknown_looks
from kiosk.figures.pose import Solver
from kiosk.figures.props import MAKERS
from kiosk.figures.scene import Stage, places, stage
from kiosk.figures.solved import SIDES, Solved
from kiosk.figures.surfaces import surfaces
from kiosk.figures.tween import frame

FRAMES = 16  # in one movement at most, shared between its parts
PART_FRAMES = 8  # from one pose to the next at most


@dataclass(frozen=True)
class Figure:
    """One figure of a file, with the person who is drawn in it."""

    name: str
    data: FigureData
    person: Person

    @property
    def poses(self) -> list[Pose]:
        """The poses, in the order in which they follow one another."""
        return list(self.data.poses.values())

    @property
    def still(self) -> str:
        """The name of the pose that stands for the figure: the one chosen, else the last."""
        return self.data.still or list(self.data.poses)[-1]

    @property
    def changes_scene(self) -> bool:
        """Whether a pose has a scene of its own, so that no movement leads into it."""
        return any(pose.props for pose in self.poses)

    @property
    def part_frames(self) -> int:
        """The number of frames from one pose to the next."""
        return min(PART_FRAMES, FRAMES // max(1, len(self.poses) - 1))

    def solver(self, pose: Pose) -> Solver:
        """The solver for a pose, among the props of the figure and its own."""
        props = (*self.data.props, *pose.props)
        return Solver(BODIES[self.person.body], surfaces(props))

    def solve(self, pose: Pose) -> Solved:
        """Where everything is in a pose. Raises FigureError."""
        return self.solver(pose).solve(pose)

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Each pose, ready to draw, by its name."""
        return {key: self.stage(pose) for key, pose in self.data.poses.items()}

    def stage(self, pose: Pose) -> Stage:
        """One pose, ready to draw."""
        return stage(self.data, self.person, pose, self.solve(pose))

    def frames(self) -> list[tuple[Pose, Solved]]:
        """Every pose and, unless the scene changes, the frames between them, solved."""
        if self.changes_scene:
            return [(pose, self.solve(pose)) for pose in self.poses]
        found: list[tuple[Pose, Solved]] = []
        for start, end in pairwise(self.poses):
            solver = self.solver(start)
            for i in range(self.part_frames):
                pose = frame(solver, start, end, i / self.part_frames)
                found.append((pose, solver.solve(pose, settle=i > 0)))
        return [*found, (self.poses[-1], self.solve(self.poses[-1]))]

    def frame_places(self) -> list[dict[str, Place]]:
        """Where every part is in every frame."""
        return [places(solved, (*self.data.props, *pose.props)) for pose, solved in self.frames()]

    def problems(self) -> list[str]:
        """What is wrong: a name that nothing has, a joint past its limit, a contact missed."""
        found = [f"{self.name}: no look is called {look}" for look in unknown_looks(self.person)]
        if self.still not in self.data.poses:
            found.append(f"{self.name}: no pose is called {self.still}")
        for key, pose in self.data.poses.items():
            try:
                problems = self._unknown(pose) or self.solve(pose).problems()
            except FigureError as error:
                problems = [str(error)]
            found += [f"{self.name}, {key}: {problem}" for problem in problems]
        return found

    def _unknown(self, pose: Pose) -> list[str]:
        props = (*self.data.props, *pose.props)
        found = [f"no prop is called {prop.kind}" for prop in props if prop.kind not in MAKERS]
        marks = self.data.muscle if pose.muscle is None else pose.muscle
        for mark in marks:
            side, _, muscle = mark.partition(".")
            if side not in SIDES or muscle not in MUSCLES:
                found.append(f"no muscle is called {mark}")
        if any(len(arrow.via) != (1 if arrow.radius else 3) for arrow in pose.arrows):
            found.append("an arrow goes through three points, or round one")
        return found
