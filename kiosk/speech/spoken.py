"""How written things are said, with a map back to what is written.

Takes written text and the lexicon of `content/spoken/<lang>.yaml`; gives back SpokenText, which
keeps both, so that the highlight stays on what the visitor sees ("250mg") while the voice says
"250 milligrams". Plain respelling where it helps: it works in every engine. Phonemes only then.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from kiosk.datafiles import read_entries, read_model
from kiosk.errors import ContentError
from kiosk.models import Strict

MOST_KEPT = 4096  # spoken forms kept at hand: all that a pack says, four times over
# How each engine takes the phonemes of a word in the midst of a text.
MARKS: Mapping[str, Callable[[str, str], str]] = {
    "espeak-ng": lambda _word, phonemes: f"[[{phonemes}]]",
    "kokoro": lambda word, phonemes: f"[{word}](/{phonemes}/)",
}


class Decision(Strict):
    """How one written word is said; `fine_because` when every engine says it right already.

    `phonemes` are for an engine that no respelling brings to say it right: eSpeak NG's own
    letters (`espeak-ng -x`), or those of Kokoro (IPA, as docs/voice.md lists them).
    """

    written: str
    say: str = ""
    fine_because: str = ""
    phonemes: dict[Literal["espeak-ng", "kokoro"], str] = Field(default={})


class Pattern(Strict):
    r"""A regular expression over the written text, and what is said; `\1` is its first group."""

    pattern: str
    say: str


class SpokenForms(Strict):
    """A spoken/<lang>.yaml file. Patterns come first; the first that fits a place wins."""

    patterns: tuple[Pattern, ...] = ()
    words: tuple[Decision, ...] = Field(default=())


def pack_words(folder: Path, lang: str) -> tuple[list[Decision], list[ContentError]]:
    """How a pack's own words are said, by its `<lang>/spoken.yaml`, and what is wrong there.

    One word each, with a letter in it: numbers and phrases are the kiosk's to decide.
    """
    path = folder / lang / "spoken.yaml"
    if not path.is_file():
        return [], []
    words, problems = read_entries(path, Decision)
    for word in words:
        if not re.fullmatch(r"\S*[^\W\d_]\S*", word.written):
            problem = f"“{word.written}” is not one word"
            problems.append(ContentError(path, 1, problem, "a pack decides single words only"))
    return words if not problems else [], problems


def with_words(forms: SpokenForms, more: Iterable[Decision]) -> SpokenForms:
    """The kiosk's decisions, and those of packs for words that it has not decided itself."""
    words = {word.written: word for word in (*reversed([*more]), *forms.words)}
    return forms.model_copy(update={"words": tuple(words.values())})


@dataclass(frozen=True)
class Piece:
    """A stretch of the written text, [start, end), and what is said for it."""

    start: int
    end: int
    say: str


@dataclass(frozen=True)
class SpokenText:
    """A written text and the pieces of it that are said otherwise, in order, not overlapping."""

    written: str
    pieces: tuple[Piece, ...] = ()

    @property
    def spoken(self) -> str:
        """The text as it is said."""
        said, at = [], 0
        for piece in self.pieces:
            said += [self.written[at : piece.start], piece.say]
            at = piece.end
        return "".join([*said, self.written[at:]])

    def position(self, written: int) -> float:
        """Where a place in the written text is in the spoken one; inside a piece, in proportion."""
        shift = 0.0
        for piece in self.pieces:
            if written <= piece.start:
                break
            length = piece.end - piece.start
            if written < piece.end:
                return piece.start + shift + (written - piece.start) * len(piece.say) / length
            shift += len(piece.say) - length
        return written + shift


class Lexicon:
    """Decides how a text is said."""

    def __init__(self, forms: SpokenForms) -> None:
        self._rules = [(re.compile(rule.pattern), rule.say) for rule in forms.patterns]
        self._forms = forms
        self.say = lru_cache(MOST_KEPT)(self._say)
        self._words_of = lru_cache(self._words)

    @classmethod
    def load(cls, content: Path, lang: str, more: Iterable[Decision] = ()) -> "Lexicon":
        """Read `spoken/<lang>.yaml`, and take the words of packs with it. Raises ContentError."""
        forms = read_model(content / "spoken" / f"{lang}.yaml", SpokenForms)
        return cls(with_words(forms, more))

    def _words(self, engine: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
        """What an engine says for which written words, and where they stand in a text."""
        mark = MARKS.get(engine)
        words = {}
        for word in self._forms.words:
            phonemes = next((ph for name, ph in word.phonemes.items() if name == engine), "")
            if said := mark(word.written, phonemes) if mark and phonemes else word.say:
                words[word.written] = said
        longest_first = sorted(words, key=len, reverse=True)
        choices = "|".join(re.escape(word) for word in longest_first)
        return re.compile(rf"(?<![\w&])(?:{choices})(?![\w&])") if choices else None, words

    def _say(self, written: str, engine: str = "") -> SpokenText:
        """The spoken form of a text, for the engine of that name; without one, plain words only."""
        pieces: list[Piece] = []
        for rule, say in self._rules:
            _add(pieces, (Piece(m.start(), m.end(), m.expand(say)) for m in rule.finditer(written)))
        place, words = self._words_of(engine)
        if place:
            found = place.finditer(written)
            _add(pieces, (Piece(m.start(), m.end(), words[m[0]]) for m in found))
        return SpokenText(written, tuple(sorted(pieces, key=lambda piece: piece.start)))


def _add(pieces: list[Piece], found: Iterable[Piece]) -> None:
    """Add the pieces that overlap none that is there already."""
    for new in found:
        if all(new.end <= old.start or old.end <= new.start for old in pieces):
            pieces.append(new)
