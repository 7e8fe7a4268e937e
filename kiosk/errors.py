"""Everything that can go wrong, by family.

A visitor reads the phrase named by `phrase` and a next step, never the exception's own text.
Staff read the text, and `hint`, which says how to mend it.
"""

from pathlib import Path


class KioskError(Exception):
    """The root of the family.

    `phrase` is the key of the visitor's sentence; `hint` says what staff can do.
    """

    phrase = "error-general"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class SettingsError(KioskError):
    """A setting that cannot be used: which key, where it came from, what was expected."""


class ContentError(KioskError):
    """Something in the content that a visitor must not meet: where, what, and the mend."""

    phrase = "error-content"

    def __init__(self, path: Path, line: int, problem: str, mend: str) -> None:
        super().__init__(f"{path}:{line}: {problem}; {mend}", hint=mend)
        self.path = path
        self.line = line
        self.problem = problem
        self.mend = mend


class PackError(KioskError):
    """A signed pack that is not taken: which file, why, and the mend."""

    def __init__(self, path: Path, problem: str, mend: str) -> None:
        super().__init__(f"{path}: {problem}", hint=mend)
        self.path = path
        self.problem = problem


class WorkerError(KioskError):
    """A job that a child process could not do."""


class WorkerTimeoutError(WorkerError):
    """The child process did not answer in time; it was replaced."""


class WorkerBusyError(WorkerError):
    """Too many jobs are waiting for the child process already."""

    phrase = "error-busy"


class NotKeptError(KioskError):
    """It would have to be made, and nothing is to be made now."""


class SpeechError(KioskError):
    """Speech could not be made."""

    phrase = "error-speech"


class VoiceNotFoundError(SpeechError):
    """The voice is not on this machine."""


class NotPreparedError(SpeechError):
    """A natural voice has not said this yet; another voice says it."""


class ModelError(SpeechError):
    """What makes the natural voice is not there, or is not what it should be."""


class VoicingBusyError(SpeechError):
    """Another process makes recordings at this moment."""


class LeafletError(KioskError):
    """A leaflet could not be made."""

    phrase = "error-leaflet"


class FaultyLeafletError(LeafletError):
    """A file was made and fails a check; nobody gets it."""
