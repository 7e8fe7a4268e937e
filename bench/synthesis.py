"""eSpeak NG by the kiosk's driver, beside stock pyttsx3: 20, 300 and 1,200 words."""

from collections.abc import Iterator
from itertools import cycle, islice

from bench.engines import EngineMissingError, times
from bench.machine import load
from bench.rows import MANY, Row, ratio, said

AIMS = {20: "2x", 300: "2x", 1200: "5x"}
TEXT = (
    "A slow stretch can ease a cramp. For your calf, keep the leg straight and draw the toes up. "
    "Hold it until the muscle lets go, then walk about a little. Most leg cramps are harmless. "
)


def synthesis() -> Iterator[Row]:
    """The same text to both, one after the other, seven times each."""
    for number, aim in AIMS.items():
        text = " ".join(islice(cycle(TEXT.split()), number))
        ours = times("kiosk", [text], MANY)
        try:
            stock = times("stock pyttsx3", [text], MANY)
            theirs = f"stock pyttsx3: {said(stock)}; {ratio(stock, ours):.1f}x as fast here"
        except EngineMissingError as error:
            stock, theirs = [], f"stock pyttsx3: not measured: {error}"
        yield Row(
            f"eSpeak NG by the kiosk's driver, {number:,} words",
            theirs,
            aim,
            f"{said(ours)}; {load()}",
            {"here": ours, "beside": stock},
        )
