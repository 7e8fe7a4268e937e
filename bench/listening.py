"""How long from a touch on Listen to the first sound, and how close the marks keep to the sound.

The prepared recordings stand for those of the natural voice: Ogg Opus at 24 kHz, as long and as
large as its own, one for every paragraph. What is said in them does not change these times.
"""

import io
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import soundfile
from playwright.sync_api import Browser, sync_playwright

from bench.engines import EngineMissingError, times
from bench.rows import Row, said
from bench.sample import topics
from kiosk.loader import load_catalogue
from kiosk.said import everything_said
from kiosk.services import build_services
from kiosk.settings import Settings
from kiosk.speech.sound import Recording, WordEvent
from kiosk.speech.voices import NATURAL
from kiosk.voicing import voice_all
from tests.browser.kiosk_process import running_kiosk
from tests.browser.listening import Reader, Script
from tests.browser.pages import Topic
from tests.browser.visitor import SCRIPTS, Visitor, Watch
from tests.topics import TOPIC_NAMES

CHROMIUM, RATE_HZ, WORD_S = "/usr/bin/chromium", 24000, 0.4
LISTENED_S = 6
FIRST_SOUND = """() => new Promise((done) => {
    let begun;
    addEventListener("pointerdown", () => { begun = performance.now(); }, { once: true });
    const look = () => {
        const sound = [...window.ear.started].find((one) => one.currentTime > 0);
        if (sound) done(performance.now() - begun);
        else requestAnimationFrame(look);
    };
    look();
})"""


def listening() -> Iterator[Row]:
    """Every topic: with the natural voice ready, then with nothing ready."""
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--disable-gpu", "--autoplay-policy=no-user-gesture-required", *as_root],
        )
        with tempfile.TemporaryDirectory() as folder:
            _prepare(Path(folder) / "state")
            ready, _ = _listen(browser, Path(folder), "kokoro")
        with tempfile.TemporaryDirectory() as folder:
            cold, late = _listen(browser, Path(folder), "espeak-ng")
        browser.close()
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    live, natural = _peers()
    faster = f"; {median(natural) / median(ready):.1f}x as fast here" if natural else ""
    yield Row(
        "tap on Listen to first sound, prepared: middle, p95",
        f"{live['Kokoro live']}{faster}; {live['Piper']}",
        "150 ms; 5x faster than live Kokoro",
        _said(ready, load),
        {"here": ready, "beside": natural},
    )
    yield Row(
        "the same, eSpeak NG with an empty cache",
        f"{live['stock pyttsx3']}; {live['espeak-ng command']}",
        "400 ms",
        _said(cold, load),
        {"here": cold},
    )
    yield Row("a word's mark after its time: middle, p95", "-", "100 ms", _said(late, load))


def _peers() -> tuple[dict[str, str], list[float]]:
    """What each engine takes for the first thing that Listen says, and Kokoro's own times.

    From the text to its sound, all being loaded: no tap, no browser, no loudspeaker.
    """
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(state=Path(folder)))
        texts = [services.script(pack, topic)[0].text for pack, topic in topics(services)]
        services.close()
    found: dict[str, str] = {}
    natural: list[float] = []
    for name in ("Kokoro live", "Piper", "stock pyttsx3", "espeak-ng command"):
        try:
            taken = times(name, texts)
        except EngineMissingError as error:
            found[name] = f"{name}: not measured: {error}"
            continue
        found[name] = f"{name}, text to sound: {said(taken)}"
        natural = taken if name == "Kokoro live" else natural
    return found, natural


def _prepare(state: Path) -> None:
    services = build_services(Settings(state=state))
    try:
        every = voice_all(
            everything_said(services), services.speech.recordings, NATURAL["emma"], [_stand_in]
        )
        for step in every:
            assert not step.failed, step.failed
    finally:
        services.close()


def _stand_in(spoken: str) -> Recording:
    words = [at for at, letter in enumerate(f" {spoken}") if letter == " " and at < len(spoken)]
    events = tuple(WordEvent(place, number * WORD_S) for number, place in enumerate(words))
    return Recording(_tone(len(words)), "ogg", len(words) * WORD_S, events)


@cache
def _tone(words: int) -> bytes:
    """As long as so many words take to say."""
    at = np.arange(int(words * WORD_S * RATE_HZ)) / RATE_HZ
    file = io.BytesIO()
    soundfile.write(file, 0.3 * np.sin(600 * np.pi * at), RATE_HZ, format="OGG", subtype="OPUS")
    return file.getvalue()


def _listen(browser: Browser, folder: Path, engine: str) -> tuple[list[float], list[float]]:
    """Seconds to the first sound for each topic, and seconds that marks came late in one."""
    phrases = load_catalogue(Settings().content).phrases
    first: list[float] = []
    late: list[float] = []
    with running_kiosk(folder) as kiosk:
        for name in TOPIC_NAMES:
            context = browser.new_context(viewport={"width": 1080, "height": 1920})
            for script in SCRIPTS:
                context.add_init_script(path=script)
            visitor = Visitor(context.new_page(), Watch(kiosk.address), phrases, touches=False)
            reader = Reader.at(Topic.open(visitor, f"/{name}"))
            reader.page.evaluate(f"() => {{ window.first = ({FIRST_SOUND})(); }}")
            visitor.press(reader.bar("listen"))
            first.append(float(reader.page.evaluate("() => window.first")) / 1000)
            answer = visitor.page.request.get(f"{kiosk.address}/{name}/speech.json")
            assert answer.json()["engine"] == engine
            if not late:
                late = _lateness(reader, Script.of(kiosk.address, f"/{name}"))
            context.close()
    return first, late


def _lateness(reader: Reader, script: Script) -> list[float]:
    """How long after its time each word was first marked, by the player's own clock."""
    found = []
    for before, now in pairwise(reader.follow(LISTENED_S)):
        if now.words and (now.marks, now.words) != (before.marks, before.words):
            segment = next(one for one in script.segments if one["id"] == now.marks[0])
            starts = [
                begins
                for start, end, begins, _ in segment["words"]
                if segment["text"][start:end] == now.words[0] and begins <= now.time
            ]
            if starts:
                found.append(now.time - max(starts))
    return found


def _said(seconds: list[float], load: str) -> str:
    middle, most = np.percentile(np.array(seconds) * 1000, [50, 95])
    return f"{middle:.0f} ms, {most:.0f} ms ({load})"
