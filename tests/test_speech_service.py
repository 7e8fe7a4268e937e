"""Recordings: made once, kept by what makes them sound as they do, and made anew by the piece."""

from pathlib import Path

import pytest

from kiosk.cache import Cache
from kiosk.errors import SpeechError
from kiosk.page import topic_page
from kiosk.speech.script import Segment, Utterance, script
from kiosk.speech.service import BEGINNING, SpeechService
from kiosk.speech.sound import Sound
from kiosk.speech.spoken import Decision, Lexicon, Pattern, SpokenForms
from tests.small_pack import FIRST, SmallPack
from tests.sounds import HummingSpeaker, loudness, samples_of

PLAIN = Lexicon(SpokenForms())
REST = Utterance((Segment("a", "Rest your leg."), Segment("b", "Then walk.")))


@pytest.fixture
def speaker() -> HummingSpeaker:
    return HummingSpeaker()


@pytest.fixture
def service(speaker: HummingSpeaker, tmp_path: Path) -> SpeechService:
    return SpeechService(speaker, PLAIN, Cache(tmp_path / "speech"))


def whole_topic(small: SmallPack) -> tuple[Utterance, ...]:
    pack = small.pack()
    page = topic_page(pack.topics[FIRST], pack, None, small.load().phrases)
    return script(page, small.load().phrases)


def test_a_recording_has_the_words_of_each_segment(service: SpeechService) -> None:
    clip = service.clip(REST)
    assert clip.duration_s == pytest.approx(0.5)
    first, second = clip.words
    assert [(word.start, word.end, word.start_s, word.end_s) for word in first] == [
        (0, 4, 0.0, 0.1),
        (5, 9, 0.1, 0.2),
        (10, 14, 0.2, 0.3),
    ]
    assert [(word.start, word.end, word.start_s, word.end_s) for word in second] == [
        (0, 4, 0.3, 0.4),
        (5, 10, 0.4, 0.5),
    ]


def test_a_recording_is_made_once(service: SpeechService, speaker: HummingSpeaker) -> None:
    assert service.clip(REST) == service.clip(REST)
    assert speaker.said == ["Rest your leg. Then walk."]


def test_a_recording_outlives_the_kiosk(speaker: HummingSpeaker, tmp_path: Path) -> None:
    for _ in range(2):
        SpeechService(speaker, PLAIN, Cache(tmp_path / "speech")).clip(REST)
    assert len(speaker.said) == 1


def test_two_pages_with_the_same_words_share_a_recording(
    service: SpeechService, speaker: HummingSpeaker
) -> None:
    other = Utterance((Segment("c", "Rest your leg. Then walk."),))
    assert service.clip(REST).key == service.clip(other).key
    assert len(speaker.said) == 1


def test_a_second_listing_makes_nothing(
    service: SpeechService, speaker: HummingSpeaker, small: SmallPack
) -> None:
    utterances = whole_topic(small)
    first = service.listing(utterances, "en-GB")
    made = len(speaker.said)
    assert made == len({one.text for one in utterances})
    assert service.listing(utterances, "en-GB") == first
    assert len(speaker.said) == made


def test_a_page_that_has_to_be_made_begins_before_it_is_whole(
    service: SpeechService, speaker: HummingSpeaker, small: SmallPack
) -> None:
    utterances = whole_topic(small)
    first = service.listing(utterances, "en-GB", beginning=True)
    assert (first["whole"], len(speaker.said)) == (False, BEGINNING)
    whole = service.listing(utterances, "en-GB")
    assert whole["whole"]
    assert whole["segments"][: len(first["segments"])] == first["segments"]
    assert len(whole["segments"]) > len(first["segments"])


def test_a_page_that_is_made_is_given_whole_from_the_beginning(
    service: SpeechService, small: SmallPack
) -> None:
    whole = service.listing(whole_topic(small), "en-GB")
    assert service.listing(whole_topic(small), "en-GB", beginning=True) == whole


def test_an_edit_makes_one_paragraph_anew(
    service: SpeechService, speaker: HummingSpeaker, small: SmallPack
) -> None:
    service.listing(whole_topic(small), "en-GB")
    speaker.said.clear()
    small.change_topic("Do it at home.", "Do it in bed.")
    service.listing(whole_topic(small), "en-GB")
    assert len(speaker.said) == 1
    assert "Do it in bed." in speaker.said[0]


def test_another_way_of_saying_it_makes_only_that_anew(
    speaker: HummingSpeaker, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / "speech")
    walk = Utterance((Segment("a", "Walk."),))
    for lexicon in (PLAIN, Lexicon(SpokenForms(words=(Decision(written="leg", say="legg"),)))):
        for utterance in (REST, walk):
            SpeechService(speaker, lexicon, cache).clip(utterance)
    assert speaker.said == ["Rest your leg. Then walk.", "Walk.", "Rest your legg. Then walk."]


def test_another_voice_makes_it_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "speech")
    keys = {
        SpeechService(HummingSpeaker(voice), PLAIN, cache).clip(REST).key for voice in ("a", "b")
    }
    assert len(keys) == 2


def test_what_is_said_is_not_what_is_shown(speaker: HummingSpeaker, tmp_path: Path) -> None:
    forms = SpokenForms(patterns=(Pattern(pattern="999", say="nine nine nine"),))
    service = SpeechService(speaker, Lexicon(forms), Cache(tmp_path))
    (entry,) = service.listing([Utterance((Segment("a", "Call 999 now."),))], "en-GB")["segments"]
    assert speaker.said == ["Call nine nine nine now."]
    assert entry["text"] == "Call 999 now."
    assert entry["words"] == [[0, 4, 0.0, 0.1], [5, 8, 0.1, 0.4], [9, 13, 0.4, 0.5]]


def test_a_recording_whose_sound_is_lost_is_made_anew(
    service: SpeechService, speaker: HummingSpeaker, tmp_path: Path
) -> None:
    key = service.clip(REST).key
    Cache(tmp_path / "speech").path(key, "wav").unlink()
    assert service.audio(key) is None
    assert service.clip(REST).key == key
    assert service.audio(key) is not None
    assert len(speaker.said) == 2


def test_a_recording_is_a_sound_that_can_be_heard(service: SpeechService) -> None:
    wav = service.audio(service.clip(REST).key)
    assert wav is not None
    samples, duration_s = samples_of(wav)
    assert duration_s == pytest.approx(0.5)
    assert loudness(samples) > 1000


def test_no_recording_has_a_key_of_its_own_choosing(service: SpeechService) -> None:
    assert service.audio("0" * 40) is None


def test_the_whole_page_is_its_recordings_in_a_row(service: SpeechService) -> None:
    walk = Utterance((Segment("c", "Walk."),))
    _, duration_s = samples_of(service.whole([REST, walk, REST]))
    assert duration_s == pytest.approx(1.1)


@pytest.mark.parametrize(("tells", "timed_by"), [(True, "engine"), (False, "estimate")])
def test_a_listing_says_who_timed_the_words(tells: bool, timed_by: str, tmp_path: Path) -> None:
    service = SpeechService(HummingSpeaker(tells=tells), PLAIN, Cache(tmp_path))
    listing = service.listing([REST], "en-GB")
    assert listing["timed_by"] == timed_by
    assert (listing["lang"], listing["engine"], listing["voice"]) == ("en-GB", "humming", "hum")
    assert listing["words"] == 5
    assert listing["words_timed_by_engine"] == (5 if tells else 0)
    assert all(len(entry["words"]) == len(entry["text"].split()) for entry in listing["segments"])


def test_an_extra_is_marked_as_not_shown(service: SpeechService) -> None:
    extra = Utterance((Segment("a-list", "5 items.", shown=False),))
    shown = [one["shown"] for one in service.listing([REST, extra], "en-GB")["segments"]]
    assert shown == [True, True, False]


def test_a_voice_that_fails_keeps_nothing(tmp_path: Path) -> None:
    class SilentSpeaker(HummingSpeaker):
        def synthesise(self, text: str) -> Sound:
            raise SpeechError("no sound", "try again")

    with pytest.raises(SpeechError, match="no sound"):
        SpeechService(SilentSpeaker(), PLAIN, Cache(tmp_path)).clip(REST)
    assert list(tmp_path.rglob("*.*")) == []
    assert SpeechService(HummingSpeaker(), PLAIN, Cache(tmp_path)).clip(REST).duration_s > 0
