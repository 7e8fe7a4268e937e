"""Days of a clinic at a clock that runs as fast as visits are made.

The real kiosk with its real content, workers and files; only the clock and the printer are not.
Takes a state folder and a number of visits; gives back what should have been counted and what is
kept, so that a day can be asserted on and a week can be measured.
"""

import logging
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from flask.testing import FlaskClient

from kiosk.door import set_pin
from kiosk.leaflet import Size
from kiosk.printing.jobs import Quota
from kiosk.printing.memory import Memory
from kiosk.printing.service import PrintService
from kiosk.services import Services, build_services, count_job
from kiosk.settings import Settings
from kiosk.usage import Event
from kiosk.web import create_app
from tests.page_rules import SAME_ORIGIN
from tests.paper_tray import FakeClock, PaperTray
from tests.printed import unhurried
from tests.printing.desk import Desk

MONDAY = datetime(2026, 11, 16, 8, 0)
OPEN_S, DAY_S = 10 * 3600, 24 * 3600  # from eight to six
QUIET = {"volume": "5", "quiet_from": "17:00", "quiet_until": "09:00", "quiet_volume": "2"}
PACK = "leg-cramps"
PIN = "2468"
MOST_PARTS = 5  # that a visitor chooses; a topic may have fifty


@dataclass
class Clinic:
    """A kiosk in its clinic, with a printer that works and a clock that the days move."""

    services: Services
    client: FlaskClient
    desk: Desk
    log: Path
    topics: tuple[str, ...]
    dice: random.Random
    expected: Counter[Event] = field(default_factory=Counter)
    quiet: int = 0
    refused: int = 0

    @property
    def now(self) -> datetime:
        return _wall(self.desk.tray.clock)

    def day(self, visits: int) -> None:
        """A day from eight in the morning to eight in the next one."""
        clock = self.desk.tray.clock
        ends = clock.now + DAY_S
        for _ in range(visits):
            begun = clock.now
            self._visit()
            clock.now = max(clock.now, begun + OPEN_S / visits)
        for path in ("/healthz", "/metrics"):
            self._get(path)
        self._look_as_staff()
        self.desk.tray.sheets = 250  # somebody fills it up
        self.desk.tray.jobs.clear()  # the fake's own memory, not the kiosk's
        clock.now = max(clock.now, ends)
        self.desk.service.tick()

    def sizes(self) -> dict[str, int]:
        """Bytes of each thing in the state folder, and of the log."""
        state = self.services.settings.state
        found: Counter[str] = Counter({"log": self.log.stat().st_size})
        for path in state.rglob("*"):
            if path.is_file():
                found[path.relative_to(state).parts[0]] += path.stat().st_size
        return dict(found)

    def counted(self) -> dict[Event, int]:
        """What the kiosk has counted, all days together."""
        return self.services.usage.totals()

    def _get(self, path: str, **query: object) -> bytes:
        with self.client.get(path, query_string=query) as response:
            assert response.status_code == 200, (path, query, response.status_code)
            return bytes(response.data)

    def _post(self, path: str, **form: object) -> str:
        with self.client.post(path, data=form, headers=SAME_ORIGIN) as response:
            assert response.status_code in (204, 303), (path, form, response.status_code)
            return response.headers.get("Location", "")

    def _visit(self) -> None:
        dice = self.dice
        self._get("/")
        self.quiet += self.services.volume.now() == int(QUIET["quiet_volume"])
        if dice.random() < 0.3:
            self._post("/preferences", size=dice.choice(("large", "very-large")))
        for topic in dice.sample(self.topics, 2):
            self._get(f"/{PACK}/{topic}")
            self.expected[Event.READ] += 1
            if dice.random() < 0.5:
                self._get(f"/{PACK}/{topic}/speech.json", beginning=1)
                self.expected[Event.HEARD] += 1
        self._get("/speech/utterance.json", piece=f"t:Button {dice.randrange(10**6)}")
        if dice.random() < 0.3:
            exercises = self.services.every_session(self.services.catalogue.packs[PACK])[0].id
            self._get(f"/{PACK}/session/{exercises}")
            self._post(f"/{PACK}/session/{exercises}/done")
            self.expected[Event.SESSION] += 1
        if dice.random() < 0.5:
            self._take_leaflet(dice.choice(self.topics))
        self._post("/finish")

    def _take_leaflet(self, topic: str) -> None:
        """Any size and any choice of parts, seen first; then to print or, on a phone, to keep."""
        sections = [one.id for one in self.services.catalogue.packs[PACK].topics[topic].sections]
        chosen = self.dice.sample(sections, self.dice.randint(1, min(len(sections), MOST_PARTS)))
        size = self.dice.choice([Size.STANDARD, Size.LARGE])
        order = {"size": size.value, "parts": chosen}
        self._get(f"/{PACK}/leaflets/{topic}", **order)
        self._get(f"/{PACK}/leaflets/{topic}.png", **order)
        if self.dice.random() < 0.5:
            self._get(f"/{PACK}/leaflets/{topic}.pdf", **order)
            self.expected[Event.LEAFLET] += 1
            return
        address = self._post("/print", pack=PACK, topic=topic, **order)
        self.desk.pass_time(30)
        job = self.services.printing.job(address.rpartition("/")[2])
        assert job is not None
        if job.cause is None:
            self.expected[Event.LEAFLET] += 1
        else:
            self.refused += 1
        self._get(address)

    def _look_as_staff(self) -> None:
        self._post("/staff", pin=PIN)
        for path in ("/staff", "/staff/counts", "/staff/counts.csv"):
            self._get(path)
        self._post("/finish")
        self.client.delete_cookie("staff", path="/staff")


def _wall(clock: FakeClock) -> datetime:
    return MONDAY + timedelta(seconds=clock.now)


@contextmanager
def clinic(
    folder: Path, leaflets_mb: int, topics: tuple[str, ...] = (), seed: int = 1
) -> Iterator[Clinic]:
    """A clinic that opens on a Monday; `topics` are those that visitors read, else all."""
    clock = FakeClock()
    clock.now = 0.0
    settings = Settings(state=folder / "state", leaflets_mb=leaflets_mb)
    services = build_services(settings, partial(_wall, clock))
    set_pin(settings.state, PIN)
    services.volume.keep(QUIET)
    tray = PaperTray(clock)
    memory = Memory(settings.state / "printing.json", lambda: _wall(clock).timestamp())
    printing = PrintService(
        tray, Quota(3, 40, 200), clock, memory, partial(count_job, services.usage)
    )
    services = replace(services, printing=printing)
    log = folder / "kiosk.log"
    handler = logging.FileHandler(log)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    noted = logging.getLogger()
    level = noted.level
    noted.addHandler(handler)
    noted.setLevel(logging.INFO)  # as run_kiosk.py logs
    try:
        with unhurried(services):  # not how fast leaflets are made is asked here
            yield Clinic(
                services=services,
                client=create_app(services).test_client(),
                desk=Desk(tray, printing),
                log=log,
                topics=topics or tuple(services.catalogue.packs[PACK].topics),
                dice=random.Random(seed),
            )
    finally:
        noted.setLevel(level)
        noted.removeHandler(handler)
        handler.close()
        services.close()
