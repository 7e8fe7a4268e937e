"""The topics of the real content, by their files: what most tests of the whole kiosk walk."""

from pathlib import Path

from kiosk.loader import LANG
from kiosk.settings import PROJECT

CONTENT: Path = PROJECT / "content"
TOPICS: list[tuple[str, str]] = sorted(
    (path.parent.parent.name, path.stem) for path in CONTENT.glob(f"*/{LANG}/*.md")
)
TOPIC_NAMES: list[str] = [f"{pack}/{topic}" for pack, topic in TOPICS]
