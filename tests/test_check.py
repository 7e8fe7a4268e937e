"""Each rule of `check` sees its fault, at its line; and a pack without fault is left in peace."""

import re
from pathlib import Path

import pytest
import yaml

from kiosk.check import check_catalogue, reading_grades, reading_reviews
from kiosk.checks.claims import CLAIM_RULES
from kiosk.checks.plain import PLAIN_RULES
from kiosk.checks.reading import grade, syllables
from kiosk.checks.topics import TOPIC_RULES
from tests.content_pack import CONTENT, change, found, load, write_pack
from tests.figures.small_file import FILE

OPENING = "A slow stretch can ease a [[calf]] cramp. Do it at home. [relief-stretch-calf]\n"
DVT_ITEM = "- one leg is swollen or hot [rf-dvt-signs]\n"
URGENT = (
    "::: urgent\n"
    + DVT_ITEM
    + "\nDo this on 6 August 2026, and leave the leg alone. [rf-dvt-signs]\n:::\n\n"
)
LONG = " ".join(["word"] * 21)

# rule, what stands in the good topic, what a careless hand makes of it, what check says
FAULTS = [
    # Sentences, paragraphs, headings
    ("sentence-length", "Do it at home.", f"{LONG.capitalize()}.", "a sentence of 21 words"),
    (
        "sentence-length",
        "summary: What to do first.",
        f"summary: {LONG}.",
        "a sentence of 21 words",
    ),
    ("paragraph-length", "Do it at home.", "Sit. Stop. Rest. Drink.", "a paragraph of 5 sentences"),
    ("heading-stop", "## Stretch it", "## Stretch it.", "heading that ends in a full stop"),
    ("heading-stop", "Before you stretch", "Before you stretch.", "ends in a full stop"),
    # Lines of cards and lists
    ("card-lines", "- one leg is", "- One leg is", "begins with a capital"),
    ("card-lines", "swollen or hot [", "swollen or hot. [", "ends in a full stop"),
    ("card-lines", "Do this on", "Call if this happens on", "does not say what"),
    ("do-lines", "- do not pull hard", "- never pull hard", "does not begin “do not”"),
    ("do-lines", "- do not pull hard", "- don’t pull hard", "does not begin “do not”"),
    ("do-lines", "- stretch slowly", "- do not jump up", "a do line that begins “do not”"),
    ("do-lines", "- stretch slowly", "- don't jump up", "a do line that begins “do not”"),
    # House style
    ("house-style", "Do it at home.", "Not above 38 C.", "a space between a number and its unit"),
    ("house-style", "Do it at home.", "Not above 38°C.", "a degree sign"),
    ("house-style", "Do it at home.", "Rest & drink.", "“&”; write “and”"),
    ("house-style", "Do it at home.", "Rest, e.g. in bed.", "“e.g.”"),
    ("house-style", "Do it at home.", "Rest, i.e. in bed.", "“i.e.”"),
    ("house-style", "Do it at home.", "Rest, drink etc.", "“etc”"),
    ("house-style", "Do it at home.", "Do it now!", "an exclamation mark"),
    ("house-style", "Do it at home.", "Do it NOW.", "“NOW” in capitals"),
    ("house-style", "6 August 2026", "6 Aug 2026", "a month cut short"),
    ("house-style", "6 August 2026", "August 6, 2026", "a date in another form"),
    ("house-style", "6 August 2026", "6th August 2026", "a date in another form"),
    ("house-style", "Do it at home.", "Walk 10000 steps.", "without a comma"),
    ("house-style", "Do it at home.", "Do it three times.", "a number in letters"),
    ("not-a-fit", "Do it at home.", "A cramp is like a fit.", "“a fit” where a cramp is meant"),
    ("not-a-fit", "Do it at home.", "Calf convulsions pass.", "where a cramp is meant"),
    ("not-a-fit", "## What may help", "## After a seizure", "“seizure” where a cramp is meant"),
    # What may be said, and how surely
    ("forbidden-names", "Do it at home.", "Take nurofen.", "the brand “Nurofen”"),
    ("forbidden-names", "Do it at home.", "Go to Boots.", "the brand “Boots”"),
    ("forbidden-names", "Do it at home.", "It is a miracle.", "the promise “miracle”"),
    ("forbidden-names", "Do it at home.", "A charley horse.", "the slang “charley horse”"),
    ("no-doses", "Do it at home.", "Take 250mg.", "a dose (“250mg”)"),
    ("no-doses", "Do it at home.", "Take 5ml at night.", "a dose (“5ml”)"),
    ("no-doses", "Do it at home.", "Take 2 tablets.", "a dose (“2 tablets”)"),
    ("no-doses", "Do it at home.", "Take one tablet.", "a dose (“one tablet”)"),
    (
        "careful-words",
        "For herbs there is no good evidence. [medicine-herbs]",
        "Magnesium does stop cramps. [pregnancy-magnesium]",
        "too sure for evidence that is limited",
    ),
    (
        "careful-words",
        "These may help: [",
        "These help: [",
        "too sure for evidence that is limited",
    ),
    (
        "careful-words",
        "For herbs there is no good evidence.",
        "Herbs ease cramps.",
        "too sure for evidence that is traditional-no-evidence",
    ),
    (
        "careful-words",
        "Some blame lactic acid. This is not true.",
        "Lactic acid brings on cramps.",
        "too sure for evidence that is contradicted",
    ),
    (
        "own-words",
        "Do it at home.",
        "Straighten  the leg, and PULL up the toes.",
        "the statement of `relief-stretch-calf`",
    ),
    # The topic as a whole
    ("dead-link", "](relief)", "](releif)", "a link to “releif”"),
    ("dead-link", "](relief)", "](https://example.org)", "a link to “https://example.org”"),
    (
        "topic-length",
        "Do it at home. [relief-stretch-calf]",
        "Do it at home. [relief-stretch-calf]\n\n" + "Do rest. [what-cramp-is]\n\n" * 300,
        "a topic of 7",
    ),
    ("answer-first", OPENING, "", "no answer in the first 40 words"),
    ("answer-first", OPENING, "See [Ease](relief). [signpost]\n", "no answer in the first 40"),
    (
        "answer-first",
        OPENING,
        "- Rest a little, then a little more. [what-cramp-is]\n" * 6 + "\n" + OPENING,
        "no answer in the first 40",
    ),
    ("card-order", URGENT + OPENING, OPENING + "\n" + URGENT, "a care card below other text"),
    ("card-order", "::: emergency", "::: urgent", "no emergency card"),
    ("card-order", "::: emergency", "::: non-urgent", "does not begin with its emergency card"),
    ("card-order", URGENT, URGENT + URGENT, "a second urgent card"),
    ("card-order", URGENT, URGENT.replace("urgent", "emergency", 1), "a second emergency card"),
    (
        "card-order",
        OPENING,
        OPENING + "\n" + URGENT.replace("urgent", "emergency", 1),
        "an emergency card after a less urgent one",
    ),
    (
        "key-steps",
        "aim: To help you stop a leg cramp.",
        "aim: To help you stop a leg cramp.\nkey_steps: [Do it at]",
        "not whole sentences of a line of this topic: “Do it at”",
    ),
    (
        "key-steps",
        "aim: To help you stop a leg cramp.",
        "aim: To help you stop a leg cramp.\nkey_steps:" + "\n - Do it at home." * 20,
        "with the emergency line",
    ),
    ("clot-signs", DVT_ITEM, "- one leg is sore [rf-clot-lungs]\n", "signs of a blood clot"),
    (
        "stretch-cautions",
        "[exercise-not-if-dvt]",
        "[what-cramp-is]",
        "without `exercise-not-if-dvt`",
    ),
    ("stretch-cautions", "[exercise-ask-first, ", "[", "without `exercise-ask-first`"),
    ("stretch-cautions", ", exercise-stop]", "]", "without `exercise-stop`"),
    ("tummy-cramps", "aim:", "audience: pregnancy\naim:", "does not tell tummy cramps apart"),
    # Words to listen to
    ("spoken", "Do it at home.", "Ask about zopiclone.", "how “zopiclone” is said"),
    ("spoken", "Do it at home.", "Ask about vitamin B99.", "how “B99” is said"),
    # What the loader refuses
    ("loader", "::: important", "::: warning", "no box is called “warning”"),
    ("loader", "::: emergency", "::: emergency hospital", "goes to “hospital”"),
    ("loader", "Do it at home.", "Do it <b>now</b>.", "HTML cannot be read aloud"),
    ("loader", "Do it at home.", "Do it *now*.", "italics cannot be read aloud"),
    ("loader", OPENING, "| a | b |\n|---|---|\n| c | d |\n", "a table cannot be read aloud"),
    ("loader", OPENING, "> said\n", "a quotation cannot be read aloud"),
    ("loader", OPENING, "![](x.png)\n", "a picture cannot be read aloud"),
    ("loader", "## Stretch it", "### Stretch it", "a heading that is not `## `"),
    ("loader", " [myth-lactic-acid]", "", "a line without evidence"),
    ("loader", "[medicine-herbs]", "[medicine-hrebs]", "`medicine-hrebs` is not known"),
    ("loader", "[medicine-herbs]", "[myth-unsafe]", "`myth-unsafe` is marked unsafe"),
    ("loader", "exercise ex-towel", "exercise ex-rope", "no exercise is called `ex-rope`"),
    ("loader", "[[calf]]", "[[shin]]", "the glossary does not explain “shin”"),
    ("loader", ". [signpost]", ". [what-cramp-is]", "a link in a line that is not a signpost"),
    ("loader", "Do it at home.", "Call {helpline}.", "no value for {helpline}"),
    ("loader", "---\ntitle", "title", "does not begin with `---`"),
    ("loader", "cramp.\n---\n", "cramp.\n", "the front matter has no end"),
    ("loader", "tile: ", "tiel: ", "`tiel`: extra inputs are not permitted"),
    ("loader", "title: Ease", f"title: {'E' * 60} ", "at most 65 characters"),
    ("loader", ":::\n\n::: urgent", "::: urgent", "a box that is never closed"),
    ("loader", "## What may help", "## Stretch it", "a second section “Stretch it”"),
]


def ids(fault: tuple[str, str, str, str]) -> str:
    return f"{fault[0]}: {fault[3]}"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    write_pack(tmp_path)
    return tmp_path


def test_a_pack_without_fault_has_no_findings(content: Path) -> None:
    assert found(content) == []


@pytest.mark.parametrize("fault", FAULTS, ids=ids)
def test_each_rule_sees_its_fault(content: Path, fault: tuple[str, str, str, str]) -> None:
    _, good, bad, said = fault
    change(content / "leg-cramps/en-GB/relief.md", good, bad)
    findings = found(content)
    assert any(said in finding for finding in findings), findings
    assert all(re.match(r"relief\.md:\d+: .+; .+", finding) for finding in findings)


def test_every_rule_has_a_fault_that_shows_it() -> None:
    shown = {rule for rule, *_ in FAULTS}
    assert {*PLAIN_RULES, *CLAIM_RULES, *TOPIC_RULES, "spoken", "loader"} == shown


@pytest.mark.parametrize(
    ("good", "bad", "line_of"),
    [
        ("Do it at home.", "Do it now!", "Do it now!"),
        ("Before you stretch", "Before you stretch.", "newly swollen"),
        ("## Stretch it", "## Stretch it.", "## Stretch it."),
        ("- do not pull hard", "- never pull hard", "- never pull hard"),
        ("summary: What to do first.", "summary: What now!", "summary:"),
        ("](relief)", "](releif)", "](releif)"),
        ("[medicine-herbs]", "[hrebs]", "[hrebs]"),
    ],
)
def test_a_finding_names_the_line_it_stands_on(
    content: Path, good: str, bad: str, line_of: str
) -> None:
    path = content / "leg-cramps/en-GB/relief.md"
    change(path, good, bad)
    text = path.read_text("utf-8")
    number = text.count("\n", 0, text.index(line_of)) + 1
    (finding,) = found(content)
    assert finding.startswith(f"relief.md:{number}: ")


@pytest.mark.parametrize(
    ("good", "fine"),
    [
        ("Do it at home.", "It is not above 38C, and 2,500 steps are enough in 2026."),
        ("Do it at home.", "Go to A&E with help from NHS 111, a GP or a pharmacist."),
        ("Do it at home.", "Do it for a minute or two, in shoes with a good fit."),
        ("Do it at home.", "Call 0161 496 0000 for help."),
        ("These may help: [prevent-stretch-before-bed]", "Never force it. [pregnancy-magnesium]"),
        ("These may help: [", "It is not clear if these help: ["),
        (
            "For herbs there is no good evidence. [medicine-herbs]",
            "A cramp is not a fit (seizure). [what-not-a-seizure]",
        ),
        ("- one leg is swollen", "- someone has a fit [rf-seizure]\n- one leg is swollen"),
        (
            "For herbs there is no good evidence. [medicine-herbs]",
            "Keep caffeine to 200mg a day or less. [pregnancy-caffeine]",
        ),
        ("Do it at home.", "Sit in your old boots."),
    ],
)
def test_good_writing_is_left_in_peace(content: Path, good: str, fine: str) -> None:
    change(content / "leg-cramps/en-GB/relief.md", good, fine)
    assert found(content) == []


def test_the_page_of_all_signs_may_be_long_and_have_a_card_in_each_section(content: Path) -> None:
    sign = "## Sign {n}\n\n::: emergency\n- you feel very ill [rf-clot-lungs]\n:::\n\n"
    topic = (
        "---\ntitle: When to get help\nsummary: Signs.\nfor: Anyone.\naim: To help.\n---\n\n"
        "Find your sign. [what-cramp-is]\n\n"
        + "".join(sign.format(n=n) for n in range(60))
        + f"## Today\n\n{URGENT}"
    )
    (content / "leg-cramps/en-GB/get-help.md").write_text(topic, "utf-8")
    assert found(content) == []
    (content / "leg-cramps/en-GB/another.md").write_text(topic, "utf-8")
    assert {finding.partition(":")[0] for finding in found(content)} == {"another.md"}


def test_a_topic_in_steps_gives_its_answer_in_the_first_step(content: Path) -> None:
    path = content / "leg-cramps/en-GB/relief.md"
    text = path.read_text("utf-8").replace("aim:", "layout: steps\naim:")
    cards, step = text[text.index("::: emerg") : text.index(OPENING)], f"## Now\n\n{OPENING}"
    steps = text.replace(cards, "").replace(OPENING, step) + f"\n{cards}"
    path.write_text(steps, "utf-8")
    assert found(content) == []
    path.write_text(steps.replace(step, "## Now\n\nSee [Ease](relief). [signpost]\n"), "utf-8")
    assert any("no answer in the first 40 words" in finding for finding in found(content))


def test_a_link_to_a_topic_that_is_left_out_is_no_second_problem(content: Path) -> None:
    (content / "leg-cramps/en-GB/broken.md").write_text("no front matter", "utf-8")
    change(content / "leg-cramps/en-GB/relief.md", "](relief)", "](broken)")
    (finding,) = found(content)
    assert finding.startswith("broken.md:1: ")


def test_a_home_tile_without_a_topic_is_no_problem(content: Path) -> None:
    change(content / "leg-cramps/pack.yaml", "home: [relief]", "home: [relief, later]")
    assert found(content) == []


@pytest.mark.parametrize(
    ("name", "good", "bad", "said"),
    [
        ("exercises.yaml", "Pull gently.", "Pull gently!", "exercises.yaml:1: an exclamation mark"),
        ("exercises.yaml", "Pull gently.", "Use Nurofen.", "the brand “Nurofen”"),
        ("exercises.yaml", "before bed", f"before {LONG}", "a sentence of 2"),
        ("exercises.yaml", "name: Calf", f"name: {'C' * 40}", "at most 40 characters"),
        ("exercises.yaml", "[a-source]", "[no-source]", "names the unknown source `no-source`"),
        ("en-GB/glossary.yaml", "lower leg", "lower leg, e.g. the calf", "glossary.yaml:1: “e.g.”"),
        ("evidence.yaml", "strength: moderate", "strength: sure", "evidence.yaml:1: `strength`"),
        ("forbidden.yaml", "kind: promise", "kind: boast", "forbidden.yaml:3: `kind`"),
        ("pack.yaml", "title: Leg cramps", "title: LEG cramps", "pack.yaml:1: “LEG” in capitals"),
        ("pack.yaml", "question:", "questoin:", "pack.yaml:1: `question`: field required"),
    ],
)
def test_the_data_files_are_read_too(
    content: Path, name: str, good: str, bad: str, said: str
) -> None:
    change(content / "leg-cramps" / name, good, bad)
    findings = found(content)
    assert any(said in finding for finding in findings), findings


@pytest.fixture
def drawn(content: Path) -> Path:
    """The good pack with one figure, which its exercise uses."""
    (content / "leg-cramps/figures.yaml").write_text(yaml.safe_dump(FILE), "utf-8")
    (figure,) = FILE["figures"]
    change(content / "leg-cramps/exercises.yaml", "figure: towel", f"figure: {figure}")
    return content


def test_a_pack_whose_figures_are_drawn_has_no_findings(drawn: Path) -> None:
    assert found(drawn) == []


def test_an_exercise_that_nobody_has_drawn_is_found(drawn: Path) -> None:
    (figure,) = FILE["figures"]
    change(drawn / "leg-cramps/exercises.yaml", f"figure: {figure}", "figure: rope")
    (finding,) = found(drawn)
    assert finding.startswith("figures.yaml:1: `ex-towel` asks for the figure `rope`")


def test_a_hard_word_that_nobody_has_drawn_is_found(drawn: Path) -> None:
    change(drawn / "leg-cramps/en-GB/glossary.yaml", "evidence:", "figure: shin, evidence:")
    (finding,) = found(drawn)
    assert "the word “calf” asks for the figure `shin`" in finding


def test_a_figure_that_cannot_be_drawn_is_found_by_its_line(drawn: Path) -> None:
    path = drawn / "leg-cramps/figures.yaml"
    path.write_text(path.read_text("utf-8").replace("poses:", "posse:", 1), "utf-8")
    assert any(finding.startswith("figures.yaml:") for finding in found(drawn))


def test_figures_that_cannot_be_read_are_one_finding(drawn: Path) -> None:
    (drawn / "leg-cramps/figures.yaml").write_text("figures: {", "utf-8")
    assert any(finding.startswith("figures.yaml:") for finding in found(drawn))


def test_a_word_is_reported_once_for_each_file(content: Path) -> None:
    path = content / "leg-cramps/en-GB/relief.md"
    change(path, "Do it at home.", "Zopiclone and Zopiclone.")
    change(path, "Some blame", "Zopiclone or")
    (finding,) = found(content)
    assert "“Zopiclone”" in finding


def test_a_spoken_form_must_be_a_decision(content: Path) -> None:
    change(content / "spoken/en-GB.yaml", "words:", "words:\n  - {written: B99}")
    assert any(f.startswith("en-GB.yaml:1: “B99” is not decided") for f in found(content))


def test_spoken_forms_that_cannot_be_read_are_one_finding(content: Path) -> None:
    (content / "spoken/en-GB.yaml").write_text("words: {", "utf-8")
    (finding,) = found(content)
    assert finding.startswith("en-GB.yaml:")


def test_a_phrase_with_an_unusual_word_is_found(content: Path) -> None:
    change(content / "phrases/en-GB.yaml", "bar-home: Home", "bar-home: Homezz")
    (finding,) = found(content)
    assert re.match(r"en-GB\.yaml:\d+: nobody has decided how “Homezz” is said", finding)


@pytest.mark.parametrize("name", ["print", "staff", "speech"])
def test_a_pack_may_not_have_the_name_of_a_page(tmp_path: Path, name: str) -> None:
    write_pack(tmp_path, pack=name)
    assert any(f"the kiosk has a page “{name}”" in finding for finding in found(tmp_path))


def test_a_topic_may_not_have_the_name_of_a_page_of_its_pack(content: Path) -> None:
    good = (content / "leg-cramps/en-GB/relief.md").read_text("utf-8")
    (content / "leg-cramps/en-GB/leaflets.md").write_text(good, "utf-8")
    (finding,) = found(content)
    assert "a pack has a page “leaflets”" in finding


def test_a_topic_may_not_have_the_name_of_a_group(content: Path) -> None:
    group = "groups: {relief: {title: More, parts: [{title: Nights, topics: [relief]}]}}"
    change(content / "leg-cramps/pack.yaml", "home:", f"{group}\nhome:")
    (finding,) = found(content)
    assert finding.startswith("relief.md:1: a pack has a page “relief”")


def test_another_subject_needs_no_signs_of_a_clot(content: Path) -> None:
    flags = content / "leg-cramps/red-flags.yaml"
    text = flags.read_text("utf-8").replace("rf-dvt-signs", "rf-other")
    flags.write_text(text, "utf-8")
    topic = content / "leg-cramps/en-GB/relief.md"
    topic.write_text(topic.read_text("utf-8").replace("rf-dvt-signs", "rf-other"), "utf-8")
    assert found(content) == []


def test_findings_come_in_order_and_name_their_file_from_here(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content)
    path = content / "leg-cramps/en-GB/relief.md"
    change(path, "Some blame", "Yes! Some blame")
    change(path, "Do it at home.", "Do it now!")
    first, second = check_catalogue(load(content), content)
    assert str(first).startswith("leg-cramps/en-GB/relief.md:21: an exclamation mark")
    assert first.line < second.line


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("leg", 1), ("are", 1), ("stretch", 1), ("places", 2), ("seated", 2), ("pulled", 1),
        ("muscle", 2), ("while", 1), ("people", 2), ("doing", 2), ("calcium", 3), ("usual", 3),
        ("exercises", 4), ("pharmacist", 3), ("physiotherapist", 6), ("30", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_an_ear_would(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_reading_grade_follows_the_formula() -> None:
    assert grade(["Sit on the bed."]) == pytest.approx(0.39 * 4 + 11.8 - 15.59)
    assert grade([]) == 0


def test_a_hard_topic_is_put_up_for_review_but_is_no_error(content: Path) -> None:
    hard = "Physiotherapists recommend individually appropriate rehabilitation. " * 3
    path = content / "leg-cramps/en-GB/relief.md"
    before = reading_grades(load(content))["leg-cramps/relief"]
    assert reading_reviews(load(content)) == []
    for _ in range(8):
        change(path, "## Stretch it", f"{hard.strip()} [relief-stretch-calf]\n\n## Stretch it")
    catalogue = load(content)
    assert reading_grades(catalogue)["leg-cramps/relief"] > before
    (line,) = reading_reviews(catalogue)
    assert line.startswith("review leg-cramps/relief: reading grade ")
    assert found(content) == []


def test_the_rules_are_told_to_writers() -> None:
    told = (CONTENT.parent / "docs/writing.md").read_text("utf-8")
    for rule in (*PLAIN_RULES, *CLAIM_RULES, *TOPIC_RULES):
        assert f"| `{rule}` |" in told
