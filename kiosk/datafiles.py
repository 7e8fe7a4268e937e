"""Read YAML data files into models, knowing the line each entry stands on.

The sole user of yaml. Takes a file and a model; gives back the entries that fit and a
ContentError for each that does not.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from kiosk.errors import ContentError

Model = TypeVar("Model", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel carries it


def read_text(path: Path) -> str:
    """A file's text. Raises ContentError when it is not there, or is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, "the file is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror})"
        raise ContentError(path, 1, problem, "see that it is there") from error


def read_mapping(path: Path) -> dict[str, Any]:
    """A file that is one mapping. Raises ContentError."""
    data = parse_yaml(read_text(path), path)
    if not isinstance(data, dict):
        raise ContentError(path, 1, "the file is not `key: value` lines", "see docs/writing.md")
    return data


def parse_yaml(text: str, path: Path, first_line: int = 1) -> Any:
    """YAML text as plain data. Raises ContentError with the line in the file."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, the C one if there
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = first_line + (mark.line if mark else 0)
        raise ContentError(
            path, line, f"not readable as YAML ({error.problem})", "check colons and indents"
        ) from error
    except (yaml.YAMLError, ValueError) as error:  # a control character; a date like 2026-02-30
        reason = getattr(error, "reason", error)
        at = text.encode()[: getattr(error, "position", 0)].count(b"\n")
        problem = f"not readable as YAML ({reason})"
        raise ContentError(path, first_line + at, problem, "correct it") from error


def key_lines(path: Path, depth: int) -> dict[str, int]:
    """The line of each key of a mapping, down to `depth` keys: `{"figures.lean": 12, …}`.

    Raises ContentError when the file is not YAML.
    """
    text = read_text(path)
    parse_yaml(text, path)
    found: dict[str, int] = {}

    def walk(node: yaml.Node | None, before: str, left: int) -> None:
        if left and isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                name = f"{before}{key.value}"
                found.setdefault(name, key.start_mark.line + 1)
                walk(value, f"{name}.", left - 1)

    walk(yaml.compose(text, Loader=_Loader), "", depth)
    return found


def read_model(path: Path, model: type[Model]) -> Model:
    """A file that is one mapping, as a model. Raises ContentError."""
    try:
        return model.model_validate(read_mapping(path))
    except ValidationError as error:
        raise ContentError(path, 1, explain(error), "correct the key") from error


def read_entries(path: Path, model: type[Model]) -> tuple[list[Model], list[ContentError]]:
    """A file that is a list of entries: those that fit, and what is wrong with the others."""
    entries: list[Model] = []
    problems: list[ContentError] = []
    try:
        text = read_text(path)
        parse_yaml(text, path)
        root = yaml.compose(text, Loader=_Loader)
    except ContentError as error:
        return [], [error]
    if root is None:
        return [], []
    loader = yaml.SafeLoader("")
    for node in root.value if isinstance(root, yaml.SequenceNode) else ():
        line = node.start_mark.line + 1
        try:
            entries.append(model.model_validate(loader.construct_document(node)))
        except ValidationError as error:
            problems.append(ContentError(path, line, explain(error), "correct this entry"))
    if not isinstance(root, yaml.SequenceNode):
        problems.append(ContentError(path, 1, "the file is not a list", "begin entries with `- `"))
    return entries, problems


def explain(error: ValidationError) -> str:
    """The first thing a model dislikes, in a few words."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "entry"
    return f"`{where}`: {first['msg'][:1].lower()}{first['msg'][1:]}"
