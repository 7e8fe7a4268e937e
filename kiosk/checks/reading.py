"""How hard a topic is to read: the Flesch-Kincaid grade (US school years) of its running text.

A guide for people, not a rule: short words can be hard and long ones easy. Care cards and headings
are left out, since they are not sentences. Source: Kincaid and others, 1975.
"""

import re
from collections.abc import Sequence

from kiosk.checks.plain import count_words
from kiosk.models import CareCard, ExerciseCard, Line, Topic

REVIEW_ABOVE = 6.0  # reading age 11, the upper end of A11Y-58

_VOWELS = re.compile(r"[aeiouy]+")
# A last e is silent, and so is that of -es and -ed, save where the mouth needs it: "places",
# "seated", "muscle".
_SILENT_END = re.compile(r"(?:[^aeioul]e|[aeiouy]le|[^aeioulscgxzh]es|[^aeioutd]ed)$")
_TWO_IN_ONE = re.compile(r"ia|io(?!n)|iu|ua(?!r)|uou|[aeiouy]ing")


def syllables(word: str) -> int:
    """About how many syllables an English word has; at least 1. A number counts as one."""
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(word)) + len(_TWO_IN_ONE.findall(word))
    return max(count - bool(_SILENT_END.search(word)), 1)


def grade(sentences: Sequence[str]) -> float:
    """The Flesch-Kincaid grade of some sentences; 0 for none."""
    words = [word for sentence in sentences for word in re.findall(r"[^\W_]+", sentence)]
    if not words:
        return 0.0
    long = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * long - 15.59


def topic_grade(topic: Topic) -> float:
    """The grade of a topic's paragraphs, lists, boxes and exercises, its care cards apart."""
    lines: list[Line] = []
    for block in topic.blocks:
        if isinstance(block, ExerciseCard):
            lines += block.lines[1:]  # without the exercise's name
        elif not isinstance(block, CareCard):
            lines += [line for line in block.lines if line.number]
    return grade([part.text for line in lines for part in line.sentences if count_words(part.text)])
