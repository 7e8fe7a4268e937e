"""Say an exercise's numbers as one short paragraph."""

from kiosk.models import Dose
from kiosk.phrases import Phrases


def dose_in_words(dose: Dose, phrases: Phrases) -> str:
    """How long to hold, how often, and when: "Hold for 10 to 15 seconds. Do it 3 times …"."""
    sentences = [_hold(dose, phrases), _repeats(dose, phrases)]
    if dose.rest_s:
        sentences.append(phrases("dose-rest", seconds=dose.rest_s))
    sentences.append(_times_a_day(dose, phrases))
    return " ".join(sentence for sentence in sentences if sentence)


def _hold(dose: Dose, phrases: Phrases) -> str:
    least, most = dose.hold_s
    if most == 0:
        return phrases("dose-no-hold")
    if most == 1:
        return phrases("dose-pause")
    key = "dose-hold" if least == most else "dose-hold-range"
    return phrases(key, least=least, most=most)


def _repeats(dose: Dose, phrases: Phrases) -> str:
    least, most = dose.repeats
    if most == 0:
        return ""
    each = phrases(f"dose-each-{dose.each}")
    if least == 0:
        return phrases("dose-repeats-up-to", most=most, each=each)
    if least == most:
        return phrases.count("dose-repeats", most, each=each)
    return phrases("dose-repeats-range", least=least, most=most, each=each)


def _times_a_day(dose: Dose, phrases: Phrases) -> str:
    least, most = dose.times_a_day
    if most == 0:
        when = dose.when[:1].upper() + dose.when[1:]
        return phrases("dose-when-only", when=when) if when else ""
    if least != most:
        how_often = phrases("dose-day-range", least=least, most=most)
    else:
        how_often = phrases.count("dose-day", most)
    return phrases("dose-when", how_often=how_often, when=f", {dose.when}" if dose.when else "")
