"""A visitor's own settings: kept for the visit in one cookie, and nowhere else."""

from dataclasses import asdict, dataclass, replace
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, abort, g, redirect, render_template, request
from werkzeug.wrappers import Response

SIZES = ("normal", "large", "very-large")
THEMES = ("paper", "dark", "yellow", "cream")
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)  # A11Y-08: at least six steps from 0.5 to 2
LOUDEST, START_VOLUME = 12, 5  # A11Y section 2: 12 steps, start 5, never 0
COOKIE, COOKIE_BEFORE = "preferences", "preferences-before"


@dataclass(frozen=True)
class Preferences:
    """How this visitor wants it."""

    size: str = "normal"
    theme: str = "paper"
    rate: float = 1.0
    volume: int = START_VOLUME

    def changed(self, name: str, value: str) -> "Preferences":
        """A copy with one setting changed. Raises ValueError on what does not exist."""
        if name == "size" and value in SIZES:
            return replace(self, size=value)
        if name == "theme" and value in THEMES:
            return replace(self, theme=value)
        if name == "rate" and float(value) in RATES:
            return replace(self, rate=float(value))
        if name == "volume" and 1 <= int(value) <= LOUDEST:
            return replace(self, volume=int(value))
        raise ValueError(f"no setting {name}={value}")

    @property
    def is_default(self) -> bool:
        """Whether nothing was changed."""
        return self == Preferences()

    def to_cookie(self) -> str:
        return urlencode(asdict(self))


DEFAULTS = Preferences()
blueprint = Blueprint("preferences", __name__)


def from_cookie(text: str) -> Preferences:
    """The settings in a cookie; what cannot be read is left at its default."""
    found = DEFAULTS
    try:
        values = parse_qs(text[:500], max_num_fields=8)
    except ValueError:
        return found
    for name, given in values.items():
        try:
            found = found.changed(name, given[0])
        except ValueError:
            continue
    return found


def read() -> None:
    """Before each request: this visitor's settings, for the templates."""
    g.preferences = from_cookie(request.cookies.get(COOKIE, ""))


@blueprint.get("/preferences")
def show() -> str:
    """Change how this looks and sounds."""
    return render_template(
        "preferences.html",
        sizes=SIZES,
        themes=THEMES,
        rates=RATES,
        loudest=LOUDEST,
        back=came_from(),
        can_undo=COOKIE_BEFORE in request.cookies,
    )


@blueprint.post("/preferences")
def change() -> Response:
    """Change one setting at once, or go back to how it was; then show the page again."""
    now: Preferences = g.preferences
    if "undo" in request.form:
        new = from_cookie(request.cookies.get(COOKIE_BEFORE, ""))
    else:
        new = now
        for name in ("size", "theme", "rate", "volume"):
            if name in request.form:
                try:
                    new = new.changed(name, request.form[name])
                except ValueError:
                    abort(400)
    response = redirect("/preferences?" + urlencode({"from": came_from()}), 303)
    _keep(response, COOKIE, new.to_cookie())
    _keep(response, COOKIE_BEFORE, now.to_cookie())
    return response


def _keep(response: Response, name: str, value: str) -> None:
    # A session cookie: it ends with the visit, and Finish ends it sooner.
    response.set_cookie(name, value, httponly=True, samesite="Strict")


def came_from() -> str:
    """The kiosk's own page that the visitor came from; Home when that is not known."""
    asked = request.values.get("from", "")
    referrer = request.referrer or ""
    if not asked and referrer.startswith(request.host_url):
        asked = "/" + referrer.removeprefix(request.host_url).split("?")[0]
    # A browser takes tabs and line ends out of an address, which makes "//" of "/<tab>/".
    plain = asked.isprintable() and "\\" not in asked
    own = asked.startswith("/") and not asked.startswith(("//", "/preferences"))
    return asked if own and plain else "/"
