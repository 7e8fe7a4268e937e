"""Where each claim, sign, exercise and point of a pack is told: the tables in docs/coverage.md.

`python -m kiosk.coverage > docs/coverage.md` writes it anew; a test holds the two together. The
points are those of the texts that the pack began from: points.yaml has a verdict on each.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from kiosk.checks.passages import Kind, pack_passages
from kiosk.datafiles import read_entries
from kiosk.errors import ContentError
from kiosk.loader import load_catalogue
from kiosk.models import Pack, Strict
from kiosk.phrases import Phrases
from kiosk.settings import PROJECT

HEAD = """# Where each claim is used

Made by `python -m kiosk.coverage > docs/coverage.md`. Each row is an entry of the pack's
evidence, red flags or exercises, how strong it is or how urgent, and the topics that use it. The
last table has every point of the texts that the pack began from, and where it is told or why not.
"""
_POINTS_HEAD = ["| Point | Verdict | Told at, or why not |", "|---|---|---|"]
# A line that warns of a thing does not advise it.
_WARNS = re.compile(r"\b(?:not|no|never|nor|none|nobody|nothing|untrue)\b", re.IGNORECASE)


class Point(Strict):
    """One point of an earlier text, and what the pack does with it; an entry of points.yaml.

    `at` is the topic, or topic#section, that tells it; `unsaid` is a pattern that no advice holds.
    """

    point: str
    verdict: Literal["include", "with-caution", "no-good-evidence", "leave-out"]
    why: str
    at: str = ""
    evidence: tuple[str, ...] = ()
    unsaid: str = ""


def read_points(folder: Path) -> tuple[list[Point], list[ContentError]]:
    """A pack's points.yaml, if it has one, and what is wrong in it."""
    path = folder / "points.yaml"
    return read_entries(path, Point) if path.is_file() else ([], [])


def point_problems(point: Point, pack: Pack) -> Iterator[str]:
    """What is untrue of a point: its place is not there, or does not tell it."""
    if point.verdict == "leave-out":
        if point.at or point.evidence:
            yield f"“{point.point}” is left out, and told at {point.at}"
        return
    told = _evidence_at(pack, point.at)
    if told is None:
        yield f"“{point.point}”: there is no {point.at or 'place'}"
    elif not told & set(point.evidence):
        yield f"“{point.point}”: nothing at {point.at} goes by {', '.join(point.evidence)}"


def advised(point: Point, pack: Pack, phrases: Phrases, content: Path) -> Iterator[str]:
    """The texts that advise what a point leaves out; a line that warns of it may name it."""
    if not point.unsaid:
        return
    pattern = re.compile(point.unsaid, re.IGNORECASE)
    for passage in pack_passages(pack, phrases, content):
        warns = passage.kind is Kind.DO_NOT or _WARNS.search(f"{passage.lead} {passage.text}")
        if warns or passage.kind in (Kind.HEADING, Kind.MEANING):
            continue
        if pattern.search(passage.text):
            yield passage.text


def _evidence_at(pack: Pack, at: str) -> set[str] | None:
    """The evidence of a topic's opening (`topic`) or of a section (`topic#section`)."""
    name, _, part = at.partition("#")
    if name not in pack.topics:
        return None
    topic = pack.topics[name]
    sections = {section.id: section.blocks for section in topic.sections}
    blocks = sections.get(part) if part else topic.opening
    if blocks is None:
        return None
    return {item for block in blocks for line in block.lines for item in line.evidence}


def used_in(pack: Pack, item: str) -> list[str]:
    """The topics with a line that names `item` as its evidence."""
    return [topic.id for topic in pack.topics.values() if item in topic.evidence]


def unused(pack: Pack) -> list[str]:
    """The claims, signs and exercises that no topic uses."""
    everything = [*pack.evidence, *pack.flags, *pack.exercises]
    return [item for item in everything if not used_in(pack, item)]


def table(pack: Pack, points: Iterable[Point] = ()) -> str:
    """The pack's tables in Markdown."""
    claims = [(one.id, one.strength.value) for one in pack.evidence.values()]
    flags = [(one.id, one.level) for one in pack.flags.values()]
    exercises = [(one.id, one.position) for one in pack.exercises.values()]
    rows = [
        f"| {one.point} | {one.verdict} | {f'`{one.at}`' if one.at else one.why} |"
        for one in points
    ]
    return "\n".join(
        [
            f"\n## {pack.about.title}\n",
            *_rows(pack, "Claim", "Strength", claims),
            *_rows(pack, "Sign", "Level", flags),
            *_rows(pack, "Exercise", "Position", exercises),
            *([*_POINTS_HEAD, *rows, ""] if rows else []),
        ]
    )


def _rows(pack: Pack, what: str, kind: str, entries: Iterable[tuple[str, str]]) -> list[str]:
    rows = [f"| {what} | {kind} | Topics |", "|---|---|---|"]
    for item, value in entries:
        rows.append(f"| `{item}` | {value} | {', '.join(used_in(pack, item)) or '**nowhere**'} |")
    return [*rows, ""]


def page(content: Path) -> str:
    """The whole of docs/coverage.md."""
    packs = load_catalogue(content).packs.values()
    return HEAD + "".join(table(pack, read_points(content / pack.id)[0]) for pack in packs)


if __name__ == "__main__":
    print(page(PROJECT / "content"), end="")
