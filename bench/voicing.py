"""The natural voice made ahead: forty paragraphs by one process and by two; and after an edit."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from bench.machine import load
from bench.rows import Row, ratio, said, timed
from bench.sample import paragraphs
from kiosk.services import Services, build_services
from kiosk.settings import Settings
from kiosk.speech.model_files import faults
from kiosk.speech.script import Segment, Utterance
from kiosk.speech.voices import NATURAL
from kiosk.voicing import PROCESSES, kokoro_makers, voice_all

EMMA = NATURAL["emma"]
EDIT = " Rest for a minute."


def voicing() -> Iterator[Row]:
    """Each by processes that begin with nothing loaded, over a folder with nothing in it."""
    if missing := faults(Settings().voice_folder):
        yield Row("voicing", "-", "-", f"not measured: {missing}; run `make voice`")
        return
    alone, shared = _voiced(1), _voiced(PROCESSES)
    number = len(shared[1])
    yield Row(
        f"voicing {number} paragraphs: two processes",
        f"one process: {said([alone[0]])}; {alone[0] / shared[0]:.2f}x as fast",
        "1.7x on two cores",
        f"{said([shared[0]])}; {load()}",
        {"here": [shared[0]], "beside": [alone[0]]},
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, data in shared[1].items():
            path = Path(folder, "speech", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        settings = Settings(state=Path(folder))
        again = timed(lambda: _voice(settings, 0))
        edited = [_voice_edited(settings, number) for number in range(3)]
    yield Row("the same when nothing has changed", "-", "1 s", said(again), {"here": again})
    yield Row(
        "the same after one sentence was edited",
        f"all of it: {said([shared[0]])}; {ratio([shared[0]], edited):.0f}x",
        "10 s",
        said(edited),
        {"here": edited},
    )


def _voiced(processes: int) -> tuple[float, dict[str, bytes]]:
    """The seconds it took with so many processes, and the recordings by their paths."""
    with tempfile.TemporaryDirectory() as folder:
        begun = perf_counter()
        _voice(Settings(state=Path(folder)), processes)
        took = perf_counter() - begun
        speech = Path(folder, "speech")
        made = speech.rglob("*.*")
        return took, {path.relative_to(speech).as_posix(): path.read_bytes() for path in made}


def _voice(settings: Settings, processes: int) -> None:
    services = build_services(settings)
    try:
        _say(services, paragraphs(services), processes)
    finally:
        services.close()


def _voice_edited(settings: Settings, number: int) -> float:
    begun = perf_counter()
    services = build_services(settings)
    try:
        said_now = paragraphs(services)
        text = said_now[number].text + EDIT
        said_now[number] = Utterance((Segment("", text),))
        _say(services, said_now, PROCESSES)
    finally:
        services.close()
    return perf_counter() - begun


def _say(services: Services, utterances: list[Utterance], processes: int) -> None:
    folder = Settings().voice_folder
    with kokoro_makers(folder, EMMA, max(processes, 1)) as makers:
        for step in voice_all(utterances, services.speech.recordings, EMMA, makers):
            assert not step.failed, step.failed
            assert processes or step.done == step.total, "there was something to make"
