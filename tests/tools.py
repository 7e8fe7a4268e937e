"""What a test says when something it needs is not on this machine."""

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    """Fail where everything must be there (CI); elsewhere skip, and say why.

    The one place of the tests that may skip: a laptop without a browser, a printer or Java can
    still run the rest. In CI nothing is skipped.
    """
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
