"""Tell systemd how the kiosk is: ready, alive, stopping.

Takes the kiosk's own address; asks its /healthz as a visitor's screen would, and tells what came of
it. A kiosk that answers no more is then ended and started again by systemd (WatchdogSec= in
deploy/units/health-kiosk.service). Where systemd does not listen, nothing is asked or told.
"""

import http.client
import json
import os
import socket
import threading
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

READY_EVERY_S = 0.5
# Without a limit of systemd's own: how long an answer may take at the start.
ANSWER_S = 30.0
LONGEST_ANSWER = 64 * 1024  # bytes of /healthz that are read


def tell(message: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Send one message of sd_notify(3), such as `READY=1`; whether anybody listens."""
    name = environ.get("NOTIFY_SOCKET", "")
    if not name:
        return False
    # A leading @ stands for the zero byte of an abstract socket.
    address = f"\0{name[1:]}" if name.startswith("@") else name
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            channel.connect(address)
            channel.sendall(message.encode())
    except OSError:
        return False
    return True


def watchdog_s(environ: Mapping[str, str] = os.environ) -> float | None:
    """Within how many seconds systemd wants to hear of this process; None: it does not ask."""
    meant = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    microseconds = environ.get("WATCHDOG_USEC", "")
    return int(microseconds) / 1e6 if meant and microseconds.isdecimal() else None


def health(address: str, timeout_s: float) -> str | None:
    """What the kiosk at `address` (http://host:port) says of itself, in a line; None: no answer."""
    place = urlsplit(address)
    asked = http.client.HTTPConnection(place.hostname or "", place.port, timeout=timeout_s)
    try:
        asked.request("GET", "/healthz")
        parts = json.loads(asked.getresponse().read(LONGEST_ANSWER))
        amiss = [name for name, part in parts.items() if not part["ok"]]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, AttributeError):
        return None
    finally:
        asked.close()
    return f"needs a mend: {', '.join(amiss)}" if amiss else "all is well"


def keep_telling(address: str, environ: Mapping[str, str] = os.environ) -> Callable[[], None]:
    """Tell systemd `READY=1` once the kiosk answers, then again and again that it does.

    Gives back what is to be called when the kiosk stops. A kiosk that is degraded still answers,
    and is left alone: a new start would not mend it.
    """
    stopped = threading.Event()
    if not environ.get("NOTIFY_SOCKET"):
        return stopped.set
    limit_s = watchdog_s(environ)
    # Two chances to be heard within the limit, and half of it for an answer.
    every_s, answer_s = (limit_s / 4, limit_s / 2) if limit_s else (ANSWER_S, ANSWER_S)

    def told() -> None:
        ready = False
        while not stopped.wait(every_s if ready else READY_EVERY_S):
            said = health(address, answer_s)
            if said is None or stopped.is_set():
                continue
            tell(("" if ready else "READY=1\n") + f"STATUS={said}\nWATCHDOG=1", environ)
            ready = True
            if limit_s is None:
                return

    def stop() -> None:
        stopped.set()
        tell("STOPPING=1", environ)

    threading.Thread(target=told, name="notify", daemon=True).start()
    return stop
