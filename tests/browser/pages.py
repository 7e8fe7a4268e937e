"""What a visitor can do on each screen. Tests speak of these and never of selectors.

Each screen takes a Visitor; what leads to another screen gives that screen back.
"""

import re

from playwright.sync_api import Locator

from tests.browser.screen import Screen
from tests.browser.visitor import Visitor


class Page(Screen):
    """Any screen of a visit; its bar leads on."""

    def home(self) -> "Home":
        self.visitor.follow(self.bar("home"))
        return Home(self.visitor)

    def back(self) -> "Page":
        self.visitor.follow(self.bar("back"))
        return Page(self.visitor)

    def help(self) -> "Page":
        self.visitor.follow(self.bar("help"))
        return Page(self.visitor)

    def change(self) -> "Change":
        self.visitor.follow(self.bar("change"))
        return Change(self.visitor)

    def finish(self) -> "Home":
        self.visitor.follow(self.bar("finish"))
        return Home(self.visitor)


class Home(Page):
    """One question, and tiles as answers."""

    @classmethod
    def arrive(cls, visitor: Visitor) -> "Home":
        """Come to a fresh kiosk."""
        visitor.go("/")
        return cls(visitor)

    def tile(self, words: str) -> Locator:
        """The tile that shows these words."""
        tiles = self.page.get_by_role("main").get_by_role("link")
        return tiles.filter(has=self.page.get_by_text(words, exact=True))

    @property
    def tiles(self) -> list[Locator]:
        return self.page.get_by_role("main").get_by_role("link").all()

    def open_leaflets(self) -> "Leaflets":
        self.visitor.follow(self.tile(self.visitor.words("home-leaflet")))
        return Leaflets(self.visitor)

    def open_topic(self, words: str) -> "Topic":
        self.visitor.follow(self.tile(words))
        return Topic(self.visitor)


class Topic(Page):
    """A topic in large text, which can be heard (see listening.py)."""

    @classmethod
    def open(cls, visitor: Visitor, path: str) -> "Topic":
        visitor.go(path)
        return cls(visitor)

    def take_home(self) -> "Leaflet":
        words = self.visitor.words("topic-take-home")
        self.visitor.follow(self.page.get_by_role("main").get_by_role("link", name=words))
        return Leaflet(self.visitor)

    @property
    def shown_text(self) -> str:
        """All the words of `main`, but its controls, its source list and what is not shown."""
        text: str = self.visitor.look("""() => {
            const apart = "a:not(.k-term), button, input, select, audio, details, form, noscript,"
                + " svg title";
            const walker = document.createTreeWalker(
                document.getElementById("main"), NodeFilter.SHOW_TEXT);
            let text = "";
            while (walker.nextNode()) {
                const $holder = walker.currentNode.parentElement;
                const shown = $holder.checkVisibility({ visibilityProperty: true });
                if (shown && !$holder.closest(apart)) text += walker.currentNode.data;
            }
            return text;
        }""")
        return " ".join(text.split())

    @property
    def plain_player(self) -> Locator:
        """The browser's own player, for those without JavaScript."""
        return self.page.locator("audio[controls]")

    @property
    def plain_recording(self) -> str:
        """The whole address of what the browser's own player plays."""
        return str(self.plain_player.evaluate("(audio) => audio.currentSrc || audio.src"))

    def plays(self, seconds: float) -> bool:
        """Whether the browser's own player, once started, comes this far within 5 seconds."""
        self.plain_player.evaluate("(audio) => audio.play()")
        for _ in range(50):
            if self.plain_player.evaluate("(audio) => audio.currentTime") >= seconds:
                return True
            self.page.wait_for_timeout(100)
        return False

    def texts_of(self, ids: list[str]) -> dict[str, str | None]:
        """The text of the elements with these ids; None where there is no such element."""
        found: dict[str, str | None] = self.visitor.look(
            "(ids) => Object.fromEntries(ids.map((id) =>"
            " [id, document.getElementById(id)?.textContent ?? null]))",
            ids,
        )
        return found


class CrampNow(Topic):
    """The steps for a cramp at this moment."""

    PATH = "/leg-cramps/cramp-now"

    @property
    def stop(self) -> Locator:
        """The button for those who must not stretch."""
        return self.page.get_by_role("link", name=self.visitor.words("cramp-stop"))

    @property
    def steps(self) -> list[Locator]:
        """The headings of the steps."""
        return self.page.get_by_role("main").locator("section.k-step > h2").all()

    def next_step(self, number: int) -> None:
        """Go on from a step, counted from 0."""
        words = self.visitor.words("cramp-next")
        self.visitor.press(self.page.get_by_role("link", name=words).nth(number))

    def sees_stop(self) -> bool:
        """Whether the button is wholly on the screen, above the bar."""
        return self._sees(self.stop)

    def sees_step(self, number: int) -> bool:
        """Whether the heading of a step, counted from 0, is wholly on the screen."""
        return self._sees(self.steps[number])

    def stop_is_above_the_first_step(self) -> bool:
        stop, step = self.stop.bounding_box(), self.steps[0].bounding_box()
        assert stop is not None
        assert step is not None
        return stop["y"] + stop["height"] <= step["y"]

    def _sees(self, place: Locator) -> bool:
        box, bar = place.bounding_box(), self.page.get_by_role("contentinfo").bounding_box()
        assert box is not None
        assert bar is not None
        return box["y"] >= 0 and box["y"] + box["height"] <= bar["y"]


class Session(Page):
    """Exercises done together with the kiosk."""

    def begin_silently(self) -> None:
        words = self.visitor.words("session-start-silent")
        self.visitor.press(self.page.get_by_role("button", name=words))
        stop = self.page.get_by_role("button", name=self.visitor.words("session-stop"))
        stop.wait_for()

    def pause(self) -> None:
        words = self.visitor.words("session-pause")
        self.visitor.press(self.page.get_by_role("button", name=words))
        go_on = self.page.get_by_role("button", name=self.visitor.words("session-go-on"))
        go_on.wait_for()


class Leaflets(Page):
    """Which leaflet?"""

    def choose(self, title: str) -> "Leaflet":
        tiles = self.page.get_by_role("main").get_by_role("link")
        self.visitor.follow(tiles.filter(has=self.page.get_by_text(title, exact=True)))
        return Leaflet(self.visitor)


class Leaflet(Page):
    """One leaflet: its choices and its pages."""

    @property
    def side(self) -> Locator:
        """The picture of the side that is shown."""
        words = re.escape(self.visitor.words("leaflet-page-alt", page="#")).replace(r"\#", r"\d+")
        return self.page.get_by_role("main").get_by_role("img", name=re.compile(words))

    def see_sides(self) -> list[float]:
        """Turn through all sides; give back how many pixels of each picture came."""
        pixels = []
        while True:
            self.side.scroll_into_view_if_needed()
            self.side.evaluate("(image) => image.decode()")
            size = "(image) => image.naturalWidth * image.naturalHeight"
            pixels.append(self.side.evaluate(size))
            if not self.can_turn("next"):
                return pixels
            self.turn("next")

    def turn(self, way: str) -> None:
        """Turn to the next or the previous side."""
        self.visitor.follow(self._turning(way))

    def can_turn(self, way: str) -> bool:
        """Whether there is a next or a previous side."""
        turning = self._turning(way)
        return turning.count() == 1 and turning.get_attribute("href") is not None

    def _turning(self, way: str) -> Locator:
        return self.page.get_by_role("link", name=self.visitor.words(f"leaflet-{way}"))

    @property
    def side_number(self) -> int:
        """The number of the side that is shown."""
        title = self.page.get_by_role("heading", level=2).filter(has_text=re.compile(r"^\D+\d+"))
        found = re.search(r"\d+", title.first.inner_text())
        assert found is not None
        return int(found[0])

    @property
    def codes(self) -> list[str]:
        """What the codes for a phone say of themselves."""
        drawings = self.page.locator(".k-codes").get_by_role("img").all()
        return [drawing.locator("title").text_content() or "" for drawing in drawings]

    @property
    def words_of_codes(self) -> str:
        """What stands beside the codes."""
        return self.page.locator(".k-codes").inner_text()

    def see_codes(self) -> list[bytes]:
        """Come to each of the codes; give back pictures of the screen."""
        pictures = []
        for drawing in self.page.locator(".k-codes").get_by_role("img").all():
            drawing.evaluate("(code) => code.scrollIntoView({ block: 'center' })")
            pictures.append(self.page.screenshot())
        return pictures

    def open_key_steps(self) -> list[str]:
        """Show the words that are in the code; give back their lines."""
        self.visitor.press(self.page.get_by_text(self.visitor.words("code-steps-shown")))
        return self.page.locator(".k-codes details p").all_inner_texts()

    def choose_size(self, size: str) -> None:
        """Choose standard, large or giant print, and show it."""
        words = self.visitor.words(f"leaflet-size-{size}")
        self.visitor.press(self.page.get_by_role("radio", name=words))
        self._show()

    @property
    def parts(self) -> list[Locator]:
        return self.page.get_by_role("checkbox").all()

    @property
    def ticked(self) -> list[bool]:
        return [part.is_checked() for part in self.parts]

    def leave_out(self, number: int) -> None:
        """Take a part out, counted from 0, and show the leaflet without it."""
        self.visitor.press(self.parts[number])
        self._show()

    def _show(self) -> None:
        words = self.visitor.words("leaflet-show")
        self.visitor.follow(self.page.get_by_role("button", name=words))

    @property
    def size(self) -> str:
        """The size that is chosen."""
        chosen = self.page.get_by_role("radio", checked=True)
        return chosen.get_attribute("value") or ""

    def save(self) -> bytes:
        """Save the leaflet; give back the file."""
        with self.page.expect_download() as waiting:
            words = self.visitor.words("leaflet-save")
            self.visitor.press(self.page.get_by_role("link", name=words))
        return waiting.value.path().read_bytes()


class Change(Page):
    """Change how this looks and sounds."""

    @classmethod
    def arrive(cls, visitor: Visitor) -> "Change":
        visitor.go("/preferences")
        return cls(visitor)

    def choice(self, setting: str, value: str) -> Locator:
        """The button of a choice, by the phrases of both: size and large, rate and 125."""
        group = self.page.get_by_role("group", name=self.visitor.words(f"change-{setting}"))
        words = re.escape(self.visitor.words(f"{setting}-{value}"))
        return group.get_by_role("button").filter(has_text=re.compile(f"^{words}$"))

    def choose(self, setting: str, value: str) -> None:
        """Choose; the screen shows the choice when this returns."""
        self.visitor.follow(self.choice(setting, value))

    def is_chosen(self, setting: str, value: str) -> bool:
        """Whether a choice is shown as the one in use."""
        return self.choice(setting, value).get_attribute("aria-pressed") == "true"

    @property
    def volume(self) -> int:
        """The loudness that is shown: the first number of its line."""
        group = self.page.get_by_role("group", name=self.visitor.words("change-volume"))
        found = re.search(r"\d+", group.get_by_role("paragraph").inner_text())
        assert found is not None
        return int(found[0])

    @property
    def _undo(self) -> Locator:
        return self.page.get_by_role("button", name=self.visitor.words("change-undo"))

    @property
    def can_undo(self) -> bool:
        return self._undo.is_visible()

    def undo(self) -> None:
        self.visitor.follow(self._undo)

    def done(self) -> Page:
        words = self.visitor.words("change-done")
        self.visitor.follow(self.page.get_by_role("main").get_by_role("link", name=words))
        return Page(self.visitor)
