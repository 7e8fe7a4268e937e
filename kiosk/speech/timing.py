"""Tie the engine's word events to the words as they are written.

Takes the spoken form of a text and when the engine began which word; gives back a start and an
end in seconds for every written word, and which of them had to be estimated.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.speech.spoken import SpokenText

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Word:
    """Characters [start, end) of the written text are heard from `start_s` to `end_s`."""

    start: int
    end: int
    start_s: float
    end_s: float
    timed: bool


def time_words(
    text: SpokenText, events: Sequence[tuple[int, float]], duration_s: float
) -> list[Word]:
    """Time every written word.

    `events` are (position in the spoken text, seconds), as the engine gave them. A word's time
    is that of the earliest event inside it. eSpeak NG says "in the" as one event: a word without
    one of its own shares the span of the word before it, in proportion to their lengths.
    """
    tokens = [(found.start(), found.end()) for found in _WORD.finditer(text.written)]
    events = sorted(events)
    positions = [position for position, _ in events]
    starts: list[float | None] = []
    for start, end in tokens:
        first = bisect_left(positions, round(text.position(start)))
        inside = first < len(events) and positions[first] < text.position(end)
        starts.append(events[first][1] if inside else None)
    return _share(tokens, starts, duration_s)


def _share(
    tokens: Sequence[tuple[int, int]], starts: Sequence[float | None], duration_s: float
) -> list[Word]:
    words: list[Word] = []
    number, at = 0, 0.0
    while number < len(tokens):
        after = number + 1
        while after < len(tokens) and starts[after] is None:
            after += 1
        next_start = starts[after] if after < len(tokens) else duration_s
        assert next_start is not None  # the loop above stops only at a word with an event
        # Only the first word of a text can begin a group without an event: it begins at once.
        begin = min(max(at, starts[number] or 0.0), duration_s)
        finish = min(max(begin, next_start), duration_s)
        letters = sum(end - start for start, end in tokens[number:after])
        at, said = begin, 0
        for index in range(number, after):
            start, end = tokens[index]
            said += end - start
            until = finish if index + 1 == after else begin + (finish - begin) * said / letters
            words.append(Word(start, end, at, until, timed=starts[index] is not None))
            at = until
        number = after
    return words
