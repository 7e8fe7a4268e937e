"""What a phone gets of a topic: the emergency line, then lines of the topic, and it all fits."""

import pytest

from kiosk.key_steps import MOST_BYTES, key_step_problems, key_steps
from kiosk.models import CareCard, Pack, Topic
from kiosk.services import Services
from tests.small_pack import FIRST, SECOND, SmallPack
from tests.topics import TOPIC_NAMES

AIM = "aim: To help you stop a leg cramp."
STEP = "A slow stretch can ease a calf cramp. Do it at home."
every_topic = pytest.mark.parametrize("name", TOPIC_NAMES)


def find(services: Services, name: str) -> tuple[Topic, Pack]:
    pack_id, topic_id = name.split("/")
    pack = services.catalogue.packs[pack_id]
    return pack.topics[topic_id], pack


def with_steps(small: SmallPack, *steps: str) -> tuple[Topic, Pack]:
    """The small pack's first topic with these key steps."""
    small.change_topic(AIM, "\n  - ".join([f"{AIM}\nkey_steps:", *steps]))
    pack = small.pack()
    return pack.topics[FIRST], pack


@every_topic
def test_every_topic_has_key_steps_of_300_bytes_at_most(services: Services, name: str) -> None:
    steps = key_steps(*find(services, name))
    assert steps is not None
    assert len(steps.encode()) <= MOST_BYTES == 300
    assert len(steps.splitlines()) >= 2


@every_topic
def test_the_emergency_line_comes_first_and_is_whole(services: Services, name: str) -> None:
    steps = key_steps(*find(services, name)) or ""
    first = steps.splitlines()[0]
    assert "999" in first
    signs, _ = find(services, f"{name.split('/')[0]}/get-help")
    assert first in {line.text for line in signs.lines}


@every_topic
def test_every_other_line_is_whole_sentences_of_the_topic(services: Services, name: str) -> None:
    topic, pack = find(services, name)
    _, *steps = (key_steps(topic, pack) or "").splitlines()
    sentences = {sentence.text for line in topic.lines for sentence in line.sentences}
    lines = [line.text for line in topic.lines]
    for step in steps:
        own = step.removeprefix("- ")
        assert any(own in line for line in lines), step
        assert any(own.endswith(sentence) for sentence in sentences), step
        assert any(own.startswith(sentence) for sentence in sentences), step


@every_topic
def test_who_is_told_to_stretch_is_told_first_when_not_to(services: Services, name: str) -> None:
    """`[exercise-not-if-dvt]` stands wherever a topic has a stretch to do."""
    topic, pack = find(services, name)
    steps = (key_steps(topic, pack) or "").splitlines()
    cautions = [line.text for line in topic.lines if "exercise-not-if-dvt" in line.evidence]
    signs = [
        item.text
        for block in topic.blocks
        if isinstance(block, CareCard)
        for item in block.items
        if {"rf-dvt-signs", "rf-dvt-pregnancy"} & set(item.evidence)
    ]
    calls = [line.text for line in topic.lines if "rf-dvt-pregnancy" in line.evidence]
    told = [step for step in steps if step.removeprefix("- ") in {*cautions, *signs, *calls}]
    tells_to_stretch = [step for step in steps if "stretch" in step or "toes" in step]
    if cautions and tells_to_stretch:
        assert told
        assert steps.index(told[0]) <= steps.index(tells_to_stretch[0])


def test_without_a_topic_of_all_signs_the_topics_own_emergency_card_speaks(
    small: SmallPack,
) -> None:
    steps = key_steps(*with_steps(small, STEP))
    assert steps == (
        "Call 999 or go to A&E now if:\n- your leg hurts, and you cannot breathe well\n" + STEP
    )


def test_a_lists_item_keeps_its_mark_and_a_run_of_sentences_is_taken(small: SmallPack) -> None:
    steps = key_steps(*with_steps(small, "Do it at home.", "a stretch at bedtime")) or ""
    assert steps.splitlines()[-2:] == ["Do it at home.", "- a stretch at bedtime"]


def test_a_topic_that_names_none_has_none(small: SmallPack) -> None:
    pack = small.pack()
    for topic in pack.topics.values():
        assert key_steps(topic, pack) is None
        assert list(key_step_problems(topic, pack)) == []


@pytest.mark.parametrize("cut", ["A slow stretch can ease", "ease a calf cramp. Do it", "Nothing."])
def test_a_sentence_that_is_cut_or_gone_takes_the_whole_code_away(
    small: SmallPack, cut: str
) -> None:
    """Half of the steps could be the half without the warning."""
    topic, pack = with_steps(small, STEP, cut)
    assert key_steps(topic, pack) is None
    (problem,) = key_step_problems(topic, pack)
    assert f"“{cut}”" in problem


def test_a_text_that_does_not_fit_takes_the_whole_code_away(small: SmallPack) -> None:
    topic, pack = with_steps(small, *[STEP] * 6)
    assert key_steps(topic, pack) is None
    (problem,) = key_step_problems(topic, pack)
    assert "bytes" in problem


def test_key_steps_need_an_emergency_line(small: SmallPack) -> None:
    small.change_topic(
        "aim: To help you rest.",
        "aim: To help you rest.\nkey_steps: [You can rest your leg.]",
        SECOND,
    )
    pack = small.pack()
    assert key_steps(pack.topics[SECOND], pack) is None
    (problem,) = key_step_problems(pack.topics[SECOND], pack)
    assert "emergency line" in problem
