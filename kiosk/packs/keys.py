"""Keys and signatures of packs: Ed25519 (RFC 8032), by PyNaCl, whose sole user this is.

A key is a file of one line, `ed25519-public:` or `ed25519-secret:` and 64 hex digits; lines that
begin with # are notes. Whoever holds the secret one can put words before patients.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from kiosk.errors import PackError

# Put before what is signed, so that no other program's signature can ever stand for a pack's.
PURPOSE = b"health-kiosk content pack, format 1\n"
_SIGNATURE = re.compile(rb"ed25519 ([0-9a-f]{64}) ([0-9a-f]{128})\n")
SIGNATURE_BYTES = len("ed25519 ") + 64 + len(" ") + 128 + len("\n")


def make_keys(stem: Path) -> tuple[Path, Path]:
    """Write a new pair beside each other, `<stem>.key` (secret) and `<stem>.pub`.

    Raises PackError when one of them is there already: a lost key cannot be made again.
    """
    secret, public = stem.with_name(f"{stem.name}.key"), stem.with_name(f"{stem.name}.pub")
    for path in (secret, public):
        if path.exists():
            raise PackError(path, "there is a key of this name already", "choose another name")
    pair = SigningKey.generate()
    stem.parent.mkdir(parents=True, exist_ok=True)
    note = "# Secret. Keep it off the kiosks and off the network: who has it can sign packs.\n"
    handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{note}ed25519-secret:{bytes(pair).hex()}\n")
    note = "# Public. Put it into the folder `keys` of each kiosk that is to take these packs.\n"
    public.write_text(f"{note}ed25519-public:{bytes(pair.verify_key).hex()}\n", "utf-8")
    return secret, public


def trusted_keys(folder: Path) -> dict[str, str]:
    """The names of the keys in a folder, by the key in hex. Raises PackError.

    A folder may hold several: the next key is given out before the last one is taken away.
    """
    found = {_read(path, "public"): path.stem for path in sorted(folder.glob("*.pub"))}
    if not found:
        mend = "put the public key of whoever makes your packs there (NAME.pub)"
        raise PackError(folder, "no key is trusted, so no pack can be taken", mend)
    return found


def sign(manifest: bytes, key: Path) -> bytes:
    """The signature of a manifest by the secret key in a file. Raises PackError."""
    pair = SigningKey(bytes.fromhex(_read(key, "secret")))
    signature = pair.sign(PURPOSE + manifest).signature
    return f"ed25519 {bytes(pair.verify_key).hex()} {signature.hex()}\n".encode()


def signer(manifest: bytes, signature: bytes, trusted: Mapping[str, str], pack: Path) -> str:
    """The name of the trusted key that signed a manifest. Raises PackError, naming `pack`."""
    found = _SIGNATURE.fullmatch(signature)
    if not found:
        raise PackError(pack, "manifest.sig is damaged", "copy the pack again")
    key, signed = found[1].decode(), bytes.fromhex(found[2].decode())
    if key not in trusted:
        names = ", ".join(trusted.values())
        problem = f"signed with a key that is not trusted here ({key[:8]}…); trusted: {names}"
        raise PackError(pack, problem, "ask who made it, and take nothing from strangers")
    try:
        VerifyKey(bytes.fromhex(key)).verify(PURPOSE + manifest, signed)
    except BadSignatureError as error:
        problem = "manifest.json is not what was signed"
        raise PackError(pack, problem, "copy the pack again from where it was made") from error
    return trusted[key]


def _read(path: Path, kind: str) -> str:
    """The hex digits of a key of that kind. Raises PackError."""
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(path, "the key cannot be read", "see `pack keys`") from error
    told = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(told) == 1 and (found := re.fullmatch(rf"ed25519-{kind}:([0-9a-f]{{64}})", told[0])):
        return found[1]
    if kind == "public" and any(line.startswith("ed25519-secret:") for line in told):
        mend = "take it away from here, and make a new pair: it is no secret any more"
        raise PackError(path, "a secret key lies among the public ones", mend)
    raise PackError(path, f"this is no {kind} key", "make a pair with `pack keys NAME`")
