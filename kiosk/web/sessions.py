"""Guided sessions: exercises done together with the kiosk."""

from flask import Blueprint, Response, abort, jsonify, render_template, request

from kiosk.dose import dose_in_words
from kiosk.models import Pack
from kiosk.sessions import Session
from kiosk.web.pages import find_pack, services

blueprint = Blueprint("sessions", __name__)


@blueprint.get("/<pack_id>/session/<name>")
def session(pack_id: str, name: str) -> str:
    """What to read first, the exercises as lists, and with JavaScript the coach."""
    pack = find_pack(pack_id)
    found = _find(pack, name)
    phrases = services().catalogue.phrases
    doses = {
        one.id: dose_in_words(one.dose_for(found.audience), phrases) for one in found.exercises
    }
    return render_template("session.html", pack=pack, session=found, doses=doses)


@blueprint.get("/<pack_id>/session/<name>/session.json")
def plan(pack_id: str, name: str) -> Response:
    """Every phase of a session with its times, words and sounds."""
    pack = find_pack(pack_id)
    return jsonify(services().playable_session(pack, _find(pack, name)))


def _find(pack: Pack, name: str) -> Session:
    audience = request.args.get("for", "everyone")
    return services().session(pack, name, audience) or abort(404)
