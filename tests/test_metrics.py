"""The kiosk's numbers: real OpenMetrics, written whole, and none that tells of a person."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parsed

from kiosk.metrics import CONTENT_TYPE, TextFile
from kiosk.services import Services
from kiosk.usage import Event
from kiosk.web import create_app
from tests.small_pack import FIRST, PACK, SmallPack

LABELS = {"part", "event", "end"}


@pytest.fixture
def services(small: SmallPack) -> Iterator[Services]:
    with small.services() as found:
        yield found


@pytest.fixture
def client(services: Services) -> FlaskClient:
    return create_app(services).test_client()


def numbers(text: str) -> dict[tuple[str, str], float]:
    """Every number by its name and its label's value."""
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in parsed(text)
        for sample in family.samples
    }


def test_what_was_counted_and_how_each_part_is_can_be_read(
    client: FlaskClient, services: Services
) -> None:
    services.usage.count(Event.READ, f"{PACK}/{FIRST}", 3)
    with client.get("/metrics") as response:
        assert response.content_type == CONTENT_TYPE
        found = numbers(response.text)
    assert found["kiosk_events_total", "read"] == 3
    assert found["kiosk_events_total", "leaflet"] == 0
    for part, health in services.health().items():
        assert found["kiosk_part_ok", part] == health.ok
    assert found["kiosk_topics", ""] == 2
    assert found["kiosk_topics_reviewed", ""] == 0
    assert found["kiosk_disk_free_bytes", ""] > 0


def test_no_label_tells_of_a_person_or_of_what_was_read(
    client: FlaskClient, services: Services
) -> None:
    services.usage.count(Event.READ, f"{PACK}/{FIRST}")
    with client.get("/metrics") as response:
        labels = {
            name
            for one in parsed(response.text)
            for sample in one.samples
            for name in sample.labels
        }
        assert labels <= LABELS
        assert FIRST not in response.text


def test_the_same_numbers_are_written_to_a_file(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "textfile" / "kiosk.prom"
    TextFile(services, path).write()
    assert 'kiosk_events_total{event="read"} 0.0' in path.read_text("utf-8")
    assert list(path.parent.iterdir()) == [path], "nothing half written is left"


def test_a_file_that_cannot_be_written_stops_nothing(services: Services) -> None:
    file = TextFile(services, Path("/proc/nowhere/kiosk.prom"))
    file.start()
    file.close()
    with pytest.raises(OSError, match="nowhere"):
        file.write()
