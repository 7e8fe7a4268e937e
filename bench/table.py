"""The table of all rows: in Markdown to be read, in JSON to be compared."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from bench.machine import load, machine, versions
from bench.rows import Row
from kiosk.cache import write_whole
from kiosk.settings import PROJECT

FOLDER = PROJECT / "docs"
COLUMNS = ("Measure", "Here", "Aim", "Beside it, in the same run")


class Table:
    """Collects rows; knows when and on what they were taken."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.took_s = 0.0
        self._machine = machine()

    @property
    def head(self) -> str:
        """The first two lines in Markdown."""
        return f"{_line(COLUMNS)}\n{_line('---' for _ in COLUMNS)}"

    @property
    def failures(self) -> int:
        """How many rows are failures of the measurement itself."""
        return sum(row.here.startswith("failed:") for row in self.rows)

    def add(self, row: Row) -> str:
        """Take a row; give back its line in Markdown."""
        self.rows.append(row)
        return _line((row.measure, row.here, row.aim, row.beside))

    def write(self, name: str, command: str, parts: Sequence[str] = ()) -> None:
        """Write both files whole; `command` is what makes them, `parts` when it is not all."""
        facts = self._machine | {"load at the end": load(), "took": f"{self.took_s / 60:.0f} min"}
        if parts:
            facts["only these parts"] = ", ".join(parts)
        known = versions()
        text = [
            "# Measured",
            "",
            f"Written by `{command}`; what it means stands in [performance.md](performance.md).",
            "",
            *(f"- {name}: {value}" for name, value in facts.items()),
            f"- versions: {', '.join(f'{name} {value}' for name, value in known.items())}",
            "",
            self.head,
            *(_line((row.measure, row.here, row.aim, row.beside)) for row in self.rows),
            "",
        ]
        data = {"machine": facts, "versions": known, "rows": [asdict(row) for row in self.rows]}
        write_whole(FOLDER / f"{name}.md", "\n".join(text).encode())
        write_whole(FOLDER / f"{name}.json", json.dumps(data, indent=1).encode() + b"\n")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"
