"""Twenty-two hostile inputs, as one would be met in a word of content, a setting or a drawing.

For each: nothing is fetched, nothing is read from outside, the limits hold, and the next leaflet
is made. The words on paper are escaped by the template, so none of these can come that way; this
is the second wall.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.errors import KioskError, LeafletError, WorkerError, WorkerTimeoutError
from kiosk.worker import Worker
from tests.listener import Listener

pytestmark = pytest.mark.usefixtures("paper")
SECRET = "the-secret-of-the-clinic"
DOT = "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E"
MEMORY_MB = 768


def page(body: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>Rest</title>{head}</head>'
        f"<body><h1>Rest</h1><p>Rest your leg.</p>{body}</body></html>"
    )


def style(css: str) -> str:
    return page(head=f"<style>{css}</style>")


def drawing(inside: str) -> str:
    return page(f"<svg width='9' height='9'><title>x</title>{inside}</svg>")


@dataclass(frozen=True)
class Site:
    """Where a hostile input may point: over the network, at a file, beside the leaflet."""

    worker: Worker
    listener: Listener
    secret: Path

    @property
    def addresses(self) -> list[str]:
        upward = f"../../../../../../../..{self.secret}"
        escaped = upward.replace("../", "%2e%2e%2f")
        near = ["x.png", "//127.0.0.1/x.png", "http://kiosk.invalid/x.png", "ftp://127.0.0.1/x"]
        return [f"{self.listener.address}/x.png", self.secret.as_uri(), upward, escaped, *near]

    def is_refused(self, html: str, what: str = r"a leaflet asked for|WeasyPrint") -> None:
        """The leaflet is not made, whatever address stands at {}; nobody was called."""
        for address in self.addresses:
            with pytest.raises(LeafletError, match=what):
                self.worker.call("render", html.replace("{}", address), "")
        self.is_well()

    def shows_nothing(self, html: str) -> None:
        """If it is made, then without what stands outside; nobody was called."""
        for address in self.addresses:
            try:
                pdf = self.worker.call("render", html.replace("{}", address), "")
            except LeafletError:
                continue
            assert SECRET.encode() not in pdf
            assert b"/EmbeddedFile" not in pdf
        self.is_well()

    def is_harmless(self, html: str) -> None:
        """It is made, or refused in words, by the same worker."""
        before = self.worker.pid
        try:
            pdf = self.worker.call("render", html, "")
        except LeafletError:
            pdf = b""
        assert SECRET.encode() not in pdf
        assert self.worker.pid == before
        self.is_well()

    def is_well(self) -> None:
        """Nobody was called, and the next leaflet is made."""
        assert self.listener.calls == 0
        assert self.worker.call("render", page(), "").startswith(b"%PDF")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    made = Worker("kiosk.paper:PaperPress", timeout_s=30, memory_mb=MEMORY_MB)
    made.call("render", page(), "")  # it has started: what follows is the leaflets' own time
    yield made
    made.close()


@pytest.fixture
def site(worker: Worker, tmp_path: Path) -> Iterator[Site]:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    listener = Listener()
    yield Site(worker, listener, secret)
    listener.close()


# What asks for an address


def test_01_a_picture(site: Site) -> None:
    site.is_refused(page('<img src="{}" alt="x">'))


def test_02_an_object(site: Site) -> None:
    site.is_refused(page('<object data="{}">x</object>'))


def test_03_an_embedded_thing(site: Site) -> None:
    site.is_refused(page('<embed src="{}">'))


def test_04_a_style_s_style(site: Site) -> None:
    site.is_refused(style('@import "{}";'))


def test_05_a_style_sheet(site: Site) -> None:
    site.is_refused(page(head='<link rel="stylesheet" href="{}">'))


def test_06_a_font(site: Site) -> None:
    site.is_refused(style('@font-face { font-family: x; src: url("{}") }'))


def test_07_a_font_of_this_machine_by_name(site: Site) -> None:
    """`local()` asks the fetcher for a file under /usr/share/fonts."""
    site.is_refused(style("@font-face { font-family: x; src: local('Andika'), url('{}') }"))


def test_08_a_colour_profile(site: Site) -> None:
    site.is_refused(style('@color-profile --x { src: url("{}") }'))


def test_09_an_attachment(site: Site) -> None:
    site.is_refused(page('<a rel="attachment" href="{}">x</a>'))
    site.is_refused(page(head='<link rel="attachment" href="{}">'))


def test_10_a_picture_in_a_drawing(site: Site) -> None:
    site.shows_nothing(drawing('<image href="{}" width="9" height="9"/>'))


def test_11_a_picture_in_the_address_itself(site: Site) -> None:
    for html in (page(f'<img src="{DOT}" alt="x">'), style(f'p {{ background: url("{DOT}") }}')):
        with pytest.raises(LeafletError, match="asked for data:"):
            site.worker.call("render", html, "")
    site.is_well()


def test_12_a_drawing_that_uses_another(site: Site) -> None:
    site.shows_nothing(drawing('<use href="{}#x"/>'))


def test_13_a_frame(site: Site) -> None:
    site.shows_nothing(page('<iframe src="{}"></iframe>'))


def test_14_a_script(site: Site) -> None:
    site.shows_nothing(page("<script>fetch('{}')</script><p onclick=\"fetch('{}')\">x</p>"))


def test_15_another_base_for_all_addresses(site: Site) -> None:
    site.is_refused(page('<img src="secret.txt" alt="x">', head='<base href="{}">'))


# What is to be read from the file itself


def test_16_an_entity_that_grows(site: Site) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    site.is_harmless(f'<!DOCTYPE html [<!ENTITY l0 "ha">{levels}]>' + page("<p>&l9;</p>"))


def test_17_an_entity_from_outside(site: Site) -> None:
    outside = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{site.secret.as_uri()}">]>'
    site.is_harmless(outside + page("<p>&x;</p>"))


# What never ends, or needs too much


def test_18_a_drawing_that_uses_itself(site: Site) -> None:
    site.is_harmless(drawing('<g id="me"><use href="#me"/></g>'))


def test_19_a_word_of_two_hundred_thousand_letters(site: Site) -> None:
    site.is_harmless(page(f"<p>{'x' * 200_000}</p>"))


def test_20_a_drawing_of_a_hundred_million_dots(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * 10 + "</g>" for n in range(1, 9)
    )
    bomb = drawing('<g id="l0"><rect width="1" height="1"/></g>' + levels)
    before = site.worker.pid
    with monkeypatch.context() as patch:
        patch.setattr(site.worker, "_timeout_s", 3)
        with pytest.raises(WorkerTimeoutError, match="took longer than 3 s"):
            site.worker.call("render", bomb, "")
    site.is_well()
    assert site.worker.pid != before


def test_21_a_cell_over_a_hundred_million_columns(site: Site) -> None:
    table = "<table><tr><td colspan=100000000>x</td></tr></table>"
    with pytest.raises((WorkerError, LeafletError)):
        site.worker.call("render", page(table), "")
    site.is_well()


def test_22_three_thousand_boxes_within_each_other(site: Site) -> None:
    with pytest.raises(KioskError):
        site.worker.call("render", page("<div>" * 3000), "")
    site.is_well()
