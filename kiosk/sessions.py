"""Guided sessions: which exercises, in which order, with which warnings first.

Takes a pack and the name of a set, or of one exercise; gives back a Session, and what the browser
needs to play it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kiosk.models import Callout, Exercise, Pack, Topic
from kiosk.phrases import Phrases
from kiosk.session import Phase, repeats_of, timeline, warning
from kiosk.speech.script import Segment, Utterance

Voice = Callable[[Utterance], tuple[str, float]]  # a recording's address and its length in seconds
WARNING = "exercise-not-if-dvt"  # the evidence that marks a topic's “Before you stretch” box
SPEAKING_RATE = 2.3  # words a second, for when there is no voice to ask


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
    elif exercise := pack.exercises.get(name):
        exercises = [exercise]
        topic = pack.topics.get(_topic_for(pack, audience))
        title = phrases("session-title", name=exercise.name)
    else:
        return None
    before = _warning(topic) or _warning_anywhere(pack)
    if not exercises or before is None:
        return None  # an exercise is never offered without its warnings
    return Session(name, title, audience, topic, before, tuple(exercises))


def _topic_for(pack: Pack, audience: str) -> str:
    return next((one.topic for one in pack.about.sessions.values() if one.audience == audience), "")


def _warning(topic: Topic | None) -> Callout | None:
    for block in topic.blocks if topic else ():
        if isinstance(block, Callout) and any(WARNING in line.evidence for line in block.lines):
            return block
    return None


def _warning_anywhere(pack: Pack) -> Callout | None:
    return next(filter(None, map(_warning, pack.topics.values())), None)


def playable(
    session: Session, phrases: Phrases, voice: Voice | None, poses: Callable[[str], Iterable[str]]
) -> dict[str, Any]:
    """What the browser plays: every phase with its times, words and sounds.

    `poses` names the poses of a figure in their order. Without a `voice` the times are those of a
    calm reader, and there are no sounds.
    """
    spoken: dict[str, tuple[str, float]] = {}

    def say(text: str) -> tuple[str, float]:
        if text not in spoken:
            if voice is None:
                spoken[text] = ("", len(text.split()) / SPEAKING_RATE)
            else:
                spoken[text] = voice(Utterance((Segment("", text),)))
        return spoken[text]

    def length(text: str) -> float:
        return say(text)[1]

    before = [line.text for line in (session.before.lines if session.before else ())]
    done = phrases("session-done")
    return {
        "title": session.title,
        "warning": _phase(warning(before, length), say),
        "exercises": [
            {
                "id": exercise.id,
                "name": exercise.name,
                "poses": list(poses(exercise.figure)),
                "repeats": repeats_of(exercise.dose_for(session.audience)),
                "phases": [
                    _phase(phase, say)
                    for phase in timeline(exercise, session.audience, phrases, length)
                ],
            }
            for exercise in session.exercises
        ],
        "done": {"text": done, "audio": say(done)[0]},
    }


def _phase(phase: Phase, say: Callable[[str], tuple[str, float]]) -> dict[str, Any]:
    return {
        "kind": phase.kind,
        "seconds": round(phase.seconds, 2),
        "shown": phase.shown,
        "from": phase.pose_from,
        "to": phase.pose_to,
        "counts": phase.counts,
        "side": phase.side,
        "repeat": phase.repeat,
        "cues": [
            {"at": round(cue.at_s, 2), "text": cue.text, "audio": say(cue.text)[0]}
            for cue in phase.cues
        ],
    }
