"""Fifty visitors at one kiosk: how long a page takes, and whether memory grows.

A real kiosk as a process of its own. Each visitor is a browser with an empty cache who looks at
page after page for a few seconds each, far faster than anybody reads. Style and scripts are kept
for the visit where the kiosk says that they never change, and asked for again where not.
BENCH_LOAD_S sets another time than five minutes.
"""

import gzip
import http.client
import json
import os
import random
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from bench.rows import Row
from tests.browser.kiosk_process import RunningKiosk, running_kiosk

VISITORS = 50
SECONDS = float(os.environ.get("BENCH_LOAD_S", "300"))
WARM_S = min(60.0, SECONDS / 5)  # the crowd is there so long before anything is measured
LOOKS_S = (2.0, 6.0)  # how long a visitor looks at a page
TOPICS = ("relief", "causes", "cramp-now", "pregnancy", "night-cramps", "get-help")
PAGES = ("/", "/help", "/preferences", "/leg-cramps/leaflets")
_PARTS = re.compile(r'<(?:link|script)\b[^>]*(?:href|src)="(/[^"]+)"')
SEED = 20261121


class Browser:
    """One visitor's browser: a connection that is kept, cookies, and what it has already."""

    def __init__(self, address: str, seed: int) -> None:
        self._host = urlsplit(address).netloc
        self._line = http.client.HTTPConnection(self._host, timeout=120)
        self._dice = random.Random(seed)  # noqa: S311 - chance, not a secret
        self._known: dict[str, str] = {}
        self._kept: set[str] = set()
        self._cookies: dict[str, str] = {}
        self.pages: list[float] = []
        self.others: list[float] = []
        self.faults: list[str] = []

    def ask(self, path: str, form: dict[str, str] | None = None) -> bytes:
        """One answer; its status is noted when it is a fault."""
        headers = {"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"}
        if self._cookies:
            headers["Cookie"] = "; ".join(f"{name}={one}" for name, one in self._cookies.items())
        if path in self._known:
            headers["If-None-Match"] = self._known[path]
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        method, body = ("GET", None) if form is None else ("POST", urlencode(form))
        begun = time.perf_counter()
        try:
            self._line.request(method, path, body, headers)
            answer = self._line.getresponse()
            found = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self._line.close()
            self.faults.append(f"{path}: {error!r}")
            return b""
        took = time.perf_counter() - begun
        page = answer.headers.get_content_type() == "text/html" and answer.status == 200
        (self.pages if page else self.others).append(took)
        if answer.status >= 400:
            self.faults.append(f"{path}: {answer.status}")
        if "immutable" in answer.headers.get("Cache-Control", ""):
            self._kept.add(path)
        if mark := answer.headers.get("ETag"):
            self._known[path] = mark
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(found) if packed and found else found

    def look(self, path: str) -> None:
        """A page with its style and scripts."""
        for part in dict.fromkeys(_PARTS.findall(self.ask(path).decode())):
            if part not in self._kept:
                self.ask(part)

    def listen(self, topic: str) -> None:
        """The listing of a topic and the first recording of it."""
        listing = self.ask(f"/leg-cramps/{topic}/speech.json?beginning=1")
        if listing:
            self.ask(json.loads(listing)["segments"][0]["audio"])

    def visit(self) -> Iterator[None]:
        """Home, a few pages, a topic read and heard, a leaflet; then all is forgotten."""
        dice = self._dice
        self.look("/")
        yield
        if dice.random() < 0.3:
            self.ask("/preferences", {"size": dice.choice(("large", "very-large")), "stay": ""})
        for _ in range(3):
            topic = dice.choice(TOPICS)
            self.look(f"/leg-cramps/{topic}")
            self.listen(topic)
            yield
            self.look(dice.choice(PAGES))
            yield
        self.look(f"/leg-cramps/leaflets/{topic}")
        self.ask(f"/leg-cramps/leaflets/{topic}.png?page=1")
        yield
        self.ask("/finish", {})
        self._cookies.clear()
        self._known.clear()
        self._kept.clear()

    def forget_times(self) -> None:
        """Measure from now on."""
        self.pages, self.others = [], []

    def stay(self, until: float) -> None:
        """Visit after visit."""
        time.sleep(self._dice.uniform(0, LOOKS_S[1]))  # they do not come all at once
        while True:
            for _ in self.visit():
                if time.monotonic() > until:
                    return
                time.sleep(self._dice.uniform(*LOOKS_S))


def memory_mb(kiosk: RunningKiosk) -> tuple[float, float]:
    """What the web process holds, and what its workers do."""
    own, workers = 0.0, 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(re.findall(r"^(\w+):\s+(\d+)", status.read_text(), re.MULTILINE))
        except OSError:
            continue
        held = int(facts.get("VmRSS", 0)) / 1000
        if int(status.parent.name) == kiosk.pid:
            own = held
        elif int(facts.get("PPid", 0)) == kiosk.pid:
            workers += held
    return own, workers


def load() -> Iterator[Row]:
    """Fifty visitors for five minutes."""
    with tempfile.TemporaryDirectory() as folder, running_kiosk(Path(folder)) as kiosk:
        _warm(kiosk)
        until = time.monotonic() + WARM_S + SECONDS
        browsers = [Browser(kiosk.address, SEED + number) for number in range(VISITORS)]
        crowd = [threading.Thread(target=one.stay, args=(until,)) for one in browsers]
        for one in crowd:
            one.start()
        time.sleep(WARM_S)
        before = memory_mb(kiosk)
        for browser in browsers:
            browser.forget_times()
        for one in crowd:
            one.join()
        after = memory_mb(kiosk)
        faults = [fault for one in browsers for fault in one.faults] + kiosk.faults
    pages = sorted(took for one in browsers for took in one.pages)
    others = sorted(took for one in browsers for took in one.others)
    what = f"{VISITORS} visitors for {SECONDS:.0f} s"
    machine = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    yield Row(f"a page, {what}: median, p99", "-", "p99 100 ms", f"{_said(pages)} ({machine})")
    yield Row("what pages are made of, at the same time", "-", "-", _said(others))
    yield Row("memory before and after, web and workers", "-", "flat", _grown(before, after))
    yield Row("faults meanwhile", "-", "none", "; ".join(faults[:3]) or "none")


def _warm(kiosk: RunningKiosk) -> None:
    """One visitor sees everything first: what is made ahead in a clinic is made."""
    first = Browser(kiosk.address, SEED)
    for topic in TOPICS:
        first.ask(f"/leg-cramps/{topic}/speech.json")
        first.ask(f"/leg-cramps/leaflets/{topic}")
        first.ask(f"/leg-cramps/leaflets/{topic}.png?page=1")
    for _ in range(5):
        for _ in first.visit():
            continue
    for page in PAGES:
        first.look(page)


def _said(took: list[float]) -> str:
    if len(took) < 100:
        return f"only {len(took)} answers"
    middle, high = took[len(took) // 2], took[len(took) * 99 // 100]
    return f"{middle * 1000:.0f} ms, {high * 1000:.0f} ms, {len(took)} answers"


def _grown(before: tuple[float, float], after: tuple[float, float]) -> str:
    (own, workers), (own_then, workers_then) = before, after
    return f"{own:.0f} to {own_then:.0f} MB; {workers:.0f} to {workers_then:.0f} MB"
