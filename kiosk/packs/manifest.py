"""What a manifest may say: which names, how many files, how large.

Takes names and sizes; gives back what is wrong with them. The rules hold for a signed manifest too:
a signature says who made a pack, and not that the maker made no mistake.
"""

import json
import re
from collections.abc import Iterator

from kiosk.cache import KEY_LENGTH
from kiosk.installed import CONTENT, Manifest

MOST_MANIFEST = 8_000_000  # bytes: 30,000 files of 160 bytes each, and room
MOST_FILES = 30_000  # two voices say a large pack in some 12,000 files
MOST_FILE = 64_000_000  # bytes; the longest recording has under one million
MOST_TOTAL = 512_000_000  # bytes: a small card must hold two packs and the kiosk
LONGEST_NAME = 200  # characters
DEEPEST = 6  # parts of a name
SPEECH, LEAFLETS = "speech", "leaflets"

# Names that Windows keeps for devices, whatever their ending: a stick is read there as well.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z]+")
_KEY = rf"[0-9a-f]{{{KEY_LENGTH}}}"


def to_bytes(manifest: Manifest) -> bytes:
    """A manifest as it is signed: the same for the same content."""
    data = manifest.model_dump()
    return json.dumps(data, indent=1, sort_keys=True).encode("ascii") + b"\n"


def name_fault(name: str, pack: str) -> str:
    """What is wrong with a file's name in a pack; "" when it may stand."""
    shown = name.encode("ascii", "backslashreplace").decode()[:LONGEST_NAME]
    parts = name.split("/")
    faults = {
        "begins at the root of a disk": name.startswith(("/", "\\")) or name[1:2] == ":",
        "leads out of its folder": ".." in parts,
        "has a backslash": "\\" in name,
        "has a letter that is not plain (a to z, 0 to 9, - and _)": not name.isascii()
        or not name.isprintable(),
        "is too long": len(name) > LONGEST_NAME or len(parts) > DEEPEST,
        "is a device on some machines": any(map(_DEVICES.fullmatch, parts)),
        "is hidden": any(part.startswith(".") for part in parts),
        "is not a plain name": not all(map(_FOLDER.fullmatch, parts[:-1]))
        or not _FILE.fullmatch(parts[-1]),
    }
    for fault, is_so in faults.items():
        if is_so:
            return f"the name `{shown}` {fault}"
    content = rf"{CONTENT}/{re.escape(pack)}/(?:[\w-]+/)*[\w-]+\.(?:yaml|md)"
    made = rf"{SPEECH}/{_KEY}\.(?:ogg|json)|{LEAFLETS}/{_KEY}\.pdf"
    if not re.fullmatch(f"{content}|{made}", name):
        return f"`{shown}` is nothing that belongs into the pack `{pack}`"
    return ""


def faults(manifest: Manifest) -> Iterator[str]:
    """What a pack with this manifest would do to a machine that must not be done."""
    if len(manifest.files) > MOST_FILES:
        yield f"it names {len(manifest.files)} files, and may name {MOST_FILES}"
        return
    seen: dict[str, str] = {}
    for name, facts in manifest.files.items():
        if fault := name_fault(name, manifest.pack):
            yield fault
        if facts.size > MOST_FILE:
            yield f"`{name}` has {facts.size} bytes, and may have {MOST_FILE}"
        twin = seen.setdefault(name.casefold(), name)
        if twin != name:
            yield f"`{twin}` and `{name}` are one file on some machines"
    total = sum(facts.size for facts in manifest.files.values())
    if total > MOST_TOTAL:
        yield f"it unpacks to {total} bytes, and may unpack to {MOST_TOTAL}"
    if f"{CONTENT}/{manifest.pack}/pack.yaml" not in manifest.files:
        yield f"it has no {CONTENT}/{manifest.pack}/pack.yaml"
