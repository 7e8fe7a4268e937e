"""Is a headset plugged in? Asked of Linux itself, with nothing installed for it.

Two ways, by the kind of socket: the jack of a sound card is a switch among the input devices
(`SW_HEADPHONE_INSERT`); a keypad with a USB sound chip brings a sound card that comes and goes.
"""

import fcntl
import os
import re
from pathlib import Path
from typing import Protocol

INPUTS = Path("/proc/bus/input/devices")
CARDS = Path("/proc/asound/cards")
DEVICES = Path("/dev/input")
# linux/input.h: EVIOCGSW(1) reads the state of the switches, one bit each, into one byte.
READ_SWITCHES = 0x8001451B
HEADPHONE_IN = 1 << 2  # linux/input-event-codes.h: SW_HEADPHONE_INSERT
_HANDLER = re.compile(r"^H: Handlers=.*\b(event\d+)\b", re.MULTILINE)


class Jack(Protocol):
    """A socket for a headset."""

    def is_in(self) -> bool | None:
        """Whether a headset is in it; None when that cannot be told."""


class NoJack:
    """A kiosk that does not look: its keypad's own keys tell of a headset."""

    def is_in(self) -> bool | None:
        return None


class CardJack:
    """A sound card that is there while the headset is; `name` stands in its entry."""

    def __init__(self, name: str, cards: Path = CARDS) -> None:
        self._name = name.lower()
        self._cards = cards

    def is_in(self) -> bool | None:
        try:
            return self._name in self._cards.read_text("utf-8", "replace").lower()
        except OSError:
            return None


class SwitchJack:
    """The jack of a sound card, as an input device whose name holds `name`."""

    def __init__(self, name: str, inputs: Path = INPUTS, devices: Path = DEVICES) -> None:
        self._name = name.lower()
        self._inputs = inputs
        self._devices = devices

    def is_in(self) -> bool | None:
        event = self.event()
        if event is None:
            return None
        try:
            device = os.open(self._devices / event, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            return None  # the kiosk's user must be in the group `input`
        try:
            state = fcntl.ioctl(device, READ_SWITCHES, bytes(1))
        except OSError:
            return None
        finally:
            os.close(device)
        return bool(state[0] & HEADPHONE_IN)

    def event(self) -> str | None:
        """The device of that name, `event3`; None when there is none."""
        try:
            listed = self._inputs.read_text("utf-8", "replace")
        except OSError:
            return None
        for entry in listed.split("\n\n"):
            name = re.search(r'^N: Name="(.*)"$', entry, re.MULTILINE)
            handler = _HANDLER.search(entry)
            if name and handler and self._name in name[1].lower():
                return handler[1]
        return None


def jack_named(watch: str, name: str) -> Jack:
    """What the settings ask for: `jack`, `card`, or nothing."""
    if watch == "card":
        return CardJack(name)
    return SwitchJack(name) if watch == "jack" else NoJack()
