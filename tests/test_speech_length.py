"""Six minutes is as long as somebody in a waiting room listens."""

import pytest

from kiosk.checks.topics import ALL_SIGNS_TOPIC
from kiosk.services import Services
from kiosk.speech.script import script
from tests.topics import TOPIC_NAMES

LONGEST_S = 6 * 60


@pytest.mark.parametrize("name", [one for one in TOPIC_NAMES if ALL_SIGNS_TOPIC not in one])
def test_a_topic_is_heard_in_six_minutes(services: Services, name: str) -> None:
    pack_id, _, topic_id = name.partition("/")
    pack = services.catalogue.packs[pack_id]
    topic = pack.topics[topic_id]
    said = script(services.page(pack, topic), services.catalogue.phrases, services.alt(pack_id))
    assert sum(services.speech.clip(one).duration_s for one in said) <= LONGEST_S
