"""What printing keeps across a restart: the kiosk's name in the queue, and when leaflets were made.

One small file, written whole; nothing in it tells which leaflet it was, or whose.
"""

import json
import logging
import math
import re
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.cache import write_whole

log = logging.getLogger(__name__)
_NAME = re.compile(r"kiosk-[A-Za-z0-9.-]{1,64}")


class Memory:
    """The file. A file that cannot be read counts as new; one that cannot be written is no fault.

    `wall_clock`: seconds since 1970, which is the sole clock that outlives a restart.
    """

    def __init__(self, path: Path, wall_clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._wall_clock = wall_clock
        self._name, self._made = _read(path)
        if not self._name:
            # By chance, too: kiosks that are copies of one disk share the name of the host.
            host = re.sub(r"[^A-Za-z0-9.-]", "", socket.gethostname())[:40] or "kiosk"
            self._name = f"kiosk-{host}-{secrets.token_hex(4)}"
            self._write()

    @property
    def name(self) -> str:
        """The kiosk's own name towards the printer; no other kiosk of the queue has it."""
        return self._name

    def ages(self) -> list[float]:
        """How many seconds ago each leaflet was made.

        A time to come is that of a clock that was wrong: it counts as just now, from now on.
        """
        now = self._wall_clock()
        if any(made > now for made in self._made):
            self._made = [min(made, now) for made in self._made]
            self._write()
        return [now - made for made in self._made]

    def keep(self, ages: Sequence[float]) -> None:
        """Keep how many seconds ago each leaflet was made."""
        now = self._wall_clock()
        self._made = [round(now - age) for age in ages]
        self._write()

    def _write(self) -> None:
        try:
            write_whole(self._path, json.dumps({"name": self._name, "made": self._made}).encode())
        except OSError as error:
            log.warning("printing: limits will not outlive a restart: %s", error)


def _read(path: Path) -> tuple[str, list[float]]:
    try:
        kept = json.loads(path.read_bytes())
        name, made = kept["name"], [float(one) for one in kept["made"]]
    except FileNotFoundError:
        return "", []
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.warning("printing: %s is begun anew: %r", path, error)
        return "", []
    known = isinstance(name, str) and _NAME.fullmatch(name) is not None
    return name if known else "", [one for one in made if math.isfinite(one)]
