"""Say everything ahead in a natural voice: what is not there yet, and nothing else.

Takes the services; yields a Step after each recording. Two processes of one thread each fill two
cores; whatever ends them, every recording that is kept is whole, and the next run goes on from it.
"""

import contextlib
import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from kiosk.errors import KioskError, SettingsError, VoicingBusyError, WorkerError
from kiosk.installed import STACK
from kiosk.presence import Presence
from kiosk.said import everything_said
from kiosk.services import Services, build_services
from kiosk.settings import Settings
from kiosk.speech.recordings import Recordings
from kiosk.speech.script import Utterance
from kiosk.speech.sound import Recording
from kiosk.speech.voices import NATURAL, PLAIN, Voice
from kiosk.worker import Worker

log = logging.getLogger(__name__)
OWNER = "kiosk.speech.kokoro:KokoroEngine"
# One thread says 8 s of sound in 4.1 s, two threads in 2.7 s: two processes of one make more.
PROCESSES = 2
PATIENT = 10  # nice: everything else on the machine comes first
LOOKED_EVERY_S = 5  # at the content and for a visitor
KILLED_EVERY_S = 0.05
TRIED_AGAIN_S = 600  # what failed, or was left to another process
MEMORY_MB = 2048  # of addresses; the model itself takes about 500 MB
LONGEST_S = 900  # for one paragraph on a slow, busy machine

Maker = Callable[[str], Recording]


@dataclass(frozen=True)
class Step:
    """How far it is: recordings that are there, of all; made in this run; seconds that are left."""

    done: int
    total: int
    made: int
    left_s: float | None = None
    failed: str = ""

    @property
    def bar(self) -> str:
        """How far it is, in a line for a terminal."""
        filled = "#" * (30 * self.done // max(self.total, 1))
        left = "" if self.left_s is None else f"about {_time(self.left_s)} left"
        return f"[{filled:<30}] {self.done}/{self.total} {left:<24}"

    def told(self, name: str) -> str:
        """How it ended, in a sentence."""
        missing = self.total - self.done
        rest = f"; {missing} could not be made, and eSpeak NG says those pages" if missing else ""
        return f"{name.capitalize()}: {self.done} of {self.total} ready, {self.made} new{rest}."


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{round(seconds)} s" if minutes < 2 else f"{minutes} min"


def voice_named(name: str) -> Voice:
    """The natural voice of that name; the first of them for the plain one. Raises SettingsError."""
    if name not in (*NATURAL, PLAIN):
        raise SettingsError(f"there is no voice {name}", f"use one of {', '.join(NATURAL)}")
    return NATURAL.get(name, next(iter(NATURAL.values())))


def voice_all(
    utterances: Iterable[Utterance],
    recordings: Recordings,
    voice: Voice,
    makers: Sequence[Maker],
    wait_for_quiet: Callable[[], None] = lambda: None,
) -> Iterator[Step]:
    """Make what is missing, as many at a time as there are makers; a failure does not stop it.

    The first Step tells what is there already. `wait_for_quiet` is called before each recording.
    """
    wanted = list(utterances)
    waiting = [one for one in wanted if not recordings.kept(one, voice.signature, voice.suffix)]
    done, made = len(wanted) - len(waiting), 0
    yield Step(done, len(wanted), made)
    letters, said, begun = sum(len(one.text) for one in waiting), 0, time.monotonic()
    free = list(makers)
    running: dict[Future[Recording], tuple[Utterance, Maker]] = {}
    pool = ThreadPoolExecutor(len(makers))
    try:
        while waiting or running:
            while waiting and free:
                wait_for_quiet()
                one, maker = waiting.pop(0), free.pop()
                spoken = recordings.spoken(one, voice.signature).spoken
                running[pool.submit(maker, spoken)] = (one, maker)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                one, maker = running.pop(future)
                free.append(maker)
                said += len(one.text)
                left_s = (time.monotonic() - begun) * (letters - said) / said
                try:
                    recordings.keep(one, voice.signature, future.result())
                except (KioskError, OSError) as error:
                    yield Step(done, len(wanted), made, left_s, f"“{one.text}”: {error}")
                else:
                    done, made = done + 1, made + 1
                    yield Step(done, len(wanted), made, left_s)
    finally:
        # Who ends it ends the makers too: to wait for them would be to wait for a paragraph.
        pool.shutdown(wait=False, cancel_futures=True)


@contextlib.contextmanager
def kokoro_makers(folder: Path, voice: Voice, processes: int = PROCESSES) -> Iterator[list[Maker]]:
    """Makers that each have a process with the model; the processes end with the block, at once."""
    workers = [(Worker(OWNER, LONGEST_S, MEMORY_MB), threading.Lock()) for _ in range(processes)]
    ended = threading.Event()

    def make(worker: Worker, busy: threading.Lock, spoken: str) -> Recording:
        with busy:
            if ended.is_set():
                raise WorkerError("the voice was stopped")
            made = worker.call("synthesise", spoken, folder, voice.style, voice.speed)
            assert isinstance(made, Recording)
            return made

    try:
        yield [partial(make, *one) for one in workers]
    finally:
        ended.set()
        for worker, busy in workers:
            # Not close(), which would wait for the paragraph's end. A process that is only just
            # starting has no id yet, so until its maker is done, again.
            while worker.pid is not None or busy.locked():
                if worker.pid is not None:
                    os.kill(worker.pid, signal.SIGKILL)
                time.sleep(KILLED_EVERY_S)


@contextlib.contextmanager
def alone(state: Path) -> Iterator[None]:
    """Hold the lock of those who make recordings. Raises VoicingBusyError when another has it."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / "voicing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the system lets go of it with us
        except OSError as error:
            raise VoicingBusyError("the voice is being made already", "wait for its end") from error
        yield


def voice_now(
    services: Services, voice: Voice, topics: Sequence[str] = (), most: int | None = None
) -> Iterator[Step]:
    """Make all recordings of a voice, or those of some topics (`pack/topic`), or the first `most`.

    When all are there, the voice is offered to visitors. Raises SettingsError, VoicingBusyError.
    """
    settings = services.settings
    wanted = list(islice(_wanted(services, topics), most))
    with alone(settings.state), kokoro_makers(settings.voice_folder, voice) as makers:
        step = Step(0, len(wanted), 0)
        for step in voice_all(wanted, services.speech.recordings, voice, makers):
            yield step
    if step.done == step.total and not topics and most is None:
        services.speech.recordings.mark_prepared(voice.name, step.total)


def _wanted(services: Services, topics: Sequence[str]) -> Iterable[Utterance]:
    if not topics:
        return everything_said(services)
    found = {
        f"{pack.id}/{topic.id}": (pack, topic)
        for pack in services.catalogue.packs.values()
        for topic in pack.topics.values()
    }
    if unknown := [name for name in topics if name not in found]:
        raise SettingsError(f"no topic {unknown[0]}", f"use one of {', '.join(found)}")
    said = [one for name in topics for one in services.script(*found[name])]
    return {one.text: one for one in said}.values()


def keep_voiced(settings: Settings, usual: Voice) -> None:
    """Make what new or edited content lacks, while no visitor is near; until it is ended.

    The voices are those that were finished once, and the usual one.
    """
    presence = Presence(settings.state)
    away_s = settings.visit.idle_long_s + settings.visit.warning_s

    def wait_for_quiet() -> None:
        while presence.is_near(away_s):
            time.sleep(LOOKED_EVERY_S)

    while True:
        seen = _content_now(settings)
        services = build_services(settings)
        recordings = services.speech.recordings
        names = dict.fromkeys([usual.name, *services.speech.voices])
        for voice in (NATURAL[name] for name in names if name in NATURAL):
            wanted = list(everything_said(services))
            if all(recordings.kept(one, voice.signature, voice.suffix) for one in wanted):
                continue
            with (
                contextlib.suppress(VoicingBusyError),
                alone(settings.state),
                kokoro_makers(settings.voice_folder, voice, processes=1) as makers,
            ):
                for step in voice_all(wanted, recordings, voice, makers, wait_for_quiet):
                    if step.failed:
                        log.error("not said: %s", step.failed)
                    if _content_now(settings) != seen:
                        break
                    if step.done == step.total:
                        recordings.mark_prepared(voice.name, step.total)
        services.close()
        again = time.monotonic() + TRIED_AGAIN_S
        while _content_now(settings) == seen and time.monotonic() < again:
            time.sleep(LOOKED_EVERY_S)


def _content_now(settings: Settings) -> dict[Path, float]:
    """When each file of the content was changed, and which packs were installed."""
    files = [path for path in settings.content.rglob("*") if path.is_file()]
    files += settings.installed.glob(f"*/{STACK}")
    return {path: path.stat().st_mtime for path in files}
