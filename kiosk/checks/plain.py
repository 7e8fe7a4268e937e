"""Plain words and house style: short sentences, short paragraphs, and one way to write a thing.

Sources: WCAG 2.2 criterion 3.1.5 and the NHS style guide, as taken over in docs/writing.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from kiosk.checks.passages import Kind, Passage

MOST_WORDS_IN_SENTENCE = 20
MOST_SENTENCES_IN_PARAGRAPH = 3
ABBREVIATIONS = frozenset({"NHS", "GP", "GPs", "UK", "TENS", "BSL"})

Complaint = tuple[str, str]  # the problem, and the mend
PlainRule = Callable[[Passage], Iterator[Complaint]]


def count_words(text: str) -> int:
    """How many words a text has; a lone dash is not a word."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def short_sentences(passage: Passage) -> Iterator[Complaint]:
    """A sentence has at most 20 words."""
    for sentence in passage.line.sentences:
        words = count_words(sentence.text)
        if words > MOST_WORDS_IN_SENTENCE:
            start = " ".join(sentence.text.split()[:5])
            yield (
                f"a sentence of {words} words (“{start} …”)",
                f"cut it to {MOST_WORDS_IN_SENTENCE} words, or in two",
            )


def short_paragraphs(passage: Passage) -> Iterator[Complaint]:
    """A paragraph has at most 3 sentences.

    An exercise is free of this: its caution keeps all of its safety points in one place, and its
    numbers are put in words by the kiosk.
    """
    sentences = len(passage.line.sentences)
    if sentences > MOST_SENTENCES_IN_PARAGRAPH and passage.kind is not Kind.EXERCISE:
        yield (
            f"a paragraph of {sentences} sentences",
            f"keep to {MOST_SENTENCES_IN_PARAGRAPH}, or begin another",
        )


def headings_without_stop(passage: Passage) -> Iterator[Complaint]:
    """A heading does not end in a full stop."""
    if passage.kind is Kind.HEADING and passage.text.rstrip().endswith("."):
        yield "a heading that ends in a full stop", "take the full stop out"


def care_card_lines(passage: Passage) -> Iterator[Complaint]:
    """A card's item ends the sentence its heading began: lower case, no full stop."""
    text = passage.text
    if passage.in_card and re.search(r"\bif this happens\b", text, re.IGNORECASE):
        yield "“if this happens” does not say what", "name the sign"
    if passage.kind is not Kind.CARD_ITEM:
        return
    if text[:1].isupper() and not re.match(r"(?:I|A&E|NHS|GP)\b", text):
        yield "a care card's item that begins with a capital", "begin it in lower case"
    if text.rstrip().endswith("."):
        yield "a care card's item that ends in a full stop", "take the full stop out"


def do_and_do_not(passage: Passage) -> Iterator[Complaint]:
    """Each line of a do-not box begins "do not"; no line of a do box does (NHS design system)."""
    negative = re.match(r"(?:do not|don[’']t)\b", passage.text, re.IGNORECASE)
    if passage.kind is Kind.DO_NOT and not passage.text.startswith("do not "):
        yield "a do-not line that does not begin “do not”", "begin it “do not”"
    if passage.kind is Kind.DO and negative:
        yield "a do line that begins “do not”", "move it to a do-not box"


_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_STYLE: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), problem, mend)
    for pattern, problem, mend in (
        (
            r"\d\s+(?:°\s?)?(?:C|F|mg|mcg|g|kg|ml|cm|mm|km)\b",
            "a space between a number and its unit",
            "write “38C”, “250mg”",
        ),
        (r"°", "a degree sign", "write “38C”"),
        (r"(?<!A)&|&(?!E\b)", "“&”", "write “and”; only A&E has it"),
        (r"\b[Ee]\.?g\b\.?", "“e.g.”", "write “such as” or “for example”"),
        (r"\b[Ii]\.e\b\.?", "“i.e.”", "write “that is”"),
        (r"\b[Ee]tc\b\.?", "“etc”", "name the things, or write “such as”"),
        (r"!", "an exclamation mark", "end with a full stop"),
        (
            r"\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b",
            "a month cut short",
            "write it in full",
        ),
        (
            rf"\b\d+(?:st|nd|rd|th) (?:of )?(?:{_MONTHS})\b|\b(?:{_MONTHS}) \d{{1,2}}\b",
            "a date in another form",
            "write “6 August 2026”",
        ),
        (
            r"(?<![\d.,])(?!0|18001\b|(?:19|20)\d\d(?!\d))\d{4,}(?![\d.])",
            "a number of 4 digits or more without a comma",
            "write “1,000”",
        ),
        (
            r"(?<!or )\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
            "a number in letters",
            "write it in digits",
        ),
    )
)
_CAPITALS = re.compile(r"\b[A-Z]{2,}s?\b")


def house_style(passage: Passage) -> Iterator[Complaint]:
    """One way to write a thing (NHS style guide)."""
    for pattern, problem, mend in _STYLE:
        if found := pattern.search(passage.text):
            shown = found[0].strip()
            yield problem if shown in problem else f"{problem} (“{shown}”)", mend
    for word in dict.fromkeys(_CAPITALS.findall(passage.text)):
        if word not in ABBREVIATIONS:
            yield f"“{word}” in capitals", "write it small, or in full"


_FIT = re.compile(
    r"\b(?:seizures?|convuls\w+|(?:an?|the|of|have|has|had|having) fits?)\b(?! for)",
    re.IGNORECASE,
)


def a_cramp_is_not_a_fit(passage: Passage) -> Iterator[Complaint]:
    """The words fit, seizure and convulsion are for a real one: a line about a red flag."""
    if any(item.startswith("rf-") or item == "what-not-a-seizure" for item in passage.evidence):
        return
    if found := _FIT.search(passage.text):
        yield f"“{found[0]}” where a cramp is meant", "write “cramp”"


PLAIN_RULES: Mapping[str, PlainRule] = {
    "sentence-length": short_sentences,
    "paragraph-length": short_paragraphs,
    "heading-stop": headings_without_stop,
    "card-lines": care_card_lines,
    "do-lines": do_and_do_not,
    "house-style": house_style,
    "not-a-fit": a_cramp_is_not_a_fit,
}
