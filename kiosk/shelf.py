"""The data files of a pack: evidence, signs, exercises, sources, hard words and figures' names.

Takes a pack's folder; gives back a Shelf, on which its topics are put together. What is wrong is
noted on it, and the entry left out.
"""

from dataclasses import dataclass, field
from pathlib import Path

from kiosk.datafiles import read_entries, read_mapping
from kiosk.errors import ContentError
from kiosk.models import Evidence, Exercise, RedFlag, Source, Term
from kiosk.phrases import Phrases

LANG = "en-GB"


@dataclass
class Shelf:
    """The data files of a pack while its topics are read."""

    folder: Path
    phrases: Phrases
    evidence: dict[str, Evidence] = field(default_factory=dict)
    flags: dict[str, RedFlag] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    figures: frozenset[str] | None = frozenset()  # None when their file cannot be read
    problems: list[ContentError] = field(default_factory=list)

    def knows(self, item: str) -> bool:
        return item in self.evidence or item in self.flags or item in self.exercises


def read_shelf(folder: Path, phrases: Phrases) -> Shelf:
    """The data files of the pack in `folder`, and every problem found in them."""
    shelf = Shelf(folder, phrases)
    sources, problems = read_entries(shelf.folder / "sources.yaml", Source)
    evidence, more = read_entries(shelf.folder / "evidence.yaml", Evidence)
    flags, yet_more = read_entries(shelf.folder / "red-flags.yaml", RedFlag)
    exercises, still_more = read_entries(shelf.folder / "exercises.yaml", Exercise)
    terms, last = read_entries(shelf.folder / LANG / "glossary.yaml", Term)
    shelf.problems += [*problems, *more, *yet_more, *still_more, *last]
    shelf.sources = {source.id: source for source in sources}
    shelf.terms = {term.term: term for term in terms}

    if (drawn := shelf.folder / "figures.yaml").is_file():
        shelf.figures = _figure_names(drawn)

    def with_sources(entry: Evidence | RedFlag | Exercise, name: str) -> bool:
        missing = [source for source in entry.sources if source not in shelf.sources]
        if missing:
            shelf.problems.append(
                ContentError(
                    shelf.folder / name,
                    1,
                    f"`{entry.id}` names the unknown source `{missing[0]}`",
                    "add it to sources.yaml",
                )
            )
        return not missing

    shelf.evidence = {one.id: one for one in evidence if with_sources(one, "evidence.yaml")}
    shelf.flags = {one.id: one for one in flags if with_sources(one, "red-flags.yaml")}
    shelf.exercises = {one.id: one for one in exercises if with_sources(one, "exercises.yaml")}
    for one in shelf.exercises.values():
        other = shelf.exercises.get(one.seated)
        if one.seated and (other is None or other.position != "seated"):
            problem = f"`{one.id}` is done sitting by `{one.seated}`, which is no seated exercise"
            mend = "name an exercise whose position is seated"
            shelf.problems.append(ContentError(shelf.folder / "exercises.yaml", 1, problem, mend))
    return shelf


def _figure_names(path: Path) -> frozenset[str] | None:
    """The figures that a file names, drawable or not; None when the file cannot be read."""
    try:
        named = read_mapping(path).get("figures")
    except ContentError:
        return None
    return frozenset(named) if isinstance(named, dict) else None
