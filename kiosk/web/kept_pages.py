"""Pages that come out the same every time are rendered once.

Takes what a page depends on, and how to render it; gives back its bytes. The last few are kept, so
a page that was read before costs its reader no rendering, and memory has an end.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_KEPT = 12  # pages of about 100 KB


class KeptPages:
    """The last pages, by all that they depend on; may be used from any thread."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, key: Hashable, render: Callable[[], str]) -> bytes:
        """The page of a key in UTF-8, rendered if it is not kept."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
                return found
        found = render().encode()
        with self._lock:
            self._pages[key] = found
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return found
