"""What a screen reader gets of a PDF: the text of its tags in their order, and their outline."""

import io
from collections import defaultdict

import pdfplumber
import pikepdf

from kiosk.paper.tree import Place, Tag, kids, places_of, tags_of
from tests.paper_facts import squeezed

# Tags that shape the text; the others only hold it together.
_OUTLINE = {"H1", "H2", "H3", "P", "L", "LI", "Figure", "Table", "TR", "Sect"}
MOST_WORDS = 48  # letters of a line of the outline


class Heard:
    """One PDF as it is read aloud."""

    def __init__(self, pdf: bytes) -> None:
        self._words: dict[Place, str] = defaultdict(str)
        self.aside = ""  # what is shown and never read, without white space
        with pikepdf.open(io.BytesIO(pdf)) as file, pdfplumber.open(io.BytesIO(pdf)) as paper:
            numbers = [page.objgen for page in file.pages]
            for page, number in zip(paper.pages, numbers, strict=True):
                for letter in page.chars:
                    if letter["mcid"] is None:
                        self.aside += squeezed(letter["text"])
                    else:
                        self._words[number, letter["mcid"]] += letter["text"]
            tags = list(tags_of(file))
            self.languages = [
                (str(tag.node.Lang), " ".join(self._below(tag.node).split()))
                for tag in tags
                if "/Lang" in tag.node
            ]
            self.text = "".join(self._said(tag) for tag in tags)
            self.outline = [line for tag in tags for line in self._line(tag)]

    def _said(self, tag: Tag) -> str:
        """The words right below a tag, without white space; list marks are not of the text."""
        if tag.is_in("Lbl") or tag.kind == "Lbl":
            return ""
        if tag.kind == "Figure":
            return squeezed(str(tag.node.Alt))
        return squeezed("".join(self._words[place] for place in places_of(tag.node)))

    def _below(self, node: pikepdf.Dictionary) -> str:
        # Where a line ends, WeasyPrint writes no space: a reader sees the break from the places.
        pieces = [self._words[place] for place in places_of(node)]
        inner = (child for child in kids(node) if isinstance(child, pikepdf.Dictionary))
        return " ".join(filter(None, [*pieces, *(self._below(child) for child in inner)]))

    def _line(self, tag: Tag) -> list[str]:
        if tag.kind not in _OUTLINE:
            return []
        words = "" if tag.kind in ("L", "Sect", "Table") else self._below(tag.node)
        if tag.kind == "Figure":
            words = str(tag.node.Alt)
        words = " ".join(words.split())
        short = words if len(words) <= MOST_WORDS else f"{words[:MOST_WORDS]}…"
        return [f"{'  ' * tag.level}{tag.kind} {short}".rstrip()]
