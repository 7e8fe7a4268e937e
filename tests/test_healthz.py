"""/healthz: one entry for each part; 503 only when the kiosk cannot serve."""

import shutil
from collections import namedtuple
from typing import Any

import pytest
from flask.testing import FlaskClient

from kiosk import fonts
from kiosk.services import Services
from kiosk.web import create_app
from kiosk.worker import Worker
from tests.small_pack import SmallPack

Usage = namedtuple("Usage", "total used free")


def ask(client: FlaskClient) -> tuple[int, dict[str, Any]]:
    with client.get("/healthz") as response:
        assert response.mimetype == "application/json"
        body: dict[str, Any] = response.get_json()
        return response.status_code, body


def on(services: Services) -> FlaskClient:
    return create_app(services).test_client()


def test_every_part_says_how_it_is(client: FlaskClient) -> None:
    status, body = ask(client)
    assert status == 200
    assert {"content", "voice", "leaflets", "font", "disk"} <= set(body)
    for name, part in body.items():
        assert set(part) == {"ok", "why", "mend"}, name
        assert part["ok"] or (part["why"] and part["mend"]), name


def test_a_broken_topic_is_told_and_the_kiosk_serves(small: SmallPack) -> None:
    small.change_topic("- stretch slowly [relief-stretch-calf]", "- stretch slowly")
    with small.services() as services:
        status, body = ask(on(services))
    assert status == 200
    assert not body["content"]["ok"]
    assert "relief.md:" in body["content"]["why"]


def test_without_any_topic_the_kiosk_cannot_serve(small: SmallPack) -> None:
    small.path("pack.yaml").unlink()
    with small.services() as services:
        status, body = ask(on(services))
    assert status == 503
    assert not body["content"]["ok"]


@pytest.mark.parametrize(("part", "worker"), [("voice", "speech"), ("leaflets", "paper")])
def test_a_part_whose_library_is_missing_says_what_to_install(
    small: SmallPack, part: str, worker: str
) -> None:
    with small.services() as services:
        broken = Worker("tests.worker_owner:NeverStarts", timeout_s=5, memory_mb=256)
        services.workers = {**services.workers, worker: broken}
        status, body = ask(on(services))
        broken.close()
    assert status == 200
    assert body[part] == {"ok": False, "why": "no voice", "mend": "install one"}
    assert body["content"]["ok"]


def test_a_missing_font_is_told(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda: False)
    status, body = ask(client)
    assert status == 200
    assert "fonts-sil-andika" in body["font"]["mend"]


@pytest.mark.parametrize(("free", "ok"), [(199_000_000, False), (201_000_000, True)])
def test_a_full_disk_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, free: int, ok: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    status, body = ask(client)
    assert status == 200
    assert body["disk"]["ok"] is ok


def test_a_disk_that_cannot_be_written_is_told(small: SmallPack) -> None:
    with small.services() as services:
        small.state.parent.mkdir(exist_ok=True)
        shutil.rmtree(small.state, ignore_errors=True)
        small.state.write_text("not a folder")
        status, body = ask(on(services))
    assert status == 200
    assert not body["disk"]["ok"]
    assert body["disk"]["mend"]
