"""Making a natural voice's recordings ahead: what is missing, whole, and never twice."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import voicing
from kiosk.cache import Cache
from kiosk.errors import SettingsError, SpeechError, VoicingBusyError
from kiosk.presence import Presence
from kiosk.said import everything_said
from kiosk.settings import PROJECT, Settings
from kiosk.speech.recordings import Recordings
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.service import SpeechService
from kiosk.speech.sound import Recording
from kiosk.speech.spoken import Lexicon, SpokenForms
from kiosk.speech.voices import NATURAL, PLAIN, Voice
from kiosk.voicing import (
    Maker,
    Step,
    alone,
    keep_voiced,
    voice_all,
    voice_named,
)
from tests.humming import SAID, checked, hum, hummed, recordings_in
from tests.small_pack import FIRST, PACK, SECOND, SmallPack
from tests.sounds import HummingSpeaker

EMMA, GEORGE = NATURAL["emma"], NATURAL["george"]


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return recordings_in(tmp_path)


def service_in(folder: Path, usual: str = "emma") -> SpeechService:
    """A kiosk's speech whose plain voice hums; its recordings are those of `recordings_in`."""
    return SpeechService(HummingSpeaker(), Lexicon(SpokenForms()), Cache(folder), usual)


def last(steps: list[Step]) -> tuple[int, int, int]:
    return steps[-1].done, steps[-1].total, steps[-1].made


def test_everything_is_made_once_and_the_second_time_nothing(recordings: Recordings) -> None:
    makers = [hum(), hum()]
    assert last(list(voice_all(SAID, recordings, EMMA, makers))) == (
        len(SAID),
        len(SAID),
        len(SAID),
    )
    assert last(list(voice_all(SAID, recordings, EMMA, makers))) == (len(SAID), len(SAID), 0)
    assert sorted(hummed(makers)) == sorted(one.text for one in SAID)


def test_an_edit_makes_one_paragraph(recordings: Recordings) -> None:
    list(voice_all(SAID, recordings, EMMA, [hum()]))
    edited = [*SAID[:-1], Utterance((Segment("z", "Rest today."),))]
    maker = hum()
    assert last(list(voice_all(edited, recordings, EMMA, [maker])))[2] == 1
    assert hummed([maker]) == ["Rest today."]


def test_another_voice_is_made_beside_the_first(recordings: Recordings) -> None:
    list(voice_all(SAID, recordings, EMMA, [hum()]))
    assert last(list(voice_all(SAID, recordings, GEORGE, [hum()])))[2] == len(SAID)
    for voice in (EMMA, GEORGE):
        assert all(recordings.kept(one, voice.signature, voice.suffix) for one in SAID)


def test_a_failure_is_told_and_the_rest_is_made(recordings: Recordings) -> None:
    def fails_once(spoken: str) -> Recording:
        if spoken == SAID[2].text:
            raise SpeechError("no sound", "")
        return hum()(spoken)

    steps = list(voice_all(SAID, recordings, EMMA, [fails_once]))
    assert last(steps) == (len(SAID) - 1, len(SAID), len(SAID) - 1)
    assert [step.failed for step in steps if step.failed] == [f"“{SAID[2].text}”: no sound"]


def test_a_bug_in_the_maker_is_not_hidden(recordings: Recordings) -> None:
    def broken(spoken: str) -> Recording:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(voice_all(SAID, recordings, EMMA, [broken]))


def test_it_tells_how_long_is_left(recordings: Recordings) -> None:
    steps = list(voice_all(SAID, recordings, EMMA, [hum()]))
    assert steps[0].left_s is None
    assert steps[-1].left_s == 0
    assert all(step.left_s is not None and step.left_s >= 0 for step in steps[1:])
    assert steps[-1].bar.startswith("[" + "#" * 30 + "]")


def test_it_waits_before_each_recording_while_a_visitor_is_near(recordings: Recordings) -> None:
    waited: list[int] = []
    maker = hum()
    list(voice_all(SAID, recordings, EMMA, [maker], lambda: waited.append(len(hummed([maker])))))
    assert waited == list(range(len(SAID)))


def test_interrupted_ten_times_at_random_every_kept_file_is_whole(tmp_path: Path) -> None:
    """Killed without warning, as by a power cut; then one run to the end."""
    chance = random.Random(7)
    for _ in range(10):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.humming", str(tmp_path)],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()  # it has begun
            time.sleep(chance.uniform(0, 0.1))
            os.kill(process.pid, signal.SIGKILL)
        checked(tmp_path)
    before = checked(tmp_path)
    recordings = recordings_in(tmp_path)
    *_, end = voice_all(SAID, recordings, EMMA, [hum()])
    assert (end.done, end.made) == (len(SAID), len(SAID) - before)
    assert checked(tmp_path) == len(SAID)


def test_two_at_once_do_not_do_the_same_work(tmp_path: Path) -> None:
    with (
        alone(tmp_path),
        pytest.raises(VoicingBusyError, match="made already"),
        alone(tmp_path),
    ):
        pass
    with alone(tmp_path):
        pass


def test_a_page_is_said_by_the_natural_voice_only_when_it_is_whole_in_it(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    page = SAID[:3]
    list(voice_all(page[:2], service.recordings, EMMA, [hum()]))
    listing = service.listing(page, "en-GB")
    assert (listing["engine"], {one["audio"][-3:] for one in listing["segments"]}) == (
        "humming",
        {"wav"},
    )
    list(voice_all(page, service.recordings, EMMA, [hum()]))
    listing = service.listing(page, "en-GB")
    assert (listing["engine"], listing["voice"]) == ("kokoro", "bf_emma")
    assert {one["audio"][-3:] for one in listing["segments"]} == {"ogg"}
    assert listing["timed_by"] == "engine"


def test_what_else_the_page_says_must_be_ready_too(tmp_path: Path) -> None:
    service = service_in(tmp_path)
    list(voice_all(SAID[:2], service.recordings, EMMA, [hum()]))
    assert service.listing(SAID[:2], "en-GB")["engine"] == "kokoro"
    assert service.listing(SAID[:2], "en-GB", beside=SAID[2:])["engine"] == "humming"


@pytest.mark.parametrize(
    ("usual", "chosen", "ready", "says"),
    [
        ("emma", "", ["emma", "george"], "bf_emma"),
        ("emma", "george", ["emma", "george"], "bm_george"),
        ("emma", "george", ["emma"], "bf_emma"),
        ("emma", "", ["george"], "bm_george"),
        ("emma", PLAIN, ["emma"], "hum"),
        (PLAIN, "", ["emma"], "hum"),
        (PLAIN, "emma", ["emma"], "bf_emma"),
        ("emma", "nobody", ["emma"], "bf_emma"),
        ("emma", "", [], "hum"),
    ],
)
def test_who_speaks(tmp_path: Path, usual: str, chosen: str, ready: list[str], says: str) -> None:
    service = service_in(tmp_path, usual)
    for name in ready:
        list(voice_all(SAID, service.recordings, NATURAL[name], [hum()]))
        service.recordings.mark_prepared(name, len(SAID))
    assert service.listing(SAID, "en-GB", chosen)["voice"] == says


@pytest.mark.parametrize(
    ("usual", "ready", "offered"),
    [
        ("emma", [], (PLAIN,)),
        ("emma", ["emma"], ("emma", PLAIN)),
        ("george", ["emma", "george"], ("george", "emma", PLAIN)),
        (PLAIN, ["emma"], (PLAIN, "emma")),
    ],
)
def test_a_voice_is_offered_once_it_is_finished(
    tmp_path: Path, usual: str, ready: list[str], offered: tuple[str, ...]
) -> None:
    service = service_in(tmp_path, usual)
    for name in ready:
        service.recordings.mark_prepared(name, 3)
    assert service.voices == offered


def test_a_voice_whose_sound_is_lost_is_not_there(tmp_path: Path) -> None:
    recordings = recordings_in(tmp_path)
    list(voice_all(SAID, recordings, EMMA, [hum()]))
    clip = recordings.kept(SAID[0], EMMA.signature, "ogg")
    assert clip is not None
    Cache(tmp_path).path(clip.key, "ogg").unlink()
    assert recordings.kept(SAID[0], EMMA.signature, "ogg") is None


@pytest.mark.parametrize("other", [GEORGE, Voice("emma", "bf_emma", speed=1.0)])
def test_all_that_makes_the_sound_is_in_the_key(recordings: Recordings, other: Voice) -> None:
    assert recordings.key(SAID[0], EMMA.signature) != recordings.key(SAID[0], other.signature)


def test_everything_that_the_kiosk_says_is_known_ahead(small: SmallPack) -> None:
    with small.services() as services:
        said = {one.text for one in everything_said(services)}
        pack = services.catalogue.packs[PACK]
        for topic in (FIRST, SECOND):
            assert {one.text for one in services.script(pack, pack.topics[topic])} <= said
        assert services.catalogue.phrases("walk-first") in said


@pytest.mark.parametrize(("name", "found"), [("george", "george"), (PLAIN, "emma")])
def test_a_voice_is_found_by_its_name(name: str, found: str) -> None:
    assert voice_named(name).name == found


@pytest.mark.parametrize("name", ["", "Emma", "af_heart", "../emma"])
def test_an_unknown_voice_is_refused_by_name(name: str) -> None:
    with pytest.raises(SettingsError, match="no voice"):
        voice_named(name)


def test_a_visitor_is_near_until_some_time_after_the_last_page(tmp_path: Path) -> None:
    now = [1000.0]
    presence = Presence(tmp_path, clock=lambda: now[0])
    assert not presence.is_near(120)
    presence.here()
    os.utime(tmp_path / "visitor-is-here", (1000, 1000))
    now[0] = 1119
    assert Presence(tmp_path, clock=lambda: now[0]).is_near(120)
    now[0] = 1121
    assert not presence.is_near(120)


def test_nobody_is_near_after_the_end_of_a_visit(tmp_path: Path) -> None:
    presence = Presence(tmp_path)
    presence.here()
    assert presence.is_near(120)
    presence.gone()
    assert not presence.is_near(120)


def test_a_state_that_cannot_be_written_disturbs_no_visitor(tmp_path: Path) -> None:
    folder = tmp_path / "not a folder"
    folder.write_text("")
    presence = Presence(folder)
    presence.here()
    presence.gone()
    assert not presence.is_near(120)


class EndedError(Exception):
    """The watch, which has no end of its own, was ended by the test."""


def test_the_watch_waits_for_the_visitor_then_voices_and_voices_an_edit(
    small: SmallPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(content=small.content, state=small.state)
    presence, maker = Presence(small.state), hum()
    presence.here()
    said: list[int] = []  # how much was said at each wait

    @contextlib.contextmanager
    def makers(*_: object, **__: object) -> Iterator[list[Maker]]:
        yield [maker]

    def sleep(_: float) -> None:
        said.append(len(maker.said))
        if len(said) == 1:
            presence.gone()
        elif len(said) == 2:
            small.change_topic("Do it at home.", "Do it in bed.")
        else:
            raise EndedError

    monkeypatch.setattr(voicing, "kokoro_makers", makers)
    monkeypatch.setattr(voicing.time, "sleep", sleep)
    with pytest.raises(EndedError):
        keep_voiced(settings, EMMA)
    nothing, everything, and_the_edit = said
    assert nothing == 0
    assert everything > 30
    assert and_the_edit == everything + 1
    assert recordings_in(small.state / "speech").prepared("emma") == everything
