"""The web app: views, headers and error pages. The only floor that knows Flask."""

import gzip
from collections.abc import Callable
from urllib.parse import quote

from flask import Flask, Response, current_app, g, render_template, request
from werkzeug.exceptions import HTTPException

from kiosk.door import Door
from kiosk.errors import KioskError, WorkerBusyError
from kiosk.presence import Presence
from kiosk.services import STATIC, TEMPLATES, Services
from kiosk.settings import Settings
from kiosk.usage import Event
from kiosk.volume import LOUDEST
from kiosk.web import (
    outputs,
    pages,
    preferences,
    printing,
    sessions,
    staff,
    staff_counts,
    staff_sound,
    staff_topics,
    visits,
)
from kiosk.web.compression import BEST, Compression
from kiosk.web.front_end import StaticFile, front_end
from kiosk.web.guard import add_headers, refuse_strangers
from kiosk.web.kept_pages import KeptPages
from kiosk.web.panel import panel_css

MOST_BODY = 16 * 1024  # bytes; the largest real form has under 1 KB


def create_app(services: Services) -> Flask:
    """The kiosk's web app over ready-made services."""
    app = Flask(__name__, static_folder=str(STATIC), template_folder=str(TEMPLATES))
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_BODY
    kept = {"bytecode_cache": services.compiled}
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True, **kept}
    app.extensions["kiosk"] = services
    app.extensions["door"] = Door(services.settings.state)
    app.extensions["presence"] = Presence(services.settings.state)
    app.extensions["kept_pages"] = KeptPages()
    app.extensions["compression"] = Compression()
    app.before_request(refuse_strangers)
    app.before_request(preferences.read)
    app.before_request(_note_presence)
    app.after_request(add_headers)
    app.after_request(_compress)
    app.register_blueprint(visits.blueprint)
    app.register_blueprint(preferences.blueprint)
    for part in (staff.blueprint, staff.inside, staff_counts.blueprint):
        app.register_blueprint(part)
    app.register_blueprint(staff_topics.blueprint)
    app.register_blueprint(staff_sound.blueprint)
    app.register_blueprint(printing.blueprint)
    app.register_blueprint(outputs.blueprint)
    app.register_blueprint(sessions.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(KioskError, _kiosk_error)
    app.register_error_handler(Exception, _bug)
    app.context_processor(_common)
    app.add_url_rule("/panel.css", view_func=_panel_css)
    _serve_front_end(app, services.settings)
    return app


def _serve_front_end(app: Flask, settings: Settings) -> None:
    """One style sheet and one script for all pages, compressed once, kept by the browser."""
    files = front_end(STATIC, panel_css(settings.panel))
    app.extensions["front_end"] = {name: file.address for name, file in files.items()}
    for name, file in files.items():
        app.add_url_rule(file.address, f"front_end_{name}", _whole_file(file))


def _whole_file(file: StaticFile) -> Callable[[], Response]:
    packed = gzip.compress(file.data, BEST, mtime=0)

    def answer() -> Response:
        takes = request.accept_encodings.quality("gzip") > 0
        response = Response(packed if takes else file.data, mimetype=file.mimetype)
        if takes:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Cache-Control"] = f"public, max-age={outputs.A_YEAR_S}, immutable"
        return response

    return answer


# Asked for while nobody is there: by staff's tools, and where a visit that has ended leads.
_NOBODY = frozenset({"/", "/healthz", "/metrics", "/panel.css", "/headset.json"})


def _note_presence() -> None:
    presence: Presence = current_app.extensions["presence"]
    if request.path == "/finish":
        presence.gone()
    elif request.path not in _NOBODY and not request.path.startswith("/static/"):
        presence.here()


def _compress(response: Response) -> Response:
    compression: Compression = current_app.extensions["compression"]
    return compression.apply(request, response)


def _common() -> dict[str, object]:
    """What every template may use."""
    services: Services = current_app.extensions["kiosk"]
    chosen = g.get("preferences", preferences.DEFAULTS)
    return {
        "phrases": services.catalogue.phrases,
        "settings": services.settings,
        "preferences": chosen,
        "nothing_changed": chosen == g.get("usual", preferences.DEFAULTS),
        "form_token": g.get("form_token", ""),
        "waits": visits.waits(services.settings.visit, chosen),
        "loudest": LOUDEST,
        "here": request.path,
        "here_whole": _address(),
        "drawer": services.drawer,
        "front_end": current_app.extensions["front_end"],
    }


def _address() -> str:
    """The address of the page itself with its query, safe to stand in a page and to go back to."""
    query = request.query_string.decode("latin-1")
    return quote(request.path) + (f"?{query}" if query else "")


def _panel_css() -> Response:
    services: Services = current_app.extensions["kiosk"]
    return Response(panel_css(services.settings.panel), mimetype="text/css")


def _http_error(error: HTTPException) -> tuple[str, int, list[tuple[str, str]]]:
    phrases = current_app.extensions["kiosk"].catalogue.phrases
    code = error.code or 500
    shown = code if f"error-title-{code}" in phrases else (400 if code < 500 else 500)
    # What the error tells the browser stays: Allow with a 405, Content-Range with a 416.
    told = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return render_template("error.html", code=shown), code, told


def _kiosk_error(error: KioskError) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    current_app.logger.error("%s (%s)", error, error.hint)
    if isinstance(error, WorkerBusyError):
        return render_template("error.html", code=503), 503, {"Retry-After": "5"}
    current_app.extensions["kiosk"].usage.count(Event.FAILURE, error.phrase.removeprefix("error-"))
    return render_template("error.html", code=500, text=error.phrase), 500


def _bug(_error: Exception) -> tuple[str, int]:
    # The log names the fault for staff; the visitor reads a plain sentence, never a traceback.
    current_app.logger.exception("unexpected fault")
    current_app.extensions["kiosk"].usage.count(Event.FAILURE, "page")
    return render_template("error.html", code=500), 500
