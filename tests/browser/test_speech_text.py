"""What is said is what is shown: word for word, in order, with the id of the element it is in."""

import pytest

from tests.browser.kiosk_process import RunningKiosk
from tests.browser.listening import Script
from tests.browser.pages import Topic
from tests.browser.visitor import Visitor


@pytest.fixture(scope="module")
def scripts(kiosk: RunningKiosk, topics: list[str]) -> dict[str, Script]:
    """What is said of each topic."""
    return {path: Script.of(kiosk.address, path) for path in topics}


def _first_difference(said: str, shown: str) -> str:
    """Where two texts part, with a few words around it; empty when they are the same."""
    said_words, shown_words = said.split(), shown.split()
    for at in range(max(len(said_words), len(shown_words))):
        if said_words[at : at + 1] != shown_words[at : at + 1]:
            begin = max(0, at - 4)
            said_part = " ".join(said_words[begin : at + 6])
            shown_part = " ".join(shown_words[begin : at + 6])
            return f"said “{said_part}”, shown “{shown_part}”"
    return ""


def test_every_word_of_every_topic_is_said_in_the_order_it_is_shown(
    visitor: Visitor, scripts: dict[str, Script]
) -> None:
    found = []
    for path, script in scripts.items():
        topic = Topic.open(visitor, path)
        said = " ".join(segment["text"] for segment in script.shown)
        difference = _first_difference(said, topic.shown_text)
        if difference:
            found.append(f"{path}: {difference}")
    assert not found, "\n".join(found)


def test_every_segment_names_the_element_that_shows_it(
    visitor: Visitor, scripts: dict[str, Script]
) -> None:
    found = []
    for path, script in scripts.items():
        topic = Topic.open(visitor, path)
        texts = topic.texts_of([segment["id"] for segment in script.segments])
        for segment in script.segments:
            text = texts[segment["id"]]
            if text is None:
                found.append(f"{path}: there is no element {segment['id']}")
            elif segment["shown"] and text != segment["text"]:
                found.append(f"{path}: {segment['id']} shows “{text}”, not “{segment['text']}”")
    assert not found, "\n".join(found)


def test_every_word_that_is_said_has_its_time_inside_its_sentence(
    scripts: dict[str, Script],
) -> None:
    found = []
    for path, script in scripts.items():
        for segment in script.segments:
            begins = [word[2] for word in segment["words"]]
            ends = [word[3] for word in segment["words"]]
            timed = begins == sorted(begins) and all(
                segment["start"] <= begin <= end <= segment["end"]
                for begin, end in zip(begins, ends, strict=True)
            )
            said = " ".join(segment["text"][start:end] for start, end, *_ in segment["words"])
            if not timed or said.split() != segment["text"].split():
                found.append(f"{path}: {segment['id']}: {segment['text']}: {segment['words']}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("said", "shown", "difference"),
    [
        ("one two", "one two", ""),
        ("one two", "one", "said “one two”, shown “one”"),
        ("one two", "two one", "said “one two”, shown “two one”"),
    ],
)
def test_the_first_difference_is_told(said: str, shown: str, difference: str) -> None:
    assert _first_difference(said, shown) == difference
