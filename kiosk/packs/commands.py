"""What `run_kiosk.py pack …` does, as lines to be printed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import SettingsError
from kiosk.installed import installed_packs, releases
from kiosk.packs.build import build
from kiosk.packs.install import install, rollback
from kiosk.packs.keys import make_keys, trusted_keys
from kiosk.packs.verify import Signed, read_pack
from kiosk.settings import Settings

AT_THE_START = "The kiosk shows it when it starts next."


@dataclass(frozen=True)
class Asked:
    """The words after `pack`: what it is about, and the options."""

    settings: Settings
    about: str
    key: Path | None = None
    carry: bool = False


def run(
    settings: Settings, words: list[str], key: Path | None = None, carry: bool = False
) -> Iterator[str]:
    """Do what `pack` is asked for. Raises SettingsError for what it cannot do, PackError."""
    if not words:
        yield from _list(settings)
        return
    verb, *about = words
    if verb not in VERBS or len(about) != 1:
        raise SettingsError(
            "pack: " + (f"`{verb}` takes one name" if verb in VERBS else f"what is `{verb}`?"),
            "use pack build PACK --key FILE, verify FILE, install FILE, rollback PACK or keys NAME",
        )
    yield from VERBS[verb](Asked(settings, about[0], key, carry))


def _list(settings: Settings) -> Iterator[str]:
    names = installed_packs(settings.installed)
    for name in names:
        found, problems = releases(settings.installed, name)
        versions = [release.manifest.version for release in found]
        yield f"{name}: {', before it '.join(versions) or 'none'}"
        yield from (f"      {problem}" for problem in problems)
    if not names:
        yield "No pack is installed; the kiosk has its own content."


def _keys(asked: Asked) -> Iterator[str]:
    secret, public = make_keys(Path(asked.about))
    yield f"{secret}: secret; keep it off the kiosks"
    yield f"{public}: public; put it into {asked.settings.keys_folder} of each kiosk"


def _build(asked: Asked) -> Iterator[str]:
    if asked.key is None:
        raise SettingsError("pack build: no key to sign with", "add --key NAME.key (`pack keys`)")
    path, signed = build(asked.settings, asked.about, asked.key, asked.carry)
    yield f"{path}: {_told(signed)}"


def _verify(asked: Asked) -> Iterator[str]:
    path = Path(asked.about)
    yield f"{path}: sound; {_told(read_pack(path, trusted_keys(asked.settings.keys_folder)))}"


def _install(asked: Asked) -> Iterator[str]:
    done = install(asked.settings, Path(asked.about))
    yield f"Installed {_told(done.signed)}."
    if done.kept or done.left_out:
        yield f"Of the recordings and leaflets it carried, {done.kept} are kept."
    if done.left_out:
        why = "they are for words that this kiosk says or prints otherwise"
        yield f"{done.left_out} are left out: {why}; `build` makes its own."
    yield AT_THE_START


def _rollback(asked: Asked) -> Iterator[str]:
    version = rollback(asked.settings, asked.about)
    yield f"{asked.about} is {version} again." if version else f"{asked.about} is shown no more."
    yield AT_THE_START.replace("shows it", "takes it up")


def _told(signed: Signed) -> str:
    manifest = signed.manifest
    size = f"{signed.size / 1_000_000:.1f} MB"
    files = f"{len(manifest.files)} files, {size}"
    return f"{manifest.pack} {manifest.version} ({files}), signed by {signed.signed_by}"


VERBS: Mapping[str, Callable[[Asked], Iterator[str]]] = {
    "build": _build,
    "verify": _verify,
    "install": _install,
    "rollback": _rollback,
    "keys": _keys,
}
