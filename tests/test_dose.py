"""An exercise's numbers as a sentence or two."""

from typing import Any

import pytest

from kiosk.dose import dose_in_words
from kiosk.models import Dose
from kiosk.phrases import Phrases

# Words of our own, so that an edit of the real ones changes nothing here.
PHRASES = Phrases(
    "en-GB",
    {
        "dose-no-hold": "No hold.",
        "dose-pause": "Pause.",
        "dose-hold": "Hold {least}.",
        "dose-hold-range": "Hold {least} to {most}.",
        "dose-each-leg": " a leg",
        "dose-each-none": "",
        "dose-repeats-1": "Once{each}.",
        "dose-repeats-n": "{n} times{each}.",
        "dose-repeats-range": "{least} to {most} times{each}.",
        "dose-rest": "Rest {seconds}.",
        "dose-day-1": "once a day",
        "dose-day-n": "{n} a day",
        "dose-day-range": "{least} to {most} a day",
        "dose-when": "Do it {how_often}{when}.",
        "dose-when-only": "{when}.",
    },
)


def dose(**changes: Any) -> Dose:
    """An ordinary dose with some numbers changed."""
    numbers: dict[str, Any] = {
        "audience": "everyone",
        "hold_s": (10, 15),
        "repeats": (3, 3),
        "each": "leg",
        "rest_s": 5,
        "times_a_day": (1, 2),
        "when": "before bed",
    }
    return Dose(**{**numbers, **changes})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {},
            "Hold 10 to 15. 3 times a leg. Rest 5. Do it 1 to 2 a day, before bed.",
        ),
        ({"hold_s": (10, 10)}, "Hold 10. 3 times a leg. Rest 5. Do it 1 to 2 a day, before bed."),
        ({"hold_s": (0, 0)}, "No hold. 3 times a leg. Rest 5. Do it 1 to 2 a day, before bed."),
        ({"hold_s": (1, 1)}, "Pause. 3 times a leg. Rest 5. Do it 1 to 2 a day, before bed."),
        (
            {"repeats": (1, 1), "each": "none", "rest_s": 0},
            "Hold 10 to 15. Once. Do it 1 to 2 a day, before bed.",
        ),
        (
            {"repeats": (2, 3)},
            "Hold 10 to 15. 2 to 3 times a leg. Rest 5. Do it 1 to 2 a day, before bed.",
        ),
        ({"repeats": (0, 0)}, "Hold 10 to 15. Rest 5. Do it 1 to 2 a day, before bed."),
        (
            {"times_a_day": (1, 1), "when": ""},
            "Hold 10 to 15. 3 times a leg. Rest 5. Do it once a day.",
        ),
        (
            {"times_a_day": (3, 3)},
            "Hold 10 to 15. 3 times a leg. Rest 5. Do it 3 a day, before bed.",
        ),
        (
            {"times_a_day": (0, 0), "when": "when a cramp starts"},
            "Hold 10 to 15. 3 times a leg. Rest 5. When a cramp starts.",
        ),
        ({"times_a_day": (0, 0), "when": ""}, "Hold 10 to 15. 3 times a leg. Rest 5."),
    ],
)
def test_a_dose_is_said_in_order(changes: dict[str, Any], words: str) -> None:
    assert dose_in_words(dose(**changes), PHRASES) == words
