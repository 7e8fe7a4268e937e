"""What is counted, for staff: a plot of each day, a table beside it, and all of it as CSV."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from kiosk.plots import Bar, bars
from kiosk.reviews import long_date
from kiosk.usage import Count, Event
from kiosk.web.pages import services
from kiosk.web.staff import only_staff

SPANS = (7, 28, 91, 365)  # days
BY_WEEK = 60  # from so many days on, a bar is a week
blueprint = Blueprint("staff_counts", __name__)
blueprint.before_request(only_staff)


@dataclass(frozen=True)
class Tally:
    """One kind of event over a span of days."""

    event: Event
    total: int
    plot: Markup
    bars: tuple[Bar, ...]
    subjects: tuple[tuple[str, int], ...]


@blueprint.get("/staff/counts")
def show() -> str:
    """The counts of the last days, a kind at a time."""
    asked = request.args.get("days", str(SPANS[1]))
    if asked not in map(str, SPANS):
        abort(400)
    days = int(asked)
    today = date.today()
    first = today - timedelta(days=days - 1)
    # A clock that was wrong for a while may have left counts of days that are yet to come.
    counts = [count for count in services().usage.since(first) if count.day <= today]
    return render_template(
        "staff_counts.html",
        days=days,
        spans=SPANS,
        by_week=days >= BY_WEEK,
        tallies=[_tally(event, counts, first, today) for event in Event],
        fault=services().usage.fault,
    )


@blueprint.get("/staff/counts.csv")
def as_csv() -> Response:
    """Every count that is kept, a row each."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["day", "event", "subject", "number"])
    for count in services().usage.since(date.min):
        table.writerow([count.day, count.event, count.subject, count.number])
    response = Response(text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=counts.csv"
    response.headers["Cache-Control"] = "no-store"
    return response


def _tally(event: Event, counts: list[Count], first: date, today: date) -> Tally:
    phrases = services().catalogue.phrases
    mine = [count for count in counts if count.event is event]
    by_subject: Counter[str] = Counter()
    for count in mine:
        by_subject[_named(count)] += count.number
    total = sum(by_subject.values())
    values = tuple(_by_time(mine, first, today))
    name = phrases(f"counts-{event}")
    text = phrases("counts-plot", total=total, first=long_date(first), last=long_date(today))
    plot = Markup(bars(values, name, text, f"plot-{event}"))  # noqa: S704 - made of numbers
    return Tally(event, total, plot, values, tuple(by_subject.most_common()))


def _by_time(counts: list[Count], first: date, today: date) -> list[Bar]:
    """A bar for each day, or for each week of a long span."""
    step = 7 if (today - first).days + 1 >= BY_WEEK else 1
    numbers: Counter[int] = Counter()
    for count in counts:
        numbers[(count.day - first).days // step] += count.number
    places = range(((today - first).days // step) + 1)
    return [Bar(long_date(first + timedelta(days=at * step)), numbers[at]) for at in places]


def _named(count: Count) -> str:
    """A subject as staff know it: a topic by its title, a fault in words."""
    catalogue = services().catalogue
    place, _, size = count.subject.partition(" ")
    pack_id, _, name = place.partition("/")
    pack = catalogue.packs.get(pack_id)
    if count.event is Event.FAILURE:
        key = f"print-fault-{size}" if place == "print" else f"counts-fault-{place}"
        return catalogue.phrases(key) if key in catalogue.phrases else count.subject
    title = name
    if pack and name in pack.topics:
        title = pack.topics[name].about.title
    elif pack and (session := services().session(pack, name, "everyone")):
        title = session.title
    key = f"leaflet-size-{size}"
    return f"{title}, {catalogue.phrases(key)}" if size and key in catalogue.phrases else title
