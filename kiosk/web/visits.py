"""How long a visit waits for its visitor, and its end: everything of it is cleared."""

from dataclasses import dataclass

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from kiosk.settings import Visit
from kiosk.web.pages import services
from kiosk.web.preferences import COOKIE, COOKIE_BEFORE, Preferences

blueprint = Blueprint("visits", __name__)
MORE_TIME = 10  # "More time" waits so many times as long (A11Y-53)


@dataclass(frozen=True)
class Waits:
    """Seconds: of stillness before the warning, the same by ear or by keys, and of the warning."""

    idle_s: int
    long_s: int
    warning_s: int


def waits(visit: Visit, chosen: Preferences) -> Waits:
    """How long the kiosk waits for a visitor with these preferences."""
    slow = chosen.speak or chosen.size == "very-large"
    usual_s = visit.idle_long_s if slow else visit.idle_s
    times = MORE_TIME if chosen.more_time else 1
    return Waits(usual_s * times, visit.idle_long_s * times, visit.warning_s)


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
