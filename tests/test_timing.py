"""When each written word is heard."""

import pytest

from kiosk.speech.spoken import Piece, SpokenText
from kiosk.speech.timing import Word, time_words


def heard(
    text: SpokenText, events: list[tuple[int, float]], duration_s: float
) -> list[tuple[str, float, float, bool]]:
    """The words with their times, after checking that they are in order and inside the sound."""
    words = time_words(text, events, duration_s)
    at = 0.0
    for word in words:
        assert 0 <= at <= word.start_s <= word.end_s <= duration_s, words
        at = word.end_s
    return [
        (text.written[word.start : word.end], word.start_s, word.end_s, word.timed)
        for word in words
    ]


def test_each_word_lasts_until_the_next_one_begins() -> None:
    text = SpokenText("Rest your leg.")
    assert heard(text, [(0, 0.1), (5, 0.5), (10, 0.7)], 1.5) == [
        ("Rest", 0.1, 0.5, True),
        ("your", 0.5, 0.7, True),
        ("leg.", 0.7, 1.5, True),
    ]


def test_a_word_without_an_event_shares_the_time_of_the_one_before() -> None:
    """eSpeak NG says "in the" as one."""
    text = SpokenText("in the bed")
    assert heard(text, [(0, 0.0), (7, 1.0)], 2.0) == [
        ("in", 0.0, 0.4, True),
        ("the", 0.4, 1.0, False),
        ("bed", 1.0, 2.0, True),
    ]


def test_the_first_of_several_events_in_a_word_is_its_beginning() -> None:
    text = SpokenText("Call 1 1 1", (Piece(5, 10, "one one one"),))
    assert heard(text, [(0, 0.0), (5, 0.4), (9, 0.6), (13, 0.8)], 1.0)[1][:2] == ("1", 0.4)
    one = SpokenText("Call 111", (Piece(5, 8, "one one one"),))
    assert heard(one, [(0, 0.0), (5, 0.4), (9, 0.6), (13, 0.8)], 1.0) == [
        ("Call", 0.0, 0.4, True),
        ("111", 0.4, 1.0, True),
    ]


def test_words_after_a_respelling_are_still_found() -> None:
    text = SpokenText("Take 250mg now", (Piece(8, 10, " milligrams"),))
    assert text.spoken == "Take 250 milligrams now"
    assert heard(text, [(0, 0.0), (5, 0.5), (9, 0.9), (20, 1.5)], 2.0) == [
        ("Take", 0.0, 0.5, True),
        ("250mg", 0.5, 1.5, True),
        ("now", 1.5, 2.0, True),
    ]


def test_a_mark_before_the_first_word_takes_no_time_from_it() -> None:
    text = SpokenText("– Rest now")
    assert heard(text, [(2, 0.0), (7, 0.5)], 1.0) == [
        ("–", 0.0, 0.0, False),
        ("Rest", 0.0, 0.5, True),
        ("now", 0.5, 1.0, True),
    ]


def test_without_any_event_the_words_share_the_sound_by_their_length() -> None:
    assert heard(SpokenText("one three"), [], 8.0) == [
        ("one", 0.0, 3.0, False),
        ("three", 3.0, 8.0, False),
    ]


@pytest.mark.parametrize(
    "events",
    [
        [(5, 0.5), (0, 0.0)],
        [(0, 0.0), (5, 9.0)],
        [(0, 0.5), (5, 0.5)],
        [(0, 0.6), (5, 0.2)],
        [(99, 0.5)],
    ],
)
def test_times_rise_and_stay_inside_the_sound_whatever_the_engine_says(
    events: list[tuple[int, float]],
) -> None:
    assert [word[0] for word in heard(SpokenText("Rest your leg."), events, 1.0)] == [
        "Rest",
        "your",
        "leg.",
    ]


def test_a_text_without_words_has_no_times() -> None:
    assert time_words(SpokenText("  "), [], 0.0) == []
    assert isinstance(time_words(SpokenText("x"), [(0, 0.0)], 1.0)[0], Word)
