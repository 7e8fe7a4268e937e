"""The paper worker: nothing is fetched, no error is only logged, and no job holds up the rest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.errors import LeafletError, WorkerError
from kiosk.paper import MOST_HTML
from kiosk.worker import Worker
from tests.listener import Listener

pytestmark = pytest.mark.usefixtures("paper")
OWNER = "kiosk.paper:PaperPress"
SECRET = "the-secret-of-the-clinic"
DOT = "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E"


def page(body: str = "", head: str = "", lang: str = ' lang="en-GB"') -> str:
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Rest</title>{head}</head>"
        f"<body><h1>Rest</h1><p>Rest your leg.</p>{body}</body></html>"
    )


@pytest.fixture(scope="module")
def press() -> Iterator[Worker]:
    worker = Worker(OWNER, timeout_s=20, memory_mb=768)
    yield worker
    worker.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


# Each asks for an address, which stands at {}.
ASKING = {
    "a picture": '<img src="{}" alt="x">',
    "a picture of a set": '<img srcset="{} 2x" src="{}" alt="x">',
    "an object": '<object data="{}">x</object>',
    "an embedded thing": '<embed src="{}">',
    "a style": '<style>p {{ background: url("{}") }}</style>',
    "a style's style": '<style>@import "{}";</style>',
    "a list's mark": '<style>h1::before {{ content: url("{}") }}</style>',
    "a font": '<style>@font-face {{ font-family: x; src: url("{}") }}</style>',
    "an attribute": '<p style="background: url({})">x</p>',
    "an attachment": '<a rel="attachment" href="{}">x</a>',
}
HEAD = {
    "a style sheet": '<link rel="stylesheet" href="{}">',
    "the page's attachment": '<link rel="attachment" href="{}">',
}


def addresses(listener: Listener, secret: Path) -> list[str]:
    return [
        f"{listener.address}/x.png",
        secret.as_uri(),
        "/etc/passwd",
        "x.png",
        "//127.0.0.1/x.png",
        DOT,
        "ftp://127.0.0.1/x.png",
        "http://kiosk.invalid/x.png",
    ]


@pytest.mark.parametrize("name", [*ASKING, *HEAD])
def test_a_leaflet_that_asks_for_an_address_is_refused_and_nothing_is_fetched(
    press: Worker, listener: Listener, secret: Path, name: str
) -> None:
    for address in addresses(listener, secret):
        body = ASKING.get(name, "").format(address, address)
        head = HEAD.get(name, "").format(address)
        with pytest.raises(LeafletError, match=r"a leaflet asked for|WeasyPrint"):
            press.call("render", page(body, head), "")
    assert listener.calls == 0


@pytest.mark.parametrize(
    "css",
    [
        '@import "{}";',
        "p {{ background: url({}) }}",
        "@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}",
        "@color-profile --x {{ src: url({}) }}",
    ],
)
def test_a_style_sheet_that_asks_for_an_address_is_refused(
    press: Worker, listener: Listener, secret: Path, css: str
) -> None:
    for address in addresses(listener, secret):
        with pytest.raises(LeafletError):
            press.call("render", page(), css.format(f"'{address}'" if "url" in css else address))
    assert listener.calls == 0


@pytest.mark.parametrize(
    "body",
    [
        "<script>fetch('{}')</script>",
        "<iframe src='{}'></iframe>",
        "<svg><title>x</title><use href='{}#x'/></svg>",
        "<svg><title>x</title><image href='{}' width='9' height='9'/></svg>",
        "<svg><title>x</title><foreignObject><img src='{}'/></foreignObject></svg>",
        "<video src='{}'></video><audio src='{}'></audio>",
        "<form action='{}'><input></form>",
        "<meta http-equiv='refresh' content='0; {}'>",
        "<base href='{}'>",
    ],
)
def test_what_is_not_shown_is_not_fetched_either(
    press: Worker, listener: Listener, secret: Path, body: str
) -> None:
    for address in (f"{listener.address}/x", secret.as_uri()):
        try:
            pdf = press.call("render", page(body.replace("{}", address)), "")
        except LeafletError:
            continue
        assert SECRET.encode() not in pdf
        assert b"/EmbeddedFile" not in pdf
    assert listener.calls == 0


LOGGED = {
    "no language": page(lang=""),
    "a picture in a drawing": page("<svg><title>x</title><image href='x.png'/></svg>"),
    "a link to nowhere": page("<p><a href='#nowhere'>x</a></p>"),
    "an attachment of nothing": page("", "<link rel='attachment'>"),
    "a mark of nowhere": page("<style>h1::before { content: target-counter('#x', page) }</style>"),
}


@pytest.mark.parametrize("name", LOGGED)
def test_what_is_only_logged_as_an_error_is_an_error(press: Worker, name: str) -> None:
    with pytest.raises(LeafletError, match=r"WeasyPrint|asked for"):
        press.call("render", LOGGED[name], "")
    assert press.call("render", page(), "").startswith(b"%PDF")


def test_a_leaflet_that_is_too_long_is_refused(press: Worker) -> None:
    with pytest.raises(LeafletError, match="is too long"):
        press.call("render", "x" * (MOST_HTML + 1), "")


# Pictures of the sides


def test_a_side_becomes_a_picture(press: Worker) -> None:
    pdf = press.call("render", page("<p style='break-before: page'>More.</p>"), "")
    assert press.call("pages", pdf) == 2
    first, second = (press.call("picture", pdf, number, 300) for number in (1, 2))
    assert first[:8] == second[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(first[16:20]) == 300
    assert first != second


@pytest.mark.parametrize("data", [b"", b"not a PDF", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_an_error(press: Worker, data: bytes) -> None:
    with pytest.raises(WorkerError):
        press.call("pages", data)
    assert press.call("render", page(), "").startswith(b"%PDF")


def test_everything_that_shapes_the_bytes_is_named(press: Worker) -> None:
    versions = press.call("signature")
    *libraries, own = versions
    assert len(libraries) == 6
    assert all(version[0].isdigit() for version in libraries)
    assert len(own) == 64, "the code that shapes and checks the file, as a hash"
