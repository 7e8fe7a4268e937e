"""A tiny pack, complete and without fault, that a test may spoil in one place.

It has one topic, one exercise, one word in the glossary, and evidence of every strength. The words
of the interface and the spoken forms are the kiosk's own.
"""

import shutil
from pathlib import Path

from kiosk.check import check_catalogue
from kiosk.loader import Catalogue, load_catalogue

CONTENT = Path(__file__).parent.parent / "content"

GOOD_TOPIC = """\
---
title: Ease the pain
tile: Ease the pain
summary: What to do first.
for: Anyone with a leg cramp.
aim: To help you stop a leg cramp.
---

::: emergency
- your leg hurts, and you cannot breathe well [rf-clot-lungs]

Do not warm a cold leg. [rf-clot-lungs]
:::

::: urgent
- one leg is swollen or hot [rf-dvt-signs]

Do this on 6 August 2026, and leave the leg alone. [rf-dvt-signs]
:::

A slow stretch can ease a [[calf]] cramp. Do it at home. [relief-stretch-calf]

## Stretch it

::: important Before you stretch
Is your leg newly swollen? Leave it alone. [exercise-not-if-dvt]

Have you had an operation? Ask first. Stop if you feel faint. [exercise-ask-first, exercise-stop]
:::

::: exercise ex-towel
:::

## What may help

These may help: [prevent-stretch-before-bed]

- a stretch at bedtime [prevent-stretch-before-bed]

For herbs there is no good evidence. [medicine-herbs]

Some blame lactic acid. This is not true. [myth-lactic-acid]

::: do
- stretch slowly [relief-stretch-calf]
:::

::: do-not
- do not pull hard [relief-stretch-calf]
:::

For more, see [Ease the pain](relief). [signpost]
"""

_ABOUT = """\
title: Leg cramps
question: What would you like to know?
version: "2026.11"
published: 2026-11-21
review_due: 2027-11-21
home: [relief]
"""

_SOURCES = """\
- {id: a-source, title: Leg cramps, publisher: NHS, year: "2026", kind: page, url: null,
   licence: OGL, read: true}
"""

_EVIDENCE = """\
- id: {id}
  topic: {topic}
  audiences: [everyone]
  statement: {statement}
  detail: More.
  strength: {strength}
  sources: [a-source]
  cautions: None.
  safe: {safe}
"""

# id, topic, strength, statement
_CLAIMS = (
    ("relief-stretch-calf", "relief", "moderate", "Straighten the leg and pull up the toes."),
    ("what-cramp-is", "what", "strong", "A cramp is a muscle that goes tight."),
    ("what-not-a-seizure", "what", "strong", "A cramp is no seizure."),
    ("help-tell-staff", "help", "expert-opinion", "Is it happening now? Then tell staff."),
    ("exercise-not-if-dvt", "exercises", "expert-opinion", "Leave a hot, swollen leg alone."),
    ("exercise-ask-first", "exercises", "expert-opinion", "Ask first after an operation."),
    ("exercise-stop", "exercises", "strong", "Stop when you are dizzy."),
    ("prevent-stretch-before-bed", "prevention", "limited", "Bedtime stretches may help a bit."),
    ("pregnancy-magnesium", "pregnancy", "limited", "It is not clear that magnesium helps."),
    ("pregnancy-caffeine", "pregnancy", "strong", "Have less caffeine in pregnancy."),
    ("pregnancy-tummy-cramps", "pregnancy", "strong", "Tummy pain is another matter."),
    ("medicine-herbs", "medicines", "traditional-no-evidence", "Nothing shows that herbs work."),
    ("myth-lactic-acid", "myths", "contradicted", "Acid is not the cause of cramps."),
    ("myth-unsafe", "myths", "contradicted", "Prick it."),
)

_FLAGS = """\
- {id: rf-clot-lungs, level: emergency, services: ["999"], audiences: [everyone],
   sign: Leg pain and no breath., action: Call., sources: [a-source]}
- {id: rf-dvt-signs, level: same-day, services: ["111"], audiences: [everyone],
   sign: One leg is swollen., action: Call today., sources: [a-source]}
- {id: rf-seizure, level: emergency, services: ["999"], audiences: [everyone],
   sign: Someone has a fit., action: Call., sources: [a-source]}
"""

GOOD_EXERCISE = """\
- id: ex-towel
  name: Calf stretch with a towel
  audiences: [everyone]
  muscle: calf
  where: back of the leg
  position: seated
  figure: towel
  steps:
    - {text: "Sit well back on a chair."}
    - {text: "Pull your toes up with a towel.", hold: true}
  doses:
    - {audience: everyone, hold_s: [10, 15], repeats: [3, 3], each: leg, times_a_day: [1, 1],
       when: before bed}
  caution: "Pull gently."
  evidence: [relief-stretch-calf]
  sources: [a-source]
"""

GOOD_GLOSSARY = """\
- {term: calf, forms: [calves], meaning: "The back of your lower leg.", evidence: [what-cramp-is]}
"""

_FORBIDDEN = """\
- {name: Nurofen, kind: brand}
- {name: Boots, kind: brand, as_written: true}
- {name: miracle, kind: promise}
- {name: charley horse, kind: slang}
"""


def write_pack(content: Path, pack: str = "leg-cramps") -> Path:
    """Write the tiny pack below `content`; give back the file of its one topic."""
    for folder in ("phrases", "spoken"):
        shutil.copytree(CONTENT / folder, content / folder, dirs_exist_ok=True)
    evidence = "".join(
        _EVIDENCE.format(
            id=name,
            topic=topic,
            strength=strength,
            statement=statement,
            safe=str(name != "myth-unsafe").lower(),
        )
        for name, topic, strength, statement in _CLAIMS
    )
    files = {
        "pack.yaml": _ABOUT,
        "sources.yaml": _SOURCES,
        "evidence.yaml": evidence,
        "red-flags.yaml": _FLAGS,
        "exercises.yaml": GOOD_EXERCISE,
        "forbidden.yaml": _FORBIDDEN,
        "en-GB/glossary.yaml": GOOD_GLOSSARY,
        "en-GB/relief.md": GOOD_TOPIC,
    }
    for name, text in files.items():
        path = content / pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return content / pack / "en-GB" / "relief.md"


def change(path: Path, old: str, new: str) -> None:
    """Put `new` in the place of the first `old` of a file, which must be there."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")


def load(content: Path) -> Catalogue:
    """The catalogue of a content folder, for England."""
    return load_catalogue(content)


def found(content: Path) -> list[str]:
    """What `check` says of a content folder: `file:line: problem; mend`, folders left out."""
    errors = check_catalogue(load(content), content)
    return [f"{error.path.name}:{error.line}: {error.problem}; {error.mend}" for error in errors]
