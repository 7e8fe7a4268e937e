"""Reads pictures: QR codes as a phone does, of a screen or of a printed side, and its ink."""

import io
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

PAPER_DPI = 200  # the least of the office printers in use
MIDDLE_GREY = 128


@dataclass(frozen=True)
class Seen:
    """A code that was read, and how wide it is without its quiet zone, in pixels."""

    text: str
    level: str
    wide_px: float


def codes_in(picture: Image.Image) -> list[Seen]:
    """The QR codes of a picture, by their text."""
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    codes = []
    for code in found:
        left, right = code.position.top_left, code.position.top_right
        wide = ((right.x - left.x) ** 2 + (right.y - left.y) ** 2) ** 0.5
        codes.append(Seen(code.text, code.ec_level, wide))
    return sorted(codes, key=lambda code: code.text)


def codes_on_screen(png: bytes) -> list[Seen]:
    """The codes of a screenshot."""
    return codes_in(Image.open(io.BytesIO(png)))


def one_bit_sides(pdf: bytes | Path, dpi: int = PAPER_DPI) -> list[Image.Image]:
    """The sides of a leaflet as a printer without greys prints them."""
    file = pypdfium2.PdfDocument(pdf)
    try:
        sides = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in file]
    finally:
        file.close()
    return [side.point(lambda grey: 255 * (grey >= MIDDLE_GREY)).convert("1") for side in sides]


def ink(side: Image.Image, box: tuple[float, float, float, float]) -> float:
    """How much of a box (left, top, right, bottom, in points) of a side is black, from 0 to 1."""
    scale = PAPER_DPI / 72
    left, top, right, bottom = (edge * scale for edge in box)
    part = side.crop((int(left), int(top), round(right) + 1, round(bottom) + 1))
    return 1 - part.convert("L").histogram()[255] / (part.width * part.height)
