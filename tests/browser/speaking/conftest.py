"""A kiosk in test mode, whose pages list all that they say; and somebody who only listens."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import NewVisitor
from tests.browser.kiosk_process import RunningKiosk, running_kiosk
from tests.browser.speaking.listener import Listener
from tests.browser.wishes import SLOWEST_MS


@pytest.fixture(scope="session")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningKiosk]:
    """The kiosk with its real content and voice, in test mode."""
    settings = {"KIOSK_LOG_SPEECH": "true"}
    with running_kiosk(tmp_path_factory.mktemp("speaking"), settings) as running:
        yield running
    assert not running.faults, running.log.read_text("utf-8")


@pytest.fixture
def listener(new_visitor: NewVisitor) -> Listener:
    """Somebody at the panel who listens, and has keys and fingers."""
    visitor = new_visitor(touches=True)
    visitor.page.set_default_navigation_timeout(SLOWEST_MS)
    return Listener(visitor)
