"""Is a headset in? As Linux tells it, in files that a test writes; never a fault."""

from pathlib import Path

import pytest

from kiosk.speech.headset import CardJack, Jack, NoJack, SwitchJack, jack_named

DEVICES = """\
I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
H: Handlers=kbd event0

I: Bus=0000 Vendor=0000 Product=0000 Version=0000
N: Name="HDA Intel PCH Headphone"
P: Phys=ALSA
H: Handlers=event7
B: SW=4
"""
CARDS = """\
 0 [PCH            ]: HDA-Intel - HDA Intel PCH
 1 [Keypad         ]: USB-Audio - Storm AudioNav
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "told"


def test_a_card_that_comes_and_goes_is_a_headset(file: Path) -> None:
    jack = CardJack("audionav", file)
    assert jack.is_in() is None
    file.write_text(CARDS)
    assert jack.is_in() is True
    file.write_text(CARDS.splitlines()[0])
    assert jack.is_in() is False


def test_the_jack_is_found_by_its_name(file: Path) -> None:
    file.write_text(DEVICES)
    assert SwitchJack("headphone", file).event() == "event7"
    assert SwitchJack("power", file).event() == "event0"
    assert SwitchJack("microphone", file).event() is None


@pytest.mark.parametrize("text", ["", "N: Name=", 'N: Name="Headphone"\n', "\0\0\n\n\xff"])
def test_what_cannot_be_told_is_none_and_no_fault(file: Path, text: str) -> None:
    file.write_text(text, "latin-1")
    assert SwitchJack("headphone", file).is_in() is None


def test_a_device_that_is_no_switch_tells_nothing(file: Path, tmp_path: Path) -> None:
    file.write_text(DEVICES)
    assert SwitchJack("headphone", file, tmp_path).is_in() is None, "there is no such device"
    (tmp_path / "event7").write_bytes(b"")
    assert SwitchJack("headphone", file, tmp_path).is_in() is None, "a plain file has no switch"


@pytest.mark.parametrize(
    ("watch", "kind"), [("off", NoJack), ("jack", SwitchJack), ("card", CardJack)]
)
def test_the_settings_say_where_to_look(watch: str, kind: type[Jack]) -> None:
    assert isinstance(jack_named(watch, "Headphone"), kind)


def test_a_kiosk_that_does_not_look_knows_nothing() -> None:
    assert NoJack().is_in() is None
