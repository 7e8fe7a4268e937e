"""What can be wrong with a figures file."""

from kiosk.errors import ContentError, KioskError


class FigureError(ContentError):
    """A figure that cannot be drawn: the file and line, the figure and pose, and the mend.

    A figure is content, so its problems are told where all the content's are.
    """


class PoseError(KioskError):
    """A pose that no body can take: what it asks for, and in `hint` the mend."""
