"""Speech and leaflets: what the pages can be heard as and taken home as."""

import io
import re

from flask import Blueprint, Response, abort, jsonify, render_template, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from kiosk.errors import LeafletError
from kiosk.fonts import FACES
from kiosk.leaflet import LeafletOrder, Size, UnknownPartError
from kiosk.models import Pack, Topic
from kiosk.services import font_folder
from kiosk.web.pages import find_pack, find_topic, services

blueprint = Blueprint("outputs", __name__)
_KEY = re.compile(r"[0-9a-f]{40}")
A_YEAR_S = 365 * 24 * 3600


@blueprint.get("/<pack_id>/<topic_id>/speech.json")
def speech(pack_id: str, topic_id: str) -> Response:
    """What is said of a topic's page, with the time of every word."""
    pack, topic = find_topic(pack_id, topic_id)
    return jsonify(services().speech_listing(pack, topic))


@blueprint.get("/<pack_id>/<topic_id>/speech.wav")
def whole_speech(pack_id: str, topic_id: str) -> BaseResponse:
    """The whole page as one recording, for a browser without JavaScript."""
    pack, topic = find_topic(pack_id, topic_id)
    return _sound(services().whole_recording(pack, topic))


@blueprint.get("/speech/<key>.wav")
def recording(key: str) -> BaseResponse:
    """A recording by its key; it never changes, and can be asked for in ranges."""
    audio = services().speech.audio(key) if _KEY.fullmatch(key) else None
    if audio is None:
        abort(404)
    response = _sound(audio)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    return response


def _sound(audio: bytes) -> BaseResponse:
    return send_file(io.BytesIO(audio), mimetype="audio/wav", conditional=True, etag=False)


@blueprint.get("/fonts/<name>.woff2")
def font(name: str) -> BaseResponse:
    """Andika for a browser that does not have it."""
    path = font_folder(services().settings) / f"{name}.woff2"
    if name not in FACES or not path.is_file():
        abort(404)
    return send_file(path, mimetype="font/woff2", max_age=A_YEAR_S)


@blueprint.get("/<pack_id>/leaflets")
def leaflets(pack_id: str) -> str:
    """Choose a leaflet."""
    return render_template("leaflets.html", pack=find_pack(pack_id))


@blueprint.get("/<pack_id>/leaflets/<topic_id>")
def leaflet(pack_id: str, topic_id: str) -> str:
    """One leaflet: choose its size and parts, and see its pages."""
    pack, topic = find_topic(pack_id, topic_id)
    order = leaflet_order(pack, topic)
    pdf = services().leaflet(pack, topic, order.size, order.parts)
    return render_template(
        "leaflet_choice.html",
        pack=pack,
        topic=topic,
        order=order,
        sizes=list(Size),
        pages=services().leaflets.page_count(pdf),
        printer=services().printing.ready(wait_s=0.5),
        query=request.query_string.decode("latin-1"),
    )


@blueprint.get("/<pack_id>/leaflets/<topic_id>.pdf")
def leaflet_pdf(pack_id: str, topic_id: str) -> BaseResponse:
    """The leaflet itself."""
    pack, topic = find_topic(pack_id, topic_id)
    order = leaflet_order(pack, topic)
    pdf = services().leaflet(pack, topic, order.size, order.parts)
    # An attachment: the browser's own PDF viewer is a way out of a kiosk.
    return send_file(
        io.BytesIO(pdf),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=f"{topic.id}-{order.size}.pdf",
        etag=False,
    )


@blueprint.get("/<pack_id>/leaflets/<topic_id>.png")
def leaflet_picture(pack_id: str, topic_id: str) -> BaseResponse:
    """The picture of one side of the leaflet."""
    pack, topic = find_topic(pack_id, topic_id)
    order = leaflet_order(pack, topic)
    number = request.args.get("page", "1")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        abort(400)
    pdf = services().leaflet(pack, topic, order.size, order.parts)
    try:
        png, _ = services().leaflets.picture(pdf, int(number))
    except LeafletError:
        abort(400)
    return send_file(io.BytesIO(png), mimetype="image/png", etag=False)


def leaflet_order(pack: Pack, topic: Topic) -> LeafletOrder:
    """The leaflet that the query or the form asks for; 400 when there is no such size or part."""
    size = request.values.get("size", Size.STANDARD.value)
    if size not in list(Size):
        abort(400)
    # A form sends one `parts` for each box that is ticked, an address a comma list.
    asked = [part for value in request.values.getlist("parts") for part in value.split(",") if part]
    parts = tuple(asked) or None
    try:
        return LeafletOrder(topic, pack, services().review(topic), Size(size), parts)
    except UnknownPartError:
        abort(400)
