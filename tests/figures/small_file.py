"""The smallest figures file, to spoil in one place at a time."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

FILE: dict[str, Any] = {
    "words": {
        "first": "First: {shows}",
        "then": "Then: {shows}",
        "muscle": "Stripes mark the {muscle}.",
        "muscles": {"calf": "calf"},
    },
    "people": {
        "sam": {
            "skin": "brown",
            "hair": "black",
            "hair_style": "short",
            "top": "teal",
            "bottom": "slate",
        }
    },
    "figures": {
        "lean": {
            "person": "sam",
            "title": "A lean",
            "muscle": ["near.calf"],
            "props": [{"kind": "wall", "x": 53.0}],
            "poses": {
                "end": {
                    "shows": "a man leans.",
                    "hips": {"over": "near"},
                    "near": {
                        "leg": {"foot": {"x": 0.0}, "knee": 3.0, "ankle": 3.0},
                        "arm": {
                            "hand": {"at": "wall", "y": -118.0, "pitch": -90.0},
                            "shape": "flat",
                        },
                    },
                    "far": {"leg": {"foot": {"x": 8.0}}},
                }
            },
        }
    },
}


def written(folder: Path, *changes: tuple[str, object]) -> Path:
    """The file with some keys changed (`people.sam.skin`), where it can be loaded from."""
    data = deepcopy(FILE)
    for where, value in changes:
        *path, last = where.split(".")
        place: Any = data
        for key in path:
            place = place[int(key)] if isinstance(place, list) else place[key]
        place[last] = value
    file = folder / "figures.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    return file
