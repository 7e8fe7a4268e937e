"""What a visitor's browser does to print."""

from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html

from tests.page_rules import SAME_ORIGIN

Look = Callable[[str], html.HtmlElement]
FORM = {"pack": "leg-cramps", "topic": "relief", "size": "large"}


def order(client: FlaskClient, form: dict[str, str] = FORM) -> str:
    response = client.post("/print", data=form, headers=SAME_ORIGIN)
    assert response.status_code == 303
    return str(response.headers["Location"])


def state(client: FlaskClient, address: str) -> dict[str, object]:
    found = client.get(address, headers={"Accept": "application/json"}).get_json()
    assert isinstance(found, dict)
    return found
