"""Read `content/` into packs, and say every problem found on the way.

A topic with a problem that a visitor could meet is left out; all others serve. What is merely
poor style is not looked for here: see check.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.cache import Cache
from kiosk.datafiles import read_mapping, read_model
from kiosk.errors import ContentError
from kiosk.installed import installed_packs, releases, version_key
from kiosk.kept_content import KeptContent
from kiosk.models import Pack, PackAbout
from kiosk.phrases import Phrases
from kiosk.shelf import LANG


@dataclass(frozen=True)
class Catalogue:
    """All the content: packs by id, the words of the interface, and what had to be left out.

    `folders` says where each pack was read from.
    """

    packs: Mapping[str, Pack]
    phrases: Phrases
    problems: tuple[ContentError, ...] = ()
    folders: Mapping[str, Path] = field(default_factory=dict)


def load_catalogue(
    content: Path,
    nation: str = "england",
    staff_nearby: bool = True,
    installed: Path | None = None,
    kept: Cache | None = None,
    **site: str,
) -> Catalogue:
    """Read every pack under `content`, and the signed packs `installed`, which go before them.

    `nation` picks the services' names; without `staff_nearby` no card sends the visitor to staff;
    `kept` has what was read before and has not changed since; `site` gives the clinic's own values.
    Raises ContentError only when the interface's own words cannot be read: without them
    there is no kiosk.
    """
    phrases = load_phrases(content, nation, staff_nearby, **site)
    built_in = {path.parent.name: path.parent for path in sorted(content.glob("*/pack.yaml"))}
    reader = KeptContent(kept, phrases)
    packs: dict[str, Pack] = {}
    folders: dict[str, Path] = {}
    problems: list[ContentError] = []
    # The kiosk's own subjects keep their place on the home screen; new ones come after them.
    for name in dict.fromkeys([*built_in, *(installed_packs(installed) if installed else ())]):
        choices, found = _choices(installed, name, built_in.get(name))
        pack, more = _first_whole(choices, reader)
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
    choices: list[Path], reader: KeptContent
) -> tuple[tuple[Pack, Path] | None, list[ContentError]]:
    """The first choice without a problem; else the first that has topics, or is there at all."""
    loaded: list[tuple[Pack, Path]] = []
    problems: list[ContentError] = []
    for folder in choices:
        try:
            pack, found = _load_pack(folder, reader)
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


def _load_pack(folder: Path, reader: KeptContent) -> tuple[Pack, list[ContentError]]:
    about = read_model(folder / "pack.yaml", PackAbout)
    shelf = reader.shelf(folder)
    topics, broken = reader.topics(folder, shelf)
    # Not validated, which would read every topic: the parts are models already.
    pack = Pack.model_construct(
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
