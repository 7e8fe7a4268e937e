"""What may not be said, and how surely the rest may be said.

No doses, brands or promises; the evidence's strength decides the verb; and a claim is put in the
topic's own words, not in those of evidence.yaml.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.checks.passages import Kind, Passage
from kiosk.checks.plain import Complaint
from kiosk.datafiles import read_entries
from kiosk.errors import ContentError
from kiosk.models import Pack, Strength, Strict


class Forbidden(Strict):
    """A name or a phrase that a visitor must not read; an entry of forbidden.yaml."""

    name: str
    kind: Literal["brand", "promise", "slang"]
    as_written: bool = False  # a brand that is also a plain word: only with its capital


@dataclass(frozen=True)
class Claims:
    """What the rules of this module need to know of a pack."""

    pack: Pack
    forbidden: Sequence[Forbidden]


ClaimRule = Callable[[Passage, Claims], Iterator[Complaint]]


def read_forbidden(folder: Path) -> tuple[list[Forbidden], list[ContentError]]:
    """A pack's forbidden.yaml, if it has one, and what is wrong in it."""
    path = folder / "forbidden.yaml"
    return read_entries(path, Forbidden) if path.is_file() else ([], [])


_MENDS = {
    "brand": "say what it is, not whose",
    "promise": "say only what the evidence bears",
    "slang": "say it in plain British words",
}


def forbidden_names(passage: Passage, claims: Claims) -> Iterator[Complaint]:
    """No brands, no promises, no slang."""
    text = passage.text.replace("’", "'")
    for entry in claims.forbidden:
        flags = re.NOFLAG if entry.as_written else re.IGNORECASE
        if re.search(rf"(?<!\w){re.escape(entry.name)}(?!\w)", text, flags):
            yield f"the {entry.kind} “{entry.name}”", _MENDS[entry.kind]


_DOSE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|half an?)\s?(?:mg|mcg|µg|g|ml|IU|micrograms?|milligrams?"
    r"|grams?|millilitres?|tablets?|capsules?|pills?|drops|puffs|sachets?|spoonfuls?"
    r"|(?:tea|table)spoons?)\b",
    re.IGNORECASE,
)


def no_doses(passage: Passage, _claims: Claims) -> Iterator[Complaint]:
    """No amounts of a medicine. The caffeine limit in pregnancy is not a dose."""
    if "pregnancy-caffeine" in passage.evidence and "caffeine" in passage.text.lower():
        return
    if found := _DOSE.search(passage.text):
        yield f"a dose (“{found[0]}”)", "leave the amount out, and say whom to ask"


# What a line must hold somewhere when all its evidence is of one grade. A warning or a way to ask
# may be firm whatever the grade: the last list is for every grade.
_CAREFUL: Mapping[Strength, str] = {
    Strength.LIMITED: (
        r"may|might|could|try|not (?:clear|sure|certain|known|proven|shown|agree)|not been shown"
        r"|one (?:study|lab test)|nobody|no one|(?:no|little) (?:good )?evidence"
    ),
    Strength.NO_EVIDENCE: (
        r"no good evidence|not (?:\w+ )?(?:proven|shown|known)|not been (?:proven|shown)"
        r"|(?:is|are) not (?:a|an|the|for)\b|not treat|nor is there"
    ),
    Strength.CONTRADICTED: r"not true|untrue|false|a myth|does not|do not|is not|are not",
}
_FIRM = r"do not|don[’']t|never|ask|see (?:a|an|your)|keep|leave|talk to|call|get help"


def careful_words(passage: Passage, claims: Claims) -> Iterator[Complaint]:
    """Weak evidence is told in careful words; see the table of strengths in docs/writing.md."""
    known = claims.pack.evidence
    if passage.kind in (Kind.HEADING, Kind.MEANING):
        return  # neither claims anything
    if not all(item in known for item in passage.evidence):
        return
    grades = {known[item].strength for item in passage.evidence}
    if len(grades) != 1 or (grade := grades.pop()) not in _CAREFUL:
        return
    said = f"{passage.lead} {passage.text}"
    firm = _FIRM if grade is not Strength.CONTRADICTED else _CAREFUL[grade]
    if not re.search(rf"\b(?:{_CAREFUL[grade]}|{firm})\b", said, re.IGNORECASE):
        yield f"too sure for evidence that is {grade.value}", f"say “{_EXAMPLES[grade]}”"


_EXAMPLES = {
    Strength.LIMITED: "may",
    Strength.NO_EVIDENCE: "there is no good evidence that …",
    Strength.CONTRADICTED: "this is not true",
}


def own_words(passage: Passage, claims: Claims) -> Iterator[Complaint]:
    """No statement of evidence.yaml stands in a text word for word."""
    text = f" {_bare(passage.text)} "
    for claim in claims.pack.evidence.values():
        if f" {_bare(claim.statement)} " in text:
            yield f"the statement of `{claim.id}`, word for word", "say it in your own words"


def _bare(text: str) -> str:
    """A text without case, spacing and punctuation."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


CLAIM_RULES: Mapping[str, ClaimRule] = {
    "forbidden-names": forbidden_names,
    "no-doses": no_doses,
    "careful-words": careful_words,
    "own-words": own_words,
}
