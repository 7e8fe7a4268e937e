"""Contrast of every theme, computed from tokens.css: text 7:1, lines and icons 3:1.

WCAG 1.4.6 and 1.4.11. `hair` only separates what stands apart anyway, and is not in the table.
"""

import re

import pytest

from kiosk.figures.palette import FIXED
from kiosk.services import STATIC
from kiosk.settings import Panel
from kiosk.web.panel import panel_css
from kiosk.web.preferences import SIZES, SPACINGS, THEMES

CSS = (STATIC / "css" / "tokens.css").read_text("utf-8")

# What is written, on what ground.
TEXT = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("soft", "ground"),
    ("soft", "surface"),
    ("quiet", "ground"),
    ("quiet", "surface"),
    ("action", "ground"),
    ("action", "surface"),
    ("action", "action-soft"),
    ("action-ink", "action"),
    ("emergency-ink", "emergency"),
    ("ink", "emergency-soft"),
    ("emergency", "emergency-soft"),
    ("urgent-ink", "urgent"),
    ("ink", "urgent-soft"),
    ("calm-ink", "calm"),
    ("ink", "calm-soft"),
    ("now-ink", "now"),
    ("word-ink", "word"),
    ("figure-ink", "figure-ground"),
    ("cover-ink", "cover-whole"),
]
# Lines, marks and controls that are not in use, on what ground.
LINES = [
    ("line", "ground"),
    ("line", "surface"),
    ("line", "now"),
    ("do", "surface"),
    ("do-not", "surface"),
    ("action", "surface"),
    ("emergency", "ground"),
    ("emergency", "surface"),
    ("calm", "ground"),
    ("urgent-line", "ground"),
    ("urgent-line", "surface"),
    ("word", "now"),
    ("focus", "focus-glow"),
    ("ring", "figure-ground"),
    ("ring", "ring-track"),
]
PLAIN = {"hair"}


def colours() -> dict[str, dict[str, str]]:
    """The colours of each theme: its own, and those of the first for the rest."""
    rules: dict[str, dict[str, str]] = {}
    for theme, body in re.findall(r'(?::root|\[data-theme="([\w-]+)"\]) \{([^}]*)\}', CSS):
        found = dict(re.findall(r"--([\w-]+): (#[0-9a-fA-F]{6});", body))
        rules.setdefault(theme or "paper", {}).update(found)
    return {theme: {**rules["paper"], **own} for theme, own in rules.items()}


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definitions)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_arithmetic_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#003087", "#ffffff") == pytest.approx(11.85, abs=0.01)


def tokens(css: str) -> set[str]:
    """The names of the custom properties that a style sheet sets."""
    return set(re.findall(r"--([\w-]+):", css))


def test_every_theme_size_and_spacing_that_can_be_chosen_is_there() -> None:
    assert set(colours()) == set(THEMES)
    for size in SIZES[1:]:
        assert f'[data-size="{size}"]' in CSS
    for spacing in SPACINGS[1:]:
        assert f'[data-spacing="{spacing}"]' in CSS


def test_wide_spacing_is_that_of_the_standard() -> None:
    """WCAG 1.4.12 and A11Y-42: in line heights and ems of the text."""
    (rule,) = re.findall(r'\[data-spacing="wide"\] \{([^}]*)\}', CSS)
    found = dict(re.findall(r"--([\w-]+): ([\d.]+)(?:em|rem)?;", rule))
    assert 1.5 <= float(found["leading"]) <= 2
    assert float(found["leading-heading"]) >= 1.5
    assert float(found["tracking"]) == 0.12
    assert float(found["word-gap"]) == 0.16
    assert float(found["paragraph"]) == 2


def test_the_focus_ring_has_the_same_two_colours_in_every_theme() -> None:
    """A11Y-25: dark within, yellow without; yellow alone is not seen on white."""
    for palette in colours().values():
        assert (palette["focus"], palette["focus-glow"]) == ("#212b32", "#ffeb3b")


def test_a_drawing_lies_on_the_colour_of_its_own_backdrop() -> None:
    assert {theme["figure-ground"] for theme in colours().values()} == {FIXED["backdrop"]}


def test_colours_are_for_the_screen_and_paper_takes_the_first() -> None:
    on_screen = CSS.partition("@media screen {")[2]
    for theme in THEMES[1:]:
        assert f'[data-theme="{theme}"] {{' in on_screen


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT, ids=[" on ".join(pair) for pair in TEXT])
def test_text_stands_out_seven_to_one(theme: str, text: str, ground: str) -> None:
    palette = colours()[theme]
    assert contrast(palette[text], palette[ground]) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES, ids=[" on ".join(pair) for pair in LINES])
def test_lines_and_icons_stand_out_three_to_one(theme: str, line: str, ground: str) -> None:
    palette = colours()[theme]
    assert contrast(palette[line], palette[ground]) >= 3


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["ground", "surface", "action", "emergency", "urgent-soft"])
def test_one_of_the_two_rings_of_the_focus_is_seen_on_any_ground(theme: str, ground: str) -> None:
    palette = colours()[theme]
    rings = [contrast(palette[ring], palette[ground]) for ring in ("focus", "focus-glow")]
    assert max(rings) >= 3


def test_every_colour_is_in_the_table() -> None:
    named = {name for pair in (*TEXT, *LINES) for name in pair} | PLAIN
    assert {name for palette in colours().values() for name in palette} == named


def test_every_colour_that_a_style_sheet_uses_is_there() -> None:
    known = tokens(CSS) | set(tokens(panel_css(Panel())))
    for path in (STATIC / "css").glob("*.css"):
        text = path.read_text("utf-8")
        known_here = known | tokens(text)
        assert set(re.findall(r"var\(--([\w-]+)", text)) <= known_here, path.name
