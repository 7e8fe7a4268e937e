"""Home, topics and help."""

from collections.abc import Iterator, Mapping
from datetime import date

from flask import Blueprint, abort, current_app, g, render_template, request

from kiosk.models import Pack, Topic
from kiosk.services import Services
from kiosk.usage import Event
from kiosk.web.kept_pages import KeptPages

blueprint = Blueprint("pages", __name__)


def services() -> Services:
    """The kiosk behind this request."""
    found: Services = current_app.extensions["kiosk"]
    return found


def find_pack(pack_id: str) -> Pack:
    """A pack by its id, or a 404 page."""
    return services().catalogue.packs.get(pack_id) or abort(404)


def find_topic(pack_id: str, topic_id: str) -> tuple[Pack, Topic]:
    """A topic by its ids, or a 404 page."""
    pack = find_pack(pack_id)
    return pack, pack.topics.get(topic_id) or abort(404)


@blueprint.get("/")
def home() -> str:
    """One question, and tiles as answers; only what exists is shown."""
    packs = [pack for pack in services().catalogue.packs.values() if pack.topics]
    return render_template(
        "home.html", packs=packs, still_printing=services().printing.still_printing()
    )


@blueprint.get("/<pack_id>/<topic_id>")
def topic(pack_id: str, topic_id: str) -> str | bytes | tuple[str, int]:
    """A topic in large text, or the topics of a group as tiles."""
    pack = find_pack(pack_id)
    if topic_id in pack.broken:
        return render_template("broken.html"), 503
    if topic_id in pack.about.groups:
        return render_template("group.html", pack=pack, group=pack.about.groups[topic_id])
    pack, found = find_topic(pack_id, topic_id)
    services().usage.count(Event.READ, f"{pack.id}/{found.id}")
    if request.query_string:  # nothing that somebody put into an address is kept
        return _topic_page(pack, found)
    kept: KeptPages = current_app.extensions["kept_pages"]
    # All that such a page depends on: its words, its review on this day, the visitor's settings
    # beside the usual ones, and its own address.
    review = services().review(found)
    depends = (found.pack, found.id, found.fingerprint, review, date.today())
    asked = (request.path, g.preferences, g.usual)
    return kept.page((*depends, *asked), lambda: _topic_page(pack, found))


def _topic_page(pack: Pack, topic: Topic) -> str:
    return render_template(
        "steps.html" if topic.about.layout == "steps" else "topic.html",
        pack=pack,
        topic=topic,
        page=services().page(pack, topic),
        addresses=Addresses(pack),
    )


class Addresses(Mapping[str, str]):
    """The address of each topic of a pack, by its id."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def __getitem__(self, topic_id: str) -> str:
        if topic_id not in self._pack.topics:
            raise KeyError(topic_id)
        return f"/{self._pack.id}/{topic_id}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._pack.topics)

    def __len__(self) -> int:
        return len(self._pack.topics)


@blueprint.get("/help")
def help_page() -> str:
    """How the kiosk works."""
    return render_template("help.html")


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What works for whom, and who to ask."""
    return render_template("accessibility.html")
