"""Read `content/` into packs, and say every problem found on the way.

A topic with a problem that a visitor could meet is left out; all others serve. What is merely
poor style is not looked for here: see check.py.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from kiosk.datafiles import explain, parse_yaml, read_entries, read_mapping, read_model, read_text
from kiosk.dose import dose_in_words
from kiosk.errors import ContentError
from kiosk.installed import installed_packs, releases, version_key
from kiosk.markdown import TELL_STAFF, ExerciseRequest, Parsed, parse, section
from kiosk.models import (
    AnyBlock,
    Evidence,
    Exercise,
    ExerciseCard,
    FigureBlock,
    FrontMatter,
    Line,
    Pack,
    PackAbout,
    RedFlag,
    Source,
    Span,
    Term,
    Topic,
)
from kiosk.phrases import Phrases

LANG = "en-GB"
NEEDS_NO_EVIDENCE = frozenset({"signpost", "site"})


@dataclass(frozen=True)
class Catalogue:
    """All the content: packs by id, the words of the interface, and what had to be left out.

    `folders` says where each pack was read from.
    """

    packs: Mapping[str, Pack]
    phrases: Phrases
    problems: tuple[ContentError, ...] = ()
    folders: Mapping[str, Path] = field(default_factory=dict)


@dataclass
class _Shelf:
    """The data files of a pack while its topics are read."""

    folder: Path
    phrases: Phrases
    evidence: dict[str, Evidence] = field(default_factory=dict)
    flags: dict[str, RedFlag] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    figures: frozenset[str] | None = frozenset()  # None when their file cannot be read
    problems: list[ContentError] = field(default_factory=list)

    def knows(self, item: str) -> bool:
        return item in self.evidence or item in self.flags or item in self.exercises


def load_catalogue(
    content: Path,
    nation: str = "england",
    staff_nearby: bool = True,
    installed: Path | None = None,
    **site: str,
) -> Catalogue:
    """Read every pack under `content`, and the signed packs `installed`, which go before them.

    `nation` picks the services' names; without `staff_nearby` no card sends the visitor to staff;
    `site` gives the clinic's own values. Raises ContentError only when the interface's own words
    cannot be read: without them there is no kiosk.
    """
    phrases = load_phrases(content, nation, staff_nearby, **site)
    built_in = {path.parent.name: path.parent for path in sorted(content.glob("*/pack.yaml"))}
    packs: dict[str, Pack] = {}
    folders: dict[str, Path] = {}
    problems: list[ContentError] = []
    # The kiosk's own subjects keep their place on the home screen; new ones come after them.
    for name in dict.fromkeys([*built_in, *(installed_packs(installed) if installed else ())]):
        choices, found = _choices(installed, name, built_in.get(name))
        pack, more = _first_whole(choices, phrases)
        problems += [*found, *more]
        if pack is not None:
            packs[name], folders[name] = pack
    return Catalogue(packs, phrases, tuple(problems), folders)


def _choices(
    installed: Path | None, name: str, built_in: Path | None
) -> tuple[list[Path], list[ContentError]]:
    """The folders a pack may be read from, best first: what is installed, then the kiosk's own.

    An installed release that is older than the kiosk's own is left: the kiosk was upgraded since.
    """
    found, problems = releases(installed, name) if installed else ([], [])
    if built_in is None:
        return [release.content for release in found], problems
    try:
        own = version_key(read_model(built_in / "pack.yaml", PackAbout).version)
    except ContentError:
        own = ()  # told when it is read in earnest, if nothing better is there
    newer = [one.content for one in found if version_key(one.manifest.version) >= own]
    return [*newer, built_in], problems


def _first_whole(
    choices: list[Path], phrases: Phrases
) -> tuple[tuple[Pack, Path] | None, list[ContentError]]:
    """The first choice without a problem; else the first that has topics, or is there at all."""
    loaded: list[tuple[Pack, Path]] = []
    problems: list[ContentError] = []
    for folder in choices:
        try:
            pack, found = _load_pack(folder, phrases)
        except ContentError as error:
            problems.append(error)
            continue
        if not found:
            return (pack, folder), problems
        problems += found
        loaded.append((pack, folder))
    loaded.sort(key=lambda one: not one[0].topics)
    return (loaded[0] if loaded else None), problems


def load_phrases(
    content: Path, nation: str = "england", staff_nearby: bool = True, **site: str
) -> Phrases:
    """The words of the interface, with the nation's services put in. Raises ContentError."""
    path = content / "phrases" / f"{LANG}.yaml"
    texts = read_mapping(path)
    nations = texts.pop("nations", {})
    if nation not in nations:
        known = ", ".join(nations)
        raise ContentError(path, 1, f"no services for the nation “{nation}”", f"use {known}")
    if not staff_nearby:
        texts.pop("card-tell-staff", None)
    return Phrases(LANG, texts, {**nations[nation], **site})


def _load_pack(folder: Path, phrases: Phrases) -> tuple[Pack, list[ContentError]]:
    about = read_model(folder / "pack.yaml", PackAbout)
    shelf = _Shelf(folder, phrases)
    _read_data(shelf)
    topics: dict[str, Topic] = {}
    broken: list[str] = []
    for path in sorted((folder / LANG).glob("*.md")):
        topic = _load_topic(path, shelf)
        if topic is None:
            broken.append(path.stem)
        else:
            topics[topic.id] = topic
    pack = Pack(
        id=folder.name,
        lang=LANG,
        about=about,
        topics=topics,
        broken=tuple(broken),
        evidence=shelf.evidence,
        flags=shelf.flags,
        exercises=shelf.exercises,
        sources=shelf.sources,
    )
    return pack, shelf.problems


def _read_data(shelf: _Shelf) -> None:
    sources, problems = read_entries(shelf.folder / "sources.yaml", Source)
    evidence, more = read_entries(shelf.folder / "evidence.yaml", Evidence)
    flags, yet_more = read_entries(shelf.folder / "red-flags.yaml", RedFlag)
    exercises, still_more = read_entries(shelf.folder / "exercises.yaml", Exercise)
    terms, last = read_entries(shelf.folder / LANG / "glossary.yaml", Term)
    shelf.problems += [*problems, *more, *yet_more, *still_more, *last]
    shelf.sources = {source.id: source for source in sources}
    shelf.terms = {term.term: term for term in terms}

    if (drawn := shelf.folder / "figures.yaml").is_file():
        shelf.figures = _figure_names(drawn)

    def with_sources(entry: Evidence | RedFlag | Exercise, name: str) -> bool:
        missing = [source for source in entry.sources if source not in shelf.sources]
        if missing:
            shelf.problems.append(
                ContentError(
                    shelf.folder / name,
                    1,
                    f"`{entry.id}` names the unknown source `{missing[0]}`",
                    "add it to sources.yaml",
                )
            )
        return not missing

    shelf.evidence = {one.id: one for one in evidence if with_sources(one, "evidence.yaml")}
    shelf.flags = {one.id: one for one in flags if with_sources(one, "red-flags.yaml")}
    shelf.exercises = {one.id: one for one in exercises if with_sources(one, "exercises.yaml")}
    for one in shelf.exercises.values():
        other = shelf.exercises.get(one.seated)
        if one.seated and (other is None or other.position != "seated"):
            problem = f"`{one.id}` is done sitting by `{one.seated}`, which is no seated exercise"
            mend = "name an exercise whose position is seated"
            shelf.problems.append(ContentError(shelf.folder / "exercises.yaml", 1, problem, mend))


def _figure_names(path: Path) -> frozenset[str] | None:
    """The figures that a file names, drawable or not; None when the file cannot be read."""
    try:
        named = read_mapping(path).get("figures")
    except ContentError:
        return None
    return frozenset(named) if isinstance(named, dict) else None


def _load_topic(path: Path, shelf: _Shelf) -> Topic | None:
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


def _assemble(path: Path, about: FrontMatter, parsed: Parsed, shelf: _Shelf) -> Topic:
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
    request: ExerciseRequest, exercise: Exercise, audience: str, shelf: _Shelf
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


def _terms(path: Path, topic: Topic, shelf: _Shelf) -> list[Term]:
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


def _require_evidence(path: Path, topic: Topic, shelf: _Shelf) -> None:
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


def _require_figures(path: Path, topic: Topic, shelf: _Shelf) -> None:
    if shelf.figures is None:  # told once, where the figures are drawn
        return
    for block in topic.blocks:
        if isinstance(block, FigureBlock) and block.figure not in shelf.figures:
            problem = f"no figure is called `{block.figure}`"
            shelf.problems.append(ContentError(path, block.number, problem, "see figures.yaml"))


def _require_parts(path: Path, topic: Topic, shelf: _Shelf) -> None:
    known = {section.id for section in topic.sections}
    for part in topic.about.leaflet:
        if part not in known:
            problem = f"the leaflet asks for the part `{part}`, which is not a section"
            shelf.problems.append(ContentError(path, 1, problem, f"use {', '.join(sorted(known))}"))


def _require_holds(path: Path, topic: Topic, shelf: _Shelf) -> None:
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


def _require_own_ids(path: Path, topic: Topic, shelf: _Shelf) -> None:
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


def _fingerprint(topic: Topic, terms: tuple[Term, ...], shelf: _Shelf) -> str:
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
