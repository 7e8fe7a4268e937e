"""The one door: serve (the default), build, voice, check, doctor, proof, pack, staff-pin."""

import argparse
import logging
import os
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from kiosk import __version__
from kiosk.errors import KioskError, SettingsError
from kiosk.settings import PROJECT, Settings, load_settings

log = logging.getLogger("kiosk")


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; give back the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # tells of every table it cuts
    given = _parser().parse_args(arguments)
    try:
        settings = load_settings(
            _config_file(given.config), os.environ, {"host": given.host, "port": given.port}
        )
        return int(_COMMANDS[given.command](settings, given))
    except KioskError as error:
        print(f"{error}" + (f"; {error.hint}" if error.hint else ""), file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that may not be written
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run_kiosk.py", description=__doc__)
    parser.add_argument("command", nargs="?", default="serve", choices=_COMMANDS)
    parser.add_argument(
        "names",
        nargs="*",
        help="proof, voice: topics, as pack/topic; else all. "
        "pack: build PACK, verify FILE, install FILE, rollback PACK or keys NAME",
    )
    parser.add_argument("--watch", action="store_true", help="check, voice: again at every change")
    parser.add_argument("--voice", help="voice: whose, by name (emma, george, …)")
    parser.add_argument("--only", type=int, help="voice: no more than so many paragraphs")
    parser.add_argument("--fetch", action="store_true", help="voice: only fetch what makes it")
    parser.add_argument("--key", type=Path, help="pack build: the secret key's file")
    parser.add_argument(
        "--carry",
        action="store_true",
        help="pack build: with the recordings and leaflets kept here",
    )
    parser.add_argument(
        "--executor",
        default="local",
        help="build: here (one process), local (one for each core), local:N, or dask://HOST:PORT",
    )
    parser.add_argument("--host", help="the address to listen on")
    parser.add_argument("--port", type=int, help="the port to listen on")
    parser.add_argument("--config", type=Path, help="the settings file (kiosk.toml)")
    parser.add_argument("--open", action="store_true", help="open a browser on the kiosk")
    parser.add_argument("--version", action="version", version=__version__)
    return parser


def _config_file(asked: Path | None) -> Path | None:
    usual = PROJECT / "kiosk.toml"
    return asked or (usual if usual.is_file() else None)


def serve(settings: Settings, given: argparse.Namespace) -> int:
    """Serve until stopped; say the address once it is open."""
    from kiosk.notify import keep_telling
    from kiosk.services import build_services
    from kiosk.serving import serve_at
    from kiosk.speech.voices import PLAIN
    from kiosk.web import create_app

    services = build_services(settings)
    services.printing.start()
    for problem in services.catalogue.problems:
        log.error("content left out: %s", problem)
    try:
        server, port = serve_at(create_app(services), settings.host, settings.port)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"cannot listen on {settings.host}, port {settings.port}: {error}",
            "set another host or port, or stop what uses it",
        ) from error
    address = f"http://{settings.host}:{port}"
    print(f"The kiosk is at {address}  (stop it with Ctrl+C)", flush=True)
    if services.speech.voices == (PLAIN,):
        print("It speaks with eSpeak NG; `make voice` brings a voice that is better to listen to.")
    if settings.host not in ("127.0.0.1", "localhost", "::1"):
        log.warning("the kiosk can be reached from other machines; 127.0.0.1 is the safe address")
    # Both workers load their libraries now, not while the first visitor waits.
    threading.Thread(target=services.health, name="warm", daemon=True).start()
    numbers = None
    if settings.metrics_file:
        from kiosk.metrics import TextFile  # slow to load, and few ask for it

        numbers = TextFile(services, Path(settings.metrics_file))
        numbers.start()
    if given.open:
        import webbrowser

        threading.Timer(0.5, webbrowser.open, [address]).start()
    anywhere = settings.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    own = f"http://127.0.0.1:{port}" if anywhere else address
    stopping = keep_telling(own)
    try:
        server.run()  # until Ctrl+C, which the server itself takes
    finally:
        stopping()
        server.close()
        if numbers:
            numbers.close()
        services.close()
    print("\nThe kiosk has stopped.")
    return 0


def build(settings: Settings, given: argparse.Namespace) -> int:
    """Make ahead all that can be; a progress bar where somebody watches."""
    from kiosk.build import build as make_all
    from kiosk.build import jobs
    from kiosk.executors import executor
    from kiosk.services import build_services

    services = build_services(settings)
    todo = jobs(services)
    total, failed = len(todo), 0
    try:
        with executor(given.executor) as workers:
            for number, made in enumerate(make_all(services, workers, todo), 1):
                if made.failed:
                    failed += 1
                    print(f"\r{made.what} failed: {made.failed}", file=sys.stderr)
                if sys.stdout.isatty():
                    bar = "#" * (30 * number // total)
                    print(f"\r[{bar:<30}] {number}/{total} {made.what:<40.40}", end="", flush=True)
        print(f"{chr(10) if sys.stdout.isatty() else ''}Ready: {total - failed} of {total}.")
    finally:
        services.close()
    return 1 if failed else 0


def voice(settings: Settings, given: argparse.Namespace) -> int:
    """Say everything ahead in the natural voice; a progress bar where somebody watches."""
    from kiosk.services import build_services
    from kiosk.speech.model_files import faults, fetch
    from kiosk.voicing import PATIENT, keep_voiced, voice_named, voice_now

    chosen = voice_named(given.voice or settings.voice.usual)
    if faults(settings.voice_folder):
        print("Fetching what makes the voice (89 MB, once).", flush=True)
        fetch(settings.voice_folder)
    if given.fetch:
        return 0
    os.nice(PATIENT)
    try:
        if given.watch:
            keep_voiced(settings, chosen)
        services = build_services(settings)
        try:
            for step in voice_now(services, chosen, given.names, given.only):
                if step.failed:
                    print(f"\r{step.failed}", file=sys.stderr)
                if sys.stdout.isatty():
                    print(f"\r{step.bar}", end="", flush=True)
        finally:
            services.close()
    except KeyboardInterrupt:
        print("\nStopped. What is made is kept, and `make voice` goes on from there.")
        return 130  # as the shell has it for Ctrl+C
    print(f"{chr(10) if sys.stdout.isatty() else ''}{step.told(chosen.name)}")
    return 0 if step.done == step.total else 1


def check(settings: Settings, given: argparse.Namespace) -> int:
    """Print every content problem; exit 1 if there is any. With --watch, again at every change."""
    if not given.watch:
        return _check_once(settings)
    seen: dict[Path, float] = {}
    try:
        while True:
            files = (path for path in settings.content.rglob("*") if path.is_file())
            now = {path: path.stat().st_mtime for path in files}
            if now != seen:
                seen = now
                print(f"\n{datetime.now():%H:%M:%S}")
                _check_once(settings)
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0


def _check_once(settings: Settings) -> int:
    from kiosk.check import check_catalogue, reading_reviews
    from kiosk.loader import load_catalogue

    catalogue = load_catalogue(settings.content, settings.clinic.nation)
    problems = check_catalogue(catalogue, settings.content)
    for problem in problems:
        print(problem)
    for line in reading_reviews(catalogue):
        print(line)
    if not problems:
        print("The content is well.")
    return 1 if problems else 0


def doctor(settings: Settings, _given: argparse.Namespace) -> int:
    """How every part is, one line each, with the mend."""
    from kiosk.services import build_services

    services = build_services(settings)
    try:
        health = services.health()
    finally:
        services.close()
    for name, part in health.items():
        print(f"{'well ' if part.ok else 'MEND '} {name}: {part.why or 'all is well'}")
        if not part.ok:
            print(f"      {part.mend}")
    return 0 if all(part.ok for part in health.values()) else 1


def staff_pin(settings: Settings, _given: argparse.Namespace) -> int:
    """Ask for a new PIN for the staff page, and keep its hash."""
    import getpass

    from kiosk.door import set_pin

    asked = "New staff PIN (4 to 12 digits): "
    pin = getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline()
    try:
        set_pin(settings.state, pin.strip())
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    print("The staff page is on, at /staff.")
    return 0


def proof(settings: Settings, given: argparse.Namespace) -> int:
    """Make the proofs of the topics named (all of them if none is) for a reviewer."""
    from kiosk.cache import write_whole
    from kiosk.services import build_services

    services = build_services(settings)
    topics = {
        f"{pack.id}/{topic.id}": (pack, topic)
        for pack in services.catalogue.packs.values()
        for topic in pack.topics.values()
    }
    try:
        for name in given.names or topics:
            if name not in topics:
                raise SettingsError(f"no topic {name}", f"use one of {', '.join(topics)}")
            path = settings.state / "proof" / f"{name}.pdf"
            write_whole(path, services.proof(*topics[name]))
            print(path)
    finally:
        services.close()
    return 0


def pack(settings: Settings, given: argparse.Namespace) -> int:
    """Build, verify, install or take back a signed content pack, or make a pair of keys."""
    from kiosk.packs.commands import run

    for line in run(settings, given.names, given.key, given.carry):
        print(line, flush=True)
    return 0


_COMMANDS = {
    "serve": serve,
    "build": build,
    "voice": voice,
    "check": check,
    "doctor": doctor,
    "proof": proof,
    "pack": pack,
    "staff-pin": staff_pin,
}

if __name__ == "__main__":
    sys.exit(main())
