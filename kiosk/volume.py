"""How loud a visit begins, by the time of day. Staff set it; a visitor may change it at once.

Takes a file of rules; gives back steps from 1 to 12. The file is written whole, and a file that
cannot be read leaves the usual rules in force.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kiosk.cache import write_whole
from kiosk.datafiles import explain
from kiosk.errors import SettingsError

LOUDEST, START_VOLUME = 12, 5  # A11Y section 2: 12 steps, start 5, never 0

Hour = Annotated[time | None, BeforeValidator(lambda value: value or None)]
Steps = Annotated[int, Field(ge=1, le=LOUDEST)]


class VolumeRules(BaseModel):
    """Steps by day, and in the quiet hours; without both hours there are none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    volume: Steps = START_VOLUME
    quiet_from: Hour = None
    quiet_until: Hour = None
    quiet_volume: Steps = 2

    def at(self, now: time) -> int:
        """The steps that a visit begins with at this time of day; hours may go past midnight."""
        begin, end = self.quiet_from, self.quiet_until
        if begin is None or end is None or begin == end:
            return self.volume
        quiet = begin <= now < end if begin < end else now >= begin or now < end
        return self.quiet_volume if quiet else self.volume


class HouseVolume:
    """The rules of this kiosk, as staff have set them."""

    def __init__(self, file: Path, clock: Callable[[], datetime] = datetime.now) -> None:
        self._file = file
        self._clock = clock
        self.rules = VolumeRules()
        try:
            self.rules = VolumeRules.model_validate_json(file.read_bytes())
        except (OSError, ValueError):
            return  # the usual rules; staff see them on their page

    def now(self) -> int:
        """The steps that a visit begins with now."""
        return self.rules.at(self._clock().time())

    def keep(self, given: Mapping[str, str]) -> None:
        """New rules, from a form. Raises SettingsError naming the field; then the old ones stay."""
        try:
            rules = VolumeRules.model_validate(dict(given))
        except ValidationError as error:
            raise SettingsError(explain(error), "numbers from 1 to 12, hours like 20:00") from error
        try:
            write_whole(self._file, rules.model_dump_json().encode())
        except OSError as error:
            raise SettingsError(f"it cannot be kept: {error.strerror}", "see the disk") from error
        self.rules = rules
