"""Speech and leaflets: what the pages can be heard as and taken home as."""

import io
import re
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
)
from werkzeug.wrappers import Response as BaseResponse

from kiosk.errors import LeafletError
from kiosk.fonts import FACES
from kiosk.leaflet import LeafletOrder, Size, UnknownPartError
from kiosk.models import Pack, Topic
from kiosk.services import font_folder
from kiosk.speech.sound import TONES, tone
from kiosk.speech.utterances import PieceError, said, texts_of
from kiosk.speech.voices import NATURAL, PLAIN
from kiosk.usage import Event
from kiosk.web.codes import codes_of
from kiosk.web.pages import find_pack, find_topic, services

blueprint = Blueprint("outputs", __name__)
_KEY = re.compile(r"[0-9a-f]{40}")
A_YEAR_S = 365 * 24 * 3600


@blueprint.get("/<pack_id>/<topic_id>/speech.json")
def speech(pack_id: str, topic_id: str) -> Response:
    """What is said of a topic's page, with the time of every word, in the visitor's voice.

    `?beginning=1` may be answered by the first sentences alone: see `whole` in the answer.
    """
    pack, topic = find_topic(pack_id, topic_id)
    voice = request.args.get("voice", g.preferences.voice)
    if voice not in ("", PLAIN, *NATURAL):
        abort(400)
    beginning = "beginning" in request.args
    listing = services().speech_listing(pack, topic, voice, beginning)
    if beginning:  # so Listen asks, once for each time
        services().usage.count(Event.HEARD, f"{pack.id}/{topic.id}")
    return jsonify(listing)


@blueprint.get("/<pack_id>/<topic_id>/speech.wav")
def whole_speech(pack_id: str, topic_id: str) -> BaseResponse:
    """The whole page as one recording, for a browser without JavaScript."""
    pack, topic = find_topic(pack_id, topic_id)
    return _sound(services().whole_recording(pack, topic))


@blueprint.get("/speech/utterance.json")
def utterance() -> Response:
    """What to play for one thing on the screen: `piece` for each of its pieces, in order."""
    found = services()
    try:
        texts = texts_of(
            request.args.getlist("piece"), found.catalogue.phrases, found.settings.visit
        )
    except PieceError:
        abort(400)
    one = said(texts, found.speech, found.live_sounds, g.preferences.voice)
    return jsonify(texts=one.texts, voice=one.voice, sounds=one.sounds)


@blueprint.get("/headset.json")
def headset() -> Response:
    """Whether the kiosk itself sees a headset; null when it does not look or cannot tell."""
    return jsonify({"in": services().jack.is_in()})


@blueprint.get("/speech/<key>.<any(wav, ogg):suffix>")
def recording(key: str, suffix: str) -> BaseResponse:
    """A recording by its key; it never changes, and can be asked for in ranges."""
    live = services().live_sounds.read(key) if suffix == "wav" else None
    if live is not None:
        response = _sound(live)
        response.headers["Cache-Control"] = "no-store"  # it tells what its visitor looked at
        return response
    audio = services().speech.audio(key, suffix) if _KEY.fullmatch(key) else None
    if audio is None:
        abort(404)
    response = _sound(audio, suffix)
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR_S}, immutable"
    return response


@blueprint.get("/speech/phrase/<name>.wav")
def phrase(name: str) -> BaseResponse:
    """A short thing that the interface says, by its name or the key of its phrase."""
    clip = services().phrase_recording(name, g.preferences.voice)
    audio = services().speech.audio(clip.key, clip.suffix) if clip else None
    if clip is None or audio is None:
        abort(404)
    return _sound(audio, clip.suffix)


@blueprint.get("/speech/tone/<name>.wav")
def short_tone(name: str) -> BaseResponse:
    """A short sound without words, by its name."""
    return _sound(tone(name).to_wav()) if name in TONES else abort(404)


def _sound(audio: bytes, suffix: str = "wav") -> BaseResponse:
    return send_file(io.BytesIO(audio), mimetype=f"audio/{suffix}", conditional=True, etag=False)


@blueprint.get("/fonts/<name>.woff2")
def font(name: str) -> BaseResponse:
    """Andika for a browser that does not have it."""
    path = font_folder(services().settings) / f"{name}.woff2"
    if name not in FACES or not path.is_file():
        abort(404)
    return send_file(path, mimetype="font/woff2", max_age=A_YEAR_S)


@blueprint.get("/leaflets")
def all_leaflets() -> str | BaseResponse:
    """Choose a leaflet of any subject; where there is one subject alone, of that."""
    packs = [pack for pack in services().catalogue.packs.values() if pack.topics]
    if len(packs) == 1:
        return redirect(f"/{packs[0].id}/leaflets", 303)
    return render_template("leaflets_all.html", shelves=[(pack, _shelf(pack)) for pack in packs])


def _shelf(pack: Pack) -> list[Topic]:
    """The leaflets that a subject offers, in its own order."""
    return [pack.topics[name] for name in pack.about.leaflets if name in pack.topics]


@blueprint.get("/<pack_id>/leaflets")
def leaflets(pack_id: str) -> str:
    """Choose a leaflet: those for somebody first, then those for everyone."""
    pack = find_pack(pack_id)
    topics = _shelf(pack)
    own = [topic for topic in topics if topic.about.audience != "everyone"]
    everyone = [topic for topic in topics if topic not in own]
    return render_template("leaflets.html", pack=pack, own=own, everyone=everyone)


@blueprint.get("/<pack_id>/leaflets/<topic_id>")
def leaflet(pack_id: str, topic_id: str) -> str:
    """One leaflet: choose its size and parts, see its sides, and take its codes."""
    pack, topic = find_topic(pack_id, topic_id)
    order = leaflet_order(pack, topic)
    side = _number("side")
    pdf = services().leaflet(pack, topic, order.size, order.parts)
    pages = services().leaflets.page_count(pdf)
    if not 1 <= side <= pages:
        abort(400)
    chosen = [(key, value) for key, value in request.args.items(multi=True) if key != "side"]
    return render_template(
        "leaflet_choice.html",
        pack=pack,
        topic=topic,
        order=order,
        sizes=list(Size),
        side=side,
        pages=pages,
        codes=codes_of(pack, topic),
        printer=services().printing.ready(wait_s=0.5),
        query=urlencode(chosen),
    )


@blueprint.get("/<pack_id>/leaflets/<topic_id>.pdf")
def leaflet_pdf(pack_id: str, topic_id: str) -> BaseResponse:
    """The leaflet itself."""
    pack, topic = find_topic(pack_id, topic_id)
    order = leaflet_order(pack, topic)
    pdf = services().leaflet(pack, topic, order.size, order.parts)
    services().usage.count(Event.LEAFLET, order.counts)
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
    number = _number("page")
    pdf = services().leaflet(pack, topic, order.size, order.parts)
    try:
        png, _ = services().leaflets.picture(pdf, number)
    except LeafletError:
        abort(400)
    return send_file(io.BytesIO(png), mimetype="image/png", etag=False)


def _number(name: str) -> int:
    """A number that the query gives, 1 when it gives none; 400 when it is not one."""
    number = request.args.get(name, "1")
    if not number.isascii() or not number.isdigit() or len(number) > 3:
        abort(400)
    return int(number)


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
