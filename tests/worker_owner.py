"""Owners of nothing, for the tests of the worker."""

import os
import time
from pathlib import Path

from kiosk.errors import SpeechError, VoiceNotFoundError


class Owner:
    """Does what a native library may do: answer, fail, hang, die, grow."""

    def __init__(self) -> None:
        self.jobs = 0

    def echo(self, value: object) -> object:
        self.jobs += 1
        return value

    def count(self) -> int:
        return self.jobs

    def fail_kindly(self) -> None:
        raise SpeechError("no sound", "turn it on")

    def fail_badly(self) -> None:
        raise ValueError("a bug")

    def hang(self, begun: str, seconds: float) -> str:
        Path(begun).touch()
        time.sleep(seconds)
        return "done"

    def die(self) -> None:
        os._exit(3)

    def grow(self, megabytes: int) -> int:
        return len(bytearray(megabytes * 1024 * 1024))

    def give_what_cannot_be_sent(self) -> object:
        return lambda: None


class NeverStarts:
    """An owner whose library is not on this machine."""

    def __init__(self) -> None:
        raise VoiceNotFoundError("no voice", "install one")
