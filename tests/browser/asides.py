"""Screens beside a visit's way: the warning before the screen clears, and the staff's door."""

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
