"""What a measurement gives, and how often it is taken.

Takes something to be done; gives back the seconds that each repeat took. Seven repeats for what
takes under a second, three for what takes under a minute, else one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

MANY, SOME = 7, 3
SHORT_S, LONG_S = 1.0, 60.0


@dataclass(frozen=True)
class Row:
    """One row of the table, in words with units; `samples` are the numbers behind them."""

    measure: str
    beside: str
    aim: str
    here: str
    samples: Mapping[str, Sequence[float]] = field(default_factory=dict)


def repeats(seconds: float) -> int:
    """How often to take what took so long the first time."""
    if seconds < SHORT_S:
        return MANY
    return SOME if seconds < LONG_S else 1


def timed(do: Callable[[], object], before: Callable[[], object] = lambda: None) -> list[float]:
    """The seconds that `do` takes, each time after `before`, which is not counted."""
    return several(lambda: _once(do, before))


def several(measure: Callable[[], float]) -> list[float]:
    """What `measure` gives in seconds, as often as that asks for."""
    found = [measure()]
    found += [measure() for _ in range(repeats(found[0]) - 1)]
    return found


def _once(do: Callable[[], object], before: Callable[[], object]) -> float:
    before()
    begun = perf_counter()
    do()
    return perf_counter() - begun


def said(seconds: Sequence[float]) -> str:
    """The median with its spread, in the unit that suits it."""
    middle, low, high = median(seconds), min(seconds), max(seconds)
    if len(seconds) == 1:
        return f"{_unit(middle, middle)} (once)"
    spread = f"{_unit(low, middle, False)} to {_unit(high, middle, False)}"
    return f"{_unit(middle, middle)} ({spread}, {len(seconds)} times)"


def _unit(seconds: float, like: float, named: bool = True) -> str:
    if like >= 1:
        return f"{seconds:.2f}" + (" s" if named else "")
    milliseconds = seconds * 1000
    digits = 0 if like >= 0.1 else 1 if like >= 0.001 else 2
    return f"{milliseconds:.{digits}f}" + (" ms" if named else "")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share (0 to 1) of the values is not above (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]


def ratio(one: Sequence[float], other: Sequence[float]) -> float:
    """How many times the median of `one` is that of `other`."""
    return median(one) / median(other)
