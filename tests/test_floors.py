"""Imports point down, and each library has one door."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings import PROJECT

# From the ground up. A module imports from its own floor or a lower one; on the floor of the
# outputs the families do not know each other.
FLOORS: list[set[str]] = [
    {"errors", "datafiles", "settings", "cache", "last_good", "worker", "presence"}
    | {"kept_templates", "door", "volume", "notify", "serving"},
    {
        "models",
        "phrases",
        "dose",
        "markdown",
        "loader",
        "kept_content",
        "shelf",
        "topics",
        "reviews",
        "page",
        "session",
    }
    | {"key_steps", "qr", "installed"},
    {"speech", "figures", "leaflet", "paper", "proof", "fonts", "printing", "usage"} | {"plots"},
    {"health", "sessions", "check", "checks", "coverage"},
    {"services", "said", "executors", "build", "voicing", "metrics", "packs"},
    {"web"},
    {"run_kiosk"},
]
OUTPUTS = FLOORS[2]
FAMILY = {"proof": "leaflet"}  # a proof is a leaflet for the reviewer

# Which modules may import a library.
DOORS = {
    "flask": {"web"},
    "werkzeug": {"web"},
    "waitress": {"serving"},
    "weasyprint": {"paper"},
    "pydyf": {"paper"},
    "pypdfium2": {"paper"},
    "pikepdf": {"paper"},
    "PIL": {"paper"},
    "fontTools": {"paper", "fonts"},  # its version in the worker; cutting fonts at home
    "jinja2": {"leaflet", "kept_templates"},
    "markupsafe": {"services", "web"},
    "markdown_it": {"markdown"},
    "mdit_py_plugins": {"markdown"},
    "yaml": {"datafiles"},
    "pyttsx3": {"speech.espeak"},
    "onnxruntime": {"speech.kokoro"},
    "hibari": {"speech.kokoro"},
    "soundfile": {"speech.kokoro"},
    "numpy": {"speech.kokoro"},
    "pyipp": {"printing"},
    "segno": {"qr"},
    "nacl": {"packs.keys"},
    "sqlite3": {"usage"},
    "prometheus_client": {"metrics"},
    "distributed": {"executors"},
}
# pydantic describes data, so it is wherever data is described; nothing of the web may know it.
PYDANTIC = {"models", "volume", "settings", "datafiles", "topics", "kept_content", "installed"}
PYDANTIC |= {"speech", "figures"}


def modules() -> dict[str, Path]:
    """Every module by its name below `kiosk`."""
    found = {"run_kiosk": PROJECT / "run_kiosk.py"}
    for path in sorted((PROJECT / "kiosk").rglob("*.py")):
        parts = path.relative_to(PROJECT / "kiosk").with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = path
    return found


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            assert node.module
            known = modules()
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner.removeprefix("kiosk.") in known else node.module


def own_imports(path: Path) -> set[str]:
    """The kiosk's own modules that a file imports."""
    known = modules()
    found = (name.removeprefix("kiosk.") for name in imports(path) if name.startswith("kiosk."))
    return {name for name in found if name in known}


def floor_of(name: str) -> int:
    room = name.partition(".")[0]
    places = [number for number, floor in enumerate(FLOORS) if room in floor]
    assert places, f"{name} has no floor: give it one in this test and in docs/code.md"
    return places[0]


def matches(name: str, doors: set[str]) -> bool:
    return any(name == door or name.startswith(f"{door}.") for door in doors)


def test_imports_point_down() -> None:
    wrong = [
        f"{name} imports {other}"
        for name, path in modules().items()
        for other in own_imports(path)
        if floor_of(other) > floor_of(name)
    ]
    assert wrong == []


def test_the_outputs_do_not_know_each_other() -> None:
    def family(name: str) -> str:
        room = name.partition(".")[0]
        return FAMILY.get(room, room)

    wrong = [
        f"{name} imports {other}"
        for name, path in modules().items()
        for other in own_imports(path)
        if name.partition(".")[0] in OUTPUTS
        and other.partition(".")[0] in OUTPUTS
        and family(name) != family(other)
    ]
    assert wrong == []


def test_no_two_modules_import_each_other() -> None:
    known = {name: own_imports(path) - {name} for name, path in modules().items()}
    left = dict(known)
    while free := [name for name, needs in left.items() if not needs & set(left)]:
        for name in free:
            del left[name]
    assert left == {}


def test_each_library_has_one_door() -> None:
    wrong = []
    for name, path in modules().items():
        for library in {found.partition(".")[0] for found in imports(path)}:
            doors = DOORS.get(library)
            if library == "pydantic":
                doors = PYDANTIC
            elif doors is None:
                if library not in sys.stdlib_module_names and library != "kiosk":
                    wrong.append(f"{name} imports {library}, which has no door here")
                continue
            if not matches(name, doors):
                wrong.append(f"{name} imports {library}")
    assert wrong == []


def test_every_library_is_pinned() -> None:
    """What is imported is in a file of requirements, or comes with something that is."""
    packages = {"markdown_it": "markdown-it-py", "mdit_py_plugins": "mdit-py-plugins"}
    packages |= {
        "prometheus_client": "prometheus-client",
        "yaml": "pyyaml",
        "PIL": "pillow",
        "hibari": "hibari-tts",
        "nacl": "pynacl",
    }
    comes_with = {"werkzeug", "jinja2", "markupsafe", "pydyf", "fontTools"}
    names = ("requirements.txt", "requirements-voice.txt", "requirements-cluster.txt")
    text = "".join((PROJECT / name).read_text("utf-8") for name in names)
    pinned = {line.partition("==")[0] for line in text.splitlines() if "==" in line}
    imported = {found.partition(".")[0] for path in modules().values() for found in imports(path)}
    libraries = imported - set(sys.stdlib_module_names) - {"kiosk"} - comes_with
    assert {packages.get(name, name) for name in libraries} <= pinned


def test_nothing_is_imported_from_the_tests() -> None:
    for name, path in modules().items():
        assert not [found for found in imports(path) if found.startswith("tests")], name
