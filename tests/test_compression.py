"""What is text is sent compressed, to those who take it."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.web.kept_pages import KeptPages
from tests.topics import TOPIC_NAMES

TAKES = {"Accept-Encoding": "gzip, deflate, br"}
PAGE = f"/{TOPIC_NAMES[0]}"


@pytest.mark.parametrize("path", ["/", "/help", PAGE, "/nothing"])
def test_a_page_is_the_same_compressed(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers=TAKES) as packed:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(packed.data) == plain.data
        assert packed.content_length == len(packed.data) < len(plain.data)
        assert "Accept-Encoding" in packed.headers["Vary"]


def test_who_refuses_compression_gets_none(client: FlaskClient) -> None:
    with client.get("/help", headers={"Accept-Encoding": "gzip;q=0"}) as answer:
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/speech/tone/end.wav", "/headset.json", "/staff"])
def test_sound_small_answers_and_staff_pages_stay_as_they_are(
    client: FlaskClient, path: str
) -> None:
    with client.get(path, headers=TAKES) as answer:
        assert "Content-Encoding" not in answer.headers


def test_a_page_follows_its_visitor(client: FlaskClient) -> None:
    with client.get(PAGE) as before:
        assert b'data-theme="paper"' in before.data
    client.set_cookie("preferences", "theme=yellow")
    with client.get(PAGE) as after:
        assert b'data-theme="yellow"' in after.data
    client.delete_cookie("preferences")
    with client.get(PAGE) as again:
        assert again.data == before.data


def test_nothing_of_an_address_is_kept(app: Flask, client: FlaskClient) -> None:
    kept = KeptPages()
    app.extensions["kept_pages"], usual = kept, app.extensions["kept_pages"]
    with client.get(f"{PAGE}?name=Somebody"):
        app.extensions["kept_pages"] = usual
    assert kept.page("only", lambda: "one") == b"one"
    assert len(kept._pages) == 1


def test_only_the_last_pages_are_kept() -> None:
    kept, rendered = KeptPages(most=2), []

    def page(name: str) -> bytes:
        def render() -> str:
            rendered.append(name)
            return name

        return kept.page(name, render)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert page(name) == name.encode()
    assert rendered == ["a", "b", "c", "b"]
