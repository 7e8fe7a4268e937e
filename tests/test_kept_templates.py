"""Templates are compiled once, and again when they were edited."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.compiler import CodeGenerator

from kiosk.cache import Cache
from kiosk.kept_templates import KeptTemplates


def render(templates: Path, cache: Path) -> str:
    """The page as a kiosk that has just started renders it."""
    kept = KeptTemplates(Cache(cache))
    environment = Environment(
        loader=FileSystemLoader(templates), bytecode_cache=kept, autoescape=True
    )
    return environment.get_template("page.html").render(name="Ann")


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    assert render(tmp_path, tmp_path / "kept") == "Hello Ann"

    def compiles(*_: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr(CodeGenerator, "visit_Template", compiles)
    assert render(tmp_path, tmp_path / "kept") == "Hello Ann"


def test_an_edited_template_is_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    render(tmp_path, tmp_path / "kept")
    (tmp_path / "page.html").write_text("Goodbye {{ name }}", "utf-8")
    assert render(tmp_path, tmp_path / "kept") == "Goodbye Ann"


def test_a_kept_template_that_is_spoilt_is_compiled_again(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("Hello {{ name }}", "utf-8")
    render(tmp_path, tmp_path / "kept")
    (file,) = (tmp_path / "kept").rglob("*.template")
    file.write_bytes(b"spoilt")
    assert render(tmp_path, tmp_path / "kept") == "Hello Ann"
