"""Make ahead all that can be made ahead: fonts, speech, leaflets. Only what changed is made.

Takes the services; yields a Made for each thing as it is finished, so that the caller can show
how far it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from kiosk import fonts
from kiosk.errors import KioskError
from kiosk.leaflet import LeafletOrder, Size
from kiosk.models import Pack, Topic
from kiosk.services import Services, font_folder
from kiosk.speech.interface import sayings
from kiosk.speech.voices import PLAIN


@dataclass(frozen=True)
class Made:
    """One thing that is ready now, or that failed and why."""

    what: str
    failed: str = ""


def jobs(services: Services) -> list[tuple[str, Callable[[], object]]]:
    """All there is to make, in order, each with its name."""
    found: list[tuple[str, Callable[[], object]]] = [
        ("fonts", lambda: fonts.build_fonts(font_folder(services.settings)))
    ]
    for name in sayings(services.catalogue.phrases, services.settings.visit):
        found.append((f"speech {name}", partial(services.phrase_recording, name, PLAIN)))
    for pack in services.catalogue.packs.values():
        for topic in pack.topics.values():
            name = f"{pack.id}/{topic.id}"
            found.append((f"speech {name}", partial(services.speech_listing, pack, topic, PLAIN)))
            for size in Size:
                made = partial(_make_leaflet, services, pack, topic, size)
                found.append((f"leaflet {name} {size}", made))
            if topic.about.layout == "steps":
                steps = partial(services.playable_steps, pack, topic, 1, PLAIN)
                found.append((f"steps {name}", steps))
        for session in services.every_session(pack):
            played = partial(services.playable_session, pack, session, 1, PLAIN)
            found.append((f"session {pack.id}/{session.id} {session.audience}", played))
    return found


def _make_leaflet(services: Services, pack: Pack, topic: Topic, size: Size) -> None:
    """Keep the leaflet as it is to be now; the last good one would hide that it fails."""
    order = LeafletOrder(topic, pack, services.review(topic), size)
    services.leaflets.make(order, services.drawer(pack.id))


def build(services: Services) -> Iterator[Made]:
    """Make everything, one thing after another; a failure is told and does not stop the rest."""
    for what, make in jobs(services):
        try:
            make()
        except (KioskError, OSError) as error:
            yield Made(what, failed=str(error))
        else:
            yield Made(what)
