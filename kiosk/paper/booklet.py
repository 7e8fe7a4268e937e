"""An A5 leaflet as a booklet: two pages beside each other on A4, to fold and staple.

Takes the pages in reading order; gives back the sides in the order of a saddle-stitched booklet,
for a printer that turns the sheet over its short edge. The copy has no tags and is for paper only;
who listens has the A5 file itself.
"""

import io

import pikepdf
from pikepdf import Dictionary

from kiosk.errors import LeafletError
from kiosk.paper.tidy import written

# ISO 216, in points of 1/72 inch. Two A5 pages are 1 mm narrower than A4: they meet at the fold.
A4_PT = (595.28, 841.89)
A5_PT = (419.53, 595.28)
NEAR_PT = 1.0


def imposed(data: bytes) -> bytes:
    """The sides of the booklet, front and back of each sheet in turn. Raises LeafletError.

    Missing pages at the end are blank: a sheet has four.
    """
    with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as booklet:
        pages = list(source.pages)
        for page in pages:
            if not is_sheet(page, A5_PT):
                raise LeafletError("only A5 pages make a booklet", "ask for size=booklet")
        height, width = A4_PT
        fold, across = width / 2, A5_PT[0]
        for left, right in saddle_order(len(pages)):
            side = booklet.add_blank_page(page_size=(width, height))
            halves, drawn = Dictionary(), b""
            for name, number, edge in (("/L", left, fold - across), ("/R", right, fold)):
                if number <= len(pages):
                    # Not add_overlay: it gives names at random, and the bytes would differ.
                    form = pages[number - 1].as_form_xobject()
                    halves[name] = booklet.copy_foreign(form)
                    drawn += f"q 1 0 0 1 {edge:.3f} 0 cm {name} Do Q\n".encode()
            side.Resources = Dictionary(XObject=halves)
            side.Contents = booklet.make_stream(drawn)
        return written(booklet)


def saddle_order(pages: int) -> list[tuple[int, int]]:
    """Which page is left and which is right on each side, from 1; numbers past the end are blank.

    The first side has the last page and the first: the booklet's outside.
    """
    whole = -(-pages // 4) * 4
    outer = [(whole - at, at + 1) for at in range(whole // 2)]
    return [pair if at % 2 == 0 else pair[::-1] for at, pair in enumerate(outer)]


def is_sheet(page: pikepdf.Page, size: tuple[float, float]) -> bool:
    """Whether a page is of this size, upright."""
    left, low, right, top = (float(edge) for edge in page.mediabox)
    found = (right - left, top - low)
    return all(abs(one - other) <= NEAR_PT for one, other in zip(found, size, strict=True))
