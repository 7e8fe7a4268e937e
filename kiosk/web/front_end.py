"""The style sheets as one file and the scripts as one file, made when the kiosk starts.

Takes the files of static/ as they are written; gives back two files whose address holds their
hash, so a browser fetches each once and asks no more: a page has three requests where it had 57.
Comments and indents stay behind. Each script stays a scope of its own, and what it exports is
handed to those that import it, in the order in which a browser would run them.
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

# In the order in which they hold: a later one has the last word.
SHEETS: tuple[str, ...] = ("tokens", "frame", "blocks", "screens", "reading", "change", "reach")
SHEETS += ("overlays", "speaking")
FOR_SCREENS = frozenset({"reach"})  # not for a browser's own print
FIRST_SCRIPT = "main"
DIGITS = 16  # of SHA-256 in hex; an address, not a seal

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r'^import\s*\{([^}]*)\}\s*from\s*"\./([a-z-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\.meta\b|\bimport\(", re.MULTILINE)
_LINE_COMMENT = re.compile(r"^\s*//.*\n|\s//\s.*$", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_EMPTY = re.compile(r"\n{2,}")


@dataclass(frozen=True)
class StaticFile:
    """A file that the browser keeps: its address, its type and its bytes."""

    address: str
    mimetype: str
    data: bytes


def front_end(static: Path, panel: str) -> dict[str, StaticFile]:
    """All that every page fetches, from the folder static/: style, script, gate and icon.

    The gate is a script that must run before the page is drawn, so it stays by itself.
    """
    gate = (static / "js" / "visit-gate.js").read_text("utf-8")
    return {
        "style": style_sheet(static / "css", panel),
        "script": script(static / "js"),
        "gate": _file("visit-gate.js", "text/javascript", _short(_LINE_COMMENT.sub("", gate))),
        "icon": _file("icon.svg", "image/svg+xml", (static / "icon.svg").read_text("utf-8")),
    }


def style_sheet(folder: Path, panel: str) -> StaticFile:
    """All style sheets of `folder` after `panel`, the sizes of this kiosk's screen."""
    parts = [panel]
    for name in SHEETS:
        text = (folder / f"{name}.css").read_text("utf-8")
        parts.append(f"@media screen {{\n{text}}}\n" if name in FOR_SCREENS else text)
    return _file("kiosk.css", "text/css", _short(_COMMENT.sub("", "\n".join(parts))))


def script(folder: Path) -> StaticFile:
    """`main.js` of `folder` with all that it imports, as one module.

    Raises ValueError for a script that imports or exports in a way that is not known here.
    """
    written: dict[str, str] = {}
    _add(folder, FIRST_SCRIPT, written, ())
    return _file("kiosk.js", "text/javascript", _short("".join(written.values())))


def _add(folder: Path, name: str, written: dict[str, str], above: tuple[str, ...]) -> None:
    """Write a script after all that it imports."""
    if name in above:
        raise ValueError(f"{name}.js and {above[-1]}.js import each other")
    if name in written:
        return
    text = (folder / f"{name}.js").read_text("utf-8")
    for _, other in _IMPORT.findall(text):
        _add(folder, other, written, (*above, name))
    given = ", ".join(_EXPORT.findall(text))
    text = _EXPORT.sub("", _IMPORT.sub(_taken, text))
    if left := _LEFT.search(_LINE_COMMENT.sub("", text)):
        raise ValueError(f"{name}.js: “{left[0]}” cannot be put into one file")
    body = _LINE_COMMENT.sub("", text)
    written[name] = f"const {_scope(name)} = (() => {{\n{body}return {{ {given} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    names = found[1].replace(" as ", ": ")
    return f"const {{{names}}} = {_scope(found[2])};\n"


def _scope(name: str) -> str:
    return f"${name.replace('-', '_')}"


def _short(text: str) -> str:
    return _EMPTY.sub("\n", _INDENT.sub("", text))


def _file(name: str, mimetype: str, text: str) -> StaticFile:
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()[:DIGITS]
    stem, _, suffix = name.partition(".")
    return StaticFile(f"/static/{stem}-{digest}.{suffix}", mimetype, data)
