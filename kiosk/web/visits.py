"""The end of a visit: everything of it is cleared."""

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from kiosk.web.pages import services
from kiosk.web.preferences import COOKIE, COOKIE_BEFORE

blueprint = Blueprint("visits", __name__)


@blueprint.post("/finish")
def finish() -> Response:
    """Forget the visitor's settings and go home; only a leaflet that prints well goes on."""
    services().printing.finish()
    response = redirect("/", 303)
    for name in (COOKIE, COOKIE_BEFORE):
        response.delete_cookie(name)
    # Prepared audio is not a visit's data, so the browser's cache stays.
    response.headers["Clear-Site-Data"] = '"cookies", "storage"'
    return response
