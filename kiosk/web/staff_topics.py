"""Topics for staff: evidence, version, who checked each and until when; and the sign-off."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kiosk.models import Pack, Topic
from kiosk.reviews import Review, keep_review
from kiosk.web.pages import find_topic, services
from kiosk.web.staff import only_staff

NEXT_DAYS = 365  # until the next review, unless staff say otherwise
LONGEST = 500  # letters of a field
NEEDED = ("name", "role", "organisation", "reviewed_on", "what", "next_due")
FIELDS = (*NEEDED[:3], "registration", *NEEDED[3:5], "changes_asked_for", "next_due")
DATES = ("reviewed_on", "next_due")
blueprint = Blueprint("staff_topics", __name__)
blueprint.before_request(only_staff)


@dataclass(frozen=True)
class Row:
    """A topic as its table shows it."""

    pack: Pack
    topic: Topic
    review: Review | None

    @property
    def due(self) -> date:
        return self.review.next_due if self.review else self.pack.about.review_due

    @property
    def is_overdue(self) -> bool:
        return self.due < date.today()

    @property
    def evidence(self) -> list[str]:
        """The ids of all evidence that the topic rests on, each once."""
        return sorted({one for line in self.topic.lines for one in line.evidence})


@blueprint.get("/staff/topics")
def show() -> str:
    """Every topic."""
    rows = [
        Row(pack, topic, services().review(topic))
        for pack in services().catalogue.packs.values()
        for topic in pack.topics.values()
    ]
    return render_template("staff_topics.html", rows=rows)


@blueprint.get("/staff/topics/<pack_id>/<topic_id>")
def sign_off(pack_id: str, topic_id: str) -> str:
    """The form that records a clinician's review of one topic."""
    today = date.today()
    usual = {
        "reviewed_on": today.isoformat(),
        "next_due": (today + timedelta(days=NEXT_DAYS)).isoformat(),
        "organisation": services().settings.clinic.name,
    }
    return _form(*find_topic(pack_id, topic_id), usual, {})


@blueprint.post("/staff/topics/<pack_id>/<topic_id>")
def record(pack_id: str, topic_id: str) -> BaseResponse | tuple[str, int]:
    """Keep the review, or say what is missing beside each field."""
    pack, topic = find_topic(pack_id, topic_id)
    given = {name: request.form.get(name, "").strip() for name in FIELDS}
    wrong = _faults(given)
    # Whoever read other words than those that are shown now has not checked these.
    if request.form.get("fingerprint") != topic.fingerprint:
        wrong["fingerprint"] = "signoff-changed"
    if wrong:
        return _form(pack, topic, given, wrong), 400
    review = Review.model_validate({**given, "fingerprint": topic.fingerprint})
    keep_review(review, topic, services().settings.state / "reviews")
    return redirect("/staff/topics", 303)


def _faults(given: dict[str, str]) -> dict[str, str]:
    """The key of a sentence for each field that cannot be taken."""
    wrong = {name: "signoff-empty" for name in NEEDED if not given[name]}
    wrong |= {name: "signoff-long" for name in FIELDS if len(given[name]) > LONGEST}
    for name in DATES:
        try:
            date.fromisoformat(given[name])
        except ValueError:
            wrong[name] = "signoff-date"
    if not wrong.keys() & set(DATES):
        if given["reviewed_on"] > date.today().isoformat():
            wrong["reviewed_on"] = "signoff-future"
        if given["next_due"] <= given["reviewed_on"]:
            wrong["next_due"] = "signoff-order"
    return wrong


def _form(pack: Pack, topic: Topic, given: dict[str, str], wrong: dict[str, str]) -> str:
    return render_template(
        "staff_sign_off.html",
        pack=pack,
        topic=topic,
        given=given,
        wrong=wrong,
        fields=FIELDS,
        needed=NEEDED,
        dates=DATES,
        review=services().review(topic),
    )
