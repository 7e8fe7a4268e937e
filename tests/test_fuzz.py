"""Whatever is asked, the kiosk answers plainly, shows nothing of itself and writes only its own.

A minute in `make test`; KIOSK_FUZZ_S sets another time (`make bench-long`: ten minutes).
"""

import os
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.door import set_pin
from kiosk.leaflet import Size
from kiosk.services import Services, build_services
from kiosk.settings import PROJECT, Settings
from kiosk.web import create_app
from kiosk.web.preferences import SIZES, THEMES
from tests.fuzz import SAME_SITE, Fuzz, Request

SECONDS = float(os.environ.get("KIOSK_FUZZ_S", "60"))
SEED = 20261121
PIN = "13579"
LEAKS = (b"Traceback", b"werkzeug", b"site-packages", b"jinja2", str(PROJECT).encode())


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """The real content and the real workers, with a state of their own."""
    found = build_services(Settings(state=tmp_path / "var"))
    yield found
    found.close()


@pytest.fixture
def fuzzed(services: Services) -> tuple[Flask, FlaskClient]:
    """The kiosk, and a browser of somebody inside the staff page."""
    app = create_app(services)
    set_pin(services.settings.state, PIN)
    client = app.test_client()
    client.post("/staff", data={"pin": PIN}, headers=SAME_SITE)
    return app, client


def written(folder: Path) -> dict[Path, int]:
    """Every file of the project but its state, and when it was written."""
    kept = ("content", "templates", "kiosk", "tests")
    return {
        path: path.stat().st_mtime_ns
        for name in kept
        for path in (folder / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def send(client: FlaskClient, wish: Request) -> tuple[int, bytes, str]:
    response = client.open(
        wish.path,
        method=wish.method,
        query_string=wish.query,
        headers=wish.headers,
        data=wish.form if wish.form is not None else wish.body,
        content_type=wish.type or None,
    )
    with response:
        return response.status_code, response.data, response.headers.get("Retry-After", "")


def known(services: Services) -> tuple[str, ...]:
    """Values that exist, so that some requests come further than the first check."""
    pack = services.catalogue.packs["leg-cramps"]
    small = [topic for topic in pack.topics if topic in ("relief", "causes", "cramp-now")]
    return (
        *(pack.id, *small, *(one.value for one in Size), *SIZES, *THEMES),
        *("1", "2", "on", "off", "emma", "espeak-ng", "everyone", "wav", "ogg", "f" * 40),
        *("seated-stretches", "older-people", "idle-warning", "attention", "andika-regular"),
    )


def test_no_request_breaks_the_kiosk(fuzzed: tuple[Flask, FlaskClient], services: Services) -> None:
    app, client = fuzzed
    before = written(PROJECT)
    fuzz = Fuzz(app.url_map, known(services), SEED)
    end, faults, answered = time.monotonic() + SECONDS, [], count()
    for wish in islice(fuzz.requests(), 200_000):
        if time.monotonic() > end:
            break
        next(answered)
        status, body, later = send(client, wish)
        # 503 with Retry-After is a plain word to wait: so many leaflets at once are refused.
        if status >= 500 and not (status == 503 and later):
            faults.append(f"{status} {wish}")
        faults += [f"{leak!r} in the answer to {wish}" for leak in LEAKS if leak in body]
    assert not faults, "\n".join(faults[:10])
    assert next(answered) > 100, "nothing was asked"
    assert written(PROJECT) == before
    assert client.get("/leg-cramps/relief").status_code == 200
