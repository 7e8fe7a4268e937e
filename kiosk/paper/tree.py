"""Walking the tags of a PDF: the tree that a screen reader reads, and the content it names.

ISO 32000-1, 14.7 (logical structure) and 14.8.2 (marked content). A tag is a structure element;
content is named by page and number (MCID).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Object, Pdf

DEEPEST = 100  # levels; a real leaflet has under 20

Place = tuple[tuple[int, int], int]  # a page's object number, and an MCID on it


@dataclass(frozen=True)
class Tag:
    """One element of the tree, with its parent (None at the top) and its level from 0."""

    node: Dictionary
    parent: Dictionary | None
    level: int

    @property
    def kind(self) -> str:
        """Its structure type, without the slash."""
        return kind_of(self.node)

    def is_in(self, kind: str) -> bool:
        """Whether its parent is of this kind."""
        return self.parent is not None and kind_of(self.parent) == kind


def kind_of(node: Dictionary) -> str:
    return str(node.get("/S", "")).removeprefix("/")


def kids(node: Dictionary) -> list[Object | int]:
    """What stands directly below a tag: tags, references, numbers of content."""
    below = node.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, Array) else [below]


def tags_of(pdf: Pdf) -> Iterator[Tag]:
    """Every tag in reading order. Raises ValueError when the tree is too deep, or a circle."""
    root = pdf.Root.get("/StructTreeRoot")
    if isinstance(root, Dictionary):
        for child in kids(root):
            yield from _below(child, None, 0)


def _below(node: object, parent: Dictionary | None, level: int) -> Iterator[Tag]:
    if level > DEEPEST:
        raise ValueError("the tags go round in a circle or too deep")
    if isinstance(node, Dictionary) and "/S" in node:
        yield Tag(node, parent, level)
        for child in kids(node):
            yield from _below(child, node, level + 1)


def places_of(node: Dictionary) -> Iterator[Place]:
    """The content directly below a tag, in reading order."""
    for child in kids(node):
        if isinstance(child, int):
            page = node.get("/Pg")
            if page is not None:
                yield page.objgen, child
        elif isinstance(child, Dictionary) and child.get("/Type") == "/MCR":
            page = child.get("/Pg") or node.get("/Pg")
            if page is not None:
                yield page.objgen, int(child.MCID)


def number_tree(node: Object) -> dict[int, Object]:
    """A number tree (ISO 32000-1, 7.9.7) as a dictionary."""
    found: dict[int, Object] = {}
    pairs = list(node.get("/Nums", Array()))
    for at in range(0, len(pairs) - 1, 2):
        found[int(pairs[at])] = pairs[at + 1]
    for child in node.get("/Kids", Array()):
        found |= number_tree(child)
    return found
