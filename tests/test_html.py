"""Every page is valid HTML, by the Nu HTML checker (A11Y-67)."""

from pathlib import Path

from flask.testing import FlaskClient

from kiosk.services import Services
from tests.nu import html_errors
from tests.topics import TOPIC_NAMES


def test_the_checker_finds_planted_errors(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><html lang=en><title>A</title><p id=a>a<p id=a>b<span><ul></ul></span>"
    found = "\n".join(html_errors({"planted": page}, tmp_path))
    assert "planted, line 1: Duplicate ID “a”." in found
    assert "End tag “p” implied" in found


def test_no_page_has_an_html_error(client: FlaskClient, services: Services, tmp_path: Path) -> None:
    addresses = ["/", "/preferences", "/help", "/accessibility", "/staff", "/nobody/was-here"]
    for pack in services.catalogue.packs.values():
        addresses += [f"/{pack.id}/leaflets", *(f"/{pack.id}/{name}" for name in pack.about.groups)]
        addresses += [f"/{pack.id}/session/{name}" for name in pack.about.sessions]
    for name in TOPIC_NAMES:
        pack_id, topic = name.split("/")
        addresses += [f"/{name}", f"/{pack_id}/leaflets/{topic}"]
    pages = {address: client.get(address).get_data(as_text=True) for address in addresses}
    assert html_errors(pages, tmp_path) == []
