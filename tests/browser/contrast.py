"""Contrast as it comes out on the screen, by the pixels of a screenshot (WCAG 1.4.6)."""

from io import BytesIO
from typing import Any

from PIL import Image

from tests.browser.visitor import Visitor

ENOUGH = 7.0  # A11Y section 2
MOST_TRIES = 10
WHOLE_STROKE = 2  # pixels of one colour: a letter's own, not of its soft edge

Colour = tuple[int, ...]


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    parts = [part / 255 for part in colour[:3]]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _stillness(visitor: Visitor) -> tuple[Image.Image, list[dict[str, Any]]]:
    """A picture of the screen and the lines on it, once nothing moves any more."""
    lines = visitor.look("() => window.see.linesInView()")
    for _ in range(MOST_TRIES):
        picture = Image.open(BytesIO(visitor.page.screenshot())).convert("RGB")
        before, lines = lines, visitor.look("() => window.see.linesInView()")
        if lines == before:
            return picture, lines
    raise AssertionError("the page does not come to rest")


def pale_words(visitor: Visitor) -> list[str]:
    """The words in view whose letters stand out from their ground by less than 7:1."""
    picture, lines = _stillness(visitor)
    found = []
    for line in lines:
        box = tuple(int(line[side]) for side in ("left", "top", "right", "bottom"))
        crop = picture.crop(box)
        colours = crop.getcolors(crop.width * crop.height) or []
        if len(colours) < 2:
            continue  # a line that is only a space
        ground = max(colours)[1]
        best = max(ratio(ground, colour) for count, colour in colours if count >= WHOLE_STROKE)
        if best < ENOUGH:
            found.append(f"“{line['words']}” has a contrast of {best:.1f}:1")
    return found
