"""Colours of skins, hair and clothes, and their muted tones for the far side.

The tint of the working muscle is the only red in a figure. It is light and its hatching dark, so
that the muscle is a striped patch in one-bit black too.
"""

from kiosk.figures.data import Person

INK = "#26323f"
SKIN_SHADE = "#5a2a18"  # a far limb in the shade is still of the same skin
SKINS = {
    "pale": "#f7d3ba", "light": "#eebd98", "tan": "#d69a6c", "brown": "#b2764c", "deep": "#7b4b32",
}  # fmt: skip
HAIRS = {
    "black": "#2b2529", "dark": "#4a342c", "chestnut": "#8a5433", "fair": "#d8ae5f",
    "grey": "#b9bcc0", "white": "#e6e6e3", "auburn": "#a5532b",
}  # fmt: skip
CLOTHES = {
    "teal": "#4fa8a3", "sky": "#7fb4dc", "mustard": "#e5b84f", "sage": "#93ba8c",
    "lilac": "#ac9bd3", "cream": "#f3e7cf", "blue": "#6b82b8", "slate": "#74869a",
    "denim": "#6d93c1", "sand": "#d0bb98", "plum": "#8e6a9c", "forest": "#4f8467",
    "white": "#fbfaf6", "charcoal": "#5a6570", "stripe": "#dfe7f0",
}  # fmt: skip
FIXED = {
    "ink": INK, "feature": INK, "floor": INK, "backdrop": "#f7f2e7", "arrow": "#1d4f91",
    "halo": "#ffffff", "muscle": "#f79a72", "hatch": "#8f1a10", "wall": "#e4dccb",
    "wood": "#cf9f6c", "wood-shade": "#ab7d4e", "cushion": "#9cc3b7", "metal": "#c4ccd3",
    "mattress": "#f4efe4", "cloth": "#f2f6f7", "towel": "#b5e0dc", "towel-fold": "#2f7f93",
    "cover": "#a9c6e3", "paper": "#ffffff",
    "water": "#9ad0ec", "glass": "#e8f4fa", "screen": "#3c4a59", "warm": "#e8a04c",
    "lid": "#4b618f", "vein": "#4a3f96", "leaf": "#7fb07a", "moon": "#f4d77e",
}  # fmt: skip


def mix(colour: str, other: str, share: float) -> str:
    """A colour with a share of another in it."""
    parts = (
        round(int(colour[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


def unknown_looks(person: Person) -> list[str]:
    """The names of a person's looks that no colour has."""
    wanted = (
        (person.skin, SKINS), (person.hair, {**HAIRS, **CLOTHES}), (person.top, CLOTHES),
        (person.bottom, CLOTHES), (person.shoes, CLOTHES),
    )  # fmt: skip
    return [name for name, known in wanted if name not in known]


def paints(person: Person) -> dict[str, str]:
    """The colour of every paint; `far:` paints are the far side's."""
    skin = SKINS[person.skin]
    near = {
        "skin": skin,
        "blush": mix(skin, "#d8573f", 0.28),
        "hair": HAIRS.get(person.hair) or CLOTHES[person.hair],  # a scarf has a cloth's colour
        "top": CLOTHES[person.top],
        "top-shade": mix(CLOTHES[person.top], INK, 0.2),
        "bottom": CLOTHES[person.bottom],
        "shoe": CLOTHES[person.shoes],
        "sole": mix(CLOTHES[person.shoes], INK, 0.45),
        "sock": CLOTHES["slate"],
    }
    far = {
        f"far:{name}": mix(colour, SKIN_SHADE if name in ("skin", "blush") else INK, 0.3)
        for name, colour in near.items()
    }
    return {**FIXED, **near, **far}
