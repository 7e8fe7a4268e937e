"""The staff page, behind a PIN, and the health of every part."""

import hashlib
import hmac
import json
import secrets
import time
from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kiosk.cache import write_whole
from kiosk.leaflet import Size
from kiosk.printing.jobs import MOST_COPIES
from kiosk.web.outputs import leaflet_order
from kiosk.web.pages import find_topic, services

COOKIE, COOKIE_LIFE_S = "staff", 15 * 60
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}  # OWASP's least for scrypt at this memory (16 MB)
LONGEST_WAIT_S = 300


def pin_file(state: Path) -> Path:
    """Where the PIN's hash is kept."""
    return state / "staff-pin.json"


def set_pin(state: Path, pin: str) -> None:
    """Keep the hash of a new PIN. Raises ValueError when it is not 4 to 12 digits."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        raise ValueError("a PIN is 4 to 12 digits")
    salt = secrets.token_bytes(16)
    kept = {"salt": salt.hex(), "hash": _hash(pin, salt).hex()}
    write_whole(pin_file(state), json.dumps(kept).encode())


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, **_SCRYPT)


class Door:
    """Lets in who knows the PIN; each wrong try makes the wait twice as long."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._wrong = 0
        self._closed_until = 0.0
        self._tokens: dict[str, float] = {}

    @property
    def has_pin(self) -> bool:
        return pin_file(self._state).is_file()

    def knock(self, pin: str) -> str | None:
        """A token for the right PIN, else None."""
        if time.monotonic() < self._closed_until:
            return None
        kept = json.loads(pin_file(self._state).read_text("utf-8"))
        given = _hash(pin, bytes.fromhex(kept["salt"]))
        if not hmac.compare_digest(given, bytes.fromhex(kept["hash"])):
            self._wrong += 1
            self._closed_until = time.monotonic() + min(2**self._wrong, LONGEST_WAIT_S)
            return None
        self._wrong = 0
        token = secrets.token_urlsafe(24)
        self._tokens[token] = time.monotonic() + COOKIE_LIFE_S
        return token

    def wait_s(self) -> int:
        """How long the door stays closed, in whole seconds."""
        return max(0, round(self._closed_until - time.monotonic()))

    def is_open_for(self, token: str) -> bool:
        return self._tokens.get(token, 0.0) > time.monotonic()

    def leave(self, token: str) -> None:
        self._tokens.pop(token, None)


def create_blueprint(state: Path) -> Blueprint:
    """The staff page and /healthz, with a door of their own."""
    blueprint = Blueprint("staff", __name__)
    door = Door(state)

    @blueprint.get("/healthz")
    def healthz() -> tuple[Response, int]:
        parts = services().health()
        stopped = any(part.needed and not part.ok for part in parts.values())
        body = {
            name: {"ok": part.ok, "why": part.why, "mend": part.mend}
            for name, part in parts.items()
        }
        return jsonify(body), 503 if stopped else 200

    @blueprint.get("/staff")
    def show() -> str | tuple[str, int]:
        if not door.has_pin:
            return render_template("staff_off.html"), 404
        if not door.is_open_for(request.cookies.get(COOKIE, "")):
            return render_template("staff_door.html", wait=0)
        found = services()
        printer = found.printing.ready(wait_s=0.5)  # a fault is shown at once, not at the next look
        rows = [
            (pack, topic, found.review(topic))
            for pack in found.catalogue.packs.values()
            for topic in pack.topics.values()
        ]
        return render_template(
            "staff.html",
            health=found.health(),
            problems=found.catalogue.problems,
            rows=rows,
            printing=found.printing,
            printer=printer,
            sizes=list(Size),
            most_copies=MOST_COPIES,
        )

    @blueprint.post("/staff")
    def enter() -> BaseResponse | tuple[str, int]:
        if not door.has_pin:
            return render_template("staff_off.html"), 404
        token = door.knock(request.form.get("pin", ""))
        if token is None:
            return render_template("staff_door.html", wait=max(door.wait_s(), 1)), 403
        response = redirect("/staff", 303)
        response.set_cookie(
            COOKIE, token, max_age=COOKIE_LIFE_S, httponly=True, samesite="Strict", path="/staff"
        )
        return response

    @blueprint.post("/staff/print")
    def print_some() -> BaseResponse:
        """A test page, or leaflets for the rack."""
        if not door.is_open_for(request.cookies.get(COOKIE, "")):
            return redirect("/staff", 303)
        found = services()
        if "test" in request.form:
            return redirect(f"/print/{found.printing.submit(found.test_order()).id}", 303)
        pack_id, _, topic_id = request.form.get("topic", "").partition("/")
        copies = request.form.get("copies", "")
        if not (copies.isascii() and copies.isdigit() and 1 <= int(copies[:4]) <= MOST_COPIES):
            abort(400)
        wish = found.print_order(
            leaflet_order(*find_topic(pack_id, topic_id)), int(copies), staff=True, page="/staff"
        )
        return redirect(f"/print/{found.printing.submit(wish).id}", 303)

    @blueprint.post("/staff/leave")
    def leave() -> BaseResponse:
        door.leave(request.cookies.get(COOKIE, ""))
        response = redirect("/", 303)
        response.delete_cookie(COOKIE, path="/staff")
        return response

    return blueprint
