"""The kiosk's settings: `kiosk.toml`, then `KIOSK_*` variables, then arguments.

Gives back one frozen Settings, which is passed in and never looked up. kiosk.example.toml
documents every key; a test holds the two together.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kiosk.datafiles import explain
from kiosk.errors import SettingsError

PROJECT = Path(__file__).parent.parent
ENV_PREFIX = "KIOSK_"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Clinic(_Part):
    """The clinic the kiosk stands in."""

    name: str = Field("", description="the clinic's name, printed on leaflets as their maker")
    phone: str = Field("", description="the number printed on leaflets; empty leaves a line")
    web: str = Field("", description="the clinic's short web address, printed on leaflets")
    feedback: str = Field("", description="how to tell the clinic what you think of a leaflet")
    nation: Literal["england", "wales", "scotland", "northern-ireland"] = Field(
        "england", description="picks the names and numbers of the services"
    )
    staff_nearby: bool = Field(
        True, description="emergency cards on the screen begin: tell a member of staff"
    )


class Panel(_Part):
    """The touch panel, so that 20 mm on it is 20 mm. Zero: not configured."""

    diagonal_in: float = Field(0, ge=0, le=100, description="its diagonal, in inches")
    width_px: int = Field(0, ge=0, le=10000, description="its resolution across, in pixels")
    height_px: int = Field(0, ge=0, le=10000, description="its resolution down, in pixels")
    viewing_distance_mm: int = Field(
        600, ge=300, le=700, description="from a visitor's eyes to the glass, in mm"
    )
    low_band_mm: int = Field(
        0, ge=0, le=2000, description="low reach: how high the band with all controls is, in mm"
    )

    @field_validator("low_band_mm")
    @classmethod
    def _holds_the_controls(cls, height: int) -> int:
        if 0 < height < 120:
            raise ValueError("expected 0, or at least 120: the controls need that much room")
        return height

    @property
    def px_per_mm(self) -> float | None:
        """CSS pixels for a millimetre of glass, or None when the panel is not configured."""
        if not (self.diagonal_in and self.width_px and self.height_px):
            return None
        return math.hypot(self.width_px, self.height_px) / (self.diagonal_in * 25.4)


class Visit(_Part):
    """How long the kiosk waits for a visitor (A11Y section 2, WCAG 2.2.1)."""

    idle_s: int = Field(90, ge=20, le=3600, description="seconds of silence before the warning")
    idle_long_s: int = Field(
        180, ge=20, le=3600, description="the same with very large text or speech"
    )
    warning_s: int = Field(30, ge=20, le=600, description="seconds the warning stays")
    guard_ms: int = Field(
        300,
        ge=0,
        le=1000,
        description="a second strike on one key or place in so many milliseconds is ignored",
    )
    cleaning_s: int = Field(
        30, ge=10, le=300, description="seconds the screen ignores touch while staff clean it"
    )


class Printer(_Part):
    """Where leaflets are printed. Without a queue, printing is off and says so."""

    queue: str = Field(
        "", description="where jobs go: a CUPS queue of this machine, or a printer's ipp:// address"
    )
    device: str = Field(
        "", description="whom to ask if it is ready, the printer's own ipp:// address; empty: queue"
    )
    place: str = Field("", description="where the paper comes out, in a visitor's words")
    duplex: bool = Field(True, description="print on both sides of the paper")
    colour: bool = Field(False, description="print in colour")
    most_per_visit: int = Field(3, ge=1, le=100, description="leaflets for one visitor")
    most_per_hour: int = Field(40, ge=1, le=1000, description="leaflets in an hour")
    most_per_day: int = Field(200, ge=1, le=10000, description="leaflets in a day")

    @field_validator("queue", "device")
    @classmethod
    def _is_an_address(cls, name: str) -> str:
        if name and not re.fullmatch(r"[A-Za-z0-9_.-]+|ipps?://[^/\s]+/\S*", name):
            raise ValueError("expected a queue's name, or an address like ipp://printer/ipp/print")
        return name


class NaturalVoice(_Part):
    """The voice made ahead by `make voice`; eSpeak NG speaks wherever it is not ready."""

    usual: Literal[
        "emma",
        "isabella",
        "alice",
        "lily",
        "george",
        "fable",
        "daniel",
        "lewis",
        "espeak-ng",
    ] = Field("emma", description="the usual voice: that of a visitor who chose none")
    folder: str = Field(
        "", description="where `make voice` keeps what makes it; empty: voice, in the state folder"
    )


class Packs(_Part):
    """Signed content packs, which `pack install` takes."""

    keys: str = Field(
        "keys", description="the folder of the public keys; only what they signed is installed"
    )


class Keypad(_Part):
    """What each key of a keypad is, by its place: `event.code`, as the staff page shows it.

    The defaults are those of EZ Access and NavPad keypads; F15 and F16 are to be read off the unit.
    """

    help: str = Field("F17", description="the help key")
    up: str = Field("F18", description="to the item before")
    down: str = Field("F19", description="to the next item")
    select: str = Field("F20", description="chooses the item")
    back: str = Field("F21", description="to the page before")
    next: str = Field("F22", description="to the next section")
    quieter: str = Field("F23", description="makes the voice quieter")
    louder: str = Field("F24", description="makes the voice louder")
    headset_in: str = Field("F15", description="what a headset sends when it is plugged in")
    headset_out: str = Field("F16", description="what a headset sends when it is pulled out")

    @field_validator("*")
    @classmethod
    def _is_a_code(cls, code: str) -> str:
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,30}", code):
            raise ValueError("expected a key's code, as the staff page shows it: F17")
        return code

    @property
    def map(self) -> str:
        """Every key and what it does, for the page: `F17:help F18:previous …`."""
        acts = {"up": "previous", "down": "next", "next": "onward", "headset_in": "plugged"}
        acts |= {"headset_out": "unplugged"}
        given = self.model_dump()
        return " ".join(f"{code}:{acts.get(name, name)}" for name, code in given.items())


class Headset(_Part):
    """How the kiosk itself sees that a headset is in, beside the keypad's keys."""

    watch: Literal["off", "jack", "card"] = Field(
        "off", description="jack: a socket of the computer; card: a USB sound card that comes"
    )
    socket: str = Field("Headphone", description="what stands in the name of that jack or card")


class Settings(_Part):
    """Everything that may differ from clinic to clinic."""

    host: str = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(8080, ge=0, le=65535, description="the port to listen on; 0 picks a free one")
    mode: Literal["desk", "kiosk"] = Field(
        "desk", description="desk: leaflets may be saved; kiosk: a public panel, no files"
    )
    content: Path = Field(PROJECT / "content", description="the folder of the content")
    state: Path = Field(PROJECT / "var", description="the one folder the kiosk writes to")
    leaflets_mb: int = Field(
        1000,
        ge=1,
        le=100_000,
        description="room for leaflets in that folder, in MB; what was not asked for longest goes",
    )
    metrics_file: str = Field(
        "",
        description="numbers for node_exporter's textfile collector are written here each minute;"
        " empty: nowhere",
    )
    clinic: Clinic = Clinic()
    panel: Panel = Panel()
    visit: Visit = Visit()
    printer: Printer = Printer()
    voice: NaturalVoice = NaturalVoice()
    packs: Packs = Packs()
    sound: Literal["both", "speaker", "headset"] = Field(
        "both", description="where speech may be heard: from the speaker, a headset, or both"
    )
    keypad: Keypad = Keypad()
    headset: Headset = Headset()
    log_speech: bool = Field(False, description="for tests: the page lists all that is said")

    @field_validator("content", "state")
    @classmethod
    def _from_the_project(cls, folder: Path) -> Path:
        return PROJECT / folder  # an absolute path stays as it is

    @property
    def voice_folder(self) -> Path:
        """Where the files of the natural voice's model are."""
        return PROJECT / self.voice.folder if self.voice.folder else self.state / "voice"

    @property
    def installed(self) -> Path:
        """Where the installed packs are."""
        return self.state / "packs"

    @property
    def keys_folder(self) -> Path:
        """Where the public keys are whose packs are taken."""
        return PROJECT / self.packs.keys


def load_settings(
    file: Path | None, environ: Mapping[str, str], arguments: Mapping[str, Any] | None = None
) -> Settings:
    """Merge the three sources, later ones winning. Raises SettingsError naming key and source.

    A variable is `KIOSK_` and the key in capitals, with its section: `KIOSK_PORT`,
    `KIOSK_CLINIC_NAME`.
    """
    merged: dict[str, Any] = {}
    where: dict[str, str] = {}
    if file is not None:
        _merge(merged, where, _read_toml(file), str(file))
    _merge(merged, where, _from_environ(environ), "the environment")
    given = {key: value for key, value in (arguments or {}).items() if value is not None}
    _merge(merged, where, given, "the command line")
    try:
        settings = Settings.model_validate(merged)
    except ValidationError as error:
        key = ".".join(str(part) for part in error.errors()[0]["loc"])
        source = where.get(key, where.get(key.split(".")[0], "the settings"))
        raise SettingsError(
            f"{source}: {explain(error)}", "see kiosk.example.toml for what each key takes"
        ) from error
    if settings.mode == "kiosk" and settings.panel.px_per_mm is None:
        raise SettingsError(
            f"{where['mode']}: mode = kiosk needs the panel's diagonal and resolution",
            "set panel.diagonal_in, panel.width_px and panel.height_px in kiosk.toml",
        )
    return settings


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"there is no {file}", "copy kiosk.example.toml") from error
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}", "make it a readable file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not readable as TOML ({error})", "correct it") from error


def _from_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, field in Settings.model_fields.items():
        part = field.annotation
        if isinstance(part, type) and issubclass(part, _Part):
            for key in part.model_fields:
                variable = f"{ENV_PREFIX}{name}_{key}".upper()
                if variable in environ:
                    found.setdefault(name, {})[key] = environ[variable]
        elif (variable := f"{ENV_PREFIX}{name}".upper()) in environ:
            found[name] = environ[variable]
    return found


def _merge(
    merged: dict[str, Any], where: dict[str, str], new: Mapping[str, Any], source: str
) -> None:
    for key, value in new.items():
        if isinstance(value, dict):
            part = merged.setdefault(key, {})
            if not isinstance(part, dict):
                continue  # an earlier source gave no section here; the model says so
            for inner, inner_value in value.items():
                part[inner] = inner_value
                where[f"{key}.{inner}"] = source
        else:
            merged[key] = value
        where[key] = source
