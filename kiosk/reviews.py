"""Who has checked a topic, if anybody has.

A record lies in `var/reviews/<pack>/<topic>.yaml`. It counts only while its fingerprint is that
of the topic's words, evidence and flags: when these change, that topic alone falls back.
"""

from datetime import date
from pathlib import Path

from kiosk.cache import write_whole
from kiosk.datafiles import read_model
from kiosk.errors import ContentError
from kiosk.models import Strict, Topic
from kiosk.phrases import Phrases


class Review(Strict):
    """A clinician's sign-off of one topic, as the clinic recorded it."""

    fingerprint: str
    name: str
    role: str
    organisation: str
    registration: str = ""
    reviewed_on: date
    what: str = ""
    changes_asked_for: str = ""
    next_due: date


def review_of(topic: Topic, reviews: Path) -> Review | None:
    """The record that holds for the topic as it is now; None when there is none, or it is stale."""
    path = reviews / topic.pack / f"{topic.id}.yaml"
    try:
        review = read_model(path, Review)
    except ContentError:
        return None
    return review if review.fingerprint == topic.fingerprint else None


def keep_review(review: Review, topic: Topic, reviews: Path) -> None:
    """Record a sign-off; what was recorded before stays beside it. Raises OSError."""
    path = reviews / topic.pack / f"{topic.id}.yaml"
    data = review.model_dump_json(indent=2).encode()  # JSON is YAML
    name = f"{review.reviewed_on}-{review.fingerprint[:12]}.yaml"
    write_whole(path.parent / topic.id / name, data)
    write_whole(path, data)


def long_date(day: date) -> str:
    """A date as the house style writes it: 6 August 2026."""
    return f"{day.day} {day:%B %Y}"


def status_sentence(review: Review | None, phrases: Phrases) -> str:
    """What may truly be said of the checking of a text."""
    if review is None:
        return phrases("review-none")
    return phrases(
        "review-done",
        name=review.name,
        role=review.role,
        organisation=review.organisation,
        date=long_date(review.reviewed_on),
    )
