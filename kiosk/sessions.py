"""Guided sessions: which exercises, in which order, with which warnings first.

Takes a pack and the name of a set, or of one exercise; gives back a Session, and what the browser
needs to play it. The steps of a cramp are played by the same phases.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kiosk.models import Callout, Exercise, Pack, Section, Topic
from kiosk.phrases import Phrases
from kiosk.session import LEAST_MOVE_S, Duration, Phase, cramp_hold, repeats_of, timeline, warning
from kiosk.speech.script import Segment, Utterance

Voice = Callable[[Utterance], tuple[str, float]]  # a recording's address and its length in seconds
WARNING = "exercise-not-if-dvt"  # the evidence that marks a topic's “Before you stretch” box
TOO_LONG = "rf-cramp-over-10-minutes"  # the evidence of the line that ends a hold
SPEAKING_RATE = 2.3  # words a second, for when there is no voice to ask
# Who must not be shown an exercise unless it names them: no lying on the back late in pregnancy
# (pregnancy-exercise-safe), nothing unsteady for older people (exercise-support).
CAREFUL = frozenset({"pregnancy", "older-people"})


@dataclass(frozen=True)
class Session:
    """Exercises to be done with the kiosk, and what must be read before them."""

    id: str
    title: str
    audience: str
    topic: Topic | None
    before: Callout | None
    exercises: tuple[Exercise, ...]


def find_session(pack: Pack, name: str, audience: str, phrases: Phrases) -> Session | None:
    """The session of a set, or of one exercise for an audience; None when there is none.

    An exercise without a page of its own audience takes its warnings from any page that has them.
    """
    if chosen := pack.about.sessions.get(name):
        exercises = [pack.exercises[one] for one in chosen.exercises if one in pack.exercises]
        topic = pack.topics.get(chosen.topic)
        title, audience = chosen.title, chosen.audience
    elif (exercise := pack.exercises.get(name)) and fits(exercise, audience):
        exercises = [exercise]
        topic = pack.topics.get(_topic_for(pack, audience))
        title = phrases("session-title", name=exercise.name)
    else:
        return None
    before = _warning(topic) or _warning_anywhere(pack)
    if not exercises or before is None:
        return None  # an exercise is never offered without its warnings
    return Session(name, title, audience, topic, before, tuple(exercises))


def every_session(pack: Pack, phrases: Phrases) -> tuple[Session, ...]:
    """Every set, and every exercise for each audience that it may be offered to."""
    asked = [(name, "") for name in pack.about.sessions]
    asked += [(name, who) for name in pack.exercises for who in sorted(audiences(pack))]
    found = (find_session(pack, name, who, phrases) for name, who in asked)
    return tuple(session for session in found if session)


def audiences(pack: Pack) -> frozenset[str]:
    """Everybody that a pack's topics or exercises speak to."""
    named = {name for one in pack.exercises.values() for name in one.audiences}
    return frozenset({"everyone", *named, *(one.about.audience for one in pack.topics.values())})


def fits(exercise: Exercise, audience: str) -> bool:
    """Whether an exercise may be offered to an audience."""
    return audience not in CAREFUL or audience in exercise.audiences


def _topic_for(pack: Pack, audience: str) -> str:
    return next((one.topic for one in pack.about.sessions.values() if one.audience == audience), "")


def _warning(topic: Topic | None) -> Callout | None:
    for block in topic.blocks if topic else ():
        if isinstance(block, Callout) and any(WARNING in line.evidence for line in block.lines):
            return block
    return None


def _warning_anywhere(pack: Pack) -> Callout | None:
    return next(filter(None, map(_warning, pack.topics.values())), None)


class _Voice:
    """Says each sentence once: its sound's address, and its seconds at the visitor's speed."""

    def __init__(self, voice: Voice | None, rate: float) -> None:
        self._voice = voice
        self._rate = rate
        self._said: dict[str, tuple[str, float]] = {}

    def audio(self, text: str) -> str:
        return self._say(text)[0]

    def length(self, text: str) -> float:
        return self._say(text)[1]

    def _say(self, text: str) -> tuple[str, float]:
        if text not in self._said:
            if self._voice is None:
                self._said[text] = ("", len(text.split()) / SPEAKING_RATE)
            else:
                audio, seconds = self._voice(Utterance((Segment("", text),)))
                self._said[text] = (audio, seconds / self._rate)
        return self._said[text]


def playable(
    session: Session,
    phrases: Phrases,
    voice: Voice | None,
    poses: Callable[[str], Iterable[str]],
    rate: float = 1,
) -> dict[str, Any]:
    """What the browser plays: every phase with its times, words and sounds.

    `poses` names the poses of a figure in their order; `rate` is the speed at which the sounds
    are played. Without a `voice` the times are those of a calm reader, and there are no sounds.
    """
    said = _Voice(voice, rate)
    before = list(_to_say(session.before)) if session.before else []
    done = phrases("session-done")
    return {
        "title": session.title,
        "warning": _phase(warning(before, said.length), said),
        "exercises": [
            {
                "id": exercise.id,
                "name": exercise.name,
                "poses": list(poses(exercise.figure)),
                "repeats": repeats_of(exercise.dose_for(session.audience)),
                "phases": [
                    _phase(phase, said)
                    for phase in timeline(exercise, session.audience, phrases, said.length)
                ],
            }
            for exercise in session.exercises
        ],
        "done": {"text": done, "audio": said.audio(done)},
    }


def _to_say(box: Callout) -> Iterator[str]:
    """A box as it is said, one line at a time; its heading is one line."""
    yield f"{box.prefix.text} {box.heading.text}"
    yield from (line.text for line in (*box.paragraphs, *box.items))


def playable_steps(
    topic: Topic, pack: Pack, phrases: Phrases, voice: Voice | None, rate: float = 1
) -> dict[str, Any]:
    """What the browser plays beside a page in steps: how long a step's words take a calm reader,
    and the phases of its hold, if it has one. The page's own words are said from its speech.json.
    """
    said = _Voice(voice, rate)
    end = next((line.text for line in topic.lines if TOO_LONG in line.evidence), "")
    return {
        "steps": [
            {
                "id": section.id,
                "phases": [
                    _phase(phase, said)
                    for phase in _step(section, topic, pack, end, phrases, said.length)
                ],
            }
            for section in topic.sections
        ]
    }


def _step(
    section: Section, topic: Topic, pack: Pack, end: str, phrases: Phrases, length: Duration
) -> Iterator[Phase]:
    lines = [section.heading, *(line for block in section.blocks for line in block.lines)]
    words = sum(len(line.text.split()) for line in lines)
    yield Phase("words", max(words / SPEAKING_RATE, LEAST_MOVE_S), phrases("cramp-words"))
    if held := pack.exercises.get(topic.about.holds.get(section.id, "")):
        hold_s = held.dose_for(topic.about.audience).hold_s[0]
        yield from cramp_hold(hold_s, end, phrases, length)


def _phase(phase: Phase, said: _Voice) -> dict[str, Any]:
    return {
        "kind": phase.kind,
        "seconds": round(phase.seconds, 2),
        "shown": phase.shown,
        "from": phase.pose_from,
        "to": phase.pose_to,
        "count": round(phase.count_s, 2),
        "side": phase.side,
        "repeat": phase.repeat,
        "cues": [
            {
                "at": round(cue.at_s, 2),
                "text": cue.text,
                "audio": said.audio(cue.text),
                "count": cue.count,
            }
            for cue in phase.cues
        ],
    }
