"""Where each claim, sign and exercise of a pack is used: the table in docs/coverage.md.

`python -m kiosk.coverage > docs/coverage.md` writes it anew; a test holds the two together.
"""

from collections.abc import Iterable
from pathlib import Path

from kiosk.loader import load_catalogue
from kiosk.models import Pack
from kiosk.settings import PROJECT

HEAD = """# Where each claim is used

Made by `python -m kiosk.coverage > docs/coverage.md`. Each row is an entry of the pack's
evidence, red flags or exercises, how strong it is or how urgent, and the topics that use it.
"""


def used_in(pack: Pack, item: str) -> list[str]:
    """The topics with a line that names `item` as its evidence."""
    return [topic.id for topic in pack.topics.values() if item in topic.evidence]


def unused(pack: Pack) -> list[str]:
    """The claims, signs and exercises that no topic uses."""
    everything = [*pack.evidence, *pack.flags, *pack.exercises]
    return [item for item in everything if not used_in(pack, item)]


def table(pack: Pack) -> str:
    """The pack's three tables in Markdown."""
    claims = [(one.id, one.strength.value) for one in pack.evidence.values()]
    flags = [(one.id, one.level) for one in pack.flags.values()]
    exercises = [(one.id, one.position) for one in pack.exercises.values()]
    return "\n".join(
        [
            f"\n## {pack.about.title}\n",
            *_rows(pack, "Claim", "Strength", claims),
            *_rows(pack, "Sign", "Level", flags),
            *_rows(pack, "Exercise", "Position", exercises),
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
    return HEAD + "".join(table(pack) for pack in packs)


if __name__ == "__main__":
    print(page(PROJECT / "content"), end="")
