"""Sizes in millimetres: the arithmetic of the accessibility requirements, section 2."""

import math
import re

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError

from kiosk.services import STATIC
from kiosk.settings import Panel
from kiosk.web.panel import CAP_MM, CAP_RATIO, GAP_MM, TARGET_MM, panel_css

# Diagonal in inches, 1920 by 1080: CSS px for a millimetre, for a target of 20 mm, and for text
# with capitals of 4.8 mm and of 7.4 mm, whole pixels up.
TABLE = [
    (15.6, 5.56, 112, 39, 59),
    (21.5, 4.03, 81, 28, 43),
    (23.8, 3.64, 73, 25, 39),
    (27.0, 3.21, 65, 23, 34),
    (32.0, 2.71, 55, 19, 29),
]


def tokens(css: str) -> list[dict[str, float]]:
    """The custom properties of each rule, in px: of any screen, then of the panel."""
    return [
        {name: float(value) for name, value in re.findall(r"--([a-z-]+): ([\d.]+)px", rule)}
        for rule in re.findall(r":root \{([^}]*)\}", css)
    ]


def panel(inches: float) -> Panel:
    return Panel(diagonal_in=inches, width_px=1920, height_px=1080)


@pytest.mark.parametrize(("inches", "px_per_mm", "target", "text", "very_large"), TABLE)
def test_a_millimetre_is_a_millimetre_on_every_panel(
    inches: float, px_per_mm: float, target: int, text: int, very_large: int
) -> None:
    _, there = tokens(panel_css(panel(inches)))
    assert there["mm"] == pytest.approx(px_per_mm, abs=0.005)
    assert math.ceil(there["target"]) == target
    assert math.ceil(there["text-normal"]) == text
    assert math.ceil(7.4 * there["mm"] / CAP_RATIO) == very_large
    assert there["gap"] == pytest.approx(GAP_MM * there["mm"], abs=0.01)


def test_the_required_sizes_are_those_that_are_used() -> None:
    assert TARGET_MM >= 20
    assert GAP_MM >= 3
    assert CAP_MM >= 4.8


@pytest.mark.parametrize(("inches", "px_per_mm"), [(row[0], row[1]) for row in TABLE])
@pytest.mark.parametrize("distance_mm", [300, 500, 600, 700])
def test_very_large_words_have_capitals_of_0_7_degrees(
    inches: float, px_per_mm: float, distance_mm: int
) -> None:
    """EN 301 549, 5.1.4: 7.4 mm seen from 600 mm."""
    seen = panel(inches).model_copy(update={"viewing_distance_mm": distance_mm})
    css = panel_css(seen)
    scale = float(re.findall(r"--very-large: ([\d.]+);", css)[1])
    _, there = tokens(css)
    capitals_mm = there["text-normal"] * scale * CAP_RATIO / there["mm"]
    assert capitals_mm >= 0.01222 * distance_mm
    assert scale >= 1.5  # however near, three sizes stay three


def test_very_large_is_the_scale_of_the_panel() -> None:
    css = (STATIC / "css" / "tokens.css").read_text("utf-8")
    assert '[data-size="very-large"] { --scale: var(--very-large);' in css


def test_low_reach_takes_the_lower_half_until_a_band_is_set() -> None:
    css = panel_css(panel(21.5))
    assert re.findall(r"--band: ([^;]+);", css) == ["50vh", "50vh"]


def test_the_band_of_low_reach_is_as_high_as_it_was_set_on_the_panel_alone() -> None:
    banded = panel(21.5).model_copy(update={"low_band_mm": 200})
    elsewhere, there = re.findall(r"--band: ([^;]+);", panel_css(banded))
    assert (elsewhere, there) == ("50vh", f"{200 * 4.034:.0f}px")


@pytest.mark.parametrize(
    "wrong",
    [
        {"low_band_mm": 1},
        {"low_band_mm": 119},
        {"low_band_mm": -1},
        {"viewing_distance_mm": 299},
        {"viewing_distance_mm": 701},
    ],
)
def test_a_panel_that_nobody_could_use_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Panel.model_validate({"diagonal_in": 21.5, "width_px": 1920, "height_px": 1080} | wrong)


def test_a_dense_panel_still_has_targets_of_44_px() -> None:
    _, there = tokens(panel_css(panel(60)))
    assert there["target"] == 44


def test_any_other_screen_has_targets_of_44_px_and_text_of_18_px() -> None:
    for configured in (Panel(), panel(21.5)):
        elsewhere, _ = tokens(panel_css(configured))
        assert (elsewhere["target"], elsewhere["text-normal"]) == (44, 18)
        assert elsewhere["mm"] == pytest.approx(96 / 25.4, abs=0.001)


def test_without_a_configured_panel_a_common_one_is_assumed() -> None:
    assert panel_css(Panel()) == panel_css(panel(21.5))


def test_the_panel_may_stand_either_way_up() -> None:
    across = panel_css(panel(21.5))
    upright = panel_css(Panel(diagonal_in=21.5, width_px=1080, height_px=1920))
    assert across == upright
    assert across.count("min-width: 1920px") == across.count("min-width: 1080px") == 1


@pytest.mark.parametrize("missing", ["diagonal_in", "width_px", "height_px"])
def test_a_panel_is_configured_wholly_or_not_at_all(missing: str) -> None:
    assert panel(21.5).model_copy(update={missing: 0}).px_per_mm is None


def test_the_style_sheet_is_served(client: FlaskClient) -> None:
    with client.get("/panel.css") as response:
        assert response.status_code == 200
        assert response.mimetype == "text/css"
        assert len(tokens(response.get_data(as_text=True))) == 2
