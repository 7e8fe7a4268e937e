"""What a whole topic must hold, and in which order: cards first, the answer next, cautions with it.

The rules of safety come from the content's own evidence: which claims are about stretching,
rubbing, heat or a sore calf is read from evidence.yaml, so that a new claim is covered at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from kiosk.checks.plain import count_words
from kiosk.key_steps import key_step_problems
from kiosk.models import AnyBlock, CareCard, ExerciseCard, Line, Pack, Paragraph, Topic, Urgency
from kiosk.topics import NEEDS_NO_EVIDENCE

MOST_WORDS_IN_TOPIC = 600
ANSWER_WITHIN_WORDS = 40
# A11Y-60: the one page that holds a card for every situation, each in a section of its own; it is
# looked things up in, not read through, so its length is free as well.
ALL_SIGNS_TOPIC = "get-help"

Remark = tuple[int, str, str]  # line number, problem, mend
TopicRule = Callable[[Topic, Pack], Iterator[Remark]]

_URGENCIES = tuple(Urgency)


def live_links(topic: Topic, pack: Pack) -> Iterator[Remark]:
    """A signpost leads to a topic of the pack; one left out for now has a page that says so."""
    for line in topic.lines:
        for link in line.links:
            if link.topic not in pack.topics and link.topic not in pack.broken:
                yield (
                    line.number,
                    f"a link to “{link.topic}”, which is not a topic of this pack",
                    "use the name of a topic's file, without `.md`",
                )


def topic_length(topic: Topic, _pack: Pack) -> Iterator[Remark]:
    """A topic has at most 600 words: six minutes of listening."""
    own = (line for line in topic.lines if line.evidence != ("site",))
    words = sum(count_words(line.text) for line in own)
    if words > MOST_WORDS_IN_TOPIC and topic.id != ALL_SIGNS_TOPIC:
        yield 1, f"a topic of {words} words", f"cut it to {MOST_WORDS_IN_TOPIC}, or in two"


def answer_first(topic: Topic, _pack: Pack) -> Iterator[Remark]:
    """The first words after the cards give the answer, with its evidence."""
    blocks: tuple[AnyBlock, ...] = topic.opening
    if topic.about.layout == "steps" and topic.sections:
        blocks = topic.sections[0].blocks
    words = 0
    for block in (block for block in blocks if not isinstance(block, CareCard)):
        if isinstance(block, Paragraph) and _claims(block.line):
            words += count_words(block.line.sentences[0].text)
            if words <= ANSWER_WITHIN_WORDS:
                return
            break
        words += sum(count_words(line.text) for line in block.lines)
    yield (
        _first_number(topic),
        f"no answer in the first {ANSWER_WITHIN_WORDS} words after the cards",
        "begin with a short paragraph that answers the question, with its evidence",
    )


def care_cards(topic: Topic, _pack: Pack) -> Iterator[Remark]:
    """Emergency, then urgent, then all else; one of each, save on the page of all signs."""
    cards = [block for block in topic.blocks if isinstance(block, CareCard)]
    emergencies = [card for card in cards if card.urgency is Urgency.EMERGENCY]
    if not emergencies:
        yield _first_number(topic), "no emergency card", "say when to call 999"
    for card, after in pairwise(cards):
        if _URGENCIES.index(after.urgency) < _URGENCIES.index(card.urgency):
            yield (
                after.items[0].number,
                f"an {after.urgency} card after a less urgent one",
                "put emergency first, then urgent, then non-urgent",
            )
    if topic.id == ALL_SIGNS_TOPIC:
        groups = [list(section.blocks) for section in topic.sections]
    else:
        groups = [list(topic.blocks)]
        yield from _cards_lead(topic)
    for group in groups:
        yield from _one_of_each(group)


def _cards_lead(topic: Topic) -> Iterator[Remark]:
    """On a page, the cards of the opening stand before its other text. A topic in steps has its
    first step first: the screen puts its own way to help above it.
    """
    text_begun = False
    for block in topic.opening:
        if isinstance(block, CareCard) and text_begun:
            yield (
                block.items[0].number,
                "a care card below other text",
                "put the cards first",
            )
        text_begun = text_begun or not isinstance(block, CareCard)
    first = topic.opening[0] if topic.opening else None
    urgent = isinstance(first, CareCard) and first.urgency is Urgency.EMERGENCY
    if topic.about.layout == "page" and not urgent:
        yield (
            _first_number(topic),
            "the topic does not begin with its emergency card",
            "put it first",
        )


def _one_of_each(blocks: list[AnyBlock]) -> Iterator[Remark]:
    for urgency in (Urgency.EMERGENCY, Urgency.URGENT):
        cards = [block for block in blocks if isinstance(block, CareCard)]
        same = [card for card in cards if card.urgency is urgency]
        for extra in same[1:]:
            yield extra.items[0].number, f"a second {urgency} card", "put its signs in the first"


# Claims about a sore calf, or about anything done to a leg that could harm one with a clot.
_CLOT_SUBJECTS = frozenset({"relief", "exercises", "veins-and-circulation"})
_CLOT_WORDS = re.compile(
    r"\b(?:calf|calves|stretch\w*|massage|rub\w*|heat|warm\w*|compression|wrap|bandage)\b",
    re.IGNORECASE,
)
_CLOT_SIGNS = frozenset({"rf-dvt-signs"})
_CLOT_SIGNS_PREGNANCY = frozenset({"rf-dvt-signs", "rf-dvt-pregnancy"})


def clot_signs(topic: Topic, pack: Pack) -> Iterator[Remark]:
    """Whoever reads of calf pain, massage, heat, stretching or compression sees the clot signs."""
    if not _CLOT_SIGNS & set(pack.flags):
        return  # another subject's pack, which knows nothing of clots
    claims = [pack.evidence[item] for item in topic.evidence if item in pack.evidence]
    about_legs = _exercises(topic) or any(
        claim.topic in _CLOT_SUBJECTS or _CLOT_WORDS.search(claim.statement) for claim in claims
    )
    cards = [block for block in topic.blocks if isinstance(block, CareCard)]
    shown = {item for card in cards for line in card.items for item in line.evidence}
    pregnancy = topic.about.audience == "pregnancy"
    if about_legs and not shown & (_CLOT_SIGNS_PREGNANCY if pregnancy else _CLOT_SIGNS):
        yield (
            _first_number(topic),
            "the signs of a blood clot are in no card",
            "add them to the urgent card, with [rf-dvt-signs]",
        )


STRETCH_CAUTIONS = ("exercise-not-if-dvt", "exercise-ask-first", "exercise-stop")


def stretch_cautions(topic: Topic, pack: Pack) -> Iterator[Remark]:
    """Who is shown an exercise or told a stretch is told when not to, whom to ask, when to stop."""
    told = any("stretch" in item.split("-") for item in topic.evidence)
    if not told and not _exercises(topic):
        return
    for caution in STRETCH_CAUTIONS:
        if caution in pack.evidence and caution not in topic.evidence:
            yield (
                _first_number(topic),
                f"an exercise or a stretch without `{caution}`",
                "add it to an important box before the stretch",
            )


def tummy_cramps(topic: Topic, pack: Pack) -> Iterator[Remark]:
    """A pregnancy page says that tummy cramps are another matter."""
    wanted = {"pregnancy-tummy-cramps", "rf-pregnancy-tummy-cramps"}
    if not wanted & {*pack.evidence, *pack.flags}:
        return  # another subject's pack
    if topic.about.audience == "pregnancy" and not wanted & set(topic.evidence):
        yield (
            _first_number(topic),
            "a pregnancy topic that does not tell tummy cramps apart",
            "add [pregnancy-tummy-cramps]",
        )


def _exercises(topic: Topic) -> bool:
    return any(isinstance(block, ExerciseCard) for block in topic.blocks)


def key_steps_stand(topic: Topic, pack: Pack) -> Iterator[Remark]:
    """What a phone gets is word for word in the topic, under the emergency line, and fits."""
    for problem in key_step_problems(topic, pack):
        yield 1, problem, "choose whole sentences of the topic, 300 bytes in all"


def _claims(line: Line) -> bool:
    return any(item not in NEEDS_NO_EVIDENCE for item in line.evidence)


def _first_number(topic: Topic) -> int:
    """The first line of the body that has a number."""
    return min((line.number for line in topic.lines if line.number), default=1)


TOPIC_RULES: Mapping[str, TopicRule] = {
    "dead-link": live_links,
    "topic-length": topic_length,
    "answer-first": answer_first,
    "card-order": care_cards,
    "clot-signs": clot_signs,
    "stretch-cautions": stretch_cautions,
    "tummy-cramps": tummy_cramps,
    "key-steps": key_steps_stand,
}
