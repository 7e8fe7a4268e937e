"""A guided session: an exercise as phases with times, words and poses.

Takes an exercise and its dose; gives back phases in order. The browser only plays them: what is
said, when, and how long each phase lasts is decided here, so it can be tested without a clock.
Times are seconds from the start of the phase.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from kiosk.models import Dose, Exercise, Step
from kiosk.phrases import Phrases

READY_S = 5  # get ready: 5-4-3-2-1
AFTER_WORDS_S = 1.0  # the body follows the ear
LEAST_MOVE_S = 3.0
LEAST_REST_S = 4.0
SWAP_S = 5.0

PhaseKind = Literal["ready", "move", "hold", "keep-moving", "rest", "swap", "end"]
Duration = Callable[[str], float]  # how long a sentence takes to say, in seconds


@dataclass(frozen=True)
class Cue:
    """Say `text` at `at_s`."""

    at_s: float
    text: str


@dataclass(frozen=True)
class Phase:
    """One stretch of a session. `shown` is what the screen says; `counts` shows ring and count."""

    kind: PhaseKind
    seconds: float
    shown: str
    cues: tuple[Cue, ...] = ()
    pose_from: str = "start"
    pose_to: str = "start"
    counts: bool = False
    side: int = 0
    repeat: int = 0


def timeline(
    exercise: Exercise, audience: str, phrases: Phrases, duration: Duration
) -> tuple[Phase, ...]:
    """The phases of one exercise for one audience."""
    return tuple(_Timeline(exercise, exercise.dose_for(audience), phrases, duration).phases())


class _Timeline:
    def __init__(
        self, exercise: Exercise, dose: Dose, phrases: Phrases, duration: Duration
    ) -> None:
        self._exercise = exercise
        self._dose = dose
        self._phrases = phrases
        self._duration = duration
        hold = next((number for number, step in enumerate(exercise.steps) if step.hold), None)
        self._holds = hold is not None and dose.hold_s[1] > 1
        last_before = hold if hold is not None else len(exercise.steps)
        self._before = exercise.steps[:last_before]
        self._hold = exercise.steps[hold] if hold is not None else None
        self._after = exercise.steps[hold + 1 :] if hold is not None else ()

    def phases(self) -> Iterator[Phase]:
        yield self._ready()
        sides = 1 if self._dose.each == "none" else 2
        for side in range(1, sides + 1):
            if side > 1:
                words = self._phrases(f"session-other-{self._dose.each}")
                seconds = max(SWAP_S, self._duration(words) + AFTER_WORDS_S)
                yield Phase("swap", seconds, words, (Cue(0, words),), side=side)
            yield from self._side(side)
        words = self._phrases("session-exercise-done", name=self._exercise.name)
        yield Phase("end", self._duration(words) + AFTER_WORDS_S, words, (Cue(0, words),))

    def _ready(self) -> Phase:
        words = self._phrases("session-ready")
        lead = self._duration(words) + 0.5
        count = [Cue(lead + READY_S - n, str(n)) for n in range(READY_S, 0, -1)]
        return Phase("ready", lead + READY_S, words, (Cue(0, words), *count), counts=True)

    def _side(self, side: int) -> Iterator[Phase]:
        if not self._holds:
            yield from self._moves(self._exercise.steps[:-1], side, 1)
            yield self._keep_moving(side)
            return
        repeats = max(self._dose.repeats[0], 1)
        for repeat in range(1, repeats + 1):
            moves = self._before if repeat == 1 else self._before[-1:]
            yield from self._moves(moves, side, repeat)
            yield self._holding(side, repeat)
            if repeat < repeats:
                yield self._resting(side, repeat)

    def _moves(self, steps: tuple[Step, ...], side: int, repeat: int) -> Iterator[Phase]:
        pose = "start"
        for step in steps:
            target = step.pose or pose
            seconds = max(LEAST_MOVE_S, self._duration(step.text) + AFTER_WORDS_S)
            cues = (Cue(0, step.text),)
            yield Phase("move", seconds, step.text, cues, pose, target, side=side, repeat=repeat)
            pose = target

    def _holding(self, side: int, repeat: int) -> Phase:
        assert self._hold is not None  # only called when there is a hold
        seconds = float(self._dose.hold_s[0])
        words = self._hold.text
        cues = [Cue(0, words)]
        half = self._phrases("session-half")
        if self._duration(words) < seconds / 2 < seconds - 3 - self._duration(half):
            cues.append(Cue(seconds / 2, half))
        cues += [Cue(seconds - n, str(n)) for n in (3, 2, 1) if self._duration(words) < seconds - n]
        return Phase(
            "hold", seconds, words, tuple(cues), "end", "end", counts=True, side=side, repeat=repeat
        )

    def _resting(self, side: int, repeat: int) -> Phase:
        words = self._phrases("session-rest")
        seconds = max(LEAST_REST_S, float(self._dose.rest_s))
        return Phase("rest", seconds, words, (Cue(0, words),), "end", "start", True, side, repeat)

    def _keep_moving(self, side: int) -> Phase:
        repeats = max(self._dose.repeats[0], 1)
        seconds = repeats * self._dose.seconds_each
        words = self._phrases("session-keep-moving", n=repeats)
        half = self._phrases("session-half")
        cues = [Cue(0, words)]
        if self._duration(words) < seconds / 2 < seconds - 3 - self._duration(half):
            cues.append(Cue(seconds / 2, half))
        cues += [Cue(seconds - n, str(n)) for n in (3, 2, 1) if self._duration(words) < seconds - n]
        return Phase(
            "keep-moving", seconds, words, tuple(cues), "start", "end", counts=True, side=side
        )
