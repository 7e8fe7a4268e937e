"""Reading aloud: the marks follow the sound, and the visitor has it in hand (A11Y-44, A11Y-45)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.arrows import Arrows
from tests.browser.listening import Moment, Reader, Script
from tests.browser.pages import Change, Home
from tests.browser.visitor import Visitor

RELIEF = "Ease the pain"


def _middle(script: Script) -> int:
    """The place of a sentence in the midst of the page that has another before and after it."""
    segments = script.segments
    places = [
        place
        for place in range(len(segments) // 2, len(segments) - 1)
        if all(part["shown"] and len(part["words"]) > 3 for part in segments[place - 1 : place + 2])
    ]
    return places[0]


def test_no_sound_is_asked_for_before_listen(reader: Reader) -> None:
    reader.page.wait_for_load_state("networkidle")
    asked = [path for path in reader.visitor.watch.asked if not path.startswith("/static/")]
    assert not [path for path in asked if "speech" in path]
    assert not reader.has_begun
    assert not reader.player_is_open


def test_listen_plays_from_the_heading(reader: Reader, script: Script) -> None:
    reader.listen()
    before = reader.now()
    assert reader.marked_sentence == script.segments[0]["id"]
    assert reader.player_is_open
    reader.hears()
    assert reader.now().time > before.time


def test_the_marked_sentence_and_word_are_those_that_are_heard(
    reader: Reader, script: Script
) -> None:
    reader.listen()
    moments = reader.follow(6)
    strays = [stray for moment in moments if (stray := script.strays(moment))]
    assert not strays, "\n".join(strays)
    assert len({moment.marks[0] for moment in moments if moment.marks}) > 1
    assert len({(*moment.marks, *moment.words) for moment in moments}) > 8


def test_the_marks_stay_with_the_sound_at_twice_the_speed(reader: Reader, script: Script) -> None:
    change = reader.change()
    change.choose("rate", "200")
    reader = Reader.at(Home.arrive(reader.visitor).open_topic(RELIEF))
    reader.listen()
    moments = reader.follow(4)
    assert {moment.rate for moment in moments} == {2}
    strays = [stray for moment in moments if (stray := script.strays(moment))]
    assert not strays, "\n".join(strays)


def test_touching_a_sentence_starts_there(reader: Reader, script: Script) -> None:
    reader.listen()
    sentence = script.segments[_middle(script)]
    reader.touch_sentence(sentence["id"])
    reader.hears()
    now = reader.now()
    assert reader.marked_sentence == sentence["id"]
    assert now.source == sentence["audio"]
    assert sentence["start"] <= now.time < sentence["start"] + 2


def test_a_touch_on_the_text_before_listen_makes_no_sound(reader: Reader, script: Script) -> None:
    reader.touch_sentence(script.segments[_middle(script)]["id"])
    assert not reader.has_begun
    assert reader.marked_sentence == ""


def test_pause_keeps_the_place(reader: Reader) -> None:
    reader.listen()
    reader.hears()
    reader.pause()
    held = reader.now()
    assert held.sounding == 0
    reader.page.wait_for_timeout(300)
    assert reader.now() == held
    reader.go_on()
    went_on = reader.now()
    assert went_on.marks == held.marks
    assert went_on.source == held.source
    assert held.time <= went_on.time < held.time + 1


def test_on_and_back_go_a_sentence_at_a_time(reader: Reader, script: Script) -> None:
    reader.listen()
    here = _middle(script)
    before, sentence, after = (part["id"] for part in script.segments[here - 1 : here + 2])
    reader.touch_sentence(sentence)
    reader.on_a_sentence()
    assert reader.marked_sentence == after
    reader.back_a_sentence()
    assert reader.marked_sentence == sentence
    reader.back_a_sentence()
    assert reader.marked_sentence == before
    reader.hears()


def test_back_in_the_midst_of_a_sentence_begins_it_again(reader: Reader, script: Script) -> None:
    reader.listen()
    longest = max(script.shown, key=lambda part: part["end"] - part["start"])
    reader.touch_sentence(longest["id"])
    reader.hears()
    reader.follow(2.2)
    reader.back_a_sentence()
    now = reader.now()
    assert now.marks == [longest["id"]]
    assert now.time < longest["start"] + 1


def test_faster_and_slower_change_the_speed_and_keep_the_pitch(reader: Reader) -> None:
    reader.listen()
    assert reader.now().rate == 1
    reader.faster()
    heard = reader.now()
    assert heard.rate == 1.25
    assert heard.keeps_pitch
    assert heard.sounding == 1
    expect(reader.message).to_have_text(re.compile(r"1\.25"))
    reader.slower()
    reader.slower()
    assert reader.now().rate == 0.75


def test_the_speed_ends_at_half_and_at_twice(reader: Reader) -> None:
    reader.listen()
    for _ in range(8):
        reader.faster()
    assert reader.now().rate == 2
    for _ in range(8):
        reader.slower()
    assert reader.now().rate == 0.5


def test_the_speed_and_loudness_that_were_chosen_are_used(visitor: Visitor) -> None:
    change = Change.arrive(visitor)
    change.choose("rate", "75")
    change.choose("volume", "louder")
    reader = Reader.at(Home.arrive(visitor).open_topic(RELIEF))
    reader.listen()
    assert reader.now().rate == 0.75
    assert reader.now().volume == pytest.approx(6 / 12)


def test_stop_ends_it_and_listen_begins_anew(reader: Reader, script: Script) -> None:
    reader.listen()
    reader.touch_sentence(script.segments[_middle(script)]["id"])
    reader.stop()
    assert reader.now().sounding == 0
    assert reader.marked_sentence == ""
    assert reader.marked_word == ""
    assert not reader.player_is_open
    reader.listen()
    assert reader.marked_sentence == script.segments[0]["id"]


def test_two_voices_are_never_heard_at_once(reader: Reader, script: Script) -> None:
    reader.listen()
    moments: list[Moment] = []
    for part in script.shown[3:8]:
        reader.touch_sentence(part["id"])
        moments += reader.follow(0.2)
    assert max(moment.sounding for moment in moments) == 1


def test_the_end_of_the_page_is_told_and_nothing_stays_marked(
    reader: Reader, script: Script
) -> None:
    reader.listen()
    for _ in range(3):
        reader.faster()
    reader.touch_sentence(script.shown[-1]["id"])
    expect(reader.message).to_have_text(reader.visitor.words("player-end"), timeout=20_000)
    assert reader.now().sounding == 0
    assert reader.marked_sentence == ""


def test_a_sentence_that_is_read_is_in_view_above_the_bar(reader: Reader, script: Script) -> None:
    reader.listen()
    for part in (script.shown[-1], script.shown[0]):
        reader.visitor.look("(id) => document.getElementById(id).click()", part["id"])
        assert reader.marked_sentence == part["id"]
        assert reader.sees(part["id"])


def test_leaving_the_page_stops_the_voice(reader: Reader) -> None:
    reader.listen()
    home = reader.home()
    assert home.visitor.look("() => sessionStorage.getItem('sounding-on-leaving')") == "0"
    reader.page.go_back()
    came_back = Reader(reader.visitor)
    assert not came_back.has_begun or came_back.now().sounding == 0
    assert came_back.marked_sentence == ""


def test_the_end_is_heard_only_when_sound_was_asked_for(visitor: Visitor) -> None:
    Home.arrive(visitor)
    arrows = Arrows(visitor)
    visitor.hurries()
    visitor.page.locator("footer button").last.focus()
    arrows.press("ArrowDown")
    visitor.page.wait_for_timeout(300)
    assert not [path for path in visitor.watch.asked if path.startswith("/speech/")]
    visitor.look("() => sessionStorage.setItem('sound', 'on')")
    arrows.press("ArrowDown")
    with visitor.page.expect_request("**/speech/phrase/walk-last.wav"):
        pass
    asked = [path for path in visitor.watch.asked if path.startswith("/speech/")]
    assert asked == ["/speech/tone/end.wav", "/speech/phrase/walk-last.wav"]
