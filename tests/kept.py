"""What a kept file holds: its own bytes, without the seal behind them."""

from pathlib import Path

from kiosk.cache import Cache


def kept(path: Path) -> bytes:
    """The bytes of a file of a cache. Fails when it is not whole."""
    data = Cache(path.parent.parent).read(path.stem, path.suffix.removeprefix("."))
    assert data is not None, f"{path} is not whole"
    return data
