"""Calls in a thread of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Answer = TypeVar("Answer")


def aside(call: Callable[..., Answer], *given: object) -> Answer:
    """What a call of the printer gives, from a thread of its own.

    The client brings its own event loop, and a browser test may have left one in this thread.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call, *given).result()
