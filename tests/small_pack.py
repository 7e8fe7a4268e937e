"""A content folder with one small pack of two topics, which a test may spoil and load.

The first topic is that of content_pack.py and uses every kind of line; the second is one
paragraph, and shows what happens to a topic beside a broken one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.loader import LANG, Catalogue, load_catalogue
from kiosk.models import Pack
from kiosk.services import Services, build_services
from kiosk.settings import Settings
from tests.content_pack import change, write_pack

PACK, FIRST, SECOND = "leg-cramps", "relief", "rest"
SECOND_TOPIC = """\
---
title: Rest your leg
summary: How to rest.
for: Anyone with a tired leg.
aim: To help you rest.
---

You can rest your leg. [relief-stretch-calf]
"""


class SmallPack:
    """The pack's files, and the kiosk over them."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.state = folder / "var"
        write_pack(self.content, PACK)
        self.write(f"{LANG}/{SECOND}.md", SECOND_TOPIC)

    def path(self, name: str) -> Path:
        """A file of the pack by its name."""
        return self.content / PACK / name

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file into the pack."""
        data = text.encode() if isinstance(text, str) else text
        self.path(name).write_bytes(data)
        return self.path(name)

    def change(self, name: str, old: str, new: str) -> None:
        """Put `new` in the place of the first `old` of a file."""
        change(self.path(name), old, new)

    def change_topic(self, old: str, new: str, topic: str = FIRST) -> int:
        """The same in a topic; give back the number of the changed line."""
        path = self.path(f"{LANG}/{topic}.md")
        number = path.read_text("utf-8").partition(old)[0].count("\n") + 1
        change(path, old, new)
        return number

    def load(self) -> Catalogue:
        return load_catalogue(self.content)

    def pack(self) -> Pack:
        return self.load().packs[PACK]

    @contextmanager
    def services(self) -> Iterator[Services]:
        """The kiosk over this content, with a state folder of its own."""
        found = build_services(Settings(content=self.content, state=self.state))
        try:
            yield found
        finally:
            found.close()
