"""Load a figures file, check every pose of it, and draw any of its figures.

Takes the path of a YAML file; gives back Figures. A pose that a body cannot take, or a contact
that does not hold, is refused at once with the figure, the pose, the joint and by how much.
"""

from pathlib import Path

from pydantic import ValidationError

from kiosk.datafiles import explain, read_model
from kiosk.errors import ContentError
from kiosk.figures.data import Library, Person
from kiosk.figures.errors import FigureError
from kiosk.figures.figure import Figure
from kiosk.figures.modes import Mode, draw


class Figures:
    """The figures of one file."""

    def __init__(self, library: Library) -> None:
        """Check every figure. Raises FigureError with all that is wrong, one problem a line."""
        self._words = library.words
        self._figures: dict[str, Figure] = {}
        wrong: list[str] = []
        for name, data in library.figures.items():
            if data.person not in library.people:
                wrong.append(f"{name}: no person is called {data.person}")
                continue
            dressed = {**library.people[data.person].model_dump(), **data.wear}
            try:
                self._figures[name] = Figure(name, data, Person.model_validate(dressed))
            except ValidationError as error:
                wrong.append(f"{name}: {explain(error)}")
                continue
            wrong += self._figures[name].problems()
            marks = {mark.partition(".")[2] for mark in self._marks(name)}
            wrong += [f"{name}: no words for {mark}" for mark in marks - set(self._words.muscles)]
        if wrong:
            raise FigureError("\n".join(wrong))

    @classmethod
    def load(cls, path: Path) -> "Figures":
        """Read a figures file. Raises FigureError for anything that could not be drawn."""
        try:
            return cls(read_model(path, Library))
        except (ContentError, OSError) as error:
            raise FigureError(str(error)) from error

    def names(self) -> list[str]:
        """Every figure's name, in the file's order."""
        return list(self._figures)

    def figure(self, name: str) -> Figure:
        """One figure. Raises FigureError when there is none of that name."""
        if name not in self._figures:
            raise FigureError(f"no figure is called {name}")
        return self._figures[name]

    def alt(self, name: str) -> str:
        """What a figure shows, in plain words."""
        figure, words = self.figure(name), self._words
        first, *others = [pose.shows[:1].upper() + pose.shows[1:] for pose in figure.poses]
        parts = [words.first.format(shows=first) if others else first]
        parts += [words.then.format(shows=shows) for shows in others]
        marks = [
            *figure.data.muscle,
            *(mark for pose in figure.poses for mark in pose.muscle or ()),
        ]
        for muscle in dict.fromkeys(mark.partition(".")[2] for mark in marks):
            parts.append(words.muscle.format(muscle=words.muscles[muscle]))
        return " ".join(parts)

    def svg(self, name: str, mode: Mode = "pair", prefix: str = "f1") -> str:
        """A figure as an SVG element. `prefix` keeps its ids apart from others on the page."""
        return draw(self.figure(name), mode, self.alt(name), prefix)

    def _marks(self, name: str) -> list[str]:
        """The muscles marked in any pose of a figure."""
        figure = self.figure(name)
        return [*figure.data.muscle, *(mark for pose in figure.poses for mark in pose.muscle or ())]
