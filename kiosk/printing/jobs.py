"""One leaflet on its way to paper: its record, the time it is given, and how many there may be.

Everything is counted on a clock that only goes forward, in seconds. A job that has ended is
*settled* when nothing of it is left in the printer's queue either.
"""

from collections.abc import Collection
from dataclasses import dataclass

from kiosk.printing.states import Cause, State

PATIENCE_S = 60  # a job that gets no further for so long is cancelled
SIDE_S = 6  # a slow printer's time for a side (ten a minute), where none are counted
LONGEST_S = 600  # a printer that fails and mends over and over does not keep a job for ever
SAME_TAP_S = 10  # a second tap on Print within this is the same wish
HOUR_S, DAY_S = 3600.0, 24 * 3600.0
MOST_COPIES = 50  # for the rack


@dataclass(frozen=True)
class Order:
    """What is to be printed.

    `wish` tells one leaflet from another; `title` and `page`, the address that it was chosen at,
    are for its screen; `counts` is what is counted when it is done, of which nobody can be known. A
    `booklet` is turned along the short edge. `refusal`: why it cannot be
    printed, where that is known before.
    """

    pdf: bytes
    title: str
    sides: int
    wish: str
    copies: int = 1
    staff: bool = False
    page: str = ""
    booklet: bool = False
    counts: str = ""
    refusal: Cause | None = None


@dataclass(frozen=True)
class Job:
    """A print job as it was at one moment."""

    id: str
    title: str
    sides: int
    copies: int
    staff: bool
    wish: str
    visit: int
    page: str
    booklet: bool
    made_at: float
    moved_at: float  # when it last got further
    state: State = State.QUEUED
    cause: Cause | None = None
    sending: bool = False  # being handed over at this moment
    number: int | None = None  # its number in the queue, once it was handed over
    done_sides: int = 0
    began: bool = False  # the queue has said that it is being printed
    begun_at: int | None = None  # since when, by the queue's own clock
    left: bool = False  # its visitor has finished
    settled: bool = False
    ended_at: float = 0.0
    counts: str = ""

    @property
    def ended(self) -> bool:
        return self.state in (State.DONE, State.FAILED)

    @property
    def was_sent(self) -> bool:
        return self.number is not None

    def is_out_of_time(self, now: float) -> bool:
        """Whether it has made no headway for too long; a long one that prints gets longer."""
        own_time = SIDE_S * self.sides * self.copies
        patience = PATIENCE_S if self.state is not State.PRINTING else max(PATIENCE_S, own_time)
        return now - self.moved_at >= patience or now - self.made_at >= LONGEST_S + own_time


@dataclass(frozen=True)
class Quota:
    """How many leaflets a visitor, an hour and a day may have. Staff are not counted."""

    visit: int
    hour: int
    day: int

    def reached(self, of_visit: int, made: Collection[float], now: float) -> Cause | None:
        """The limit that one more leaflet would pass, if any.

        `of_visit`: how many this visitor has had; `made`: when all of a day were; what failed cost
        no paper and is in neither.
        """
        if of_visit >= self.visit:
            return Cause.QUOTA_VISIT
        if sum(now - at < HOUR_S for at in made) >= self.hour:
            return Cause.QUOTA_HOUR
        if sum(now - at < DAY_S for at in made) >= self.day:
            return Cause.QUOTA_DAY
        return None
