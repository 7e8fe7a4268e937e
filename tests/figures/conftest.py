"""The figures of the content, read once."""

import pytest

from kiosk.figures import Figures
from kiosk.settings import PROJECT

FIGURES = PROJECT / "content" / "leg-cramps" / "figures.yaml"


@pytest.fixture(scope="session")
def figures() -> Figures:
    """Every figure of the leg cramps pack."""
    return Figures.load(FIGURES)
