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
    number = 0
    while number < len(tokens):
        group = [number]
        while group[-1] + 1 < len(tokens) and starts[group[-1] + 1] is None:
            group.append(group[-1] + 1)
        after = group[-1] + 1
        begin = starts[number] if starts[number] is not None else 0.0
        assert begin is not None  # only the first word of a text can be without an event here
        next_start = starts[after] if after < len(tokens) else duration_s
        finish = max(begin, min(next_start or duration_s, duration_s))
        begin = min(begin, duration_s)
        letters = sum(tokens[index][1] - tokens[index][0] for index in group)
        at = begin
        for index in group:
            start, end = tokens[index]
            until = at + (finish - begin) * (end - start) / letters
            words.append(Word(start, end, at, until, timed=starts[index] is not None))
            at = until
        number = after
    return words
