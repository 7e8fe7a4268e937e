"""Screens beside a visit's way: the warning before the screen clears, the staff's door and lock."""

import re

from playwright.sync_api import Locator

from tests.browser.pages import Home
from tests.browser.screen import Screen
from tests.browser.visitor import Visitor


class StillThere:
    """The warning before the screen clears for the next person."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.dialog = visitor.page.get_by_role(
            "alertdialog", name=visitor.words("idle-title"), exact=True
        )

    @property
    def is_shown(self) -> bool:
        return self.dialog.is_visible()

    @property
    def text(self) -> str:
        """What it says will happen, and when."""
        return self.dialog.get_by_role("paragraph").inner_text()

    @property
    def stay_button(self) -> Locator:
        return self.dialog.get_by_role("button", name=self.visitor.words("idle-stay"))

    def stay(self) -> None:
        self.visitor.press(self.stay_button)

    @property
    def finish_button(self) -> Locator:
        return self.dialog.get_by_role("button", name=self.visitor.words("idle-finish"))

    def finish(self) -> Home:
        self.visitor.follow(self.finish_button)
        return Home(self.visitor)


class StaffDoor(Screen):
    """The PIN before the staff page."""

    @classmethod
    def arrive(cls, visitor: Visitor) -> "StaffDoor":
        visitor.go("/staff")
        return cls(visitor)

    def enter(self, pin: str) -> None:
        self.page.get_by_label(self.visitor.words("staff-pin")).fill(pin)
        enter = self.page.get_by_role("button", name=self.visitor.words("staff-enter"))
        self.visitor.follow(enter)

    @property
    def complaint(self) -> str:
        """What is said of a wrong PIN; empty when nothing is."""
        complaint = self.page.get_by_role("alert")
        return complaint.inner_text() if complaint.count() else ""


class Cleaning:
    """The staff's lock while the screen is wiped."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.opener = visitor.page.get_by_role(
            "button", name=visitor.words("cleaning-open"), exact=True
        )
        self.dialog = visitor.page.get_by_role(
            "alertdialog", name=visitor.words("cleaning-title"), exact=True
        )

    def begin(self) -> None:
        self.visitor.press(self.opener)
        self.dialog.wait_for()

    @property
    def is_on(self) -> bool:
        return self.dialog.is_visible()

    @property
    def seconds_left(self) -> int:
        """The number on the screen."""
        number = self.dialog.get_by_text(re.compile(r"^\d+$"))
        return int(number.inner_text())
