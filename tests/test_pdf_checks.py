"""The checks of every file: a good one passes, and each thing that can be wrong is named."""

import io
from collections.abc import Callable, Iterator

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from kiosk.errors import FaultyLeafletError
from kiosk.paper.checks import faults
from kiosk.paper.tree import kids, number_tree, tags_of
from kiosk.worker import Worker
from tests.paper_owner import SPOILT

pytestmark = pytest.mark.usefixtures("paper")
MOST_PAGES = 4
HTML = """<!DOCTYPE html><html lang="en-GB"><head><title>Rest</title></head><body>
<h1 id="top">Rest</h1><p>Rest your leg. <strong><a href="#top">Up</a></strong></p>
<ul><li>slowly</li><li>often</li></ul><h2>More</h2>
<svg width="9" height="9"><title>A leg</title><rect width="9" height="9"/></svg>
<table><tr><th>Day</th></tr><tr><td>Monday</td></tr></table></body></html>"""


@pytest.fixture(scope="module")
def good() -> Iterator[bytes]:
    """A file as the press gives it, with everything a leaflet or a proof may have."""
    worker = Worker("kiosk.paper:PaperPress", timeout_s=20, memory_mb=768)
    yield worker.call("render", HTML, "@page { size: A4 }")
    worker.close()


def saved(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def first(pdf: Pdf, kind: str) -> Dictionary:
    """The first tag of a kind."""
    return next(tag.node for tag in tags_of(pdf) if tag.kind == kind)


def content(pdf: Pdf, change: Callable[[bytes], bytes]) -> None:
    page = pdf.pages[0]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def link(pdf: Pdf) -> Dictionary:
    return pdf.pages[0].Annots[0]


def font(pdf: Pdf) -> Dictionary:
    return next(
        thing
        for thing in pdf.objects
        if isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Type0
    )


def rename(kind: str, other: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        first(pdf, kind).S = Name(f"/{other}")

    return change


def root(key: str, value: object) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root[key] = value

    return change


def without(key: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        del pdf.Root[key]

    return change


def does(kind: str, **more: object) -> Callable[[Pdf], None]:
    """The link does something of this kind."""

    def change(pdf: Pdf) -> None:
        link(pdf).A = Dictionary(S=Name(f"/{kind}"), **more)

    return change


def names(key: str) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.Names[key] = Dictionary(Names=Array())

    return change


def retitle(pdf: Pdf) -> None:
    pdf.docinfo.Title = String("Another")


def untitle(pdf: Pdf) -> None:
    del pdf.docinfo.Title


def unclaim(pdf: Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes().replace(b'pdfuaid:part="1"', b"")
    pdf.Root.Metadata.write(text)


def lie_down(pdf: Pdf) -> None:
    pdf.pages[0].MediaBox = Array([0, 0, 842, 595])


def turn(pdf: Pdf) -> None:
    pdf.pages[0].Rotate = 90


def untab(pdf: Pdf) -> None:
    del pdf.pages[0].Tabs


def unlink(pdf: Pdf) -> None:
    del link(pdf).StructParent


def hush_link(pdf: Pdf) -> None:
    link(pdf).Contents = String(" ")


def annotate(pdf: Pdf) -> None:
    link(pdf).Subtype = Name.RichMedia


def empty_font(pdf: Pdf) -> None:
    descriptor = font(pdf).DescendantFonts[0].FontDescriptor
    for key in [key for key in descriptor if key.startswith("/FontFile")]:
        del descriptor[key]


def mute_font(pdf: Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
            del thing["/ToUnicode"]


def page_acts(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.GoTo))


def look_outside(pdf: Pdf) -> None:
    pdf.pages[0].Contents.stream_dict.F = String("/etc/passwd")


def item_of_words(pdf: Pdf) -> None:
    first(pdf, "L").K = Array([first(pdf, "H2")])


def silence_picture(pdf: Pdf) -> None:
    del first(pdf, "Figure").Alt


def babble(pdf: Pdf) -> None:
    first(pdf, "P").Lang = String("not a language")


def empty_heading(pdf: Pdf) -> None:
    first(pdf, "H2").K = Array()


def headless(pdf: Pdf) -> None:
    for tag in list(tags_of(pdf)):
        if tag.kind in ("H1", "H2"):
            tag.node.S = Name.P


def untag(pdf: Pdf) -> None:
    pdf.Root.StructTreeRoot.K = Array()


def bare(pdf: Pdf) -> None:
    content(pdf, lambda data: data + b"\n0 0 9 9 re f")


def unknown_letter(pdf: Pdf) -> None:
    content(pdf, lambda data: data.replace(b"TJ", b"TJ <0000> Tj", 1))


def unread(pdf: Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K[0]
    top.K = Array(list(top.K)[:-1])


def unshown(pdf: Pdf) -> None:
    content(pdf, lambda data: data.replace(b"<</MCID 0>>", b"<</MCID 99>>"))


def read_twice(pdf: Pdf) -> None:
    span = first(pdf, "Span")
    span.K = Array([*kids(span), *kids(span)])


def orphan_page(pdf: Pdf) -> None:
    del pdf.pages[0].StructParents


def lead_astray(pdf: Pdf) -> None:
    numbers = number_tree(pdf.Root.StructTreeRoot.ParentTree)[0]
    numbers[0] = numbers[1]


def circle(pdf: Pdf) -> None:
    first(pdf, "P").K = Array([first(pdf, "Document")])


SPOILS: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "not tagged": (without("/MarkInfo"), "not marked as tagged"),
    "suspect": (root("/MarkInfo", Dictionary(Marked=True, Suspects=True)), "suspect"),
    "title hidden": (without("/ViewerPreferences"), "title is not shown"),
    "no language": (without("/Lang"), "no language"),
    "no such language": (root("/Lang", String("English, please")), "no language"),
    "no title": (untitle, "no title"),
    "two titles": (retitle, "titles differ"),
    "no claim": (unclaim, "does not claim"),
    "a page on its side": (lie_down, "not A4 or A5"),
    "a turned page": (turn, "turned"),
    "no order of keys": (untab, "tab order"),
    "a link without a tag": (unlink, "no tagged link"),
    "a link without words": (hush_link, "link without words"),
    "media": (annotate, "media"),
    "a font left out": (empty_font, "is not in the file"),
    "a font that is mute": (mute_font, "which letters"),
    "JavaScript": (does("JavaScript", JS=String("app.alert(1)")), "JavaScript"),
    "a program": (does("Launch"), "action (/Launch)"),
    "an address": (does("URI", URI=String("https://example.invalid")), "action (/URI)"),
    "another file": (does("GoToR"), "action (/GoToR)"),
    "a form sent": (does("SubmitForm"), "action (/SubmitForm)"),
    "a viewer's command": (does("Named", N=Name.Print), "action (/Named)"),
    "an action at opening": (root("/OpenAction", Dictionary(S=Name.GoTo)), "at opening"),
    "an action of a page": (page_acts, "an action of its own"),
    "a form": (root("/AcroForm", Dictionary(Fields=Array())), "a form"),
    "scripts by name": (names("/JavaScript"), "JavaScript"),
    "attachments": (names("/EmbeddedFiles"), "an attachment"),
    "an associated file": (root("/AF", Array()), "an attachment"),
    "a portfolio": (root("/Collection", Dictionary()), "a portfolio"),
    "a file outside": (look_outside, "outside"),
    "no tags": (untag, "no tags"),
    "a tag of its own": (rename("P", "Chapter"), "no tag Chapter"),
    "no item in a list": (item_of_words, "H2 stands in L"),
    "an item outside": (rename("P", "LI"), "LI stands outside"),
    "a cell outside": (rename("P", "TD"), "TD stands outside"),
    "a silent picture": (silence_picture, "what it shows"),
    "no such inner language": (babble, "is no language"),
    "a level skipped": (rename("H2", "H3"), "H3 comes after H1"),
    "no first level": (rename("H1", "H2"), "H2 comes first"),
    "an empty heading": (empty_heading, "has no words"),
    "no heading": (headless, "no heading"),
    "bare content": (bare, "neither read nor set aside"),
    "a letter that is not there": (unknown_letter, "its font has not"),
    "content never read": (unread, "never read"),
    "content not there": (unshown, "lacks content"),
    "words read twice": (read_twice, "read twice"),
    "a page without parents": (orphan_page, "tree of parents"),
    "the wrong parent": (lead_astray, "lead back"),
    "a circle": (circle, "circle"),
}


def test_a_good_file_passes(good: bytes) -> None:
    assert faults(good, MOST_PAGES) == []


@pytest.mark.parametrize("name", SPOILS)
def test_what_is_wrong_is_named(good: bytes, name: str) -> None:
    change, words = SPOILS[name]
    with pikepdf.open(io.BytesIO(good)) as pdf:
        change(pdf)
        spoilt = saved(pdf)
    found = faults(spoilt, MOST_PAGES)
    assert any(words in fault for fault in found), found


def test_a_locked_file_is_named(good: bytes) -> None:
    for user, words in (("secret", "password"), ("", "encrypted")):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(good)) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
        assert any(words in fault for fault in faults(out.getvalue(), MOST_PAGES))


def test_too_many_pages_and_none_are_named(good: bytes) -> None:
    with pikepdf.open(io.BytesIO(good)) as pdf:
        for _ in range(MOST_PAGES):
            pdf.add_blank_page()
        assert any("has 5 pages" in fault for fault in faults(saved(pdf), MOST_PAGES))
    with pikepdf.new() as empty:
        assert any("has 0 pages" in fault for fault in faults(saved(empty), MOST_PAGES))


@pytest.mark.parametrize(
    "data",
    [b"", b"not a PDF", b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF\n", b"\0" * 5000],
    ids=["nothing", "words", "a beginning", "a beginning and an end", "zeros"],
)
def test_what_is_no_file_at_all_is_named(data: bytes) -> None:
    assert faults(data, MOST_PAGES)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_half_a_file_is_named(good: bytes, part: float) -> None:
    assert faults(good[: int(len(good) * part)], MOST_PAGES)


def test_a_file_with_nonsense_in_its_middle_is_named(good: bytes) -> None:
    middle = len(good) // 2
    assert faults(good[:middle] + b"nonsense" * 40 + good[middle + 320 :], MOST_PAGES)


def test_the_press_gives_no_file_that_fails() -> None:
    worker = Worker("tests.paper_owner:SpoilingPress", timeout_s=20, memory_mb=768)
    try:
        assert worker.call("render", HTML, "").startswith(b"%PDF")
        with pytest.raises(FaultyLeafletError, match=r"fails 1 check\(s\): it has no language"):
            worker.call("render", HTML.replace("Rest your leg", SPOILT), "")
        assert worker.call("render", HTML, "").startswith(b"%PDF")
    finally:
        worker.close()
