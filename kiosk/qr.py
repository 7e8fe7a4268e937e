"""QR codes as SVG: black on white in every theme, with what they are in words.

Takes a text; gives back an inline SVG drawing that screen and leaflet share. Nothing is fetched.
Its colours are its own and not the style sheet's, so that no theme can turn them.
"""

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    import segno

# ISO/IEC 18004, 9.1: a quiet zone of four modules on each side.
QUIET = 4
# A module on paper, in millimetres. Half a millimetre is the least a phone reads at arm's length
# (six dots at 300 dpi); the short address has room for more.
LEAST_MODULE_MM, MODULE_MM = 0.5, 0.8
MOST_DRAWN = 256  # drawings kept: a code takes 20 ms to make, and its page is asked for often
MOST_ADDRESS = 100  # characters; a longer one is not a short address, and nobody could type it
_ADDRESS = re.compile(r"(?:https?://)?[^\s/:@]+\.[^\s/:@]+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)


def address_of(written: str) -> str | None:
    """The web address behind one as it is written on a leaflet; None when it is not one.

    A written address may leave `https://` away; a phone needs it to open a page.
    """
    written = written.strip()
    if len(written) > MOST_ADDRESS or not _ADDRESS.fullmatch(written):
        return None
    whole = written if "://" in written else f"https://{written}"
    return quote(whole, safe=":/?#[]@!$&'()*+,;=%~-._")


@lru_cache(MOST_DRAWN)
def svg(text: str, title: str, name: str, module_mm: float | None = None) -> str:
    """A text as a QR code of error level M (15 % may be lost), in UTF-8.

    `title` says what the code is, to who cannot see it; `name` begins its ids. With `module_mm` the
    drawing has the size on paper that this gives; without, its size is the style sheet's. Raises
    ValueError for an empty text or one that no code holds (2,331 bytes).
    """
    if not text:
        raise ValueError("an empty text has no QR code")
    rows = [bytes(row) for row in _code(text).matrix]
    across = len(rows) + 2 * QUIET
    size = (
        f' width="{across * module_mm:g}mm" height="{across * module_mm:g}mm"' if module_mm else ""
    )
    label = quoteattr(f"{name}-title")
    # The title comes first: it is the alternative text of the leaflet's PDF.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="k-code" role="img" '
        f'aria-labelledby={label} viewBox="0 0 {across} {across}"{size} '
        f'shape-rendering="crispEdges"><title id={label}>{escape(title)}</title>'
        f'<rect width="{across}" height="{across}" fill="#ffffff"/>'
        f'<path fill="#000000" d="{_path(rows)}"/></svg>'
    )


def modules(text: str) -> int:
    """How many modules wide the code of a text is, its quiet zone included."""
    return len(_code(text).matrix) + 2 * QUIET


def _code(text: str) -> "segno.QRCode":
    import segno  # when the first code is asked for: a start needs none

    try:
        # Not boosted: level M at every length. Without the ECI mark, which old readers trip over;
        # every reader takes bytes without it as UTF-8.
        return segno.make_qr(text, error="m", encoding="utf-8", mode="byte", boost_error=False)
    except segno.DataOverflowError as error:
        raise ValueError(str(error)) from error


def _path(rows: list[bytes]) -> str:
    """The dark modules as one path, so that no hairline shows between neighbours."""
    pieces = []
    for down, row in enumerate(rows, QUIET):
        along = QUIET
        for dark, run in groupby(row):
            wide = len(list(run))
            if dark:
                pieces.append(f"M{along} {down}h{wide}v1h-{wide}z")
            along += wide
    return "".join(pieces)
