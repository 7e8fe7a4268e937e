"""What holds for every screen: its heading, its bar, and the looks that were chosen."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor


class Screen:
    """Any screen: its heading, its bar, and the looks the visitor chose."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    @property
    def title(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    @property
    def text_px(self) -> float:
        """The size of the text, in CSS pixels."""
        found = self.visitor.look("() => parseFloat(getComputedStyle(document.body).fontSize)")
        return float(found)

    @property
    def colours(self) -> tuple[str, str]:
        """The colours of the ground and of the text."""
        ground, ink = self.visitor.look(
            "() => [getComputedStyle(document.documentElement).backgroundColor,"
            " getComputedStyle(document.body).color]"
        )
        return ground, ink

    def bar(self, control: str) -> Locator:
        """A control of the bar, by its phrase: home, back, listen, print, change, help, finish."""
        bar = self.page.get_by_role("navigation", name=self.visitor.words("bar-label"))
        words = self.visitor.words(f"bar-{control}")
        return bar.get_by_role("link", name=words).or_(bar.get_by_role("button", name=words))

    @property
    def bar_names(self) -> list[str]:
        """The words of the bar's controls, in their order."""
        bar = self.page.get_by_role("navigation", name=self.visitor.words("bar-label"))
        return [item.inner_text() for item in bar.get_by_role("listitem").all()]

    def name_of(self, control: Locator) -> str:
        """What a screen reader calls a control."""
        found = re.match(r'- \w+ "(.*)"', control.aria_snapshot())
        return found[1] if found else ""
