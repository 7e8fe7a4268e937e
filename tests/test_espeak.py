"""The real voice: eSpeak NG by pyttsx3, in its worker process."""

import re
from collections.abc import Callable, Iterator

import pytest

from kiosk.errors import SpeechError, VoiceNotFoundError
from kiosk.services import Services
from kiosk.speech.service import VOICE
from kiosk.speech.sound import Sound
from kiosk.worker import Worker
from tests.sounds import loudness
from tests.topics import TOPIC_NAMES, TOPICS

pytestmark = pytest.mark.usefixtures("voice")
OWNER = "kiosk.speech.espeak:EspeakEngine"
THREE = "Rest your leg. Then walk for a while. Call 999 if you cannot breathe."
SENTENCES = [
    "Rest your leg.",
    "Pull your toes up towards you.",
    "Do not rub a leg that is swollen or hot.",
    "Ask a pharmacist, or a GP.",
    "Most cramps are harmless.",
]

NewWorker = Callable[[], Worker]


@pytest.fixture
def new_worker() -> Iterator[NewWorker]:
    """Makes workers that have not said anything yet."""
    made: list[Worker] = []

    def make() -> Worker:
        worker = Worker(OWNER, timeout_s=10, memory_mb=512)
        made.append(worker)
        return worker

    yield make
    for worker in made:
        worker.close()


def is_whole(sound: Sound, text: str) -> bool:
    """Whether the last word of the text was said, and the sound goes on past it."""
    last = sound.events[-1]
    return last.position >= text.rstrip().rindex(" ") and last.start_s < sound.duration_s


def test_a_text_becomes_a_sound_that_can_be_heard(new_worker: NewWorker) -> None:
    sound = new_worker().call("synthesise", THREE, VOICE)
    assert sound.rate_hz == 22050
    assert 3 < sound.duration_s < 12
    assert loudness(sound.samples) > 500
    assert is_whole(sound, THREE)


@pytest.mark.parametrize("attempt", range(3))
def test_the_first_text_of_a_fresh_process_is_whole(new_worker: NewWorker, attempt: int) -> None:
    """The stock driver of pyttsx3 loses it when it has several sentences."""
    worker = new_worker()
    first = worker.call("synthesise", THREE, VOICE)
    again = worker.call("synthesise", THREE, VOICE)
    assert is_whole(first, THREE)
    assert first.duration_s == pytest.approx(again.duration_s, abs=0.05)
    assert len(first.events) == len(again.events)


def test_five_texts_in_a_row_are_each_said(new_worker: NewWorker) -> None:
    """The stock driver of pyttsx3 keeps only the last of several."""
    worker = new_worker()
    sounds = [worker.call("synthesise", text, VOICE) for text in SENTENCES]
    for text, sound in zip(SENTENCES, sounds, strict=True):
        assert is_whole(sound, text)
        assert loudness(sound.samples) > 500
        alone = new_worker().call("synthesise", text, VOICE)
        assert sound.duration_s == pytest.approx(alone.duration_s, abs=0.05)
    assert len({sound.samples for sound in sounds}) == len(SENTENCES)


def test_words_begin_one_after_another_inside_the_sound(new_worker: NewWorker) -> None:
    sound = new_worker().call("synthesise", THREE, VOICE)
    starts = [event.start_s for event in sound.events]
    assert starts == sorted(starts)
    assert starts[0] >= 0
    assert starts[-1] < sound.duration_s


def test_a_letter_beyond_ascii_does_not_shift_the_words(new_worker: NewWorker) -> None:
    """Places are counted in characters, not in bytes."""
    text = "“Résumé” – 38° – café now."
    sound = new_worker().call("synthesise", text, VOICE)
    assert text.index("now") in [event.position for event in sound.events]


def test_a_voice_that_is_not_there_is_an_error_and_the_next_text_is_said(
    new_worker: NewWorker,
) -> None:
    worker = new_worker()
    with pytest.raises(VoiceNotFoundError, match="no voice “gmw/en-moon”") as caught:
        worker.call("synthesise", THREE, "gmw/en-moon")
    assert caught.value.hint
    assert is_whole(worker.call("synthesise", THREE, VOICE), THREE)


@pytest.mark.parametrize("text", ["", " "])
def test_nothing_to_say_is_an_error_and_not_silence(new_worker: NewWorker, text: str) -> None:
    with pytest.raises(SpeechError, match="no sound"):
        new_worker().call("synthesise", text, VOICE)


def test_the_british_voice_and_its_version_are_known(new_worker: NewWorker) -> None:
    worker = new_worker()
    assert VOICE in worker.call("voices")
    assert re.match(r"1\.\d+", worker.call("version"))


@pytest.mark.parametrize(("pack", "topic"), TOPICS, ids=TOPIC_NAMES)
def test_the_engine_itself_times_nine_words_in_ten(
    services: Services, pack: str, topic: str
) -> None:
    found = services.catalogue.packs[pack]
    listing = services.speech_listing(found, found.topics[topic])
    assert listing["timed_by"] == "engine"
    timed, words = listing["words_timed_by_engine"], listing["words"]
    assert isinstance(timed, int)
    assert isinstance(words, int)
    assert timed >= 0.9 * words
