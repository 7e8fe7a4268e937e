"""The scenes of the matrix: a page and a state it can be in, and the way a visitor gets there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.browser.asides import StillThere
from tests.browser.conftest import NO_PAGE
from tests.browser.listening import Reader
from tests.browser.pages import CrampNow, Session, Topic
from tests.browser.visitor import Visitor

PACK = "/leg-cramps"
IDLE_FOR_SURE_S = 3600  # longer than any wait, however much more time was asked for


@dataclass(frozen=True)
class Scene:
    """What a visitor looks at: `path` and what was done there."""

    name: str
    path: str
    act: Callable[[Visitor], None] | None = None
    needs_clock: bool = False

    def set(self, visitor: Visitor) -> None:
        """Bring a visitor into this scene."""
        visitor.go(self.path)
        if self.act:
            self.act(visitor)


def _listen(visitor: Visitor) -> None:
    reader = Reader.at(Topic(visitor))
    reader.listen()
    reader.pause()


def _wait_too_long(visitor: Visitor) -> None:
    visitor.page.clock.fast_forward(IDLE_FOR_SURE_S * 1000)
    expect(StillThere(visitor).dialog).to_be_visible()


def _begin(visitor: Visitor) -> None:
    session = Session(visitor)
    session.begin_silently()
    session.pause()  # so that it does not go on while it is looked at


SCENES = [
    Scene("home", "/"),
    Scene("leaflets, warned", f"{PACK}/leaflets", _wait_too_long, needs_clock=True),
    Scene("more topics", f"{PACK}/more"),
    Scene("a topic", f"{PACK}/relief"),
    Scene("a topic, read aloud", f"{PACK}/pregnancy", _listen),
    Scene("a topic, warned", f"{PACK}/older-people", _wait_too_long, needs_clock=True),
    Scene("urgent signs", f"{PACK}/get-help"),
    Scene("exercises", f"{PACK}/stretches"),
    Scene("cramp now", CrampNow.PATH),
    Scene("a session's beginning", f"{PACK}/session/older-people"),
    Scene("a session", f"{PACK}/session/pregnancy", _begin),
    Scene("leaflets", f"{PACK}/leaflets"),
    Scene("a leaflet", f"{PACK}/leaflets/athletes"),
    Scene("Change", "/preferences"),
    Scene("Help", "/help"),
    Scene("the accessibility statement", "/accessibility"),
    Scene("no such page", NO_PAGE),
    Scene("the staff's door", "/staff"),
]
