"""What a topic's page holds, in reading order: the one list that page and speech both follow.

Takes a topic and its pack; adds to the topic's own blocks the words it explains and what is true
of its checking, as lines with ids like any other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.models import Line, Pack, Section, Source, Span, Topic
from kiosk.phrases import Phrases
from kiosk.reviews import Review, long_date, status_sentence


@dataclass(frozen=True)
class TopicPage:
    """A topic with all that its page shows in `main`, controls and source list apart."""

    topic: Topic
    stop: Line | None
    words_heading: Line
    words: tuple[Line, ...]
    about_heading: Line
    about: tuple[Line, ...]
    sources: tuple[Source, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        return self.topic.sections


def topic_page(
    topic: Topic,
    pack: Pack,
    review: Review | None,
    phrases: Phrases,
    today: Callable[[], date] = date.today,
) -> TopicPage:
    """Put a topic's page together; a review that is overdue is said to be so."""

    def line(line_id: str, text: str) -> Line:
        return Line(id=line_id, spans=(Span(text=text),))

    due = review.next_due if review else pack.about.review_due
    version = phrases(
        "about-version-overdue" if due < today() else "about-version",
        version=pack.about.version,
        date=long_date(pack.about.published),
        due=long_date(due),
    )
    steps = topic.about.layout == "steps"
    return TopicPage(
        topic=topic,
        stop=line("stop", phrases("cramp-stop")) if steps else None,
        words_heading=line("words-h", phrases("words-heading")),
        words=tuple(
            Line(
                id=f"words-{number}",
                spans=(
                    Span(text=f"{term.term[:1].upper()}{term.term[1:]}:", strong=True),
                    Span(text=f" {term.meaning}"),
                ),
            )
            for number, term in enumerate(topic.terms, 1)
        ),
        about_heading=line("about-h", phrases("about-heading")),
        about=(line("about-1", status_sentence(review, phrases)), line("about-2", version)),
        sources=pack.sources_of(topic),
    )
