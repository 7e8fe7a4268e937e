"""A guided session: an exercise as phases with times, words and poses.

Takes an exercise and its dose; gives back phases in order. The browser only plays them: what is
said, when, and how long each phase lasts is decided here, so it can be tested without a clock.
Times are seconds from the start of the phase.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.models import Dose, Exercise, Step
from kiosk.phrases import Phrases

READY_S = 5  # get ready: 5-4-3-2-1
AFTER_WORDS_S = 1.0  # the body follows the ear
LEAST_MOVE_S = 3.0
LEAST_REST_S = 4.0
SWAP_S = 5.0

PhaseKind = Literal["warning", "ready", "move", "hold", "keep-moving", "rest", "swap", "end"]
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


def warning(lines: Sequence[str], duration: Duration) -> Phase:
    """What is said before a session with the voice: when not to begin, and when to stop."""
    cues, at = [], 0.5
    for line in lines:
        cues.append(Cue(at, line))
        at += duration(line) + 0.4
    return Phase("warning", at, " ".join(lines), tuple(cues))


class _Timeline:
    def __init__(
        self, exercise: Exercise, dose: Dose, phrases: Phrases, duration: Duration
    ) -> None:
        self._exercise = exercise
        self._dose = dose
        self._phrases = phrases
        self._duration = duration
        self._pose = exercise.steps[0].pose or "start"
        self._sides = 1 if dose.each == "none" else 2
        self._repeats = repeats_of(dose)

    def phases(self) -> Iterator[Phase]:
        yield self._ready()
        holds = [step for step in self._exercise.steps if step.hold]
        if len(holds) > 1:
            yield from self._in_turn()
        else:
            for side in range(1, self._sides + 1):
                if side > 1:
                    yield self._swap(side)
                if holds and self._dose.hold_s[1] > 1:
                    yield from self._held(side, self._exercise.steps.index(holds[0]))
                else:
                    yield from self._flowing(side)
        words = self._phrases("session-exercise-done", name=self._exercise.name)
        yield self._phase("end", self._duration(words) + AFTER_WORDS_S, words)

    # Kinds of exercise

    def _held(self, side: int, hold: int) -> Iterator[Phase]:
        """Move into a stretch, hold it, ease off; again without the steps that lead up to it."""
        before, held = self._exercise.steps[:hold], self._exercise.steps[hold]
        for repeat in range(1, self._repeats + 1):
            for step in before if repeat == 1 else before[-1:]:
                yield self._move(step, side, repeat)
            yield self._hold(held, side, repeat)
            if repeat < self._repeats:
                words = self._phrases("session-rest")
                seconds = max(LEAST_REST_S, float(self._dose.rest_s))
                start = self._exercise.steps[0].pose or "start"
                yield self._phase("rest", seconds, words, start, True, side, repeat)
        if self._sides == 1:  # with two sides, what follows is the change of legs
            for step in self._exercise.steps[hold + 1 :]:
                yield self._move(step, side, self._repeats)

    def _flowing(self, side: int) -> Iterator[Phase]:
        """Steps to learn the movement, then the movement over and over."""
        for step in self._exercise.steps[:-1] if self._sides > 1 else self._exercise.steps:
            yield self._move(step, side, 1)
        words = self._phrases("session-keep-moving", n=self._repeats)
        seconds = self._repeats * self._dose.seconds_each
        cues = self._counted(words, seconds)
        yield self._phase("keep-moving", seconds, words, self._pose, True, side, cues=cues)

    def _in_turn(self) -> Iterator[Phase]:
        """Several stretches, one after another, each held on both sides."""
        for step in self._exercise.steps:
            if not step.hold:
                yield self._move(step, 1, 1)
                continue
            for side in range(1, self._sides + 1):
                if side > 1:
                    yield self._swap(side, step.pose)
                yield self._hold(step, side, 1)

    # Phases

    def _ready(self) -> Phase:
        words = self._phrases("session-ready")
        lead = self._duration(words) + 0.5
        count = [Cue(lead + READY_S - n, str(n)) for n in range(READY_S, 0, -1)]
        return self._phase(
            "ready", lead + READY_S, words, counts=True, cues=(Cue(0, words), *count)
        )

    def _swap(self, side: int, pose: str = "") -> Phase:
        words = self._phrases(f"session-other-{self._dose.each}")
        seconds = max(SWAP_S, self._duration(words) + AFTER_WORDS_S)
        start = pose or self._exercise.steps[0].pose or "start"
        return self._phase("swap", seconds, words, start, side=side)

    def _move(self, step: Step, side: int, repeat: int) -> Phase:
        seconds = max(LEAST_MOVE_S, self._duration(step.text) + AFTER_WORDS_S)
        return self._phase("move", seconds, step.text, step.pose, False, side, repeat)

    def _hold(self, step: Step, side: int, repeat: int) -> Phase:
        seconds = max(float(self._dose.hold_s[0]), self._duration(step.text) + 4)
        cues = self._counted(step.text, seconds)
        return self._phase("hold", seconds, step.text, step.pose, True, side, repeat, cues)

    def _counted(self, words: str, seconds: float) -> tuple[Cue, ...]:
        """The words, half way, and 3-2-1, each where there is room for it."""
        half = self._phrases("session-half")
        said = self._duration(words)
        cues = [Cue(0, words)]
        if said < seconds / 2 < seconds - 3 - self._duration(half):
            cues.append(Cue(seconds / 2, half))
        return (*cues, *(Cue(seconds - n, str(n)) for n in (3, 2, 1) if said < seconds - n))

    def _phase(
        self,
        kind: PhaseKind,
        seconds: float,
        words: str,
        pose: str = "",
        counts: bool = False,
        side: int = 0,
        repeat: int = 0,
        cues: tuple[Cue, ...] = (),
    ) -> Phase:
        start, self._pose = self._pose, pose or self._pose
        return Phase(
            kind,
            seconds,
            words,
            cues or (Cue(0, words),),
            pose_from=start,
            pose_to=self._pose,
            counts=counts,
            side=side,
            repeat=repeat,
        )


def repeats_of(dose: Dose) -> int:
    """How often a session does a movement: the least that is asked for; of "up to", half."""
    least, most = dose.repeats
    return least or max(most // 2, 1)
