"""Sixty wishes at once, of a kiosk that has nothing made ahead."""

import threading
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from kiosk.leaflet import MOST_WAITING, Size
from tests.browser.kiosk_process import running_kiosk
from tests.topics import TOPICS

pytestmark = pytest.mark.usefixtures("paper", "voice")
CROWD = 60
MOST_MB = 300
PATIENCE_S = 120  # for a machine that is busy; only a hang is longer
WISHES = [f"/{pack}/leaflets/{topic}.pdf?size={size}" for size in Size for pack, topic in TOPICS][
    :CROWD
]


def family(pid: int) -> list[int]:
    """A process and all below it, whichever of its threads began them."""
    below = [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text("ascii").split()
    ]
    return [pid, *(one for child in below for one in family(child))]


def memory_mb(pids: list[int]) -> float:
    """What processes take together, each shared page counted once (PSS)."""
    found = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                found += int(line.split()[1])
    return found / 1024


class Crowd:
    """Asks for everything at once; keeps each answer, and how many came before any page's."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._start = threading.Barrier(CROWD + 1)
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self._threads = [threading.Thread(target=self._ask, args=(wish,)) for wish in WISHES]
        for thread in self._threads:
            thread.start()

    def _ask(self, wish: str) -> None:
        self._start.wait(PATIENCE_S)
        self.answers.append(ask(self._address + wish))

    def begin(self) -> None:
        self._start.wait(PATIENCE_S)

    @property
    def is_waiting(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def end(self) -> None:
        for thread in self._threads:
            thread.join(PATIENCE_S)
        assert not self.is_waiting


def ask(address: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urlopen(address, timeout=PATIENCE_S) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read()


def test_a_crowd_gets_leaflets_or_a_plain_word_and_the_pages_go_on(tmp_path: Path) -> None:
    assert len(set(WISHES)) == CROWD
    with running_kiosk(tmp_path) as kiosk:
        pages = [f"/{pack}/{topic}" for pack, topic in TOPICS]
        ask(f"{kiosk.address}{pages[0]}/speech.json")  # both workers are up
        most_mb, meanwhile = 0.0, 0
        pid = kiosk.pid
        crowd = Crowd(kiosk.address)
        crowd.begin()
        while crowd.is_waiting:
            status, _, body = ask(kiosk.address + pages[meanwhile % len(pages)])
            assert status == 200
            assert b"<h1" in body
            meanwhile += crowd.is_waiting  # answered while leaflets were still waited for
            most_mb = max(most_mb, memory_mb(family(pid)))
        crowd.end()
        assert len(family(pid)) == 3, "the web and two workers"
        most_mb = max(most_mb, memory_mb(family(pid)))
        # Afterwards nothing is amiss: what was refused can be had.
        assert ask(kiosk.address + WISHES[-1])[0] == 200

    assert meanwhile >= len(pages), "pages waited for the leaflets"
    given = [body for status, _, body in crowd.answers if status == 200]
    refused = [answer for answer in crowd.answers if answer[0] == 503]
    assert len(given) + len(refused) == CROWD
    assert len(given) >= MOST_WAITING
    assert refused, "all sixty were let in: nothing bounds the queue"
    assert all(body.startswith(b"%PDF") for body in given)
    for _, headers, body in refused:
        assert int(headers["Retry-After"]) > 0
        assert headers["Content-Type"].startswith("text/html")
        assert b"<h1" in body
    assert most_mb < MOST_MB
