"""One sample of every kind of block, made from its own fields, so that a new kind needs no list."""

from enum import Enum
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from kiosk.models import Block, Line, Span


def kinds(base: type[Block] = Block) -> list[type[Block]]:
    """Every kind of block there is."""
    found = [kind for child in base.__subclasses__() for kind in (child, *kinds(child))]
    return [kind for kind in found if kind.__module__.startswith("kiosk.")]


def sample(kind: type[Block]) -> Block:
    """A block of a kind, with every field filled: two lines in each list of lines."""
    fields = kind.model_fields.items()
    return kind(**{name: _value(name, field.annotation) for name, field in fields})


def line(name: str, number: int) -> Line:
    """Two sentences that name their place."""
    text = f"The {name} number {number}. It has two sentences."
    return Line(id=f"block-{name}-{number}", spans=(Span(text=text),), evidence=("a",))


def _value(name: str, wanted: Any) -> Any:
    if get_origin(wanted) is UnionType:
        wanted = get_args(wanted)[0]
    if get_origin(wanted) is tuple:
        return (line(name, 1), line(name, 2))
    if get_origin(wanted) is Literal:
        return get_args(wanted)[0]
    if wanted is Line:
        return line(name, 1)
    if wanted is bool:
        return True
    if wanted is int:
        return 1
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted))
    assert wanted is str, f"no sample for {name}: {wanted}"
    return "block" if name == "id" else "sample"
