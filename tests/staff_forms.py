"""The staff page as its forms see it."""

from flask.testing import FlaskClient
from lxml import html

from tests.page_rules import SAME_ORIGIN, check_page


def form_token(client: FlaskClient) -> str:
    """What the forms behind the door carry; empty before the door."""
    with client.get("/staff") as response:
        tokens = set(html.fromstring(response.text).xpath("//input[@name='token']/@value"))
    assert len(tokens) < 2
    return str(*tokens)


def read(client: FlaskClient, path: str) -> html.HtmlElement:
    """A page of staff that keeps every rule."""
    with client.get(path) as response:
        assert response.status_code == 200, path
        return check_page(response, "en-GB")


def send(client: FlaskClient, path: str, **form: str) -> tuple[int, html.HtmlElement | None]:
    """Send a form; the status, and the page when the form was not taken."""
    form["token"] = form_token(client)
    with client.post(path, data=form, headers=SAME_ORIGIN) as response:
        page = None if response.status_code == 303 else check_page(response, "en-GB")
        return response.status_code, page
