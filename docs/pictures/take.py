"""Take the README's pictures anew, from a kiosk that is running.

Usage: `python docs/pictures/take.py ADDRESS`.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent


def main(address: str) -> None:
    """Save home.png (the portrait panel) and leaflet.png (the first side for pregnancy)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1080, "height": 1920}, device_scale_factor=0.5)
        page.goto(address)
        page.screenshot(path=HERE / "home.png")
        leaflet = page.request.get(f"{address}/leg-cramps/leaflets/pregnancy.png?page=1")
        (HERE / "leaflet.png").write_bytes(leaflet.body())
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
