"""The checks of a file's tags: all content is in the reading order or aside, and tags make sense.

Clauses are of ISO 14289-1 (PDF/UA-1) unless ISO 32000-1 (PDF 1.7) is named.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Pdf

from kiosk.paper.tidy import marked_number
from kiosk.paper.tree import Place, Tag, kids, kind_of, number_tree, places_of, tags_of

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # the shape of BCP 47
_HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
# The standard types (32000-1, 14.8.4) that a leaflet or a proof may have.
_KINDS = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "NonStruct", "P"),
    *_HEADINGS,
    *("L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
    *("Span", "Link", "Figure"),
}
# What may stand directly below (32000-1, 14.8.4.3).
_BELOW = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
}
# What may stand directly above.
_ABOVE = {
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
}
_SHOWS = {"Tj", "TJ", "'", '"', "Do", "sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "BI"}
_WATCHED = " ".join(sorted({*_SHOWS, "BDC", "BMC", "EMC"}))  # a drawing has 30,000 others
_TEXT = {"Tj", "TJ", "'", '"'}


def tagging_faults(pdf: Pdf) -> Iterator[str]:
    """What is wrong with the tags. Raises ValueError when they go round in a circle."""
    tags = list(tags_of(pdf))
    if not tags:
        yield "it has no tags"
        return
    yield from _kinds(tags)
    yield from _headings(tags)
    yield from _content(pdf, tags)


def _kinds(tags: list[Tag]) -> Iterator[str]:
    """Standard types in their right places (7.1, 7.2); pictures say what they show (7.3)."""
    for tag in tags:
        if tag.kind not in _KINDS:
            yield f"there is no tag {tag.kind}"
        for child in kids(tag.node):
            below = kind_of(child) if isinstance(child, Dictionary) else "words"
            allowed = _BELOW.get(tag.kind)
            if allowed is not None and below not in allowed:
                yield f"{below or 'something'} stands in {tag.kind}"
        above = _ABOVE.get(tag.kind)
        if above is not None and not any(tag.is_in(kind) for kind in above):
            yield f"{tag.kind} stands outside {' and '.join(sorted(above))}"
        if tag.kind == "Figure" and not str(tag.node.get("/Alt", "")).strip():
            yield "a picture does not say what it shows"
        if "/Lang" in tag.node and not LANGUAGE.fullmatch(str(tag.node.Lang)):
            yield f"“{tag.node.Lang}” is no language"


def _headings(tags: list[Tag]) -> Iterator[str]:
    """The first heading is H1, no level is skipped (7.4.2), and none is without words."""
    before = 0
    for tag in tags:
        if tag.kind not in _HEADINGS:
            continue
        level = int(tag.kind[1])
        if level > before + 1:
            yield f"{tag.kind} comes after H{before}" if before else f"{tag.kind} comes first"
        before = level
        if not any(True for _ in _all_places(tag.node)):
            yield f"a heading {tag.kind} has no words"
    if not before:
        yield "it has no heading"


def _all_places(node: Dictionary) -> Iterator[Place]:
    yield from places_of(node)
    for child in kids(node):
        if isinstance(child, Dictionary):
            yield from _all_places(child)


def _content(pdf: Pdf, tags: list[Tag]) -> Iterator[str]:
    """All that is shown is read once or is an artifact (7.1), and is found both ways (7.1)."""
    owner: dict[Place, Dictionary] = {}
    read: Counter[Place] = Counter()
    for tag in tags:
        for place in places_of(tag.node):
            owner[place] = tag.node
            read[place] += 1
    if twice := [place for place, times in read.items() if times > 1]:
        yield f"{len(twice)} piece(s) are read twice"
    numbers = number_tree(pdf.Root.StructTreeRoot.get("/ParentTree", Dictionary()))
    for number, page in enumerate(pdf.pages, 1):
        shown, bare, unknown = _shown(page)
        here = {mcid for (where, mcid) in owner if where == page.obj.objgen}
        if bare:
            yield f"page {number} shows what is neither read nor set aside"
        if unknown:
            yield f"page {number} has a letter that its font has not"
        if shown - here:
            yield f"page {number} has tagged content that is never read"
        if here - shown:
            yield f"page {number} lacks content that is to be read"
        listed = numbers.get(int(page.get("/StructParents", -1)))
        if listed is None:
            yield f"page {number} is not in the tree of parents"
            continue
        for mcid in here:
            at = listed[mcid] if mcid < len(listed) else None
            if at is None or at.objgen != owner[page.obj.objgen, mcid].objgen:
                yield f"page {number} does not lead back to its tags"
                break


def _shown(page: pikepdf.Page) -> tuple[set[int], bool, bool]:
    """The content a page marks; whether some is bare; whether a letter is missing (31-009)."""
    marked: set[int] = set()
    stack: list[bool] = []
    bare = unknown = False
    for instruction in pikepdf.parse_content_stream(page, _WATCHED):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            number = marked_number(instruction)
            if number is not None:
                marked.add(number)
            stack.append(number is not None or instruction.operands[0] == Name.Artifact)
        elif operator == "EMC":
            stack.pop()
        elif operator in _SHOWS:
            bare = bare or not any(stack)
            if operator in _TEXT and isinstance(instruction, ContentStreamInstruction):
                unknown = unknown or any(_has_gap(text) for text in _texts(instruction))
    return marked, bare, unknown


def _texts(instruction: ContentStreamInstruction) -> Iterator[bytes]:
    for operand in instruction.operands:
        parts = operand if isinstance(operand, pikepdf.Array) else [operand]
        yield from (bytes(part) for part in parts if isinstance(part, pikepdf.String))


def _has_gap(text: bytes) -> bool:
    """Whether glyph 0, “not defined”, is shown; WeasyPrint writes two bytes for each glyph."""
    return any(text[at : at + 2] == b"\0\0" for at in range(0, len(text), 2))
