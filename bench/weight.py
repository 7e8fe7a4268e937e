"""How many bytes a complete page is, as Chromium receives them, without the typeface.

Beside it the style sheet and script of nhsuk-frontend and govuk-frontend, compressed by gzip at
its best, as the kiosk's own are. They are frameworks for many services and hold more than a page
uses; so does the kiosk's style sheet, which serves all of its screens.
"""

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.frontends import FRONTENDS, FrontendMissingError, files_of
from bench.rows import Row
from bench.serving import Client, running_kiosk
from tests.browser.conftest import CHROMIUM, SWITCHES, as_root
from tests.topics import TOPIC_NAMES

PAGES = {"/leg-cramps/stretches": 120} | {
    path: 60 for path in ("/", *(f"/{name}" for name in TOPIC_NAMES)) if "stretches" not in path
}
KB = 1000
BEST = 9


def weight() -> Iterator[Row]:
    """Each page's bytes, the heaviest of the light ones, and the style and scripts alone."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_kiosk(Path(folder)) as kiosk,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*SWITCHES, *as_root()]
        )
        stretches = _received(browser, kiosk.address + "/leg-cramps/stretches")
        light = {path: _received(browser, kiosk.address + path) for path in PAGES if _light(path)}
        browser.close()
        client = Client(kiosk.address)
        own = {path: len(client.get(path)[0]) for path in stretches if _is_front_end(path)}
        client.close()
    yield Row(
        "bytes to a complete page, compressed, without the font: stretches",
        "-",
        "120 KB",
        _kb(sum(stretches.values())),
    )
    totals = {path: sum(found.values()) for path, found in light.items()}
    heaviest = max(totals, key=lambda path: totals[path])
    yield Row(
        f"the heaviest of {len(totals)} other pages ({heaviest})",
        "-",
        "60 KB",
        _kb(totals[heaviest]),
    )
    for name in FRONTENDS:
        try:
            sizes = {file.name: _compressed(file) for file in files_of(name)}
        except FrontendMissingError as error:
            theirs = f"not measured: {error}"
        else:
            parts = ", ".join(f"{file} {_kb(size)}" for file, size in sizes.items())
            theirs = f"{name} {FRONTENDS[name].version}: {_kb(sum(sizes.values()))} ({parts})"
        yield Row(
            "CSS and JS of a topic page, compressed",
            theirs,
            "below nhsuk-frontend" if name.startswith("nhsuk") else "-",
            f"{_kb(sum(own.values()))} in {len(own)} files",
        )


def _light(path: str) -> bool:
    return path != "/leg-cramps/stretches"


def _is_front_end(path: str) -> bool:
    return path.endswith((".css", ".js"))


def _received(browser: Browser, address: str) -> dict[str, int]:
    """Bytes on the wire for each address of a first visit, headers with them, fonts left out."""
    context = browser.new_context(viewport={"width": 1080, "height": 1920})
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    protocol.on(
        "Network.requestWillBeSent",
        lambda told: names.update({told["requestId"]: told["request"]["url"]}),
    )
    protocol.on(
        "Network.loadingFinished",
        lambda told: sizes.update({told["requestId"]: int(told["encodedDataLength"])}),
    )
    protocol.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    origin = "/".join(address.split("/")[:3])
    found = {names[key].removeprefix(origin): size for key, size in sizes.items() if key in names}
    return {path: size for path, size in found.items() if not path.startswith("/fonts/")}


def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), BEST))


def _kb(number: int) -> str:
    return f"{number / KB:.1f} KB"
