"""Comforts for reading: a word's meaning, line focus, and what comes at the end of a page.

A11Y-46, A11Y-47, A11Y-49.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewVisitor
from tests.browser.listening import TWO_TOUCHES_MS, Reader, Script
from tests.browser.pages import Home, Topic
from tests.browser.visitor import Visitor

RELIEF = "Ease the pain"
MEANING = "meaning-calf"


# A word and its meaning


def test_a_touched_word_shows_its_meaning_without_a_sound_that_nobody_asked_for(
    reader: Reader,
) -> None:
    reader.visitor.press(reader.word("calf"))
    expect(reader.meaning).to_contain_text("The back of your leg")
    assert not reader.has_begun


def test_the_meaning_is_said_when_asked_for(reader: Reader, script: Script) -> None:
    reader.visitor.press(reader.word("calf"))
    listen = reader.meaning.get_by_role("button", name=reader.visitor.words("bar-listen"))
    reader.visitor.press(listen)
    expect(reader.meaning.locator(".k-is-now")).to_contain_text("The back of your leg")
    said = next(part for part in script.segments if part["text"].startswith("Calf:"))
    assert reader.now().source == said["audio"]


def test_closing_gives_the_focus_back_to_the_word(reader: Reader) -> None:
    word = reader.word("calf")
    reader.visitor.press(word)
    reader.close_meaning()
    expect(word).to_be_focused()
    assert reader.visitor.path == "/leg-cramps/relief"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_word_opens_by_key_and_escape_closes_it(reader: Reader, key: str) -> None:
    word = reader.word("calf")
    word.focus()
    reader.page.keyboard.press(key)
    expect(reader.meaning).to_be_visible()
    reader.page.keyboard.press("Escape")
    expect(reader.meaning).to_be_hidden()
    expect(word).to_be_focused()


def test_the_list_of_words_is_whole_again_after_closing(reader: Reader) -> None:
    entry = reader.page.locator(f"[id='{MEANING}']")
    before = entry.inner_html()
    reader.visitor.press(reader.word("calf"))
    expect(reader.meaning).to_be_visible()
    reader.close_meaning()
    assert entry.inner_html() == before


def test_while_the_page_is_read_the_meaning_is_said_and_the_reading_goes_on(
    reader: Reader, script: Script
) -> None:
    reader.listen()
    sentence = next(part for part in script.shown if "slow stretch can ease" in part["text"])
    reader.touch_sentence(sentence["id"])
    reader.hears()
    reader.page.wait_for_timeout(TWO_TOUCHES_MS)
    reader.visitor.press(reader.word("calf"))
    expect(reader.meaning.locator(".k-is-now")).to_contain_text("The back of your leg")
    assert reader.now().sounding == 1
    reader.close_meaning()
    reader.hears()
    now = reader.now()
    assert now.sounding == 1
    assert now.source != script.segments[0]["audio"]
    assert script.strays(now) == ""


def test_a_reading_that_was_paused_stays_paused_after_a_meaning(reader: Reader) -> None:
    reader.listen()
    reader.pause()
    reader.page.wait_for_timeout(TWO_TOUCHES_MS)
    reader.visitor.press(reader.word("calf"))
    expect(reader.meaning).to_be_visible()
    reader.close_meaning()
    assert reader.now().sounding == 0


def test_every_marked_word_of_every_page_opens_its_meaning(
    visitor: Visitor, topics: list[str]
) -> None:
    wrong = []
    for path in topics:
        Topic.open(visitor, path)
        wrong += visitor.look("""() => {
            const wrong = [];
            for (const $word of document.querySelectorAll("#main .k-term")) {
                $word.click();
                const $dialog = document.querySelector("dialog[open]");
                const shown = $dialog?.querySelector(".k-s");
                if (!shown) wrong.push(`${location.pathname}: ${$word.textContent}`);
                $dialog?.close();
                // closing is told in a task of its own
                $dialog?.dispatchEvent(new Event("close"));
            }
            return wrong;
        }""")
    assert not wrong


def test_without_scripts_a_word_leads_to_its_place_in_the_list(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(scripts=False)
    topic = Home.arrive(visitor).open_topic(RELIEF)
    visitor.press(topic.page.get_by_role("main").locator("a.k-term").first)
    assert topic.page.url.endswith(f"#{MEANING}")
    expect(topic.page.locator(f"[id='{MEANING}']")).to_be_in_viewport()


# Line focus


def _colours(reader: Reader) -> dict[str, str]:
    """The colour of a sentence that is read, of one beside it, and of one in a care card."""
    found: dict[str, str] = reader.visitor.look("""() => {
        const ink = ($element) => getComputedStyle($element).color;
        const apart = [...document.querySelectorAll("#main section p .k-s:not(.k-is-now)")];
        return {
            beside: ink(apart.find(($one) => !$one.closest(".k-card"))),
            card: ink(document.querySelector("#main .k-card li .k-s:not(.k-is-now)")),
            plain: ink(document.body),
        };
    }""")
    return found


def test_line_focus_quietens_what_is_not_read_but_never_a_care_card(
    reader: Reader, script: Script
) -> None:
    reader.listen()
    before = _colours(reader)
    assert before["beside"] == before["plain"]
    reader.focus_on("line")
    after = _colours(reader)
    assert after["beside"] != after["plain"]
    assert after["card"] == before["card"]
    reader.focus_on("off")
    assert _colours(reader) == before


def test_nothing_is_quietened_when_nothing_is_read(reader: Reader) -> None:
    reader.listen()
    reader.focus_on("line")
    reader.stop()
    colours = _colours(reader)
    assert colours["beside"] == colours["plain"]


def test_the_window_lies_over_the_sentence_that_is_read_and_follows_it(
    reader: Reader, script: Script
) -> None:
    reader.listen()
    reader.focus_on("window")
    for part in (script.shown[-3], script.shown[2]):
        reader.visitor.look("(id) => document.getElementById(id).click()", part["id"])
        reader.pause()
        window = reader.page.locator(".k-window").bounding_box()
        sentence = reader.page.locator(f"[id='{reader.marked_sentence}']").bounding_box()
        assert window is not None
        assert sentence is not None
        assert window["y"] <= sentence["y"]
        assert window["y"] + window["height"] >= sentence["y"] + sentence["height"]
        assert window["height"] < sentence["height"] + 60
        reader.page.wait_for_timeout(TWO_TOUCHES_MS)
        reader.go_on()
    reader.stop()
    expect(reader.page.locator(".k-window")).to_be_hidden()


def test_the_window_lets_touches_through(reader: Reader, script: Script) -> None:
    reader.listen()
    reader.focus_on("window")
    sentence = script.shown[8]["id"]
    reader.touch_sentence(sentence)
    assert reader.marked_sentence == sentence


def test_the_focus_stays_for_the_visit_and_no_longer(reader: Reader) -> None:
    reader.listen()
    reader.focus_on("line")
    another = Reader.at(reader.home().open_topic("Stop them coming back"))
    another.listen()
    assert _colours(another)["beside"] != _colours(another)["plain"]
    fresh = Reader.at(another.finish().open_topic(RELIEF))
    fresh.listen()
    assert _colours(fresh)["beside"] == _colours(fresh)["plain"]


# The end of the page


def _read_to_the_end(reader: Reader, script: Script) -> None:
    reader.listen()
    for _ in range(3):
        reader.faster()
        reader.page.wait_for_timeout(TWO_TOUCHES_MS)
    reader.visitor.look("(id) => document.getElementById(id).click()", script.shown[-1]["id"])
    expect(reader.message).to_have_text(reader.visitor.words("player-end"), timeout=20_000)


def test_the_end_of_the_page_is_said_and_offers_what_could_come_next(
    reader: Reader, script: Script
) -> None:
    words = reader.visitor.words
    assert script.segments[-1]["text"] == words("player-end")
    _read_to_the_end(reader, script)
    offers = reader.offers
    assert offers[0] == words("player-again")
    assert offers[1] == words("player-next", title="I have a cramp now")
    assert offers[2:] == [words("player-print"), words("player-home")]


def test_again_reads_the_page_from_its_heading(reader: Reader, script: Script) -> None:
    _read_to_the_end(reader, script)
    reader.visitor.press(reader.control("player-again"))
    reader.hears()
    assert reader.marked_sentence == script.segments[0]["id"]
    assert reader.control("player-on").is_visible()
    assert not reader.control("player-again").is_visible()


def test_a_touch_on_a_sentence_after_the_end_reads_on_from_there(
    reader: Reader, script: Script
) -> None:
    _read_to_the_end(reader, script)
    sentence = script.shown[-2]["id"]
    reader.touch_sentence(sentence)
    reader.hears()
    assert reader.marked_sentence == sentence
    assert reader.control("player-on").is_visible()
