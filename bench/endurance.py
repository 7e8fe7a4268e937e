"""What the tests do for a minute, done for long: restarts by the hundred, and odd requests."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.rows import Row
from kiosk.settings import PROJECT

RUNS = (
    (
        "200 kills and restarts",
        "no count lost",
        "tests/test_faults.py::test_killed_and_started_again_and_again_it_loses_no_count",
        {"KIOSK_RESTARTS": "200"},
    ),
    (
        "odd requests to every route for ten minutes",
        "no 5xx, no traceback, nothing written",
        "tests/test_fuzz.py",
        {"KIOSK_FUZZ_S": "600"},
    ),
)


def endurance() -> Iterator[Row]:
    """Each run, by the test that makes it; its last words where it fails."""
    for what, aim, test, settings in RUNS:
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
            cwd=PROJECT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        words = done.stdout.strip().splitlines()
        said = "held" if done.returncode == 0 and " passed" in words[-1] else " ".join(words[-2:])
        yield Row(what, "-", aim, f"{said} ({(time.monotonic() - begun) / 60:.0f} min)")
