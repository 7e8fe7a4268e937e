"""The staff page, behind a PIN, and the health of every part."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
)
from werkzeug.wrappers import Response as BaseResponse

from kiosk.door import OPEN_S, Door
from kiosk.leaflet import Size
from kiosk.printing.jobs import MOST_COPIES
from kiosk.web.outputs import leaflet_order
from kiosk.web.pages import find_topic, services

COOKIE = "staff"
blueprint = Blueprint("staff", __name__)
inside = Blueprint("staff_inside", __name__)


def the_door() -> Door:
    """The door of this kiosk."""
    found: Door = current_app.extensions["door"]
    return found


def only_staff() -> BaseResponse | None:
    """Before each request behind the door: no token leads to it, a foreign form is refused."""
    door, token = the_door(), request.cookies.get(COOKIE, "")
    if not door.is_open_for(token):
        return redirect("/staff", 303)
    if request.method == "POST" and not door.gave(request.form.get("token", ""), token):
        abort(403)
    g.form_token = door.form_token(token)
    return None


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    """How every part is, for programs that look after the kiosk."""
    parts = services().health()
    stopped = any(part.needed and not part.ok for part in parts.values())
    body = {
        name: {"ok": part.ok, "why": part.why, "mend": part.mend} for name, part in parts.items()
    }
    return jsonify(body), 503 if stopped else 200


@blueprint.get("/metrics")
def numbers() -> Response:
    """The kiosk's numbers as OpenMetrics; none of them tells of a person."""
    from kiosk.metrics import CONTENT_TYPE, metrics  # slow to load, and few ask

    return Response(metrics(services()), content_type=CONTENT_TYPE)


@blueprint.get("/staff")
def show() -> str | tuple[str, int]:
    """How the kiosk is, and what staff may do; without a token, the door."""
    door, token = the_door(), request.cookies.get(COOKIE, "")
    if not door.has_pin:
        return render_template("staff_off.html"), 404
    if not door.is_open_for(token):
        return render_template("staff_door.html", wait=0)
    g.form_token = door.form_token(token)
    found = services()
    printer = found.printing.ready(wait_s=0.5)  # a fault is shown at once, not at the next look
    return render_template(
        "staff.html",
        health=found.health(),
        problems=found.catalogue.problems,
        topics=[topic for pack in found.catalogue.packs.values() for topic in pack.topics.values()],
        printing=found.printing,
        printer=printer,
        sizes=list(Size),
        most_copies=MOST_COPIES,
    )


@blueprint.post("/staff")
def enter() -> BaseResponse | tuple[str, int]:
    """Try a PIN."""
    door = the_door()
    if not door.has_pin:
        return render_template("staff_off.html"), 404
    token = door.knock(request.form.get("pin", ""))
    if token is None:
        return render_template("staff_door.html", wait=max(door.wait_s(), 1)), 403
    response = redirect("/staff", 303)
    response.set_cookie(
        COOKIE, token, max_age=OPEN_S, httponly=True, samesite="Strict", path="/staff"
    )
    return response


@inside.post("/staff/print")
def print_some() -> BaseResponse:
    """A test page, or leaflets for the rack."""
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


@inside.post("/staff/leave")
def leave() -> BaseResponse:
    """Close the door behind oneself."""
    the_door().leave(request.cookies.get(COOKIE, ""))
    response = redirect("/", 303)
    response.delete_cookie(COOKIE, path="/staff")
    return response


inside.before_request(only_staff)
