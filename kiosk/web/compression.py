"""What is text is sent compressed; what is the same for everybody is compressed once.

gzip, which every browser takes and which needs no library. A page or a listing that comes out the
same is not compressed again: the last few are kept by the hash of their bytes.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict

from flask import Request, Response

TEXTS = frozenset({"text/html", "application/json", "text/css", "text/javascript"})
LEAST = 1000  # bytes; below this the saving is lost in headers
MOST_KEPT = 96  # compressed bodies of 10 to 20 KB
LEVEL = 6  # 1 % larger than the best, in a third of its time
BEST = 9


class Compression:
    """Compresses answers for those who take it; may be used from any thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def apply(self, request: Request, response: Response) -> Response:
        """The answer as it is sent. Sound, pictures, PDFs and parts of files stay as they are."""
        if response.mimetype not in TEXTS or response.direct_passthrough:
            return response
        response.vary.add("Accept-Encoding")
        # Staff's pages hold a token; compressed beside a guess, it could be found out (BREACH).
        if (
            request.accept_encodings.quality("gzip") <= 0
            or request.path.startswith("/staff")
            or response.status_code in (204, 206, 304)
            or "Content-Encoding" in response.headers
        ):
            return response
        data = response.get_data()
        if len(data) >= LEAST:
            response.set_data(self._compressed(data))
            response.headers["Content-Encoding"] = "gzip"
        return response

    def _compressed(self, data: bytes) -> bytes:
        key = hashlib.sha256(data).digest()
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        found = gzip.compress(data, LEVEL, mtime=0)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found
