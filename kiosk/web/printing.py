"""Printing a leaflet, and telling the truth about it as it goes."""

import io
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from werkzeug.wrappers import Response as BaseResponse

from kiosk.leaflet import LeafletOrder
from kiosk.phrases import Phrases
from kiosk.printing.jobs import Job
from kiosk.printing.states import Cause, State
from kiosk.speech.script import Segment, Utterance
from kiosk.web.outputs import leaflet_order
from kiosk.web.pages import find_topic, services

blueprint = Blueprint("printing", __name__)
REFRESH_S = 2  # without JavaScript


@blueprint.post("/print")
def order() -> BaseResponse:
    """Print a leaflet; the page of its job says how that goes, a refusal too."""
    given = request.values
    leaflet = leaflet_order(*find_topic(given.get("pack", ""), given.get("topic", "")))
    wish = services().print_order(leaflet, page=leaflet_page(leaflet))
    return redirect(f"/print/{services().printing.submit(wish).id}", 303)


def leaflet_page(order: LeafletOrder) -> str:
    """The address of the page where this very leaflet is chosen."""
    chosen = [("size", order.size.value), *(("parts", part) for part in order.parts or ())]
    return f"/{order.pack.id}/leaflets/{order.topic.id}?{urlencode(chosen)}"


@blueprint.get("/printer.json")
def readiness() -> Response:
    """What stops the printer now, if anything; who asks every few seconds counts as an open page.

    None of it is for a visitor's eyes: a page whose answer has changed fetches itself anew.
    """
    condition = services().printing.ready()
    return jsonify(cause=condition.cause, booklets=services().printing.prints_booklets)


@blueprint.get("/print/<job_id>")
def show(job_id: str) -> Response:
    """How a job is now: a page that asks again by itself, or JSON when that is asked for."""
    job = _find(job_id)
    phrases = services().catalogue.phrases
    lines = job_lines(job, phrases, services().settings.printer.place)
    types = request.accept_mimetypes
    if types.best_match(["text/html", "application/json"]) == "application/json":
        response = jsonify(
            job=job.id, state=job.state, cause=job.cause, ended=job.ended, lines=lines
        )
    else:
        page = render_template(
            "print_job.html",
            job=job,
            title=job_title(job, phrases),
            lines=lines,
            address=f"/print/{job.id}",
        )
        response = make_response(page)
        if not job.ended:
            response.headers["Refresh"] = str(REFRESH_S)
    response.vary.add("Accept")
    return response


@blueprint.post("/print/<job_id>/cancel")
def cancel(job_id: str) -> BaseResponse:
    """The visitor does not want it after all."""
    job = _find(job_id)
    if job.left:
        abort(404)  # it is not this visitor's
    services().printing.cancel(job.id)
    return redirect(f"/print/{job.id}", 303)


@blueprint.get("/print/<job_id>/speech.json")
def speech(job_id: str) -> Response:
    """What is said of the job as it is now."""
    phrases = services().catalogue.phrases
    return jsonify(services().speech.listing(_spoken(_find(job_id)), phrases.lang))


@blueprint.get("/print/<job_id>/speech.wav")
def whole_speech(job_id: str) -> BaseResponse:
    """The same as one recording, for a browser without JavaScript."""
    sound = services().speech.whole(_spoken(_find(job_id)))
    return send_file(io.BytesIO(sound), mimetype="audio/wav", conditional=True, etag=False)


def _find(job_id: str) -> Job:
    """A job of this visit, or one left behind that still prints; else a 404 page."""
    job = services().printing.job(job_id)
    if job is None or (job.left and job.ended):
        abort(404)
    return job


def job_title(job: Job, phrases: Phrases) -> str:
    """The heading of a job's page; what it prints is forgotten when its visitor has finished."""
    return phrases("print-title-leaflet", title=job.title) if job.title else phrases("print-title")


def job_lines(job: Job, phrases: Phrases, place: str) -> list[str]:
    """What is known of a job, and what its visitor can do; a sentence or two in each line.

    A11Y-16: what, how many sides, where the paper comes out, done or failed, and the next step.
    """
    where = phrases("print-place-named", place=place) if place else phrases("print-place")
    if job.left:
        return [f"{phrases('print-still')} {where}"]
    if job.state is State.DONE:
        return [phrases("print-done"), where]
    if job.cause is None:
        sides = phrases.count("print-sides", job.sides)
        copies = [phrases("print-copies", n=job.copies)] if job.copies > 1 else []
        return [phrases(f"print-{job.state}"), sides, *copies, where]
    fault, step = phrases(f"print-fault-{job.cause}"), phrases(f"print-next-{job.cause}")
    if job.state is State.HELD:
        return [phrases("print-held"), fault, step, phrases("print-held-next")]
    if job.cause is Cause.UNKNOWN_END:
        return [fault, step]
    began = "print-failed" if job.was_sent else "print-refused"
    return [phrases(began), fault, step, phrases("print-read")]


def _spoken(job: Job) -> list[Utterance]:
    phrases = services().catalogue.phrases
    lines = job_lines(job, phrases, services().settings.printer.place)
    said = [("print-title", job_title(job, phrases))]
    said += [(f"print-{number}", line) for number, line in enumerate(lines, 1)]
    return [Utterance((Segment(element, text),)) for element, text in said]
