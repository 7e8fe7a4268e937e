"""Home, topics and help."""

from flask import Blueprint, abort, current_app, render_template

from kiosk.models import Pack, Topic
from kiosk.services import Services
from kiosk.usage import Event

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
def topic(pack_id: str, topic_id: str) -> str | tuple[str, int]:
    """A topic in large text, or the topics of a group as tiles."""
    pack = find_pack(pack_id)
    if topic_id in pack.broken:
        return render_template("broken.html"), 503
    if topic_id in pack.about.groups:
        return render_template("group.html", pack=pack, group=pack.about.groups[topic_id])
    pack, found = find_topic(pack_id, topic_id)
    services().usage.count(Event.READ, f"{pack.id}/{found.id}")
    template = "steps.html" if found.about.layout == "steps" else "topic.html"
    return render_template(
        template,
        pack=pack,
        topic=found,
        page=services().page(pack, found),
        addresses={other: f"/{pack.id}/{other}" for other in pack.topics},
    )


@blueprint.get("/help")
def help_page() -> str:
    """How the kiosk works."""
    return render_template("help.html")


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What works for whom, and who to ask."""
    return render_template("accessibility.html")
