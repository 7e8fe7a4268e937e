"""Make the goldens anew, after looking at the leaflets: `.venv/bin/python -m tests.goldens`."""

import tempfile
from pathlib import Path

from kiosk.services import build_services
from kiosk.settings import Settings
from tests.goldens.made import AUDIENCES, FOLDER, leaflet, made_with, outline, strip
from tests.printed import unhurried


def main() -> None:
    with tempfile.TemporaryDirectory() as state:
        services = build_services(Settings(state=Path(state)))
        try:
            with unhurried(services):
                for topic in AUDIENCES:
                    pdf = leaflet(services, topic)
                    (FOLDER / f"{topic}.txt").write_text(outline(pdf), "utf-8")
                    strip(pdf).save(FOLDER / f"{topic}.png", optimize=True)
            (FOLDER / "made-with.txt").write_text(made_with(services), "utf-8")
        finally:
            services.close()


if __name__ == "__main__":
    main()
