"""What can be measured of a finished leaflet: its sides, letters, fonts, words and pictures."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
import pikepdf

A4_PT = (595.3, 841.9)


@dataclass(frozen=True)
class Facts:
    """One PDF. `words` has no white space at all, so that line ends do not matter."""

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
        )


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
