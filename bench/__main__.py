"""Run the measurements and write one table: `python -m bench [PART …]`.

Without a part all are run, and docs/performance-table.md and .json are written; with parts their
rows are only printed, unless `--write` is given. `--long`: the parts that take an hour, to
docs/performance-long.md and .json. A part that fails is a row that says so, and the others go on.
"""

import argparse
import importlib
import sys
from collections.abc import Iterator
from time import monotonic

from bench.rows import Row
from bench.table import Table

# In the order of the table. Each is a module of this folder with a function of the same name,
# loaded only when its turn comes.
PARTS = ("start", "pages", "weight", "taps", "listening", "synthesis", "voicing")
PARTS += ("leaflets", "typesetters", "making", "memory", "growth", "printing")
PARTS += ("session_clock", "speaking")
LONG = ("heard", "opinions", "load", "week", "endurance")


def rows(part: str) -> Iterator[Row]:
    """Each measurement of a part, as it is finished."""
    try:
        yield from getattr(importlib.import_module(f"bench.{part}"), part)()
    except Exception as error:  # whatever it is, the other parts are still wanted
        yield Row(part, "-", "-", f"failed: {type(error).__name__}: {error}".splitlines()[0])


def main() -> int:
    """Print the table, a row at a time; give back 1 when a part failed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--long", action="store_true", help=f"{', '.join(LONG)}")
    parser.add_argument("--write", action="store_true", help="write the files for a part, too")
    given = parser.parse_args()
    asked = given.parts
    if unknown := [name for name in asked if name not in PARTS + LONG]:
        parser.error(f"no part {unknown[0]}")
    table, begun = Table(), monotonic()
    print(table.head, flush=True)
    for part in asked or (LONG if given.long else PARTS):
        started = monotonic()
        for row in rows(part):
            print(table.add(row), flush=True)
        print(f"{part}: {monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    table.took_s = monotonic() - begun
    if given.write or not asked:
        names = ("performance-table", "make bench"), ("performance-long", "make bench-long")
        table.write(*names[given.long], asked)
    return 1 if table.failures else 0


if __name__ == "__main__":
    sys.exit(main())
