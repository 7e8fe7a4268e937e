"""How loud a visit begins, and when the room is to be quiet, as staff set it."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from kiosk.errors import SettingsError
from kiosk.volume import LOUDEST, VolumeRules
from kiosk.web.pages import services
from kiosk.web.staff import only_staff

blueprint = Blueprint("staff_sound", __name__)
blueprint.before_request(only_staff)


@blueprint.get("/staff/sound")
def show() -> str:
    """The volume now in force, and the form."""
    return _form(services().volume.rules, "")


@blueprint.post("/staff/sound")
def change() -> BaseResponse | tuple[str, int]:
    """Keep new rules; they hold from the next visit on."""
    given = {name: request.form.get(name, "").strip() for name in VolumeRules.model_fields}
    try:
        services().volume.keep(given)
    except SettingsError as error:
        return _form(given, str(error)), 400
    return redirect("/staff/sound", 303)


def _form(given: object, fault: str) -> str:
    return render_template("staff_sound.html", given=given, fault=fault, loudest=LOUDEST)
