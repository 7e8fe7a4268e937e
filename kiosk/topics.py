"""Put a topic together from its file and the shelf of its pack; refuse what a visitor could meet.

Takes the path of a Markdown file; gives back a Topic, or None and what is wrong with it.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

from pydantic import ValidationError

from kiosk.datafiles import explain, parse_yaml, read_text
from kiosk.dose import dose_in_words
from kiosk.errors import ContentError
from kiosk.markdown import TELL_STAFF, ExerciseRequest, Parsed, parse, section
from kiosk.models import (
    AnyBlock,
    Exercise,
    ExerciseCard,
    FigureBlock,
    FrontMatter,
    Line,
    Span,
    Term,
    Topic,
)
from kiosk.shelf import LANG, Shelf

NEEDS_NO_EVIDENCE = frozenset({"signpost", "site"})


def load_topic(path: Path, shelf: Shelf) -> Topic | None:
    """The topic of a file, or None when it has a problem; the problems go on the shelf."""
    before = len(shelf.problems)
    try:
        about, body, first_line = _split(path)
    except ContentError as error:
        shelf.problems.append(error)
        return None
    parsed = parse(body, shelf.phrases, first_line)
    shelf.problems += [
        ContentError(path, one.line, one.problem, one.mend) for one in parsed.problems
    ]
    topic = _assemble(path, about, parsed, shelf)
    _require_evidence(path, topic, shelf)
    _require_own_ids(path, topic, shelf)
    _require_figures(path, topic, shelf)
    _require_parts(path, topic, shelf)
    _require_holds(path, topic, shelf)
    if not topic.opening and not topic.sections:
        shelf.problems.append(ContentError(path, first_line, "the topic is empty", "write it"))
    return topic if len(shelf.problems) == before else None


def _split(path: Path) -> tuple[FrontMatter, str, int]:
    """Front matter, body, and the number of the body's first line. Raises ContentError."""
    lines = read_text(path).splitlines()
    if not lines or lines[0].strip() != "---":
        raise ContentError(path, 1, "the file does not begin with `---`", "add the front matter")
    ends = [number for number, line in enumerate(lines[1:], 2) if line.strip() == "---"]
    if not ends:
        raise ContentError(path, 1, "the front matter has no end", "close it with `---`")
    data = parse_yaml("\n".join(lines[1 : ends[0] - 1]), path, first_line=2)
    try:
        about = FrontMatter.model_validate(data)
    except ValidationError as error:
        raise ContentError(path, 1, explain(error), "correct the front matter") from error
    return about, "\n".join(lines[ends[0] :]), ends[0] + 1


def _assemble(path: Path, about: FrontMatter, parsed: Parsed, shelf: Shelf) -> Topic:
    def filled(blocks: list[AnyBlock | ExerciseRequest]) -> tuple[AnyBlock, ...]:
        done: list[AnyBlock] = []
        for block in blocks:
            if not isinstance(block, ExerciseRequest):
                done.append(block)
            elif exercise := shelf.exercises.get(block.exercise):
                done.append(_exercise_card(block, exercise, about.audience, shelf))
            else:
                shelf.problems.append(
                    ContentError(
                        path,
                        block.number,
                        f"no exercise is called `{block.exercise}`",
                        "see exercises.yaml",
                    )
                )
        return tuple(done)

    topic = Topic(
        pack=shelf.folder.name,
        id=path.stem,
        lang=LANG,
        about=about,
        title=Line(id="title", spans=(Span(text=about.title),)),
        opening=filled(parsed.opening),
        sections=tuple(section(heading, filled(blocks)) for heading, blocks in parsed.sections),
    )
    terms = tuple(_terms(path, topic, shelf))
    fingerprint = _fingerprint(topic, terms, shelf)
    return topic.model_copy(update={"terms": terms, "fingerprint": fingerprint})


def _exercise_card(
    request: ExerciseRequest, exercise: Exercise, audience: str, shelf: Shelf
) -> ExerciseCard:
    phrases, evidence = shelf.phrases, (exercise.id, *exercise.evidence)
    seated = shelf.exercises.get(exercise.seated)

    def line(name: str, text: str) -> Line:
        return Line(
            id=f"{request.id}-{name}",
            spans=(Span(text=text),),
            evidence=evidence,
            number=request.number,
        )

    steps = enumerate(exercise.steps, 1)
    return ExerciseCard(
        id=request.id,
        exercise=exercise.id,
        figure=exercise.figure,
        name=line("h", exercise.name),
        dose=line("dose", dose_in_words(exercise.dose_for(audience), phrases)),
        steps=tuple(line(str(number), step.text) for number, step in steps),
        caution=line("caution", exercise.caution),
        easier=line("easier", phrases("exercise-easier", how=exercise.easier))
        if exercise.easier
        else None,
        seated=line("seated", phrases("exercise-seated", name=seated.name)) if seated else None,
        seated_exercise=exercise.seated if seated else "",
    )


def _terms(path: Path, topic: Topic, shelf: Shelf) -> list[Term]:
    found: dict[str, Term] = {}
    for line in topic.lines:
        for name in (span.term for span in line.spans if span.term):
            if name in shelf.terms:
                found.setdefault(name, shelf.terms[name])
            else:
                shelf.problems.append(
                    ContentError(
                        path,
                        line.number,
                        f"the glossary does not explain “{name}”",
                        "add it to glossary.yaml",
                    )
                )
    return sorted(found.values(), key=lambda term: term.term.lower())


def _require_evidence(path: Path, topic: Topic, shelf: Shelf) -> None:
    for line in topic.lines:
        for item in line.evidence:
            if item in NEEDS_NO_EVIDENCE:
                continue
            if item == TELL_STAFF and not shelf.knows(item):
                continue  # the kiosk's own line; a subject need not bring evidence for it
            if not shelf.knows(item):
                problem, mend = f"the evidence `{item}` is not known", "see evidence.yaml"
            elif item in shelf.evidence and not shelf.evidence[item].safe:
                problem, mend = f"the evidence `{item}` is marked unsafe", "take the line out"
            else:
                continue
            shelf.problems.append(ContentError(path, line.number, problem, mend))


def _require_figures(path: Path, topic: Topic, shelf: Shelf) -> None:
    if shelf.figures is None:  # told once, where the figures are drawn
        return
    for block in topic.blocks:
        if isinstance(block, FigureBlock) and block.figure not in shelf.figures:
            problem = f"no figure is called `{block.figure}`"
            shelf.problems.append(ContentError(path, block.number, problem, "see figures.yaml"))


def _require_parts(path: Path, topic: Topic, shelf: Shelf) -> None:
    known = {section.id for section in topic.sections}
    for part in topic.about.leaflet:
        if part not in known:
            problem = f"the leaflet asks for the part `{part}`, which is not a section"
            shelf.problems.append(ContentError(path, 1, problem, f"use {', '.join(sorted(known))}"))


def _require_holds(path: Path, topic: Topic, shelf: Shelf) -> None:
    known = {section.id for section in topic.sections}
    for part, name in topic.about.holds.items():
        exercise = shelf.exercises.get(name)
        if part not in known:
            problem, mend = f"`{part}` is held, but is not a section", "see `holds:`"
        elif exercise is None or exercise.dose_for(topic.about.audience).hold_s[0] < 1:
            problem, mend = f"`{part}` is held like `{name}`, which has no hold", "see `holds:`"
        else:
            continue
        shelf.problems.append(ContentError(path, 1, problem, mend))


def _require_own_ids(path: Path, topic: Topic, shelf: Shelf) -> None:
    """A section “Step 1” after a section “Step”, whose first block has the id step-1 already."""
    ids = Counter(
        [block.id for block in topic.blocks]
        + [line.id for line in topic.lines]
        + [section.id for section in topic.sections]
    )
    for one in topic.sections:
        if ids[one.id] > 1:
            problem = f"the heading “{one.heading.text}” has the address of another part"
            mend = "give it other words"
            shelf.problems.append(ContentError(path, one.heading.number, problem, mend))


def _fingerprint(topic: Topic, terms: tuple[Term, ...], shelf: Shelf) -> str:
    """A hash over the topic's words, evidence and flags: what a reviewer signs for."""
    entries = [
        (shelf.evidence.get(item) or shelf.flags.get(item) or shelf.exercises.get(item), item)
        for item in topic.evidence
    ]
    signed = {
        "about": topic.about.model_dump(),
        "words": [(line.id, line.text) for line in topic.lines],
        "terms": [term.model_dump() for term in terms],
        "evidence": [entry.model_dump(mode="json") if entry else item for entry, item in entries],
    }
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
