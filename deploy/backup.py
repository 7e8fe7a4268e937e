"""Keep what cannot be made again: settings, PIN, reviews, counts, what was printed.

    python deploy/backup.py FILE.tar.gz /etc/health-kiosk /var/lib/health-kiosk

Takes the folders of settings and state; leaves one file that only its owner can read. The kiosk
goes on meanwhile: a database is copied as it was at one moment.
"""

import os
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

# Made again from the content (speech takes hours in the natural voice: copy it by hand).
MADE_AGAIN = frozenset({"speech", "leaflets", "fonts", "voice", "proof", "visitor-is-here"})
_SQLITE = b"SQLite format 3\0"
_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a database, not to be copied


def main(arguments: list[str]) -> int:
    """Write the backup; give back the exit code."""
    file, settings, state = (Path(one) for one in arguments)
    try:
        write(file, settings, state)
    except (OSError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def write(file: Path, settings: Path, state: Path) -> None:
    """Write the backup, whole or not at all. Raises OSError, sqlite3.Error."""
    new = file.with_name(f".{file.name}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as sink, tempfile.TemporaryDirectory() as passing:
        with tarfile.open(fileobj=sink, mode="w:gz") as archive:
            for name, folder in (("etc", settings), ("state", state)):
                for path in kept(folder):
                    copy = _at_one_moment(path, Path(passing))
                    archive.add(copy, f"{name}/{path.relative_to(folder)}", recursive=False)
        sink.flush()
        os.fsync(sink.fileno())
    os.replace(new, file)


def kept(folder: Path) -> Iterator[Path]:
    """The files of a folder that cannot be made again."""
    for path in sorted(folder.rglob("*")):
        top = path.relative_to(folder).parts[0]
        passing = path.name.startswith(".new-") or path.name.endswith((".lock", *_BESIDE))
        if top not in MADE_AGAIN and not passing and path.is_file() and not path.is_symlink():
            yield path


def _at_one_moment(path: Path, passing: Path) -> Path:
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            return path
    copy = passing / "database"
    copy.unlink(missing_ok=True)
    address = f"file:{path}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as live, closing(sqlite3.connect(copy)) as new:
        live.backup(new)
    return copy


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
