"""Make ahead all that can be made ahead: fonts, speech, leaflets. Only what changed is made.

Takes the services; yields a Made for each thing as it is finished, so that the caller can show
how far it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from kiosk import fonts
from kiosk.errors import KioskError
from kiosk.services import Services, font_folder


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
    for pack in services.catalogue.packs.values():
        for topic in pack.topics.values():
            name = f"{pack.id}/{topic.id}"
            found.append((f"speech {name}", partial(services.speech_listing, pack, topic)))
            found.append((f"leaflet {name}", partial(services.leaflet, pack, topic)))
    return found


def build(services: Services) -> Iterator[Made]:
    """Make everything, one thing after another; a failure is told and does not stop the rest."""
    for what, make in jobs(services):
        try:
            make()
        except (KioskError, OSError) as error:
            yield Made(what, failed=str(error))
        else:
            yield Made(what)
