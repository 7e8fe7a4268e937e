"""Kills an install or a rollback at each of its steps in turn; says what is served after each.

    python -m tests.pack_killer FOLDER install PACK.zip
    python -m tests.pack_killer FOLDER rollback hand-washing

FOLDER holds `content`, `keys` and `var`; each try begins with a fresh copy of `var`. A step is a
call that changes the disk. Prints one line for each kill, as JSON, and one for the try that got
through.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.installed import releases
from kiosk.loader import load_catalogue
from kiosk.packs.install import install, rollback
from kiosk.packs.trial import Report
from kiosk.settings import Packs, Settings
from tests.pack_maker import SUBJECT

CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.truncate"}
EVERY = 3  # after every third kill, the install is done again: that takes most of the time
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def well(settings: Settings, pack: str, speech: bool, leaflets: bool) -> Report:
    """A trial that finds nothing; the real one writes nothing."""
    return Report((), frozenset())


def killed(work: Callable[[], object], step: int) -> bool:
    """Do the work in a child that is killed at its step of that number; False when it came through.

    Step 0 kills nobody.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return True
        assert os.waitstatus_to_exitcode(status) == 0, "the work itself failed"
        return False
    left = [step]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in CHANGES or (event == "open" and arguments[2] & WRITES):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = lambda _handle: None  # a kill, unlike a power cut, loses nothing that was written
    sys.addaudithook(hook)
    try:
        work()
    except BaseException as error:
        print(repr(error), file=sys.stderr)
        os._exit(1)
    os._exit(0)


def found(settings: Settings) -> dict[str, object]:
    """What the kiosk would show, and what troubles it."""
    catalogue = load_catalogue(settings.content, installed=settings.installed)
    kept, problems = releases(settings.installed, SUBJECT)
    return {
        "served": catalogue.packs[SUBJECT].about.version,
        "topics": len(catalogue.packs[SUBJECT].topics),
        "kept": [release.manifest.version for release in kept],
        "problems": [str(problem) for problem in (*catalogue.problems, *problems)],
    }


def main(folder: Path, verb: str, name: str) -> None:
    state = folder / "killed"
    keys = Packs(keys=str(folder / "keys"))
    settings = Settings(content=folder / "content", state=state, packs=keys)
    work: dict[str, Callable[[], object]] = {
        "install": lambda: install(settings, Path(name), well),
        "rollback": lambda: rollback(settings, name),
    }
    for step in count(1):
        shutil.rmtree(state, ignore_errors=True)
        shutil.copytree(folder / "var", state)
        died = killed(work[verb], step)
        told = {"step": step, "died": died, **found(settings)}
        if died and verb == "install" and step % EVERY == 0:
            assert not killed(work[verb], 0)  # the next install finds its way
            told["after"] = found(settings)
            told["left"] = sorted(path.name for path in (settings.installed / SUBJECT).iterdir())
        print(json.dumps(told), flush=True)
        if not died:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
