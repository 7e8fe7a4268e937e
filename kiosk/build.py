"""Make ahead all that can be made ahead: fonts, speech, leaflets. Only what changed is made.

Takes the services; yields a Made for each thing as it is finished, so that the caller can show
how far it is. With an executor, the leaflets that are not kept yet are made by its workers: each
has services of its own over an empty folder, and gives back the files that a job leaves there. They
have the names and the bytes that they would have here. Speech is made here meanwhile, in order: it
takes little, and a sound of eSpeak NG depends a little on what the same process said before it.
"""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from kiosk import fonts
from kiosk.cache import write_whole
from kiosk.errors import KioskError, NotKeptError, SettingsError
from kiosk.leaflet import LeafletOrder, Size
from kiosk.models import Pack, Topic
from kiosk.services import Services, build_services, font_folder
from kiosk.settings import Settings
from kiosk.speech.interface import sayings
from kiosk.speech.voices import PLAIN

Job = tuple[str, Callable[[], object]]
FOLDER = "leaflets"  # of the state: what a worker gives back
SHAPES = ("reviews", "packs")  # of the state: what shapes the words
SHARED = "leaflet "  # how the jobs begin that an executor is given


@dataclass(frozen=True)
class Made:
    """One thing that is ready now, or that failed and why."""

    what: str
    failed: str = ""


def jobs(services: Services) -> list[Job]:
    """All there is to make, in order, each with its name."""
    found: list[Job] = [("fonts", lambda: fonts.build_fonts(font_folder(services.settings)))]
    for name in sayings(services.catalogue.phrases, services.settings.visit):
        found.append((f"speech {name}", partial(services.phrase_recording, name, PLAIN)))
    for pack in services.catalogue.packs.values():
        for topic in pack.topics.values():
            found += topic_jobs(services, pack, topic)
        for session in services.every_session(pack):
            played = partial(services.playable_session, pack, session, 1, PLAIN)
            found.append((f"session {pack.id}/{session.id} {session.audience}", played))
    return found


def topic_jobs(services: Services, pack: Pack, topic: Topic) -> Iterator[Job]:
    """All there is to make for one topic."""
    name = f"{pack.id}/{topic.id}"
    yield f"speech {name}", partial(services.speech_listing, pack, topic, PLAIN)
    for size in Size:
        yield f"{SHARED}{name} {size}", partial(_make_leaflet, services, pack, topic, size)
    if topic.about.layout == "steps":
        yield f"steps {name}", partial(services.playable_steps, pack, topic, 1, PLAIN)


def _make_leaflet(services: Services, pack: Pack, topic: Topic, size: Size) -> None:
    """Keep the leaflet as it is to be now; the last good one would hide that it fails."""
    order = LeafletOrder(topic, pack, services.review(topic), size)
    services.leaflets.make(order, services.drawer(pack.id))


def build(
    services: Services, executor: Executor | None = None, wanted: list[Job] | None = None
) -> Iterator[Made]:
    """Make everything, or the jobs `wanted`; a failure is told and does not stop the rest.

    Without an executor it is made here, one thing after another; with one, each thing is told when
    it is ready, in whatever order that is.
    """
    todo = jobs(services) if wanted is None else wanted
    if executor is None:
        yield from (_made(what, make) for what, make in todo)
        return
    settings = services.settings.model_dump_json()
    asked: dict[Future[dict[str, bytes]], tuple[str, Callable[[], object]]] = {}
    here: list[Job] = []
    for what, make in todo:
        if what.startswith(SHARED) and not _is_kept(services, make):
            asked[executor.submit(made_elsewhere, settings, what)] = what, make
        else:
            here.append((what, make))
    yield from (_made(what, make) for what, make in here)
    for future in as_completed(asked):
        what, make = asked[future]
        try:
            for name, data in future.result().items():
                write_whole(services.settings.state / name, data)
        except (KioskError, OSError, BrokenExecutor) as error:
            yield Made(what, failed=str(error) or type(error).__name__)
        else:
            yield _made(what, make)  # all is there: only notes are left to be written


def _made(what: str, make: Callable[[], object]) -> Made:
    try:
        make()
    except (KioskError, OSError) as error:
        return Made(what, failed=str(error))
    return Made(what)


def _is_kept(services: Services, make: Callable[[], object]) -> bool:
    """Whether a job finds all that it would make."""
    try:
        with services.making_nothing():
            make()
    except NotKeptError:
        return False
    except (KioskError, OSError):
        return True  # it fails here as it would there, and is told
    return True


def made_elsewhere(settings: str, what: str) -> dict[str, bytes]:
    """Do the job `what` in a worker process; give back each file that it left, by its path.

    `settings` are those of the kiosk that asks, as JSON. Raises KioskError, OSError.
    """
    services, known = _own_services(settings)
    state = services.settings.state
    if what not in known:
        raise SettingsError(f"a worker has no {what}", "give it the same content")
    known[what]()
    files = [path for path in (state / FOLDER).rglob("*.*") if not path.name.startswith(".")]
    found = {path.relative_to(state).as_posix(): path for path in files}
    made = {name: path.read_bytes() for name, path in found.items()}
    for path in found.values():
        path.unlink()  # the next job gives back its own files alone
    return made


@cache
def _own_services(settings: str) -> tuple[Services, dict[str, Callable[[], object]]]:
    """The services of a worker over a folder of its own, which goes when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="kiosk-build-")
    asked = Settings.model_validate_json(settings)
    own = asked.model_copy(update={"state": Path(folder.name)})
    for name in SHAPES:  # a machine that lacks them makes other files, which are not asked for
        if (asked.state / name).is_dir():
            (own.state / name).symlink_to((asked.state / name).absolute())
    services = build_services(own)
    _kept_open.append(folder)
    return services, dict(jobs(services))


_kept_open: list[tempfile.TemporaryDirectory[str]] = []
