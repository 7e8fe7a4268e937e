"""The words of a print job: shown, told to the page, and said, they are the same."""

import itertools
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kiosk.printing.jobs import Job
from kiosk.printing.service import PrintService
from kiosk.printing.states import Cause, State
from kiosk.services import Services
from kiosk.web.printing import job_lines
from tests.page_rules import words_of
from tests.paper_tray import PaperTray
from tests.print_pages.visitor import Look, order, state

A_JOB = Job("id", "Ease the pain", 2, 1, False, "wish", 0, "/leg-cramps", False, 0.0, 0.0)


@pytest.mark.parametrize(
    ("state_of", "cause"),
    [
        *((state_of, None) for state_of in (State.QUEUED, State.PRINTING, State.DONE)),
        *itertools.product((State.HELD, State.FAILED), Cause),
    ],
)
@pytest.mark.parametrize("left", [False, True], ids=["here", "left"])
def test_what_is_known_of_any_job_can_be_read_in_plain_sentences(
    services: Services, state_of: State, cause: Cause | None, left: bool
) -> None:
    phrases = services.catalogue.phrases
    job = replace(A_JOB, state=state_of, left=left, cause=cause)
    lines = job_lines(job, phrases, "the grey printer beside this screen")
    assert lines
    for line in lines:
        assert line.endswith("."), line
        assert "{" not in line


@pytest.mark.parametrize(
    ("spoil", "state_of", "cause"),
    [
        ({}, "queued", None),
        ({"sheets": 0}, "held", "no-paper"),
        ({"fault": Cause.COVER_OPEN}, "held", "cover-open"),
        ({"fault": Cause.JAM}, "held", "jam"),
        ({"powered": False}, "held", "offline"),
        ({"accepting": False}, "held", "rejecting"),
        ({"paused": True}, "held", "paused"),
        ({"spooler": False}, "held", "spooler-down"),
        ({"refuses": True}, "failed", "refused"),
    ],
)
def test_the_words_shown_are_the_words_told_and_said(
    client: FlaskClient,
    look: Look,
    printing: PrintService,
    tray: PaperTray,
    spoil: dict[str, object],
    state_of: str,
    cause: str | None,
) -> None:
    address = order(client)
    for name, value in spoil.items():
        setattr(tray, name, value)
    printing.tick()
    told = state(client, address)
    assert (told["state"], told["cause"]) == (state_of, cause)
    (status,) = look(address).xpath("//*[@role='status' and @data-job]")
    assert [words_of(line) for line in status.xpath("p")] == told["lines"]
    said = client.get(f"{address}/speech.json").get_json()["segments"]
    assert [one["text"] for one in said[1:]] == told["lines"]


def test_the_page_can_be_heard(client: FlaskClient, look: Look) -> None:
    address = order(client)
    page = look(address)
    segments = client.get(f"{address}/speech.json").get_json()["segments"]
    assert [one["id"] for one in segments] == ["print-title", "print-1", "print-2", "print-3"]
    for one in segments:
        assert words_of(page.xpath("//*[@id=$id]", id=one["id"])[0]) == one["text"]
    with client.get(f"{address}/speech.wav") as sound:
        assert sound.data.startswith(b"RIFF")


def test_the_fault_and_the_next_step_are_told(
    client: FlaskClient,
    look: Look,
    printing: PrintService,
    tray: PaperTray,
) -> None:
    address = order(client)
    tray.sheets = 0
    printing.tick()
    words = words_of(look(address))
    assert "The printer has no paper. " in words
    assert "Please tell a member of staff." in words
    assert state(client, address)["cause"] == "no-paper"
    choice = look("/leg-cramps/leaflets/relief")
    assert "The printer has no paper." in words_of(choice)
    assert choice.xpath("//button[@formmethod='post']") == []
