"""The sizes of the panel as CSS custom properties.

Everything on the kiosk's own panel is a multiple of `--mm`, the CSS pixels for a millimetre of
glass, so that a 20 mm target is 20 mm on every panel. On any other screen a target is 44 CSS px
and text at least 18 px (accessibility requirements, section 2).
"""

import math

from kiosk.settings import Panel

ASSUMED = Panel(diagonal_in=21.5, width_px=1920, height_px=1080)
CAP_RATIO = 0.70  # height of Andika's capitals / font size, measured in the page
CAP_MM = 4.8  # capitals at the normal size (Section 508, 402.4)
TARGET_MM, GAP_MM = 20, 3  # WCAG 2.5.5 asks 44 px; kiosk studies find no gain above 20 mm
SCREEN_TARGET_PX, SCREEN_TEXT_PX = 44, 18
SCREEN_GAP_PX = 10  # room for the ring round the focus, which is 9 px wide
CAP_AT_A_DISTANCE = 0.01222  # 0.7 degrees, as capitals / viewing distance (EN 301 549, 5.1.4)
LEAST_VERY_LARGE = 1.55  # very large / normal; 7.44 mm of the 7.33 that 600 mm asks


def panel_css(panel: Panel) -> str:
    """The style sheet `/panel.css`: a screen of any kind, then the panel, either way up."""
    configured = panel if panel.px_per_mm else ASSUMED
    wide = max(configured.width_px, configured.height_px)
    narrow = min(configured.width_px, configured.height_px)
    mm = configured.px_per_mm or 0
    elsewhere = _tokens(
        mm=96 / 25.4, text=SCREEN_TEXT_PX, target=SCREEN_TARGET_PX, gap=SCREEN_GAP_PX
    )
    capitals = CAP_AT_A_DISTANCE * configured.viewing_distance_mm
    there = _tokens(
        mm=mm,
        text=CAP_MM * mm / CAP_RATIO,
        target=max(TARGET_MM * mm, SCREEN_TARGET_PX),
        gap=GAP_MM * mm,
        very_large=max(math.ceil(capitals / CAP_MM * 100) / 100, LEAST_VERY_LARGE),
        band=f"{configured.low_band_mm * mm:.0f}px" if configured.low_band_mm else "50vh",
    )
    # The window may lose a little to a browser's own frame; a kiosk browser takes it all.
    sizes = [(wide, narrow), (narrow, wide)]
    queries = [
        f"(min-width: {across}px) and (min-height: {down * 0.85:.0f}px)" for across, down in sizes
    ]
    return f":root {{{elsewhere}}}\n@media {', '.join(queries)} {{\n  :root {{{there}}}\n}}\n"


def _tokens(
    mm: float,
    text: float,
    target: float,
    gap: float,
    very_large: float = LEAST_VERY_LARGE,
    band: str = "50vh",
) -> str:
    return (
        f" --mm: {mm:.4f}px; --text-normal: {text:.2f}px; --very-large: {very_large:.2f};"
        f" --target: {target:.2f}px; --gap: {gap:.2f}px; --band: {band}; "
    )
