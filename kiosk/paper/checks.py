"""The checks that every file passes before it is kept or given to anybody.

Cheap ones, for each file the kiosk makes: about a tenth of its making. That these and the template
are right is proved by the real veraPDF in the tests. Clauses are of ISO 14289-1 (PDF/UA-1) unless
ISO 32000-1 (PDF 1.7) is named.
"""

import io
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from kiosk.paper.booklet import A4_PT, A5_PT, is_sheet
from kiosk.paper.tagging import LANGUAGE, tagging_faults
from kiosk.paper.tree import DEEPEST

# Whatever makes a viewer do something by itself or with another place (32000-1, 12.6.4).
_ACTIONS = {
    *("JavaScript", "Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ImportData", "ResetForm"),
    *("Rendition", "Sound", "Movie", "Hide", "Named", "Thread", "SetOCGState", "Trans"),
    *("GoTo3DView", "RichMediaExecute"),
}
_LIVELY = {  # keys and what they would bring
    "/JS": "JavaScript",
    "/JavaScript": "JavaScript",
    "/AA": "an action of its own",
    "/OpenAction": "an action at opening",
    "/AcroForm": "a form",
    "/EmbeddedFiles": "an attachment",
    "/EF": "an attachment",
    "/AF": "an attachment",
    "/Collection": "a portfolio",
    "/XFA": "a form",
    "/RichMediaContent": "media",
    "/Perms": "a signature",
}
_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_LETTERS = ("/FontFile", "/FontFile2", "/FontFile3")


def faults(data: bytes, most_pages: int) -> list[str]:
    """What is wrong with a finished file, each in a few words; nothing when all is well."""
    found: list[str] = []
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found += _length(pdf, most_pages)
            for check in _CHECKS:
                found += check(pdf)
            return found
    except pikepdf.PasswordError:
        return ["it is locked by a password"]
    except pikepdf.PdfError as error:
        return [f"it cannot be read: {error}"]
    except (AttributeError, KeyError, TypeError, ValueError, IndexError) as error:
        # A part is not of the kind that every reader expects there.
        return [*found, f"its structure makes no sense: {error!r}"]


def _soundness(pdf: Pdf) -> Iterator[str]:
    """Every stream can be read to its end; qpdf would mend or empty one that cannot."""
    try:
        for thing in pdf.objects:
            if isinstance(thing, Stream) and thing.get("/Filter") == Name.FlateDecode:
                zlib.decompress(thing.read_raw_bytes())
    except zlib.error as error:
        yield f"it is damaged: {error}"
    for problem in pdf.get_warnings()[:1]:
        yield f"it is damaged: {problem}"


def _length(pdf: Pdf, most_pages: int) -> Iterator[str]:
    if not 1 <= len(pdf.pages) <= most_pages:
        yield f"it has {len(pdf.pages)} pages, and 1 to {most_pages} are allowed"


def _whole(pdf: Pdf) -> Iterator[str]:
    """The document: tagged (7.1), with a title, a language (7.2) and its claim (5)."""
    root = pdf.Root
    if pdf.is_encrypted:
        yield "it is encrypted"
    marks = root.get("/MarkInfo", Dictionary())
    if not _is_on(marks.get("/Marked")):
        yield "it is not marked as tagged"
    if _is_on(marks.get("/Suspects")):
        yield "its tags are suspect"
    if not _is_on(root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle")):
        yield "its title is not shown"
    if not LANGUAGE.fullmatch(str(root.get("/Lang", ""))):
        yield "it has no language"
    title = str(pdf.docinfo.get("/Title", "")).strip()
    if not title:
        yield "it has no title"
    metadata = pdf.open_metadata()
    if metadata.get(_UA) != "1":
        yield "it does not claim to be PDF/UA-1"
    if metadata.get(_DC_TITLE) != title:
        yield "its two titles differ"


def _is_on(value: object) -> bool:
    return value is True  # not `true` as words, or 1


def _pages(pdf: Pdf) -> Iterator[str]:
    """Each page: A4 or A5, upright, keys move in the order of the tags (7.18.3)."""
    for number, page in enumerate(pdf.pages, 1):
        if not is_sheet(page, A4_PT) and not is_sheet(page, A5_PT):
            yield f"page {number} is not A4 or A5"
        if page.get("/Rotate", 0) != 0:
            yield f"page {number} is turned"
        if page.get("/Tabs") != Name.S:
            yield f"page {number} has no tab order"
        for link in page.get("/Annots", Array()):
            if link.get("/Subtype") != Name.Link or "/StructParent" not in link:
                yield f"page {number} has a note that is no tagged link"
            if not str(link.get("/Contents", "")).strip():
                yield f"page {number} has a link without words"


def _fonts(pdf: Pdf) -> Iterator[str]:
    """Every letter is in the file (7.21.4.1), and says which one it is (7.21.7)."""
    count = 0
    for font in _dictionaries(pdf):
        if font.get("/Type") != Name.Font or font.get("/Subtype") == Name.CIDFontType2:
            continue
        count += 1
        name = str(font.get("/BaseFont", "a font without a name"))
        bearer = font.DescendantFonts[0] if font.get("/Subtype") == Name.Type0 else font
        letters = bearer.get("/FontDescriptor", Dictionary())
        if not any(key in letters for key in _LETTERS):
            yield f"{name} is not in the file"
        if "/ToUnicode" not in font:
            yield f"{name} does not say which letters it has"
    if not count:
        yield "it has no words"


def _stillness(pdf: Pdf) -> Iterator[str]:
    """It does nothing: no scripts, no addresses, no attachments, no forms, no media."""
    for thing in _dictionaries(pdf):
        for key, brings in _LIVELY.items():
            if key in thing:
                yield f"it has {brings} ({key})"
        action = thing.get("/S")
        # A tag has /S too, but none of its kinds has such a name.
        if isinstance(action, Name) and str(action).removeprefix("/") in _ACTIONS:
            yield f"it has an action ({action})"
        if thing.get("/Subtype") in ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"):
            yield "it has media"
        if "/F" in thing and not isinstance(thing["/F"], int):
            yield "it names a file outside (/F)"


def _dictionaries(pdf: Pdf) -> Iterator[Dictionary]:
    """Every dictionary of the file, those within others too."""
    for thing in pdf.objects:
        yield from _within(thing, 0)


def _within(thing: object, level: int) -> Iterator[Dictionary]:
    if level > DEEPEST:
        return
    if isinstance(thing, Stream):
        yield from _within(thing.stream_dict, level)
    elif isinstance(thing, Dictionary):
        yield thing
        for value in thing.as_dict().values():
            if _is_direct(value):
                yield from _within(value, level + 1)
    elif isinstance(thing, Array):
        for value in thing.as_list():
            if _is_direct(value):
                yield from _within(value, level + 1)


def _is_direct(value: object) -> bool:
    """Whether a value stands where it is used; any other is met among the file's objects."""
    return isinstance(value, Object) and not value.is_indirect


_CHECKS: tuple[Callable[[Pdf], Iterator[str]], ...] = (
    _soundness,
    _whole,
    _pages,
    _fonts,
    _stillness,
    tagging_faults,
)
