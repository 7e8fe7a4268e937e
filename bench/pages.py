"""How long the server takes for a topic's page, beside the same page from a bare Flask and Jinja.

One client on one connection; both servers asked in turns. The kiosk's page has what every visitor
gets: their settings, the headers, the count, and is sent compressed; the bare app's is as rendered.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.machine import load
from bench.rows import Row, percentile, ratio
from bench.serving import in_turns, peer, running_kiosk

NAMES = ("leg-cramps/relief", "leg-cramps/stretches")
ROUNDS, NUMBER = 15, 40
MOST_RATIO = 1.3


def pages() -> Iterator[Row]:
    """A middling page, and the longest with figures."""
    for name in NAMES:
        with (
            tempfile.TemporaryDirectory() as folder,
            running_kiosk(Path(folder)) as kiosk,
            peer("bench.bare_app", name) as bare,
        ):
            ours, theirs = in_turns(
                [(kiosk.address, f"/{name}"), (bare, f"/{name}")], ROUNDS, NUMBER
            )
        yield Row(
            f"topic page ({name}), server time: p50, p99",
            f"bare Flask and Jinja: {_said(theirs)}; {ratio(ours, theirs):.2f}x",
            f"{MOST_RATIO}x; p99 20 ms",
            f"{_said(ours)}; {load()}",
            {"here": ours, "beside": theirs},
        )


def _said(seconds: list[float]) -> str:
    middle, most = (percentile(seconds, share) * 1000 for share in (0.5, 0.99))
    return f"{middle:.1f} ms, {most:.1f} ms"
