"""What can be measured of a finished leaflet: its sides, letters, fonts, words and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
from pdfplumber.page import Page

A4_PT, A5_PT = (595.3, 841.9), (419.5, 595.3)
PT_IN_MM = 72 / 25.4
FOOT_MM = 15  # the least bottom margin of any size


@dataclass(frozen=True)
class Facts:
    """One PDF. `words` has no white space at all, so that line ends do not matter.

    Of each side: its words and how many lines they are, without the foot. `edge_mm` is the least
    distance of a letter from the edge of the paper; `colours` are those of the letters.
    """

    sides: int
    sizes: tuple[tuple[float, float], ...]
    smallest_pt: float
    smallest_text: str
    fonts: frozenset[str]
    not_embedded: frozenset[str]
    words: str
    title: str
    lang: str
    pictures: tuple[str, ...]
    tagged: bool
    words_of_sides: tuple[str, ...]
    lines_of_sides: tuple[int, ...]
    edge_mm: float
    colours: frozenset[tuple[float, ...]]

    def holds(self, text: str) -> bool:
        """Whether a text stands on a side, or begins on one and ends at the top of the next."""
        own, sides = squeezed(text), self.words_of_sides
        return any(own in side for side in sides) or any(
            own[:cut] in side and after.startswith(own[cut:])
            for side, after in pairwise(sides)
            for cut in range(1, len(own))
        )


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def read_facts(path: Path) -> Facts:
    """Measure a PDF."""
    with pdfplumber.open(path) as pdf:
        sizes = {(round(page.width, 1), round(page.height, 1)) for page in pdf.pages}
        letters = [letter for page in pdf.pages for letter in page.chars if letter["text"].strip()]
        # In the order of the file, which is the order of reading.
        words = "".join(letter["text"] for letter in letters)
        smallest = min(letter["size"] for letter in letters)
        small = "".join(one["text"] for one in letters if one["size"] <= smallest + 0.01)
        bodies = [_body(page) for page in pdf.pages]
        edge = min(_from_the_edge(letter, page) for page in pdf.pages for letter in page.chars)
    with pikepdf.open(path) as file:
        fonts = list(_fonts(file))
        root = file.Root
        return Facts(
            sides=len(file.pages),
            sizes=tuple(sorted(sizes)),
            smallest_pt=smallest,
            smallest_text=small[:60],
            fonts=frozenset(name for name, _ in fonts),
            not_embedded=frozenset(name for name, embedded in fonts if not embedded),
            words=squeezed(words),
            title=str(file.docinfo.get("/Title", "")),
            lang=str(root.get("/Lang", "")),
            pictures=tuple(_pictures(file)),
            tagged=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            words_of_sides=tuple(squeezed("".join(one["text"] for one in body)) for body in bodies),
            lines_of_sides=tuple(len({round(one["bottom"]) for one in body}) for body in bodies),
            edge_mm=edge / PT_IN_MM,
            colours=frozenset(tuple(letter["non_stroking_color"]) for letter in letters),
        )


def _body(page: Page) -> list[dict[str, Any]]:
    """The letters of a side without its foot, which stands in the lowest 15 mm."""
    floor = page.height - FOOT_MM * PT_IN_MM
    return [one for one in page.chars if one["text"].strip() and one["bottom"] <= floor]


def _from_the_edge(letter: dict[str, Any], page: Page) -> float:
    """From an edge to the ink: Andika's letters reach 0.8 em above the line and 0.25 em below."""
    line, size = letter["matrix"][5], letter["size"]
    above, below = page.height - line - 0.8 * size, line - 0.25 * size
    return float(min(letter["x0"], above, page.width - letter["x1"], below))


def _fonts(file: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    """Each font's name without its subset mark, and whether its letters are in the file."""
    for thing in file.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
            name = str(thing.FontName).lstrip("/").partition("+")[2]
            yield name, any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _pictures(file: pikepdf.Pdf) -> Iterator[str]:
    """What each picture says of itself to who cannot see it."""
    for thing in file.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure":
            yield str(thing.get("/Alt", ""))
