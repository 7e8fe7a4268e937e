"""Try a pack before it counts: the kiosk itself, over a passing state folder that has it.

Lives in a child process with limits, so that a pack that hangs or swells the kiosk only fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.check import check_catalogue
from kiosk.errors import ContentError
from kiosk.installed import CONTENT
from kiosk.leaflet import LeafletOrder, Size
from kiosk.loader import Catalogue
from kiosk.packs.made import names_made
from kiosk.services import Services, build_services
from kiosk.settings import Printer, Settings
from kiosk.worker import Worker

LONGEST_S = 120  # the largest pack takes two seconds here; a small machine is ten times slower
MEMORY_MB = 1024


@dataclass(frozen=True)
class Report:
    """How the kiosk took a pack: what is wrong, and the files that may come ready made."""

    faults: tuple[str, ...]
    made: frozenset[str] = frozenset()


class Trial:
    """The kiosk with a pack that is not installed yet."""

    def of(self, settings: Settings, pack_id: str, speech: bool, leaflets: bool) -> Report:
        """Load, check and lay out a pack that lies in the state folder of `settings`.

        `speech`, `leaflets`: whether it carries them, so that their names are wanted.
        """
        try:
            services = build_services(settings.model_copy(update={"printer": Printer()}))
        except ContentError as error:
            return Report((str(error),))
        try:
            if faults := tuple(_faults(services, pack_id)):
                return Report(faults)
            _use(services, pack_id)
            made: Iterator[str] = iter(())
            if speech or leaflets:
                made = names_made(services, services.catalogue.packs[pack_id], leaflets)
            return Report((), frozenset(made))
        finally:
            services.close()


def in_child(settings: Settings, pack_id: str, speech: bool, leaflets: bool) -> Report:
    """The same in a child process. Raises WorkerError when the child fails, hangs or swells."""
    worker = Worker("kiosk.packs.trial:Trial", LONGEST_S, MEMORY_MB)
    try:
        report = worker.call("of", settings, pack_id, speech, leaflets)
        assert isinstance(report, Report)
        return report
    finally:
        worker.close()


def pack_faults(catalogue: Catalogue, content: Path, folder: Path) -> Iterator[str]:
    """What `check` says of the files in `folder`, as lines that begin `content/<pack>/…`."""
    for problem in check_catalogue(catalogue, content):
        if problem.path.resolve().is_relative_to(folder.resolve()):
            yield _told(problem, folder)


def _told(problem: ContentError, folder: Path) -> str:
    """A problem below a pack's folder, named as in the pack; any other as it is."""
    path = problem.path.resolve()
    if path.is_relative_to(folder.resolve()):
        path = Path(CONTENT, folder.name) / path.relative_to(folder.resolve())
    return str(ContentError(path, problem.line, problem.problem, problem.mend))


def _faults(services: Services, pack_id: str) -> Iterator[str]:
    catalogue, installed = services.catalogue, services.settings.installed
    pack, folder = catalogue.packs.get(pack_id), catalogue.folders.get(pack_id)
    if pack is None or folder is None or not folder.is_relative_to(installed):
        tried = next(installed.glob(f"{pack_id}/*/{CONTENT}/{pack_id}"))
        told = [_told(problem, tried) for problem in catalogue.problems]
        yield from told or ["the kiosk does not choose it"]
        return
    if not pack.topics:
        yield "it has no topic that can be shown"
    yield from pack_faults(catalogue, services.settings.content, folder)


def _use(services: Services, pack_id: str) -> None:
    """What its pages say and what its leaflets hold; raises what a visitor would meet."""
    pack = services.catalogue.packs[pack_id]
    for topic in pack.topics.values():
        services.script(pack, topic)
        for size in Size:
            order = LeafletOrder(topic, pack, None, size)
            services.leaflets.html(order, services.drawer(pack_id))
