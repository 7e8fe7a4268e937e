"""How much memory the kiosk takes, each process with its fair part of what it shares (PSS).

The web process after every topic was read; each worker when it has done a job and waits, and at
its most while it makes the longest leaflets. Beside it Chromium, printing one leaflet.
"""

import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from bench.rows import Row
from bench.serving import Client, running_kiosk
from bench.typesetters import PRINT_S
from kiosk.leaflet import LeafletOrder, Size
from kiosk.services import build_services
from kiosk.settings import Settings
from tests.browser.conftest import CHROMIUM, as_root
from tests.topics import TOPIC_NAMES

MB = 1_000_000
LOOKED_EVERY_S = 0.02
HEAVY = ("get-help", "stretches", "pregnancy", "older-people")


def memory() -> Iterator[Row]:
    """Web, workers idle, all at their most; and Chromium's print."""
    with tempfile.TemporaryDirectory() as folder, running_kiosk(Path(folder)) as kiosk:
        process = psutil.Process(kiosk.pid)
        client = Client(kiosk.address)
        for name in TOPIC_NAMES:
            client.get(f"/{name}")
            client.get(f"/{name}/speech.json?beginning=1")
        client.get("/leg-cramps/leaflets/relief.pdf")
        web, workers = _pss(process), [_pss(child) for child in process.children()]

        def make() -> None:
            for name in HEAVY:
                for size in Size:
                    client.get(f"/leg-cramps/leaflets/{name}.pdf?size={size}")

        peak = _most(make, lambda: _all(process))
        client.close()
    print_mb = _chromium()
    yield Row("memory: the web process, after every page", "-", "60 MB", _mb(web), {"here": [web]})
    yield Row(
        "both workers, idle",
        "-",
        "120 MB",
        f"{_mb(sum(workers))} ({', '.join(_mb(one) for one in workers)})",
        {"here": workers},
    )
    yield Row(
        "all processes at their most, making leaflets",
        f"Chromium printing one leaflet: {_mb(print_mb)}",
        "300 MB",
        _mb(peak),
        {"here": [peak], "beside": [print_mb]},
    )


def _chromium() -> float:
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(state=Path(folder)))
        try:
            pack = services.catalogue.packs["leg-cramps"]
            order = LeafletOrder(pack.topics["stretches"], pack, None, Size.STANDARD)
            html = services.leaflets.html(order, services.drawer(pack.id))
            css = services.leaflets.css(order.size)
        finally:
            services.close()
        page = Path(folder) / "leaflet.html"
        page.write_text(html.replace("</head>", f"<style>{css}</style></head>", 1), "utf-8")
        command = [str(CHROMIUM), "--headless", "--disable-gpu", "--no-pdf-header-footer"]
        command += [*as_root(), f"--user-data-dir={folder}/chromium"]
        with subprocess.Popen(
            [*command, f"--print-to-pdf={folder}/out.pdf", page.as_uri()],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            found = psutil.Process(process.pid)
            return _most(lambda: process.wait(PRINT_S), lambda: _all(found))


def _most(do: Callable[[], object], look: Callable[[], float]) -> float:
    """The largest that `look` gave while `do` was done."""
    found, done = [look()], threading.Event()

    def watch() -> None:
        while not done.is_set():
            found.append(look())
            time.sleep(LOOKED_EVERY_S)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        do()
    finally:
        done.set()
        watcher.join()
    return max(found)


def _all(process: psutil.Process) -> float:
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(_pss(one) for one in family)


def _pss(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return 0


def _mb(size: float) -> str:
    return f"{size / MB:.0f} MB"
