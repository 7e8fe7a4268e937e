"""A visitor's own settings: kept for the visit in one cookie, and nowhere else."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from urllib.parse import parse_qs, urlencode

from flask import Blueprint, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response

from kiosk.volume import LOUDEST, START_VOLUME

SIZES = ("normal", "large", "very-large")
THEMES = ("paper", "dark", "yellow", "cream")
SPACINGS = ("normal", "wide")
REACHES = ("normal", "low")
MOTIONS = ("full", "reduced")
SWITCH = ("off", "on")
SWITCHES = ("more_time", "speak")
RATES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)  # A11Y-08: at least six steps from 0.5 to 2
COOKIE, COOKIE_BEFORE = "preferences", "preferences-before"
# Where a name stands in a list: the first is the default.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "size": SIZES,
    "theme": THEMES,
    "spacing": SPACINGS,
    "reach": REACHES,
    "motion": ("auto", *MOTIONS),
}
_VOICE = re.compile(r"[a-z0-9-]{0,40}")


@dataclass(frozen=True)
class Preferences:
    """How this visitor wants it.

    `voice` is empty for the kiosk's usual one. `motion` is "auto" until it is chosen: figures
    then stand still with very large words, and when everything is spoken (A11Y-41). `speak`:
    everything is spoken, for somebody who does not see the screen.
    """

    size: str = "normal"
    theme: str = "paper"
    rate: float = 1.0
    volume: int = START_VOLUME
    spacing: str = "normal"
    reach: str = "normal"
    voice: str = ""
    motion: str = "auto"
    more_time: bool = False
    speak: bool = False

    def changed(self, name: str, value: str) -> "Preferences":
        """A copy with one setting changed. Raises ValueError on what does not exist."""
        if value in CHOICES.get(name, ()):
            return replace(self, **{name: value})  # type: ignore[arg-type]
        if name == "rate" and float(value) in RATES:
            return replace(self, rate=float(value))
        if name == "volume" and 1 <= int(value) <= LOUDEST:
            return replace(self, volume=int(value))
        if name in SWITCHES and value in SWITCH:
            return replace(self, **{name: value == "on"})  # type: ignore[arg-type]
        if name == "voice" and _VOICE.fullmatch(value):
            return replace(self, voice=value)
        raise ValueError(f"no setting {name}={value}")

    @property
    def reduced_motion(self) -> bool:
        """Whether figures stand still and nothing glides."""
        return self.motion == "reduced" or (
            self.motion == "auto" and (self.speak or self.size == "very-large")
        )

    def to_cookie(self) -> str:
        """The settings as one line, for `from_cookie`."""
        return urlencode(asdict(self) | {name: SWITCH[getattr(self, name)] for name in SWITCHES})


DEFAULTS = Preferences()
SETTINGS = tuple(field.name for field in fields(Preferences))
blueprint = Blueprint("preferences", __name__)


def from_cookie(text: str, usual: Preferences = DEFAULTS) -> Preferences:
    """The settings in a cookie; what cannot be read is left as usual."""
    found = usual
    try:
        values = parse_qs(text[:500], max_num_fields=2 * len(SETTINGS))
    except ValueError:
        return found
    for name, given in values.items():
        try:
            found = found.changed(name, given[0])
        except ValueError:
            continue
    return found


def voices() -> tuple[str, ...]:
    """The names of the voices this kiosk has, its usual one first."""
    found: tuple[str, ...] = current_app.extensions["kiosk"].speech.voices
    return found


def read() -> None:
    """Before each request: this visitor's settings, for the templates.

    A visit begins as loud as staff have set it for this time of day.
    """
    g.usual = replace(DEFAULTS, volume=current_app.extensions["kiosk"].volume.now())
    g.preferences = from_cookie(request.cookies.get(COOKIE, ""), g.usual)


@blueprint.get("/preferences")
def show() -> str:
    """Change how this looks and sounds."""
    return render_template(
        "preferences.html",
        sizes=SIZES,
        themes=THEMES,
        spacings=SPACINGS,
        reaches=REACHES,
        motions=MOTIONS,
        switch=SWITCH,
        rates=RATES,
        voices=voices(),
        loudest=LOUDEST,
        back=came_from(),
        can_undo=COOKIE_BEFORE in request.cookies,
        changed=request.args.get("changed", ""),
        settings_names=SETTINGS,
    )


@blueprint.post("/preferences")
def change() -> Response:
    """Change what the form names, at once, or take the last change back.

    Leads to Change again, at the setting that was changed; with `stay`, as from the bar, to the
    screen that the visitor is on.
    """
    now: Preferences = g.preferences
    if "undo" in request.form:
        new = from_cookie(request.cookies.get(COOKIE_BEFORE, ""), g.usual)
    else:
        new = _with_choices(now)
    differing = [name for name in SETTINGS if getattr(now, name) != getattr(new, name)]
    where = {"from": came_from()} | ({"changed": differing[0]} if differing else {})
    place = f"#change-{differing[0]}" if differing else ""
    stays = "stay" in request.form
    response = redirect(came_from() if stays else f"/preferences?{urlencode(where)}{place}", 303)
    if differing:  # a choice that was in use already leaves the last change to be undone
        _keep(response, COOKIE, new.to_cookie())
        _keep(response, COOKIE_BEFORE, now.to_cookie())
    return response


def _with_choices(now: Preferences) -> Preferences:
    """The settings with what the form chooses; a 400 page for what does not exist."""
    for name in SETTINGS:
        if name not in request.form:
            continue
        value = request.form[name]
        try:
            now = now.changed(name, value)
        except ValueError:
            abort(400)
        if name == "voice" and value not in ("", *voices()):
            abort(400)
    return now


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
