"""How long from starting `serve` to the first page, with everything kept that a day before left."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.machine import load
from bench.rows import Row, said, several
from bench.serving import first_page


def start() -> Iterator[Row]:
    """The home screen, and the longest page of advice."""
    with tempfile.TemporaryDirectory() as folder:
        first_page(Path(folder), "/")
        first_page(Path(folder), "/leg-cramps/stretches")  # from here on all is kept
        home = several(lambda: first_page(Path(folder), "/"))
        topic = several(lambda: first_page(Path(folder), "/leg-cramps/stretches"))
    yield Row(
        "first page after `serve`, warm caches: home",
        "-",
        "1.0 s",
        f"{said(home)}; {load()}",
        {"here": home},
    )
    yield Row(
        "the same, a topic with twelve figures", "-", "1.0 s", f"{said(topic)}", {"here": topic}
    )
