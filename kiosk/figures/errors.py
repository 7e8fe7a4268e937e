"""What can be wrong with a figure's data."""


class FigureError(ValueError):
    """A pose that cannot be drawn: which pose, which joint or contact, and by how much."""
