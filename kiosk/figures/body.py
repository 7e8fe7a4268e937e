"""The three bodies: bone lengths, limb widths and the limits of each joint.

Lengths are millimetres of a figure 150 mm tall, from the usual segment proportions of adults
(thigh and shank each a quarter of the height, arm to wrist a third). A profile gives the half
width of a limb in front of and behind its bone, at shares of its length.
"""

from dataclasses import dataclass, field
from itertools import pairwise

Profile = tuple[tuple[float, float, float], ...]

THIGH: Profile = (
    (0.0, 9.4, 10.0), (0.25, 9.4, 9.6), (0.5, 8.6, 8.4), (0.75, 7.3, 6.8), (1.0, 6.2, 6.0),
)  # fmt: skip
SHANK: Profile = (
    (0.0, 6.2, 6.0), (0.12, 5.4, 6.6), (0.3, 4.7, 8.2), (0.48, 4.3, 7.4), (0.72, 3.7, 4.5),
    (0.9, 3.5, 3.7), (1.0, 3.6, 3.8),
)  # fmt: skip
UPPER_ARM: Profile = ((0.0, 5.8, 5.8), (0.4, 5.2, 5.2), (0.75, 4.5, 4.6), (1.0, 4.2, 4.2))
FOREARM: Profile = ((0.0, 4.2, 4.2), (0.3, 4.4, 4.2), (0.7, 3.4, 3.3), (1.0, 2.8, 2.8))

# Flexion positive; the usual range of movement of a healthy adult (AAOS), a little widened
# where a drawn joint stands for several (spine, neck, wrist).
LIMITS: dict[str, tuple[float, float]] = {
    "hip": (-30, 130),
    "knee": (-2, 150),
    "ankle": (-52, 30),
    "toes": (-30, 70),
    "spine": (-25, 60),
    "neck": (-45, 55),
    "shoulder": (-70, 182),
    "elbow": (-2, 152),
    "wrist": (-85, 95),
}


@dataclass(frozen=True)
class Body:
    """Bone lengths in millimetres, and how full the body is."""

    thigh: float = 37.0
    shank: float = 36.0
    upper_arm: float = 27.0
    forearm: float = 24.0
    waist: float = 16.0
    chest: float = 31.0
    neck: float = 7.5
    bulk: float = 1.0
    stoop: float = 0.0
    head_forward: float = 0.0
    bump: bool = False
    profiles: dict[str, Profile] = field(
        default_factory=lambda: {
            "thigh": THIGH, "shank": SHANK, "upper": UPPER_ARM, "fore": FOREARM,
        }
    )  # fmt: skip

    def length(self, bone: str) -> float:
        """The length of a limb's bone, in millimetres."""
        return {
            "thigh": self.thigh, "shank": self.shank,
            "upper": self.upper_arm, "fore": self.forearm,
        }[bone]  # fmt: skip

    def half_widths(self, bone: str, share: float) -> tuple[float, float]:
        """The half widths in front of and behind a bone, at a share of its length."""
        profile = self.profiles[bone]
        for (t0, f0, b0), (t1, f1, b1) in pairwise(profile):
            if share <= t1:
                u = (share - t0) / (t1 - t0)
                return (f0 + (f1 - f0) * u) * self.bulk, (b0 + (b1 - b0) * u) * self.bulk
        return profile[-1][1] * self.bulk, profile[-1][2] * self.bulk


BODIES: dict[str, Body] = {
    "adult": Body(),
    "older": Body(
        thigh=35.5, shank=35.0, upper_arm=26.0, forearm=23.0, waist=15.0, chest=29.5,
        stoop=8.0, head_forward=4.0,
    ),
    "pregnant": Body(thigh=36.0, shank=35.0, upper_arm=26.0, forearm=23.0, bump=True, bulk=1.03),
}  # fmt: skip

# A foot rolls on two rounds: the heel and the ball. Each is a centre, from the ankle joint along
# the sole and down, and a radius; both rounds reach down to the sole, 7 mm below the ankle.
HEEL = ((-1.2, 2.2), 4.8)
BALL = ((12.5, 3.6), 3.4)
TOE_JOINT = BALL[0]
# Where a towel goes round the foot.
UNDER_BALL = (12.5, 7.0)
# The palm, from the wrist: along the hand, and out of the palm's face; and the middle of a grip.
PALM = (6.5, 2.3)
GRIP = (6.0, 0.6)
# Named points of the body that a hand may go to, in the coordinates of their part.
ANCHORS: dict[str, tuple[str, tuple[float, float]]] = {
    "ear": ("head", (1.0, -8.0)),
    "chin": ("head", (9.0, 2.0)),
    "mouth": ("head", (12.6, -3.4)),
    "bump": ("pelvis", (18.4, -13.0)),
    "hip": ("pelvis", (2.0, -9.0)),
}
