"""One figure: its data, its person, and its poses solved and staged.

Everything that draws or checks a figure asks here, so that each pose is solved in one way only.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kiosk.figures.body import BODIES
from kiosk.figures.data import FigureData, Person, Pose
from kiosk.figures.errors import PoseError
from kiosk.figures.geometry import Place
from kiosk.figures.limbs import MUSCLES
from kiosk.figures.palette import unknown_looks
from kiosk.figures.pose import Solver
from kiosk.figures.props import MAKERS
from kiosk.figures.scene import STILL_PLACE, Stage, places, stage
from kiosk.figures.solved import SIDES, Solved
from kiosk.figures.surfaces import surfaces
from kiosk.figures.tween import frame

FRAMES = 16  # in one movement at most, shared between its parts
PART_FRAMES = 8  # from one pose to the next at most
SCENE_FRAMES = 2  # from one scene to the next: the change is half-way
# Where a scene or a mark stands in a movement while it is not shown: far outside the picture, so
# that its way in and out is done in under a thousandth of the time between two frames.
AWAY = Place(100_000.0, 0.0, 0.0)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a figure: in which pose ("" for the whole), what, and the mend."""

    pose: str
    text: str
    mend: str


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
    def marks(self) -> tuple[str, ...]:
        """Every muscle that is marked in any pose, each once."""
        of_poses = (mark for pose in self.poses for mark in pose.muscle or ())
        return tuple(dict.fromkeys((*self.data.muscle, *of_poses)))

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
        if self.changes_scene:
            return SCENE_FRAMES
        return min(PART_FRAMES, FRAMES // max(1, len(self.poses) - 1))

    def solver(self, pose: Pose) -> Solver:
        """The solver for a pose, among the props of the figure and its own."""
        props = (*self.data.props, *pose.props)
        return Solver(BODIES[self.person.body], surfaces(props))

    def solve(self, pose: Pose) -> Solved:
        """Where everything is in a pose. Raises PoseError."""
        return self.solver(pose).solve(pose)

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Each pose, ready to draw, by its name."""
        return {key: self.stage(pose) for key, pose in self.data.poses.items()}

    @property
    def shown(self) -> list[Stage]:
        """The poses that a strip shows: all but those that are only passed through."""
        return [shown for shown in self.stages.values() if not shown.pose.passing]

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
        """Where every part is in every frame, and what is shown in some poses only.

        A figure whose poses are scenes of their own is a pile of stills: `scene.1` comes to lie on
        `scene.0` half-way between the two, and nothing moves within them. In any other figure the
        mark of a muscle (`mark.near.calf`) shows from half-way to the pose that has it.
        """
        if self.changes_scene:
            return [
                {f"scene.{i}": STILL_PLACE if i <= at else AWAY for i in range(len(self.poses))}
                for at in self._nearest()
            ]
        rows = [places(solved, (*self.data.props, *pose.props)) for pose, solved in self.frames()]
        for row, at in zip(rows, self._nearest(), strict=True):
            marked = self.marks_of(self.poses[at])
            for mark in self.marks:
                row[f"mark.{mark}"] = STILL_PLACE if mark in marked else AWAY
        return rows

    def marks_of(self, pose: Pose) -> tuple[str, ...]:
        """The muscles marked in a pose."""
        return self.data.muscle if pose.muscle is None else pose.muscle

    def _nearest(self) -> list[int]:
        """For each frame the pose it is nearest to; half-way is nearer to the later."""
        step, last = self.part_frames, len(self.poses) - 1
        return [min(int(i / step + 0.5), last) for i in range(last * step + 1)]

    def problems(self) -> list[Problem]:
        """What is wrong: a name that nothing has, a joint past its limit, a contact missed."""
        found = [
            Problem("", f"no look is called {look}", "see palette.py for the looks")
            for look in unknown_looks(self.person)
        ]
        if self.still not in self.data.poses:
            found.append(Problem("", f"no pose is called {self.still}", "name a pose of it"))
        if not any(pose.shows for pose in self.poses):
            found.append(Problem("", "nothing says what it shows", "give a pose `shows`"))
        if self.data.close_up and not self.data.tile:
            found.append(Problem("", "a close-up has no `tile`", "say what of the scene it shows"))
        if self.data.tile and not _has_room(self.data.tile):
            found.append(Problem("", "the tile has no room", "give left, top, right, bottom"))
        for key, pose in self.data.poses.items():
            try:
                wrong = self._unknown(pose) or self._misplaced(pose)
            except PoseError as error:
                wrong = [(str(error), error.hint)]
            found += [Problem(key, text, mend) for text, mend in wrong]
        return found

    def _unknown(self, pose: Pose) -> list[tuple[str, str]]:
        found = []
        for prop in (*self.data.props, *pose.props):
            if prop.kind not in MAKERS:
                found.append((f"no prop is called {prop.kind}", f"use {', '.join(MAKERS)}"))
            elif prop.kind == "cover" and len(prop.points) < 3:
                found.append(("a cover has no outline", "give it three `points` or more"))
        for mark in self.marks_of(pose):
            side, _, muscle = mark.partition(".")
            if side not in SIDES or muscle not in MUSCLES:
                mend = f"use near. or far. and {', '.join(MUSCLES)}"
                found.append((f"no muscle is called {mark}", mend))
        if any(len(arrow.via) != (1 if arrow.radius else 3) for arrow in pose.arrows):
            mend = "give `via` three points, or one and a `radius`"
            found.append(("an arrow goes through three points, or round one", mend))
        return found

    def _misplaced(self, pose: Pose) -> list[tuple[str, str]]:
        """Joints and contacts, and parts that an arrow or a prop goes with."""
        solved, found = self.solve(pose), []
        for prop in (*self.data.props, *pose.props):
            known = SIDES if prop.kind == "towel" else solved.places
            if prop.part and prop.part not in known:
                found.append((f"no part is called {prop.part}", f"use one of {', '.join(known)}"))
        for arrow in pose.arrows:
            if arrow.part and arrow.part not in solved.places:
                mend = f"use one of {', '.join(solved.places)}"
                found.append((f"no part is called {arrow.part}", mend))
        return [*found, *solved.problems()]


def _has_room(tile: tuple[float, float, float, float]) -> bool:
    return tile[0] < tile[2] and tile[1] < tile[3]
