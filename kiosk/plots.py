"""Bars drawn as SVG: a picture of numbers that always stand beside it in a table.

Takes numbers in order; gives back an SVG element in the colours of the page. Its name and its
description say in words what it shows, for who does not see it (WCAG 1.1.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, FOOT = 600.0, 160.0, 4.0  # in the SVG's own units
GAP = 0.25  # of a bar's place
LEAST = 1.5  # a bar of one is still seen beside one of a thousand


@dataclass(frozen=True)
class Bar:
    """One number and what it is of."""

    label: str
    number: int


def bars(values: Sequence[Bar], name: str, description: str, prefix: str) -> str:
    """Upright bars beside one another; `prefix` keeps the ids apart from others on the page."""
    most = max((bar.number for bar in values), default=0)
    place = WIDTH / max(len(values), 1)
    shapes = []
    for at, bar in enumerate(values):
        if not bar.number:
            continue
        high = max((HEIGHT - FOOT) * bar.number / most, LEAST)
        left, top = at * place + place * GAP / 2, HEIGHT - FOOT - high
        shapes.append(
            f'<rect class="k-plot__bar" x="{left:.1f}" y="{top:.1f}"'
            f' width="{place * (1 - GAP):.1f}" height="{high:.1f}"/>'
        )
    floor = f'<path class="k-plot__floor" d="M0 {HEIGHT - FOOT / 2:.0f}H{WIDTH:.0f}"/>'
    return (
        f'<svg class="k-plot" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img"'
        f' aria-labelledby="{prefix}-name {prefix}-text" preserveAspectRatio="none">'
        f'<title id="{prefix}-name">{escape(name)}</title>'
        f'<desc id="{prefix}-text">{escape(description)}</desc>{floor}{"".join(shapes)}</svg>'
    )
