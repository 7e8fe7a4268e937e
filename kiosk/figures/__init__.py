"""People drawn from poses: still, as a strip of poses, moving, or as a tile.

`Figures.load(path)` reads a figures file; `.svg(name, mode, prefix)` draws, `.alt(name)` tells.
"""

from kiosk.figures.errors import FigureError
from kiosk.figures.library import Figures
from kiosk.figures.modes import Mode

__all__ = ["FigureError", "Figures", "Mode"]
