"""How written things are said, and where the highlight goes meanwhile."""

from pathlib import Path

import pytest

from kiosk.checks.sounds import (
    WORD_LIST,
    Ear,
    british_words,
    empty_decisions,
    read_spoken_forms,
    spoken_phrases,
)
from kiosk.loader import load_catalogue
from kiosk.page import topic_page
from kiosk.speech.script import script
from kiosk.speech.spoken import Decision, Lexicon, Pattern, SpokenForms
from tests.content_pack import CONTENT

LANG = "en-GB"
NATIONS = ("england", "wales", "scotland", "northern-ireland")

SAID = [
    # Services
    ("Call 999 now.", "Call nine nine nine now."),
    ("get help from NHS 111 if:", "get help from NHS one one one if:"),
    ("NHS 24 on 111", "NHS 24 on one one one"),
    ("Call 999 or go to A&E now if:", "Call nine nine nine or go to A-and-E now if:"),
    ("Ask a GP. GPs can help the NHS.", "Ask a GP. GPs can help the NHS."),
    # Only where they are those numbers
    ("1,999 people", "1,999 people"),
    ("999,000 people", "999,000 people"),
    ("9990", "9990"),
    ("111% of £111", "111 per cent of 111 pounds"),
    # Units
    ("250mg", "250 milligrams"),
    ("250 mg", "250 milligrams"),
    ("1mg or 11mg", "1 milligram or 11 milligrams"),
    ("2.5ml, then 1ml", "2.5 millilitres, then 1 millilitre"),
    ("1cm or 15cm", "1 centimetre or 15 centimetres"),
    ("above 38C.", "above 38 degrees Celsius."),
    ("38°C", "38 degrees Celsius"),
    ("5% of people", "5 per cent of people"),
    (
        "£1, £5, £1.50, £3.20 or £2,500",
        "1 pound, 5 pounds, 1 pound 50, 3 pounds 20 or 2,500 pounds",
    ),
    # Ranges and plain numbers
    ("10 to 15 seconds", "10 to 15 seconds"),
    ("10–15 seconds", "10 to 15 seconds"),
    ("10-15 seconds", "10 to 15 seconds"),
    ("2,500 steps, 6 times", "2,500 steps, 6 times"),
    # Dates, versions, hours
    ("6 August 2026", "the 6th of August 2026"),
    ("1 May, 21 May and 31 May", "the 1st of May, the 21st of May and the 31st of May"),
    ("2 June or 22 June", "the 2nd of June or the 22nd of June"),
    ("3 July or 23 July", "the 3rd of July or the 23rd of July"),
    ("11 March, 12 March, 13 March", "the 11th of March, the 12th of March, the 13th of March"),
    ("20 April or 30 April", "the 20th of April or the 30th of April"),
    ("version 2026.11, written", "version 2026 point 11, written"),
    ("Open Government Licence v3.0.", "Open Government Licence version 3."),
    ("open 24/7", "open 24 hours a day, 7 days a week"),
    # Telephone numbers
    ("0161 496 0000", "0 1 6 1, 4 9 6, 0 0 0 0"),
    ("020 7946 0000.", "0 2 0, 7 9 4 6, 0 0 0 0."),
    ("01632 960 000", "0 1 6 3 2, 9 6 0 0 0 0"),
    ("01632 960000", "0 1 6 3 2, 9 6 0 0 0 0"),
    ("07700900000", "0 7 7 0 0 9 0 0 0 0 0"),
    # Words
    ("TENS machines", "tens machines"),
    ("Quinine, or quinine", "Quinneen, or quinneen"),
    ("Vitamin K2 and vitamin B6", "Vitamin K 2 and vitamin B 6"),
    ("vitamin A (retinol)", "vitamin A, (retinol)"),
    ("Under 16s need", "Under sixteens need"),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(CONTENT, LANG)


@pytest.mark.parametrize(("written", "spoken"), SAID)
def test_written_things_are_said_so(lexicon: Lexicon, written: str, spoken: str) -> None:
    assert " ".join(lexicon.say(written).spoken.split()) == spoken


@pytest.mark.parametrize(("written", "spoken"), SAID)
def test_the_text_that_is_shown_stays_as_written(
    lexicon: Lexicon, written: str, spoken: str
) -> None:
    assert lexicon.say(written).written == written


@pytest.mark.parametrize(("written", "spoken"), SAID)
def test_positions_run_from_the_start_to_the_end(
    lexicon: Lexicon, written: str, spoken: str
) -> None:
    text = lexicon.say(written)
    places = [text.position(place) for place in range(len(written) + 1)]
    assert places[0] == 0
    assert places[-1] == len(text.spoken)
    assert places == sorted(places)


def test_a_word_keeps_its_place_behind_one_that_is_said_otherwise(lexicon: Lexicon) -> None:
    text = lexicon.say("Call 999 or go to A&E now")
    for word in ("Call", "or", "go", "to", "now"):
        start = round(text.position(text.written.index(f"{word}")))
        assert text.spoken[start:].startswith(word)
    assert text.spoken[round(text.position(5)) :].startswith("nine nine nine")


def test_a_place_inside_a_word_is_found_in_proportion(lexicon: Lexicon) -> None:
    text = lexicon.say("999")
    assert text.spoken == "nine nine nine"
    assert text.position(1) == pytest.approx(14 / 3)
    assert text.position(2) == pytest.approx(28 / 3)


def test_the_first_pattern_wins_and_pieces_never_overlap() -> None:
    forms = SpokenForms(
        patterns=(Pattern(pattern="ab", say="one"), Pattern(pattern="bc", say="two")),
        words=(Decision(written="abc", say="three"), Decision(written="d", say="four")),
    )
    text = Lexicon(forms).say("abc d bc")
    assert text.spoken == "onec four two"
    ends = [piece.end for piece in text.pieces]
    assert all(piece.start >= end for piece, end in zip(text.pieces[1:], ends, strict=False))


def test_a_word_is_said_otherwise_only_when_it_stands_alone() -> None:
    text = Lexicon(SpokenForms(words=(Decision(written="TENS", say="tens"),)))
    assert text.say("TENS, INTENSE, TENS-like").spoken == "tens, INTENSE, tens-like"


def test_nothing_to_say_otherwise_leaves_the_text_alone() -> None:
    text = Lexicon(SpokenForms()).say("Sit down.")
    assert (text.spoken, text.pieces, text.position(4)) == ("Sit down.", (), 4)


def test_every_form_in_the_file_is_a_decision() -> None:
    forms = read_spoken_forms(CONTENT, LANG)
    written = [word.written for word in forms.words]
    assert empty_decisions(forms) == []
    assert len(written) == len(set(written))


@pytest.mark.parametrize(
    ("text", "undecided"),
    [
        ("Sit on the bed, then stand: it’s easy.", []),
        ("A partner’s hand, 3 times, for 1,000 steps", []),
        ("Call 999, 111 or A&E about 250mg", []),
        ("Take zopiclone", ["zopiclone"]),
        ("The XYZ unit", ["XYZ"]),
        ("vitamin B99", ["B99"]),
        ("cold & wet", ["&"]),
        ("1/2 a cup", ["/"]),
        ("3.75 times", ["3.75"]),
    ],
)
def test_what_nobody_has_listened_to_is_named(text: str, undecided: list[str]) -> None:
    words = british_words()
    assert words is not None, f"this test needs {WORD_LIST} (Debian package wbritish)"
    assert Ear(read_spoken_forms(CONTENT, LANG), words).undecided(text) == undecided


@pytest.mark.parametrize("nation", NATIONS)
def test_every_word_of_the_content_is_decided(nation: str) -> None:
    words = british_words()
    assert words is not None, f"this test needs {WORD_LIST} (Debian package wbritish)"
    ear = Ear(read_spoken_forms(CONTENT, LANG), words)
    catalogue = load_catalogue(CONTENT, nation)
    heard = [text for _, text in spoken_phrases(catalogue.phrases.texts)]
    for pack in catalogue.packs.values():
        for topic in pack.topics.values():
            page = topic_page(topic, pack, None, catalogue.phrases)
            heard += [utterance.text for utterance in script(page, catalogue.phrases)]
    assert {token for text in heard for token in ear.undecided(text)} == set()


def test_without_the_word_list_nothing_is_known(tmp_path: Path) -> None:
    assert british_words(tmp_path / "missing") is None
