"""Andika for other devices' browsers: the Debian font cut down to WOFF2.

The kiosk's own browser and the leaflets use the font as installed (Debian's fonts-sil-andika,
SIL Open Font Licence). The sole user of fontTools outside the paper worker.
"""

import io
from pathlib import Path

from kiosk.cache import write_whole

FOLDER = Path("/usr/share/fonts/truetype/andika")
FACES = {"andika-regular": "Andika-Regular.ttf", "andika-bold": "Andika-Bold.ttf"}
# Latin with its extensions, general punctuation, arrows and ticks.
CHARACTERS = [*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2040), 0x20AC, 0x2713]


def installed() -> bool:
    """Whether the font is on this machine."""
    return all((FOLDER / file).is_file() for file in FACES.values())


def build_fonts(folder: Path) -> list[str]:
    """Make the WOFF2 files that are missing; give back their names."""
    made = []
    for name, file in FACES.items():
        target = folder / f"{name}.woff2"
        if target.is_file() or not (FOLDER / file).is_file():
            continue
        write_whole(target, _subset(FOLDER / file))
        made.append(name)
    return made


def _subset(font: Path) -> bytes:
    from fontTools import subset, ttLib  # slow to import, and only `build` needs it

    options = subset.Options(flavor="woff2", layout_features=["kern", "mark", "mkmk", "ccmp"])
    with ttLib.TTFont(font) as opened:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CHARACTERS)
        cutter.subset(opened)
        opened.flavor = "woff2"
        buffer = io.BytesIO()
        opened.save(buffer)
    return buffer.getvalue()
