"""The two QR codes that a phone takes from a leaflet's page: key steps, and the clinic's page."""

from dataclasses import dataclass

from kiosk import qr
from kiosk.key_steps import key_steps
from kiosk.models import Pack, Topic
from kiosk.web.pages import services


@dataclass(frozen=True)
class Code:
    """One code: its drawing (SVG of our own making), what it is, and what a phone needs for it."""

    name: str
    drawing: str
    title: str
    what: str
    lines: tuple[str, ...] = ()


def codes_of(pack: Pack, topic: Topic) -> list[Code]:
    """The codes of a topic; only those that there is something to put in.

    The key steps are text in the code itself; the address needs `clinic.web` in the settings.
    """
    phrases = services().catalogue.phrases
    found = []
    steps = key_steps(topic, pack)
    if steps:
        alt = phrases("code-steps-alt", title=topic.about.title)
        found.append(
            Code(
                "steps",
                qr.svg(steps, alt, "code-steps"),
                phrases("code-steps"),
                phrases("code-steps-what"),
                tuple(steps.splitlines()),
            )
        )
    written = services().settings.clinic.web
    address = qr.address_of(written)
    if address:
        alt = phrases("code-address-alt", address=written)
        found.append(
            Code("address", qr.svg(address, alt, "code-address"), phrases("code-address"), written)
        )
    return found
