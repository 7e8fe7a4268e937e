"""Load a figures file, check every pose of it, and draw any of its figures.

Takes the path of a YAML file; gives back Figures. A figure with a pose that a body cannot take, or
a contact that does not hold, is left out, and `problems` names it by file and line; all others
are drawn.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.datafiles import explain, key_lines, read_mapping
from kiosk.errors import ContentError
from kiosk.figures.data import FigureData, Person, Words
from kiosk.figures.errors import FigureError
from kiosk.figures.figure import Figure, Problem
from kiosk.figures.modes import Mode, draw

PARTS = ("words", "people", "figures")
LINES_DEPTH = 4  # figures, a figure, its poses, a pose
MOST_KEPT = 64  # drawings, some 2 MB; a figure takes 10 ms to draw, and a kept leaflet asks for it


class Figures:
    """The figures of one file, and what is wrong with those that had to be left out."""

    def __init__(self, path: Path, words: Words) -> None:
        self.path = path
        self.problems: list[FigureError] = []
        self._words = words
        self._figures: dict[str, Figure] = {}
        self._drawn = lru_cache(MOST_KEPT)(self._draw)

    @classmethod
    def load(cls, path: Path) -> "Figures":
        """Read a figures file.

        Raises FigureError when nothing of it can be used: it is not there, not YAML, or the words
        that every description needs are missing.
        """
        try:
            data = read_mapping(path)
        except ContentError as error:
            raise FigureError(error.path, error.line, error.problem, error.mend) from error
        # Only what is told needs lines, and they take as long as all the rest.
        lines = cache(lambda: key_lines(path, LINES_DEPTH))
        try:
            words = Words.model_validate(data.get("words"))
        except ValidationError as error:
            line, problem = lines().get("words", 1), f"words: {explain(error)}"
            raise FigureError(path, line, problem, "correct the words") from error
        figures = cls(path, words)
        figures._read(data, lines)
        return figures

    def _read(self, data: dict[str, Any], lines: Callable[[], dict[str, int]]) -> None:
        def tell(key: str, problem: str, mend: str) -> None:
            self.problems.append(FigureError(self.path, lines().get(key, 1), problem, mend))

        for part in data.keys() - set(PARTS):
            tell(part, f"nothing reads `{part}`", f"use {', '.join(PARTS)}")
        people, entries = (data.get(part) or {} for part in ("people", "figures"))
        if not isinstance(people, dict) or not isinstance(entries, dict):
            part = "figures" if isinstance(people, dict) else "people"
            tell(part, f"`{part}` is not `name:` entries", "give each a name and a colon")
            return
        for name, entry in entries.items():
            key = f"figures.{name}"
            try:
                figure = _figure(str(name), entry, people)
            except ValidationError as error:
                tell(
                    _closest(lines(), key, error), f"{name}: {explain(error)}", "correct this entry"
                )
                continue
            except KeyError as error:
                tell(key, f"{name}: no person is called {error.args[0]}", "see `people`")
                continue
            wrong = [*figure.problems(), *self._wordless(figure)]
            for one in wrong:
                where = f"{key}.poses.{one.pose}" if one.pose else key
                told = f"{name}, {one.pose}: {one.text}" if one.pose else f"{name}: {one.text}"
                tell(where, told, one.mend)
            if not wrong:
                self._figures[str(name)] = figure

    def _wordless(self, figure: Figure) -> list[Problem]:
        marks = {mark.partition(".")[2] for mark in figure.marks}
        return [
            Problem("", f"no words for {mark}", "add it to `words: muscles`")
            for mark in sorted(marks - set(self._words.muscles))
        ]

    def names(self) -> list[str]:
        """Every figure's name, in the file's order."""
        return list(self._figures)

    def figure(self, name: str) -> Figure:
        """One figure. Raises FigureError when there is none of that name."""
        if name not in self._figures:
            known = "see the names in the file"
            raise FigureError(self.path, 1, f"no figure is called {name}", known)
        return self._figures[name]

    def title(self, name: str) -> str:
        """A figure's own name. Raises FigureError when there is no such figure."""
        return self.figure(name).data.title

    def alt(self, name: str) -> str:
        """What a figure shows, in plain words. Raises FigureError when there is no such figure."""
        figure, words = self.figure(name), self._words
        shown = [pose.shows for pose in figure.poses if pose.shows]
        first, *others = [text[:1].upper() + text[1:] for text in shown]
        parts = [words.first.format(shows=first) if others else first]
        parts += [words.then.format(shows=shows) for shows in others]
        for muscle in dict.fromkeys(mark.partition(".")[2] for mark in figure.marks):
            parts.append(words.muscle.format(muscle=words.muscles[muscle]))
        return " ".join(parts)

    def svg(self, name: str, mode: Mode = "pair", prefix: str = "f1") -> str:
        """A figure as an SVG element. `prefix` keeps its ids apart from others on the page.

        Raises FigureError when there is no such figure.
        """
        return self._drawn(name, mode, prefix)

    def _draw(self, name: str, mode: Mode, prefix: str) -> str:
        return draw(self.figure(name), mode, self.alt(name), prefix)


def _figure(name: str, entry: object, people: dict[Any, Any]) -> Figure:
    """One entry as a figure. Raises ValidationError; KeyError with a person nobody knows."""
    data = FigureData.model_validate(entry)
    if data.person not in people:
        raise KeyError(data.person)
    looks = people[data.person]
    dressed = {**looks, **data.wear} if isinstance(looks, dict) else looks
    return Figure(name, data, Person.model_validate(dressed))


def _closest(lines: dict[str, int], key: str, error: ValidationError) -> str:
    """The deepest key on the way to what a model dislikes whose line is known."""
    for part in error.errors()[0]["loc"]:
        if f"{key}.{part}" not in lines:
            break
        key = f"{key}.{part}"
    return key
