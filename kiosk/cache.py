"""Files named by the hash of what made them; written whole or not at all.

Takes a folder; gives back bytes for a key, or keeps bytes under it. A key is made by `key_of`
from everything that shapes the result, so an entry never goes stale and is never changed.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

KEY_LENGTH = 40  # hex digits of SHA-256 that are kept: 160 bits, as in git


def key_of(*parts: object) -> str:
    """The key for what is made from `parts` (anything JSON can hold, and bytes)."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:KEY_LENGTH]


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Cache:
    """A folder of kept files, `<key>.<suffix>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str, suffix: str) -> Path:
        return self._folder / key[:2] / f"{key}.{suffix}"

    def read(self, key: str, suffix: str) -> bytes | None:
        """The kept bytes, or None when there are none."""
        try:
            return self.path(key, suffix).read_bytes()
        except FileNotFoundError:
            return None

    def keep(self, key: str, suffix: str, data: bytes) -> None:
        write_whole(self.path(key, suffix), data)

    def read_or_make(self, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
        """The kept bytes; else those that `make` gives, which are then kept."""
        data = self.read(key, suffix)
        if data is None:
            data = make()
            self.keep(key, suffix, data)
        return data
