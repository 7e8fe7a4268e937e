"""Is it decided how every unusual word is said?

A word in the British word list is left to the engines. Anything else (an abbreviation, a number
with a unit, the name of a medicine) needs a line in `spoken/<lang>.yaml`: somebody listened to it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kiosk.datafiles import read_model
from kiosk.speech.spoken import Lexicon, SpokenForms

WORD_LIST = Path("/usr/share/dict/british-english")  # Debian package wbritish

_TOKEN = re.compile(r"[^\W_]+(?:[’'.,][^\W_]+)*|[&£$€%°+=<>@#*~^|\\/]")
_WHOLE_NUMBER = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")
_CAPITALS = re.compile(r"[^\W\d_]*[A-Z][^\W\d_]*[A-Z]")
_PLACE = re.compile(r"\{[a-z_0-9]+\}")


@cache
def british_words(path: Path = WORD_LIST) -> frozenset[str] | None:
    """The plain words, in lower case; None where the list is not installed."""
    if not path.is_file():
        return None
    return frozenset(path.read_text("utf-8").lower().split())


class Ear:
    """Knows which words have been listened to."""

    def __init__(self, forms: SpokenForms, words: frozenset[str]) -> None:
        self._lexicon = Lexicon(forms)
        self._words = words
        self._fine = {word.written for word in forms.words if word.fine_because}

    def undecided(self, text: str) -> list[str]:
        """The tokens of a text for which nobody has decided how they are said, each once."""
        for piece in reversed(self._lexicon.say(text).pieces):
            text = f"{text[: piece.start]} {text[piece.end :]}"
        tokens = dict.fromkeys(token.replace("’", "'") for token in _TOKEN.findall(text))
        return [token for token in tokens if not self._decided(token)]

    def _decided(self, token: str) -> bool:
        plain = token.removesuffix("'s")
        if _WHOLE_NUMBER.fullmatch(token) or plain in self._fine or plain.lower() in self._fine:
            return True
        if not plain.isalpha() and "'" not in plain:
            return False
        return not _CAPITALS.match(plain) and plain.lower() in self._words


def read_spoken_forms(content: Path, lang: str) -> SpokenForms:
    """A language's spoken forms. Raises ContentError."""
    return read_model(content / "spoken" / f"{lang}.yaml", SpokenForms)


def empty_decisions(forms: SpokenForms) -> list[str]:
    """The words that stand in the file with neither or both of `say` and `fine_because`."""
    return [word.written for word in forms.words if bool(word.say) == bool(word.fine_because)]


def spoken_phrases(texts: Mapping[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    """The interface's words that may be read aloud, by key; the staff page is not."""
    for key, value in texts.items():
        if not key.startswith("staff-"):
            for text in [value] if isinstance(value, str) else value:
                yield key, _PLACE.sub(" ", text)
