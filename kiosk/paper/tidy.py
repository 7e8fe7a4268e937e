"""What WeasyPrint leaves to be done for who listens: footers aside, headings whole.

WeasyPrint tags the margin boxes and leaves those tags out of the tree, so that the file passes a
validator and yet some readers say a page number in the middle of a sentence. Here that content
becomes an artifact (ISO 14289-1, 7.8). It also puts a heading into a heading, and a paragraph into
a paragraph, where a line of it is a block: the inner one becomes a tag without meaning.
"""

import io
from collections import defaultdict

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Operator

from kiosk.paper.tree import number_tree, places_of, tags_of

_ALONE = {"H1", "H2", "H3", "H4", "H5", "H6", "P"}  # hold words, not one another
_BEGIN = Operator("BDC")
Marked = ContentStreamInstruction | pikepdf.ContentStreamInlineImage


def tidied(data: bytes) -> bytes:
    """A tagged PDF with its footers as artifacts and no heading within a heading."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _unnest(pdf)
        _set_aside(pdf)
        return written(pdf)


def written(pdf: pikepdf.Pdf) -> bytes:
    """A PDF as a file: small, and the same bytes each time."""
    out = io.BytesIO()
    objects = pikepdf.ObjectStreamMode.generate
    pdf.save(out, deterministic_id=True, object_stream_mode=objects)
    return out.getvalue()


def _unnest(pdf: pikepdf.Pdf) -> None:
    for tag in tags_of(pdf):
        if tag.kind in _ALONE and tag.is_in(tag.kind):
            tag.node.S = Name.NonStruct


def _set_aside(pdf: pikepdf.Pdf) -> None:
    read: dict[tuple[int, int], set[int]] = defaultdict(set)
    for tag in tags_of(pdf):
        for where, mcid in places_of(tag.node):
            read[where].add(mcid)
    owners = number_tree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        aside: list[int] = []
        stream: list[Marked] = []
        for instruction in pikepdf.parse_content_stream(page):
            number = marked_number(instruction)
            if number is not None and number not in read[page.obj.objgen]:
                aside.append(number)
                kind = Dictionary(Type=Name.Pagination)
                stream.append(ContentStreamInstruction([Name.Artifact, kind], _BEGIN))
            else:
                stream.append(instruction)
        if aside:
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
            for mcid in aside:  # a tag that nobody reads is not kept either
                owners[int(page.StructParents)][mcid] = None


def marked_number(instruction: Marked) -> int | None:
    """The number (MCID) that an instruction gives to the content it begins, if it does."""
    if instruction.operator != _BEGIN:
        return None
    given = instruction.operands[1]
    if isinstance(given, Dictionary) and "/MCID" in given:
        return int(given.MCID)
    return None
