"""The words of the interface, in one language.

Takes the texts of `content/phrases/<lang>.yaml` and the values of this site (the clinic's name,
the nation's services); gives back finished sentences. A phrase may hold `{names}`: site values are
put in at once, the others by the caller.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PLACE = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True)
class Phrases:
    """Every phrase of one language, and the values that hold for this site."""

    lang: str
    texts: Mapping[str, str | list[str]]
    site: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key; a KeyError names a key or a value that is not there."""
        text = self.texts[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} is a list; ask for its items")
        return self.fill(text, **values)

    def items(self, key: str, **values: object) -> list[str]:
        """The sentences of a key that is a list."""
        return [self.fill(text, **values) for text in self.texts[key]]

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def fill(self, text: str, **values: object) -> str:
        """Put the site's values and the given ones into a text."""
        known = {**self.site, **values}
        return _PLACE.sub(lambda place: str(known[place[1]]), text)

    def unknown_places(self, text: str) -> list[str]:
        """The `{names}` in a content text that this site has no value for."""
        return [name for name in _PLACE.findall(text) if name not in self.site]

    def count(self, key: str, number: int, **values: object) -> str:
        """A phrase that depends on a number: `key-1`, `key-2` … if it is there, else `key-n`."""
        exact = f"{key}-{number}"
        return self(exact if exact in self.texts else f"{key}-n", n=number, **values)
