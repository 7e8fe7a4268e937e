"""What becomes of a kiosk with 1, 10, 100 and 1,000 topics: start, page, build and disk.

Each generated topic is the real *Ease the pain* with words of its own, so none shares a leaflet or
a recording with another. All of them are read once, as by a first start, before anything is timed.
The build is that of the same few topics among all the others, so that it ends; the disk is that of
the content, of what was read and kept, and of what those few made, for each topic.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import yaml

from bench.machine import load
from bench.rows import Row, percentile, said, several
from bench.serving import Client, first_page, running_kiosk
from kiosk.build import build, topic_jobs
from kiosk.services import build_services
from kiosk.settings import PROJECT, Settings
from kiosk.shelf import LANG

NUMBERS = (1, 10, 100, 1000)
BUILT, PAGES = 3, 300
SUBJECT, MODEL = "leg-cramps", "relief"
MOST_FLAT = 1.2
KB = 1000


def growth() -> Iterator[Row]:
    """One row for each number of topics; the ratio is to the row before with ten topics."""
    middle: dict[int, tuple[float, float]] = {}
    for number in NUMBERS:
        with tempfile.TemporaryDirectory() as folder:
            content, state = Path(folder) / "content", Path(folder) / "state"
            _write(content, number)
            settings = {"KIOSK_CONTENT": str(content)}
            first_page(Path(folder), "/", settings)
            started = several(lambda at=folder, own=settings: first_page(Path(at), "/", own))
            with running_kiosk(Path(folder), settings) as kiosk:
                client = Client(kiosk.address)
                paths = [f"/{SUBJECT}/{_name(at)}" for at in range(min(number, 10))]
                for path in paths:
                    client.times(path, 3)
                times = [
                    took
                    for _ in range(PAGES // len(paths))
                    for path in paths
                    for took in client.times(path, 1)
                ]
                client.close()
            per_topic = _build(content, state, number)
            reading = _size(state / "content")
            kept = (_size(state) - reading) / min(number, BUILT)
            reading /= number
        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        middle[number] = (p50, per_topic)
        base = middle.get(10, middle[number])
        flat = f"page {p50 / base[0]:.2f}x, build {per_topic / base[1]:.2f}x of ten topics"
        yield Row(
            f"{number:,} topics: start; page p50, p99; build per topic; disk per topic",
            "-" if number <= 10 else flat,
            "start 1.5 s; page and build flat within 1.2x" if number > 10 else "start 1.0 s",
            f"{said(started)}; {p50 * 1000:.1f} ms, {p99 * 1000:.1f} ms; {per_topic:.2f} s; "
            f"{(kept + reading) / KB:,.0f} KB; {load()}",
            {"start": started, "page": times, "build": [per_topic]},
        )


def _name(number: int) -> str:
    return f"topic-{number}"


def _write(content: Path, number: int) -> None:
    """The real content with so many topics in the place of its own."""
    shutil.copytree(PROJECT / "content", content)
    folder = content / SUBJECT
    model = (folder / LANG / f"{MODEL}.md").read_text("utf-8")
    for path in (folder / LANG).glob("*.md"):
        path.unlink()
    _, front, body = model.split("---\n", 2)
    about = yaml.safe_load(front)
    title = about["title"]
    about.pop("key_steps", None)
    for at in range(number):
        about["title"] = f"{title} {at}"
        text = body.replace(" ease a cramp.", f" ease a cramp, {at}.", 1)
        assert text != body
        written = yaml.safe_dump(about, allow_unicode=True, sort_keys=False)
        (folder / LANG / f"{_name(at)}.md").write_text(f"---\n{written}---\n{text}", "utf-8")
    pack = yaml.safe_load((folder / "pack.yaml").read_text("utf-8"))
    pack |= {"home": [_name(at) for at in range(min(number, 6))], "for_you": [], "groups": {}}
    pack |= {"sessions": {}, "leaflets": [_name(at) for at in range(min(number, 10))]}
    written = yaml.safe_dump(pack, allow_unicode=True, sort_keys=False)
    (folder / "pack.yaml").write_text(written, "utf-8")


def _build(content: Path, state: Path, number: int) -> float:
    """The seconds that each of the first few topics takes to be made, in all its forms."""
    services = build_services(Settings(content=content, state=state))
    try:
        services.workers["paper"].call("signature")
        services.workers["speech"].call("version")
        pack = services.catalogue.packs[SUBJECT]
        assert len(pack.topics) == number, services.catalogue.problems[:1]
        begun = perf_counter()
        for at in range(min(number, BUILT)):
            wanted = list(topic_jobs(services, pack, pack.topics[_name(at)]))
            for made in build(services, None, wanted):
                assert not made.failed, made.failed
        return (perf_counter() - begun) / min(number, BUILT)
    finally:
        services.close()


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
