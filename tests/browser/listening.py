"""What a visitor can do while a topic is read aloud, and what is heard and marked meanwhile."""

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Locator, expect

from tests.browser.pages import Topic

TWO_TOUCHES_MS = 700  # longer than what counts as one double strike
LAG_S = 0.1  # A11Y-44: the marks are within 100 ms of the sound


@dataclass(frozen=True)
class Moment:
    """What is heard and marked at one moment; times in seconds inside the recording."""

    sounding: int
    source: str
    time: float
    rate: float
    volume: float
    keeps_pitch: bool
    marks: list[str]
    text: str
    words: list[str]
    word_inside: bool


class Reader(Topic):
    """A topic with its player."""

    @classmethod
    def at(cls, topic: Topic) -> "Reader":
        return cls(topic.visitor)

    def listen(self) -> None:
        """Press Listen and hear it begin."""
        self.visitor.press(self.bar("listen"))
        self.hears()

    def hears(self) -> None:
        """Wait until the sound goes on from where it is now."""
        before = self.now().time if self.has_begun else 0.0
        self.page.wait_for_function(
            "(before) => { const now = window.ear.now();"
            " return now.sounding === 1 && now.time !== before && now.marks.length === 1; }",
            arg=before,
        )

    @property
    def has_begun(self) -> bool:
        return bool(self.visitor.look("() => window.ear.started.size"))

    def now(self) -> Moment:
        return Moment(**self.visitor.look("() => window.ear.now()"))

    def follow(self, seconds: float) -> list[Moment]:
        """Listen for a while; give back every frame of it."""
        frames = self.visitor.look("(seconds) => window.ear.listen(seconds)", seconds)
        return [Moment(**frame) for frame in frames]

    def control(self, key: str) -> Locator:
        """A control of the player, by its phrase."""
        player = self.page.get_by_role("group", name=self.visitor.words("player-label"))
        return player.get_by_role("button", name=self.visitor.words(key), exact=True)

    @property
    def player_is_open(self) -> bool:
        return self.control("player-on").is_visible()

    def pause(self) -> None:
        self.visitor.press(self.control("bar-pause"))
        expect(self.control("bar-listen")).to_be_visible()

    def go_on(self) -> None:
        """Listen again after a pause."""
        self.visitor.press(self.control("bar-listen"))
        self.hears()

    def back_a_sentence(self) -> None:
        self.visitor.press(self.control("player-back"))

    def on_a_sentence(self) -> None:
        self.visitor.press(self.control("player-on"))

    def slower(self) -> None:
        self.visitor.press(self.control("player-slower"))

    def faster(self) -> None:
        self.visitor.press(self.control("player-faster"))

    def stop(self) -> None:
        self.visitor.press(self.control("player-stop"))

    def touch_sentence(self, sentence: str) -> None:
        """Touch a sentence of the page, by its id."""
        self.visitor.press(self.page.locator(f"[id='{sentence}']"))

    @property
    def marked_sentence(self) -> str:
        """The id of the sentence that is marked; empty when none is."""
        marks = self.now().marks
        assert len(marks) <= 1, f"more than one sentence is marked: {marks}"
        return marks[0] if marks else ""

    @property
    def marked_word(self) -> str:
        return " ".join(self.now().words)

    def sees(self, element: str) -> bool:
        """Whether an element is wholly on the screen, and not under the bar."""
        seen: bool = self.visitor.look(
            """(id) => {
                const { top, bottom } = document.getElementById(id).getBoundingClientRect();
                const bar = document.querySelector("footer").getBoundingClientRect().top;
                return top >= 0 && bottom <= bar;
            }""",
            element,
        )
        return seen

    def word(self, words: str, place: int = 0) -> Locator:
        """A hard word marked in the text."""
        marked = self.page.get_by_role("main").locator(".k-term")
        return marked.filter(has_text=words).nth(place)

    @property
    def meaning(self) -> Locator:
        """What a touched word means."""
        return self.page.get_by_role("dialog", name=self.visitor.words("meaning-title"))

    def close_meaning(self) -> None:
        self.visitor.press(
            self.meaning.get_by_role("button", name=self.visitor.words("meaning-close"))
        )
        expect(self.meaning).to_be_hidden()

    def focus_on(self, state: str) -> None:
        """Go round with the focus until it is off, line or window."""
        words = {one: self.visitor.words(f"focus-{one}") for one in ("off", "line", "window")}
        button = self.page.get_by_role("button", name=re.compile("|".join(words.values())))
        for _ in words:
            if button.inner_text() == words[state]:
                return
            self.visitor.press(button)
            self.page.wait_for_timeout(TWO_TOUCHES_MS)
        expect(button).to_have_text(words[state])

    @property
    def offers(self) -> list[str]:
        """What the player offers at the end of the page."""
        player = self.page.get_by_role("group", name=self.visitor.words("player-label"))
        offered = player.get_by_role("button").or_(player.get_by_role("link"))
        return [one.inner_text() for one in offered.all() if one.is_visible()]

    @property
    def message(self) -> Locator:
        """The line in which the player speaks to the visitor."""
        return self.page.get_by_role("status")


class Script:
    """speech.json of a topic: what is said, and when."""

    def __init__(self, segments: list[dict[str, Any]]) -> None:
        self.segments = segments
        self.shown = [segment for segment in segments if segment["shown"]]

    @classmethod
    def of(cls, address: str, path: str) -> "Script":
        """What the kiosk at `address` says of the topic at `path`."""
        with urlopen(f"{address}{path}/speech.json", timeout=30) as answer:
            return cls(json.load(answer)["segments"])

    def strays(self, moment: Moment) -> str:
        """How the marks disagree with the sound; empty when they agree."""
        if not moment.marks:
            return "" if not moment.sounding else "nothing is marked"
        named = [part for part in self.segments if part["id"] == moment.marks[0]]
        segment = next((part for part in named if part["audio"] == moment.source), None)
        if segment is None:
            return f"{moment.marks} is marked, which is not in what plays"
        if not segment["start"] - LAG_S <= moment.time <= self._until(segment) + LAG_S:
            return f"{segment['id']} is marked at {moment.time:.2f} s"
        if not moment.words or not segment["shown"]:
            return "" if not moment.words else "a word is marked where none is shown"
        if not moment.word_inside:
            return f"{moment.words} is outside the marked sentence"
        spoken = self._words_about(segment, moment.time)
        if moment.words[0] not in spoken:
            return f"“{moment.words[0]}” is marked at {moment.time:.2f} s, not one of {spoken}"
        return ""

    def _until(self, segment: dict[str, Any]) -> float:
        """When the next sentence of the same recording begins."""
        later = [
            part["start"]
            for part in self.segments
            if part["audio"] == segment["audio"] and part["start"] > segment["start"]
        ]
        return min(later, default=float("inf"))

    def _words_about(self, segment: dict[str, Any], time: float) -> list[str]:
        words = segment["words"]
        ends = [after[2] for _, after in pairwise(words)] + [self._until(segment)]
        return [
            segment["text"][start:end]
            for (start, end, begins, _), ends_at in zip(words, ends, strict=True)
            if begins - LAG_S <= time <= ends_at + LAG_S
        ]
