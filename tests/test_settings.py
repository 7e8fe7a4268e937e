"""Settings: a file, then the environment, then the command line; every error names its place."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from kiosk.errors import SettingsError
from kiosk.settings import PROJECT, Panel, Settings, load_settings

EXAMPLE = PROJECT / "kiosk.example.toml"
PANEL = "[panel]\ndiagonal_in = 21.5\nwidth_px = 1920\nheight_px = 1080\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.toml"


def test_without_any_source_the_defaults_hold() -> None:
    assert load_settings(None, {}) == Settings()


def test_later_sources_win(file: Path) -> None:
    file.write_text('port = 1\nhost = "a"\nmode = "desk"\n[clinic]\nname = "A"\nphone = "1"\n')
    environ = {"KIOSK_PORT": "2", "KIOSK_HOST": "b", "KIOSK_CLINIC_NAME": "B", "OTHER": "x"}
    settings = load_settings(file, environ, {"port": 3, "host": None})
    assert (settings.port, settings.host) == (3, "b")
    assert (settings.clinic.name, settings.clinic.phone) == ("B", "1")


def test_a_variable_may_set_any_key() -> None:
    for key, field, _ in keys():
        name = "KIOSK_" + key.replace(".", "_").upper()
        value = default(key, field)
        text = str(value).lower() if isinstance(value, bool) else str(value)
        assert load_settings(None, {name: text}) == Settings()


@pytest.mark.parametrize(
    ("text", "environ", "arguments", "key", "source"),
    [
        ("port = 70000", {}, {}, "port", "kiosk.toml"),
        ("colour = 1", {}, {}, "colour", "kiosk.toml"),
        ("[clinic]\ncolour = 1", {}, {}, "clinic.colour", "kiosk.toml"),
        ('[clinic]\nnation = "france"', {}, {}, "clinic.nation", "kiosk.toml"),
        ("[visit]\nidle_s = 1", {}, {}, "visit.idle_s", "kiosk.toml"),
        ("port = 1", {"KIOSK_PORT": "x"}, {}, "port", "the environment"),
        ("", {"KIOSK_PORT": ""}, {}, "port", "the environment"),
        ("", {"KIOSK_PANEL_WIDTH_PX": "-5"}, {}, "panel.width_px", "the environment"),
        ("[visit]\nidle_s = 60", {"KIOSK_VISIT_IDLE_S": "1"}, {}, "visit.idle_s", "environment"),
        ("port = 1", {"KIOSK_PORT": "2"}, {"port": -1}, "port", "the command line"),
        ('clinic = "x"', {}, {}, "clinic", "kiosk.toml"),
        ('clinic = "x"', {"KIOSK_CLINIC_NAME": "B"}, {}, "clinic", "kiosk.toml"),
        ("port = [1]", {}, {}, "port", "kiosk.toml"),
        ('mode = "kiosk"', {}, {}, "mode", "kiosk.toml"),
        ("", {"KIOSK_MODE": "kiosk"}, {}, "mode", "the environment"),
    ],
)
def test_an_error_names_the_key_and_where_it_came_from(
    file: Path, text: str, environ: dict[str, str], arguments: dict[str, Any], key: str, source: str
) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load_settings(file, environ, arguments)
    assert key in str(caught.value)
    assert source in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize("data", [b"port = ", b"\xff\xfe", b"port = 1\nport = 2"])
def test_a_file_that_is_not_toml_is_named(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with pytest.raises(SettingsError, match=r"kiosk\.toml: not readable as TOML"):
        load_settings(file, {})


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"there is no .*kiosk\.toml"):
        load_settings(file, {})


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=re.escape(str(tmp_path))):
        load_settings(tmp_path, {})


def test_a_public_panel_needs_its_size(file: Path) -> None:
    file.write_text('mode = "kiosk"\n' + PANEL)
    assert load_settings(file, {}).mode == "kiosk"
    for key in ("diagonal_in", "width_px", "height_px"):
        with pytest.raises(SettingsError, match="diagonal and resolution"):
            load_settings(file, {f"KIOSK_PANEL_{key.upper()}": "0"})


def test_settings_cannot_be_changed_on_the_way() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1
    with pytest.raises(ValidationError, match="frozen"):
        Panel().width_px = 1


# kiosk.example.toml


def keys(
    part: type[BaseModel] = Settings, before: str = ""
) -> Iterator[tuple[str, FieldInfo, str]]:
    """Every key, with its field and its description."""
    for name, field in part.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from keys(field.annotation, f"{name}.")
        else:
            yield before + name, field, field.description or ""


def default(key: str, field: FieldInfo) -> Any:
    """A key's default, a folder as it is written: from the project's own folder."""
    value = field.get_default()
    return str(value.relative_to(PROJECT)) if isinstance(value, Path) else value


def flat(table: dict[str, Any], before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        found |= flat(value, f"{name}.") if isinstance(value, dict) else {before + name: value}
    return found


def test_the_example_changes_nothing_as_it_stands() -> None:
    assert load_settings(EXAMPLE, {}) == Settings()


def test_the_example_holds_every_key_with_its_default_and_no_other() -> None:
    text = re.sub(r"^#(?=\w+ = )", "", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    assert flat(tomllib.loads(text)) == {key: default(key, field) for key, field, _ in keys()}


def test_the_example_says_what_every_key_is_for() -> None:
    text = EXAMPLE.read_text("utf-8")
    for key, _, description in keys():
        name = key.rpartition(".")[2]
        found = re.search(rf"((?:^# .*\n)+)#{name} = ", text, re.MULTILINE)
        assert found, f"nothing is said of {key}"
        said = " ".join(line.lstrip("# ") for line in found[1].splitlines())
        assert description, f"{key} has no description"
        assert description.lower() in said.lower(), key
