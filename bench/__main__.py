"""Run every measurement and print one table: `python -m bench`."""

from collections.abc import Iterator

from bench.leaflets import leaflets
from bench.listening import listening
from bench.printing import printing
from bench.rows import Row
from bench.session_clock import session_clock
from bench.speaking import speaking


def rows() -> Iterator[Row]:
    """Each measurement, as it is finished."""
    yield from leaflets()
    yield from listening()
    yield from printing()
    yield from session_clock()
    yield from speaking()


def main() -> None:
    """Print the table, a row at a time."""
    print("| Measure | Beside it | Aim | Here |\n|---|---|---|---|")
    for row in rows():
        print(f"| {row.measure} | {row.beside} | {row.aim} | {row.here} |", flush=True)


if __name__ == "__main__":
    main()
