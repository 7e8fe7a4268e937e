"""One style sheet and one script for all pages, made of the files as they are written."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kiosk.services import STATIC
from kiosk.web.front_end import SHEETS, front_end, script
from tests.tools import missing

ON_PAPER = {"paper", "paper-booklet", "proof"}


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """A folder for scripts whose first is `main.js`."""
    (tmp_path / "part.js").write_text("export const one = 1;\nexport function two() {}\n", "utf-8")
    return tmp_path


def test_every_style_sheet_of_the_screen_is_in_the_one_file() -> None:
    assert set(SHEETS) == {path.stem for path in (STATIC / "css").glob("*.css")} - ON_PAPER


def test_no_rule_is_lost_from_the_style_sheets() -> None:
    style = front_end(STATIC, "").get("style")
    assert style
    for name in SHEETS:
        written = re.sub(
            r"/\*.*?\*/", "", (STATIC / f"css/{name}.css").read_text("utf-8"), flags=re.S
        )
        lines = {line.strip() for line in written.splitlines() if line.strip()}
        assert lines <= set(style.data.decode().splitlines())


def test_the_one_script_can_be_read_by_an_engine(tmp_path: Path) -> None:
    node = shutil.which("node") or missing("there is no node to read the script")
    file = tmp_path / "kiosk.mjs"
    file.write_bytes(front_end(STATIC, "")["script"].data)
    subprocess.run([node, "--check", str(file)], check=True, timeout=60)


def test_a_script_is_given_what_it_imports(scripts: Path, tmp_path: Path) -> None:
    main = (
        'import { one, two as second } from "./part.js";\n// A note.\nconst all = [one, second];\n'
    )
    (scripts / "main.js").write_text(main, "utf-8")
    made = script(scripts).data.decode()
    assert made.index("const $part") < made.index("const $main")
    assert "return { one, two };" in made
    assert "const { one, two: second } = $part;" in made
    assert "A note" not in made


@pytest.mark.parametrize(
    "line",
    [
        'import part from "./part.js";',
        'import "./part.js";',
        'const part = await import("./part.js");',
        "export default 1;",
        "export let changes = 1;",
    ],
)
def test_a_script_that_cannot_be_put_into_one_file_is_refused(scripts: Path, line: str) -> None:
    (scripts / "main.js").write_text(f"{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r"main\.js"):
        script(scripts)


def test_scripts_that_import_each_other_are_refused(scripts: Path) -> None:
    (scripts / "main.js").write_text('import { one } from "./part.js";\n', "utf-8")
    (scripts / "part.js").write_text('import { two } from "./main.js";\n', "utf-8")
    with pytest.raises(ValueError, match="import each other"):
        script(scripts)


def test_a_page_fetches_files_that_the_browser_may_keep_for_good(client: FlaskClient) -> None:
    with client.get("/help") as page:
        addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.get_data(as_text=True))
    assert len(addresses) == 4
    for address in addresses:
        with client.get(address) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]


def test_the_address_changes_with_the_words() -> None:
    one, other = front_end(STATIC, ""), front_end(STATIC, ":root { --mm: 1px; }")
    assert one["style"].address != other["style"].address
    assert one["script"].address == other["script"].address
