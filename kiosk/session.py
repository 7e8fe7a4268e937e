"""A guided session: an exercise, or the hold of a cramp, as phases with times, words and poses.

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
PAUSE_S = 0.4  # between two sentences that are said one after another
AGAIN_S = 30.0  # a cramp that has not let go: how often the coach says to go on
MOST_HOLD_S = 600.0  # rf-cramp-over-10-minutes: then it is no longer for stretching

PhaseKind = Literal[
    "warning", "ready", "words", "move", "hold", "keep-moving", "rest", "swap", "too-long", "end"
]
Duration = Callable[[str], float]  # how long a sentence takes to say, in seconds


@dataclass(frozen=True)
class Cue:
    """Say `text` at `at_s`. A `count` is one of 5-4-3-2-1: said in its second at any speed."""

    at_s: float
    text: str
    count: bool = False


@dataclass(frozen=True)
class Phase:
    """One stretch of a session.

    `shown` is what the screen says; the ring and its number count the last `count_s` seconds.
    """

    kind: PhaseKind
    seconds: float
    shown: str
    cues: tuple[Cue, ...] = ()
    pose_from: str = "start"
    pose_to: str = "start"
    count_s: float = 0
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
        at += duration(line) + PAUSE_S
    return Phase("warning", at, " ".join(lines), tuple(cues))


def cramp_hold(
    hold_s: float, too_long: str, phrases: Phrases, duration: Duration
) -> tuple[Phase, ...]:
    """Holding a stretch until a cramp lets go.

    First `hold_s` seconds with their count, then on and on with a word now and then; after ten
    minutes the words `too_long`. A page says its own words first.
    """
    words = phrases("session-hold")
    seconds = max(hold_s, duration(words) + 4)
    cues = _counted(words, seconds, phrases, duration)
    found = [Phase("hold", seconds, words, cues, count_s=seconds)]
    words = phrases("cramp-hold-on")
    held = seconds
    while held < MOST_HOLD_S:
        seconds = min(max(AGAIN_S, duration(words) + AFTER_WORDS_S), MOST_HOLD_S - held)
        said = (Cue(0, words),) if duration(words) < seconds else ()
        found.append(Phase("hold", seconds, words, said, count_s=seconds))
        held += seconds
    if not too_long:
        return tuple(found)
    seconds = duration(too_long) + AFTER_WORDS_S
    return (*found, Phase("too-long", seconds, too_long, (Cue(0, too_long),)))


def _counted(words: str, seconds: float, phrases: Phrases, duration: Duration) -> tuple[Cue, ...]:
    """The words, half way, and 3-2-1, each where there is room for it."""
    half = phrases("session-half")
    said = duration(words)
    cues = [Cue(0, words)]
    if said < seconds / 2 < seconds - 3 - duration(half):
        cues.append(Cue(seconds / 2, half))
    return (*cues, *(Cue(seconds - n, str(n), True) for n in (3, 2, 1) if said < seconds - n))


class _Timeline:
    def __init__(
        self, exercise: Exercise, dose: Dose, phrases: Phrases, duration: Duration
    ) -> None:
        self._exercise = exercise
        self._dose = dose
        self._phrases = phrases
        self._duration = duration
        self._pose = exercise.steps[0].pose or "start"
        self._last: PhaseKind = "ready"
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
        words = self._eased(self._phrases("session-exercise-done", name=self._exercise.name))
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
                yield self._rest(side, repeat)
        if self._sides == 1:  # with two sides, what follows is the change of legs
            for step in self._exercise.steps[hold + 1 :]:
                yield self._move(step, side, self._repeats)

    def _flowing(self, side: int) -> Iterator[Phase]:
        """Steps to learn the movement, then the movement over and over."""
        for step in self._exercise.steps[:-1] if self._sides > 1 else self._exercise.steps:
            yield self._move(step, side, 1)
        words = self._phrases("session-keep-moving", n=self._repeats)
        said = self._duration(words) + AFTER_WORDS_S
        seconds = max(self._repeats * self._dose.seconds_each, said)
        cues = _counted(words, seconds, self._phrases, self._duration)
        yield self._phase("keep-moving", seconds, words, self._pose, seconds, side, cues=cues)

    def _in_turn(self) -> Iterator[Phase]:
        """Several stretches, one after another, each held on both sides."""
        for step in self._exercise.steps:
            if not step.hold:
                yield self._move(step, 1, 1)
                continue
            for side in range(1, self._sides + 1):
                if side > 1:
                    yield self._swap(side, step.pose)
                else:  # its words are a movement, not only a hold
                    yield self._move(step, side, 1)
                held = step.model_copy(update={"text": self._phrases("session-hold")})
                yield self._hold(held, side, 1)

    # Phases

    def _ready(self) -> Phase:
        words = self._phrases("session-ready")
        lead = self._duration(words) + 0.5
        count = [Cue(lead + READY_S - n, str(n), True) for n in range(READY_S, 0, -1)]
        return self._phase(
            "ready", lead + READY_S, words, count_s=READY_S, cues=(Cue(0, words), *count)
        )

    def _rest(self, side: int, repeat: int) -> Phase:
        words = self._phrases("session-rest", repeat=repeat, repeats=self._repeats)
        said = self._duration(words) + AFTER_WORDS_S
        seconds = max(LEAST_REST_S, float(self._dose.rest_s), said)
        start = self._exercise.steps[0].pose or "start"
        return self._phase("rest", seconds, words, start, seconds, side, repeat)

    def _swap(self, side: int, pose: str = "") -> Phase:
        words = self._eased(self._phrases(f"session-other-{self._dose.each}"))
        seconds = max(SWAP_S, self._duration(words) + AFTER_WORDS_S)
        start = pose or self._exercise.steps[0].pose or "start"
        return self._phase("swap", seconds, words, start, side=side)

    def _eased(self, words: str) -> str:
        """Words that come straight after a hold begin by letting it go."""
        ease = self._phrases("session-ease")
        return f"{ease} {words}" if self._last == "hold" else words

    def _move(self, step: Step, side: int, repeat: int) -> Phase:
        seconds = max(LEAST_MOVE_S, self._duration(step.text) + AFTER_WORDS_S)
        return self._phase("move", seconds, step.text, step.pose, 0, side, repeat)

    def _hold(self, step: Step, side: int, repeat: int) -> Phase:
        seconds = max(float(self._dose.hold_s[0]), self._duration(step.text) + 4)
        cues = _counted(step.text, seconds, self._phrases, self._duration)
        return self._phase("hold", seconds, step.text, step.pose, seconds, side, repeat, cues)

    def _phase(
        self,
        kind: PhaseKind,
        seconds: float,
        words: str,
        pose: str = "",
        count_s: float = 0,
        side: int = 0,
        repeat: int = 0,
        cues: tuple[Cue, ...] = (),
    ) -> Phase:
        start, self._pose = self._pose, pose or self._pose
        self._last = kind
        return Phase(
            kind,
            seconds,
            words,
            cues or (Cue(0, words),),
            pose_from=start,
            pose_to=self._pose,
            count_s=count_s,
            side=side,
            repeat=repeat,
        )


def repeats_of(dose: Dose) -> int:
    """How often a session does a movement: the least that is asked for; of "up to", half."""
    least, most = dose.repeats
    return least or max(most // 2, 1)
