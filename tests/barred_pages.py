"""Pages that tell their number to a program: A5, with a bar as long as the number says."""

import io

import pikepdf
import pypdfium2

from kiosk.paper.booklet import A5_PT


def a5(pages: int) -> bytes:
    """A5 pages with nothing on them but a bar as long as their number."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=A5_PT)
            page.Contents = pdf.make_stream(f"20 300 {number * 10} 20 re f".encode())
        pdf.save(out)
    return out.getvalue()


def bars(pdf: bytes) -> list[tuple[int, int]]:
    """The length of the bar on the left and the right half of each side; 0 for a blank half.

    CUPS lays a side that is wider than it is high on its right edge; here it is set up again.
    """
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for side in document:
            picture = side.render(scale=1, grayscale=True).to_pil()
            if picture.height > picture.width:
                picture = picture.rotate(90, expand=True)
            line = [picture.getpixel((x, picture.height - 310)) < 128 for x in range(picture.width)]
            half = picture.width // 2
            found.append((round(sum(line[:half]) / 10), round(sum(line[half:]) / 10)))
    return found
