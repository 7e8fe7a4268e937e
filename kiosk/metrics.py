"""Numbers of this kiosk for programs that look after many: Prometheus, or a text file.

Takes the services; gives back OpenMetrics. No label tells of a person, nor of a topic: what is
read in a small clinic on one day could.
"""

import logging
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from prometheus_client import CollectorRegistry, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from kiosk.services import Services

log = logging.getLogger(__name__)
CONTENT_TYPE = CONTENT_TYPE_LATEST
EVERY_S = 60.0  # as often as a text file is written; collectors look about as often


def metrics(services: Services) -> bytes:
    """All numbers, as OpenMetrics."""
    text: bytes = generate_latest(_registry(services))  # type: ignore[no-untyped-call] # theirs
    return text


class TextFile:
    """Writes the numbers for node_exporter's textfile collector, for sites with no way in."""

    def __init__(self, services: Services, path: Path) -> None:
        self._services = services
        self._path = path
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="metrics", daemon=True)

    def start(self) -> None:
        """Write now and then every minute, in a thread of its own."""
        self._thread.start()

    def write(self) -> None:
        """Write the file whole, or leave the old one. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_to_textfile(str(self._path), _registry(self._services))

    def close(self) -> None:
        """Stop writing."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _run(self) -> None:
        while True:
            try:
                self.write()
            except OSError as error:
                log.error("metrics cannot be written to %s: %s", self._path, error)
            if self._over.wait(EVERY_S):
                return


def _registry(services: Services) -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(_Kiosk(services))
    return registry


class _Kiosk(Collector):
    def __init__(self, services: Services) -> None:
        self._services = services

    def describe(self) -> list[Metric]:
        return []  # nothing is asked before somebody wants the numbers

    def collect(self) -> Iterator[Metric]:
        yield self._parts()
        yield self._events()
        yield self._jobs()
        yield from self._content()
        free = GaugeMetricFamily("kiosk_disk_free_bytes", "Free space where the kiosk writes")
        free.add_metric([], shutil.disk_usage(self._services.settings.state).free)
        yield free

    def _parts(self) -> Metric:
        found = GaugeMetricFamily("kiosk_part_ok", "1 when a part is well", labels=["part"])
        for name, health in self._services.health().items():
            found.add_metric([name], float(health.ok))
        return found

    def _events(self) -> Metric:
        found = CounterMetricFamily("kiosk_events", "What was done, ever", labels=["event"])
        for event, number in self._services.usage.totals().items():
            found.add_metric([event.value], number)
        return found

    def _jobs(self) -> Metric:
        found = CounterMetricFamily(
            "kiosk_print_jobs", "How print jobs ended since the start", labels=["end"]
        )
        for end, number in self._services.printing.ends.items():
            found.add_metric([str(end)], number)
        return found

    def _content(self) -> Iterator[Metric]:
        catalogue = self._services.catalogue
        topics = [(pack, one) for pack in catalogue.packs.values() for one in pack.topics.values()]
        reviews = [(pack, self._services.review(topic)) for pack, topic in topics]
        due = [review.next_due if review else pack.about.review_due for pack, review in reviews]
        for name, text, number in (
            ("kiosk_topics", "Topics that are shown", len(topics)),
            ("kiosk_content_problems", "Problems in the content", len(catalogue.problems)),
            (
                "kiosk_topics_reviewed",
                "Topics that a clinician has checked",
                sum(review is not None for _, review in reviews),
            ),
            (
                "kiosk_topics_overdue",
                "Topics that should have been checked again",
                sum(day < date.today() for day in due),
            ),
        ):
            gauge = GaugeMetricFamily(name, text)
            gauge.add_metric([], number)
            yield gauge
