"""What a measurement gives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row of the table, in words with units."""

    measure: str
    beside: str
    aim: str
    here: str
