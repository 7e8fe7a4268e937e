"""How a golden is made of a leaflet: its outline as text, its sides as one small grey picture."""

import hashlib
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import Services
from tests.tag_facts import Heard

FOLDER = Path(__file__).parent
AUDIENCES = ("pregnancy", "older-people", "athletes")
DPI = 50
GREYS = 16  # enough to see a line move; a picture of four sides is then some 60 KB
ANDIKA = Path("/usr/share/fonts/truetype/andika/Andika-Regular.ttf")


def leaflet(services: Services, topic_id: str) -> bytes:
    """The standard leaflet, with nobody's review on it."""
    pack = services.catalogue.packs["leg-cramps"]
    order = LeafletOrder(pack.topics[topic_id], pack, None, Size.STANDARD)
    return services.leaflets.make(order, services.drawer(pack.id))


def outline(pdf: bytes) -> str:
    """The tags that a screen reader tells of, one a line, with their first words."""
    return "\n".join(Heard(pdf).outline) + "\n"


def strip(pdf: bytes) -> Image.Image:
    """All sides beside each other, in a few greys."""
    with pypdfium2.PdfDocument(pdf) as document:
        sides = [side.render(scale=DPI / 72, grayscale=True).to_pil() for side in document]
    whole = Image.new("L", (sum(side.width for side in sides), sides[0].height), 255)
    left = 0
    for side in sides:
        whole.paste(side, (left, 0))
        left += side.width
    step = 256 // GREYS
    return whole.point([(grey // step) * 255 // (GREYS - 1) for grey in range(256)])


def differing(one: Image.Image, other: Image.Image, most_grey: int) -> int:
    """How many dots differ by more than so much grey; all of them when the sizes differ."""
    if one.size != other.size:
        return max(one.width * one.height, other.width * other.height)
    histogram = ImageChops.difference(one, other).histogram()
    return sum(histogram[most_grey + 1 :])


def made_with(services: Services) -> str:
    """What else shapes the dots: the libraries and the font of this machine."""
    font = hashlib.sha256(ANDIKA.read_bytes()).hexdigest() if ANDIKA.is_file() else "none"
    weasyprint, _, _, pango, *_ = services.workers["paper"].call("signature")
    return f"WeasyPrint {weasyprint}\nPango {pango}\nAndika {font}\n"
