"""Find all that is wrong in the content: what the loader refuses, and what is merely poor.

Takes a Catalogue and the folder it was read from; gives back one ContentError for each finding. The
rules are in `kiosk/checks/`, one small function each; docs/writing.md lists them for writers.
"""

from collections.abc import Iterator
from pathlib import Path

from kiosk.checks.claims import CLAIM_RULES, Claims, read_forbidden
from kiosk.checks.passages import Finding, Passage, pack_passages, topic_path
from kiosk.checks.plain import PLAIN_RULES
from kiosk.checks.reading import REVIEW_ABOVE, topic_grade
from kiosk.checks.sounds import (
    Ear,
    british_words,
    empty_decisions,
    read_spoken_forms,
    spoken_phrases,
)
from kiosk.checks.topics import TOPIC_RULES
from kiosk.errors import ContentError
from kiosk.figures import FigureError, Figures
from kiosk.loader import Catalogue
from kiosk.models import Pack
from kiosk.speech.spoken import pack_words, with_words

# The first part of an address is a pack or one of these; the second is a topic, a group of topics
# or one of those.
RESERVED_PACKS = frozenset(
    {
        "speech",
        "print",
        "staff",
        "static",
        "preferences",
        "help",
        "accessibility",
        "finish",
        "healthz",
        "metrics",
    }
)
RESERVED_TOPICS = frozenset({"leaflets", "session"})


def check_catalogue(catalogue: Catalogue, content: Path) -> list[ContentError]:
    """Every problem of the content, by file and line. Paths are relative to the current folder
    where they lie below it.
    """
    findings = [
        Finding(error.path, error.line, error.problem, error.mend) for error in catalogue.problems
    ]
    for pack in catalogue.packs.values():
        home = catalogue.folders[pack.id].parent
        findings += _addresses(pack, home)
        for topic in pack.topics.values():
            path = topic_path(topic, home)
            for rule in TOPIC_RULES.values():
                findings += [Finding(path, *remark) for remark in rule(topic, pack)]
        findings += _figures(pack, home)
        passages = list(pack_passages(pack, catalogue.phrases, home))
        findings += _wording(pack, passages, home)
    findings += _sounds(catalogue, content)
    errors = [
        ContentError(_relative(one.path), one.number, one.problem, one.mend)
        for one in dict.fromkeys(findings)
    ]
    return sorted(errors, key=lambda error: (str(error.path), error.line))


def _figures(pack: Pack, content: Path) -> Iterator[Finding]:
    """Poses that break a joint's limit or miss a contact; exercises and words nobody has drawn."""
    path = content / pack.id / "figures.yaml"
    if not path.is_file():
        return
    try:
        figures = Figures.load(path)
    except FigureError as error:
        yield Finding(error.path, error.line, error.problem, error.mend)
        return
    for problem in figures.problems:
        yield Finding(problem.path, problem.line, problem.problem, problem.mend)
    drawn = set(figures.names())
    for exercise in pack.exercises.values():
        if exercise.figure not in drawn:
            asks = f"`{exercise.id}` asks for the figure `{exercise.figure}`"
            yield Finding(path, 1, asks, "draw it, or name another")
    for term in dict.fromkeys(term for topic in pack.topics.values() for term in topic.terms):
        if term.figure and term.figure not in drawn:
            asks = f"the word “{term.term}” asks for the figure `{term.figure}`"
            yield Finding(path, 1, asks, "draw it, or name another")


def reading_grades(catalogue: Catalogue) -> dict[str, float]:
    """The reading grade (US school years) of each topic, by its address: `leg-cramps/relief`."""
    return {
        f"{pack.id}/{topic.id}": round(topic_grade(topic), 1)
        for pack in catalogue.packs.values()
        for topic in pack.topics.values()
    }


def reading_reviews(catalogue: Catalogue) -> list[str]:
    """A line for each topic that a person should read again; not errors."""
    return [
        f"review {address}: reading grade {grade}; above {REVIEW_ABOVE:g} look for plainer words"
        for address, grade in reading_grades(catalogue).items()
        if grade > REVIEW_ABOVE
    ]


def _addresses(pack: Pack, content: Path) -> Iterator[Finding]:
    """A pack or a topic must not have the name of a page of the kiosk's own."""
    if pack.id in RESERVED_PACKS:
        path = content / pack.id / "pack.yaml"
        yield Finding(path, 1, f"the kiosk has a page “{pack.id}”", "give the folder another name")
    for topic in pack.topics.values():
        if topic.id in RESERVED_TOPICS | pack.about.groups.keys():
            path = topic_path(topic, content)
            yield Finding(path, 1, f"a pack has a page “{topic.id}”", "give the file another name")


def _wording(pack: Pack, passages: list[Passage], content: Path) -> Iterator[Finding]:
    forbidden, broken = read_forbidden(content / pack.id)
    for error in broken:
        yield Finding(error.path, error.line, error.problem, error.mend)
    claims = Claims(pack, forbidden)
    for passage in passages:
        for plain in PLAIN_RULES.values():
            for complaint in plain(passage):
                yield Finding(passage.path, passage.number, *complaint)
        for claim in CLAIM_RULES.values():
            for complaint in claim(passage, claims):
                yield Finding(passage.path, passage.number, *complaint)


def _sounds(catalogue: Catalogue, content: Path) -> Iterator[Finding]:
    """A word nobody has listened to, once for each file it stands in."""
    lang = catalogue.phrases.lang
    try:
        forms = read_spoken_forms(content, lang)
    except ContentError as error:
        yield Finding(error.path, error.line, error.problem, error.mend)
        return
    path = content / "spoken" / f"{lang}.yaml"
    for written in empty_decisions(forms):
        yield Finding(path, 1, f"“{written}” is not decided", "give `say` or `fine_because`")
    for folder in catalogue.folders.values():
        own, problems = pack_words(folder, lang)
        yield from (Finding(one.path, one.line, one.problem, one.mend) for one in problems)
        forms = with_words(forms, own)
    words = british_words()
    if words is None:
        return  # without the word list every plain word would look unusual
    ear = Ear(forms, words)
    seen: set[tuple[Path, str]] = set()
    for place, number, text in _heard(catalogue, content):
        for token in ear.undecided(text):
            if (place, token) not in seen:
                seen.add((place, token))
                problem = f"nobody has decided how “{token}” is said"
                yield Finding(place, number, problem, f"listen, and add it to spoken/{lang}.yaml")


def _heard(catalogue: Catalogue, content: Path) -> Iterator[tuple[Path, int, str]]:
    phrases = catalogue.phrases
    path = content / "phrases" / f"{phrases.lang}.yaml"
    lines = path.read_text("utf-8").splitlines()
    for key, text in spoken_phrases(phrases.texts):
        number = next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
        yield path, number, text
    for pack in catalogue.packs.values():
        for passage in pack_passages(pack, phrases, catalogue.folders[pack.id].parent):
            yield passage.path, passage.number, passage.text


def _relative(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
