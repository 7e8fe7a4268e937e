"""What the tests of printing share."""

import pytest

from tests.printing.desk import Desk, desk_with


@pytest.fixture
def desk() -> Desk:
    """A healthy printer with nothing to do, and no limits."""
    return desk_with()
