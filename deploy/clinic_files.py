"""Write what follows from the clinic's settings: the browser's policy, the screen, the firewall.

    python deploy/clinic_files.py /etc/health-kiosk/kiosk.toml [root]

Takes the settings file; leaves below `root` (usually /) Chromium's managed policy, the screen's
address, and the only addresses besides this machine's that the kiosk may reach: its printer's.
install.sh calls it each time; call that again when the port or the printer changes.
"""

import ipaddress
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from kiosk.cache import write_whole  # noqa: E402
from kiosk.errors import KioskError  # noqa: E402
from kiosk.settings import Settings, load_settings  # noqa: E402

POLICY = Path("etc/chromium/policies/managed/health-kiosk.json")
SCREEN = Path("etc/health-kiosk/screen.env")
PRINTER = Path("etc/systemd/system/health-kiosk.service.d/printer.conf")
_SCREEN_FIRST = """\
# Where the screen looks. Written by install.sh; the next line is yours and stays.
# KIOSK_CAGE=-r turns an upright screen by 90 degrees (-r -r -r: the other way).
"""


def main(arguments: list[str]) -> int:
    """Write the three files; give back the exit code."""
    root = Path(arguments[1] if len(arguments) > 1 else "/")
    try:
        settings = load_settings(Path(arguments[0]), {})
        write(settings, root)
    except KioskError as error:
        print(f"{error}; {error.hint}", file=sys.stderr)
        return 1
    for name in unreachable(settings):
        print(
            f"The printer {name} is given by a name: give its address (192.0.2.10) in kiosk.toml, "
            "or the kiosk may not reach it.",
            file=sys.stderr,
        )
    return 0


def write(settings: Settings, root: Path) -> None:
    """Write the policy, the screen's settings and the printer's addresses below `root`."""
    address = own_address(settings)
    policy = (PROJECT / "deploy" / "screen" / "policy.json").read_text("utf-8")
    _put(root / POLICY, policy.replace("KIOSK_URL", address))
    screen = root / SCREEN
    kept = screen.read_text("utf-8") if screen.exists() else f"{_SCREEN_FIRST}KIOSK_CAGE=\n"
    own = "".join(f"{line}\n" for line in kept.splitlines() if not line.startswith("KIOSK_URL="))
    _put(screen, f"{own}KIOSK_URL={address}\n")
    lines = [f"IPAddressAllow={one}\n" for one in reachable(settings)]
    if lines:
        _put(root / PRINTER, "[Service]\n" + "".join(lines))
    else:
        (root / PRINTER).unlink(missing_ok=True)


def own_address(settings: Settings) -> str:
    """The kiosk's address as this machine's own screen calls it."""
    loopback = settings.host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::")  # noqa: S104
    host = "127.0.0.1" if loopback and settings.host != "::1" else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _hosts(settings: Settings) -> Iterable[str]:
    for printer in (settings.printer.queue, settings.printer.device):
        if "://" in printer:
            yield urlsplit(printer).hostname or ""


def reachable(settings: Settings) -> list[str]:
    """The printer's addresses, as systemd takes them."""
    return sorted({host for host in _hosts(settings) if _is_address(host)})


def unreachable(settings: Settings) -> list[str]:
    """Printers that are given by a name, which a closed kiosk cannot look up."""
    return sorted({host for host in _hosts(settings) if not _is_address(host)} - {"localhost"})


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _put(path: Path, text: str) -> None:
    write_whole(path, text.encode())
    path.chmod(0o644)  # read by Chromium and systemd, and holds no secret


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
