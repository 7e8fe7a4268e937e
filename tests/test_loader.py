"""The content as packs: a broken topic is left out and named, and all others serve."""

import pytest

from kiosk.errors import ContentError
from kiosk.loader import LANG, load_catalogue, load_phrases
from kiosk.models import ExerciseCard
from tests.content_pack import change
from tests.small_pack import FIRST, PACK, SECOND, SECOND_TOPIC, SmallPack

TOPIC = f"{LANG}/{FIRST}.md"


def test_a_sound_pack_has_no_problems(small: SmallPack) -> None:
    catalogue = small.load()
    assert catalogue.problems == ()
    assert list(catalogue.packs) == [PACK]
    assert set(catalogue.packs[PACK].topics) == {FIRST, SECOND}


# A broken topic. Each: what is changed to what, and what is said of it on the changed line.

BROKEN = {
    "a line without evidence": (
        "A slow stretch can ease a [[calf]] cramp. Do it at home. [relief-stretch-calf]",
        "A slow stretch can ease a [[calf]] cramp. Do it at home.",
        "a line without evidence",
    ),
    "unknown evidence": ("- stretch slowly [relief-stretch-calf]", "- stretch [nobody]", "nobody"),
    "unsafe evidence": (
        "- stretch slowly [relief-stretch-calf]",
        "- stretch [myth-unsafe]",
        "marked unsafe",
    ),
    "an unknown exercise": ("::: exercise ex-towel", "::: exercise ex-ladder", "ex-ladder"),
    "an unknown hard word": ("[[calf]]", "[[patella]]", "does not explain “patella”"),
    "a table": ("These may help: [prevent-stretch-before-bed]", "|a|\n|-|\n|b|", "a table"),
    "HTML": ("These may help: [prevent-stretch-before-bed]", "<br>", "HTML"),
    "an unknown box": ("::: do-not", "::: never", "no box is called “never”"),
    "an unknown place": ("Do it at home.", "Call {nobody}.", "no value for {nobody}"),
    "a heading twice": ("## What may help", "## Stretch it", "a second section"),
    "a heading of the page": ("## What may help", "## Words", "cannot use as an address"),
    "another part's address": ("## What may help", "## Stretch it 1", "address of another part"),
    "no front matter": ("---\ntitle", "title", "does not begin with `---`"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_topic_is_left_out_and_named_by_its_line(small: SmallPack, name: str) -> None:
    old, new, problem = BROKEN[name]
    number = small.change_topic(old, new)
    catalogue = small.load()
    pack = catalogue.packs[PACK]
    assert set(pack.topics) == {SECOND}
    assert pack.broken == (FIRST,)
    found = [(str(one.path), one.line, one.problem) for one in catalogue.problems]
    path = str(small.path(TOPIC))
    assert any(at == path and line == number and problem in said for at, line, said in found), found
    assert str(catalogue.problems[0]).startswith(f"{path}:")
    assert all(one.mend for one in catalogue.problems)


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("for: Anyone with a leg cramp.\n", "", 1, "`for`: field required"),
        ("tile: Ease the pain\n", "colour: red\n", 1, "`colour`"),
        ("title: Ease the pain\n", "title: [Ease\n", 3, "not readable as YAML"),
        ("title: Ease the pain\n", f"title: {'x' * 66}\n", 1, "`title`"),
        ("summary:", "layout: wall\nsummary:", 1, "`layout`"),
        ("cramp.\n---\n", "cramp.\n", 1, "the front matter has no end"),
    ],
)
def test_broken_front_matter_is_named(
    small: SmallPack, old: str, new: str, line: int, problem: str
) -> None:
    small.change_topic(old, new)
    catalogue = small.load()
    assert set(catalogue.packs[PACK].topics) == {SECOND}
    (error,) = catalogue.problems
    assert error.line == line or "YAML" in problem
    assert problem in error.problem


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "does not begin with `---`"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (SECOND_TOPIC.partition("\n\n")[0].encode(), "the topic is empty"),
    ],
)
def test_a_file_that_is_no_topic_is_named(small: SmallPack, data: bytes, problem: str) -> None:
    small.write(TOPIC, data)
    catalogue = small.load()
    assert set(catalogue.packs[PACK].topics) == {SECOND}
    assert [problem in str(error) for error in catalogue.problems] == [True]


# Data files


def test_an_entry_that_does_not_fit_takes_away_only_what_uses_it(small: SmallPack) -> None:
    small.change("exercises.yaml", "hold_s: [10, 15]", "hold_s: [long]")
    catalogue = small.load()
    assert set(catalogue.packs[PACK].topics) == {SECOND}
    assert catalogue.problems[0].path.name == "exercises.yaml"
    assert catalogue.problems[0].line == 1


@pytest.mark.parametrize("name", ["evidence.yaml", "red-flags.yaml", "exercises.yaml"])
def test_an_entry_with_an_unknown_source_is_not_used(small: SmallPack, name: str) -> None:
    small.change(name, "[a-source]", "[nowhere]")
    catalogue = small.load()
    assert FIRST not in catalogue.packs[PACK].topics
    assert "names the unknown source `nowhere`" in catalogue.problems[0].problem
    assert catalogue.problems[0].path.name == name


@pytest.mark.parametrize(
    "name",
    ["sources.yaml", "evidence.yaml", "red-flags.yaml", "exercises.yaml", f"{LANG}/glossary.yaml"],
)
@pytest.mark.parametrize("data", [None, b"\xff", b"- [", b"just words"])
def test_a_data_file_that_cannot_be_read_is_named_and_the_kiosk_starts(
    small: SmallPack, name: str, data: bytes | None
) -> None:
    path = small.path(name)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    catalogue = small.load()
    assert FIRST in catalogue.packs[PACK].broken
    assert path in [error.path for error in catalogue.problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version: "2026.11"', "version: 2026.11"),
        ("published: 2026-11-21", "published: 2026-11-31"),
        ("question: What would you like to know?\n", ""),
        ("home: [relief]", "home: ["),
    ],
)
def test_a_pack_that_cannot_be_read_is_named_and_the_other_packs_serve(
    small: SmallPack, old: str, new: str
) -> None:
    other = SmallPack(small.content.parent)
    path = other.content / "sore-knees" / "pack.yaml"
    path.parent.mkdir()
    path.write_bytes(small.path("pack.yaml").read_bytes())
    change(path, old, new)
    catalogue = load_catalogue(small.content)
    assert set(catalogue.packs) == {PACK}
    (error,) = catalogue.problems
    assert error.path == path


def test_a_folder_without_a_pack_is_no_pack(small: SmallPack) -> None:
    (small.content / "drafts").mkdir()
    assert list(small.load().packs) == [PACK]


# The words of the interface


def test_each_nation_has_its_own_services(small: SmallPack) -> None:
    texts = {
        nation: load_phrases(small.content, nation).site["advice_line"]
        for nation in ("england", "wales", "scotland", "northern-ireland")
    }
    assert len(set(texts.values())) == 3
    assert texts["england"] == texts["wales"]


def test_a_nation_without_services_is_refused(small: SmallPack) -> None:
    with pytest.raises(ContentError, match="no services for the nation “france”"):
        load_phrases(small.content, "france")


@pytest.mark.parametrize("data", [None, b"- a list", b"\xff"])
def test_without_words_for_the_interface_there_is_no_kiosk(
    small: SmallPack, data: bytes | None
) -> None:
    path = small.content / "phrases" / f"{LANG}.yaml"
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(ContentError, match=rf"{LANG}\.yaml:1: "):
        small.load()


# What a reviewer signs for


def test_an_exercise_stands_where_it_was_asked_for(small: SmallPack) -> None:
    topic = small.pack().topics[FIRST]
    (card,) = [block for block in topic.blocks if isinstance(block, ExerciseCard)]
    assert card.name.text == "Calf stretch with a towel"
    assert [step.text for step in card.steps] == [
        "Sit well back on a chair.",
        "Pull your toes up with a towel.",
    ]
    assert card.easier is None
    assert all(line.evidence[0] == "ex-towel" for line in card.lines)


def test_hard_words_are_explained_once_each(small: SmallPack) -> None:
    small.change_topic("Do it at home.", "Rub your [[calf]].")
    assert [term.term for term in small.pack().topics[FIRST].terms] == ["calf"]


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        (TOPIC, "stretch slowly", "stretch gently", {FIRST}),
        (TOPIC, "summary: What to do first.", "summary: What to do.", {FIRST}),
        (f"{LANG}/glossary.yaml", "lower leg", "leg", {FIRST}),
        ("exercises.yaml", "Sit well back", "Sit back", {FIRST}),
        ("red-flags.yaml", "action: Call today.", "action: Call.", {FIRST}),
        ("evidence.yaml", "strength: moderate", "strength: limited", {FIRST, SECOND}),
        ("pack.yaml", "2026.11", "2026.12", set()),
        ("sources.yaml", "NHS", "The NHS", set()),
    ],
)
def test_the_fingerprint_follows_words_evidence_and_flags(
    small: SmallPack, name: str, old: str, new: str, changed: set[str]
) -> None:
    before = small.pack().topics
    small.change(name, old, new)
    after = small.pack().topics
    assert {one for one in after if after[one].fingerprint != before[one].fingerprint} == changed


def test_the_fingerprint_does_not_depend_on_layout_or_place(small: SmallPack) -> None:
    before = small.pack().topics[FIRST].fingerprint
    small.change_topic("A slow stretch", "A slow\nstretch")
    assert small.pack().topics[FIRST].fingerprint == before
