"""Guided sessions: exercises done together with the kiosk, and the steps of a cramp."""

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kiosk.dose import dose_in_words
from kiosk.models import Pack, Topic
from kiosk.sessions import Session, audiences
from kiosk.usage import Event
from kiosk.web.pages import find_pack, services

blueprint = Blueprint("sessions", __name__)


@blueprint.get("/<pack_id>/session/<name>")
def session(pack_id: str, name: str) -> str | AnyResponse:
    """What to read first, the exercises as lists, and with JavaScript the coach."""
    pack = find_pack(pack_id)
    if _steps(pack, name):
        return redirect(f"/{pack.id}/{name}")
    found = _find(pack, name)
    phrases = services().catalogue.phrases
    doses = {
        one.id: dose_in_words(one.dose_for(found.audience), phrases) for one in found.exercises
    }
    return render_template("session.html", pack=pack, session=found, doses=doses)


@blueprint.get("/<pack_id>/session/<name>/session.json")
def plan(pack_id: str, name: str) -> Response:
    """Every phase of a session with its times, words and sounds, at the visitor's own speed."""
    pack = find_pack(pack_id)
    rate, voice = g.preferences.rate, g.preferences.voice
    if topic := _steps(pack, name):
        return jsonify(services().playable_steps(pack, topic, rate, voice))
    return jsonify(services().playable_session(pack, _find(pack, name), rate, voice))


@blueprint.post("/<pack_id>/session/<name>/done")
def done(pack_id: str, name: str) -> tuple[str, int]:
    """Somebody came to a session's end: counted, and nothing more."""
    pack = find_pack(pack_id)
    _find(pack, name)
    services().usage.count(Event.SESSION, f"{pack.id}/{name}")
    return "", 204


def _steps(pack: Pack, name: str) -> Topic | None:
    """The topic of that name, if its page is in steps."""
    topic = pack.topics.get(name)
    return topic if topic and topic.about.layout == "steps" else None


def _find(pack: Pack, name: str) -> Session:
    audience = request.args.get("for", "everyone")
    if audience not in audiences(pack):
        abort(400)
    return services().session(pack, name, audience) or abort(404)
