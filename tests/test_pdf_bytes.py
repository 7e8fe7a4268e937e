"""The same input gives the same bytes, so that the hash of what made a file is a fair key."""

import os
import subprocess
import sys

import pytest

from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import Services
from kiosk.settings import PROJECT
from kiosk.worker import Worker

pytestmark = pytest.mark.usefixtures("paper")
MAKE = """
import sys
from kiosk.paper import PaperPress
html, css = sys.stdin.read().split("\\0")
sys.stdout.buffer.write(PaperPress().render(html, css))
"""


@pytest.mark.parametrize("size", [Size.STANDARD, Size.BOOKLET])
def test_another_process_makes_the_same_bytes(services: Services, size: Size) -> None:
    pack = services.catalogue.packs["leg-cramps"]
    order = LeafletOrder(pack.topics["pregnancy"], pack, None, size)
    html, css = services.leaflets.html(order, services.drawer(pack.id)), services.leaflets.css(size)
    worker = Worker("kiosk.paper:PaperPress", timeout_s=120, memory_mb=768)
    try:
        once, again = (worker.call("render", html, css) for _ in range(2))
    finally:
        worker.close()
    elsewhere = subprocess.run(
        [sys.executable, "-c", MAKE],
        input=f"{html}\0{css}".encode(),
        env={**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(PROJECT)},
        cwd="/",
        capture_output=True,
        timeout=120,
        check=True,
    ).stdout
    assert once == again == elsewhere
