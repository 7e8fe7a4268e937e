"""A pose made definite: where every part is, how every joint is bent, and what touches.

It knows what is wrong with it: a joint past its limit, a contact that is missed.
"""

from dataclasses import dataclass, field

from kiosk.figures.body import LIMITS
from kiosk.figures.geometry import Place

TOLERANCE = 1.0  # millimetres: a gap nobody can see at 150 mm
SIDES = ("near", "far")


@dataclass
class Solved:
    """A pose made definite. `places` by part, `joints` in degrees, `contacts` gaps in mm."""

    places: dict[str, Place] = field(default_factory=dict)
    joints: dict[str, float] = field(default_factory=dict)
    contacts: dict[str, float] = field(default_factory=dict)
    # Joints of foreshortened bones: the drawn angle is not the joint's own.
    projected: set[str] = field(default_factory=set)

    def problems(self) -> list[tuple[str, str]]:
        """Each joint past its limit and each contact that is missed, by how much; and the mend."""
        found = []
        for name, angle in self.joints.items():
            if name in self.projected:
                continue
            low, high = LIMITS[name.rpartition(".")[2]]
            if not low - 0.05 <= angle <= high + 0.05:
                past = angle - high if angle > high else angle - low
                told = f"{name} is at {angle:.0f} degrees, {past:+.0f} past its limit"
                found.append((told, f"keep it from {low:g} to {high:g}"))
        for name, gap in self.contacts.items():
            if gap > TOLERANCE:
                mend = "move the body, or what it touches"
                found.append((f"{name} misses by {gap:.1f} mm", mend))
        return found
