"""The door to the staff page: a PIN that is kept as a hash, and tokens for who has typed it.

Takes the state folder; gives back tokens. A wrong PIN closes the door for longer each time, also
for who knows it; a form behind the door carries a token of its own.
"""

import hashlib
import hmac
import json
import secrets
import time
from pathlib import Path

from kiosk.cache import write_whole

OPEN_S = 15 * 60
LONGEST_WAIT_S = 300
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}  # OWASP's least for scrypt at this memory (16 MB)


def pin_file(state: Path) -> Path:
    """Where the PIN's hash is kept."""
    return state / "staff-pin.json"


def set_pin(state: Path, pin: str) -> None:
    """Keep the hash of a new PIN. Raises ValueError when it is not 4 to 12 digits."""
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 12):
        raise ValueError("a PIN is 4 to 12 digits")
    salt = secrets.token_bytes(16)
    kept = {"salt": salt.hex(), "hash": _hash(pin, salt).hex()}
    write_whole(pin_file(state), json.dumps(kept).encode())


def _hash(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, **_SCRYPT)


class Door:
    """Lets in who knows the PIN; each wrong try makes the wait twice as long."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._wrong = 0
        self._closed_until = 0.0
        self._tokens: dict[str, float] = {}
        self._secret = secrets.token_bytes(32)

    @property
    def has_pin(self) -> bool:
        return pin_file(self._state).is_file()

    def knock(self, pin: str) -> str | None:
        """A token for the right PIN, else None."""
        if time.monotonic() < self._closed_until:
            return None
        kept = json.loads(pin_file(self._state).read_text("utf-8"))
        given = _hash(pin, bytes.fromhex(kept["salt"]))
        if not hmac.compare_digest(given, bytes.fromhex(kept["hash"])):
            self._wrong += 1
            self._closed_until = time.monotonic() + min(2**self._wrong, LONGEST_WAIT_S)
            return None
        self._wrong = 0
        token = secrets.token_urlsafe(24)
        now = time.monotonic()
        self._tokens = {one: until for one, until in self._tokens.items() if until > now}
        self._tokens[token] = time.monotonic() + OPEN_S
        return token

    def wait_s(self) -> int:
        """How long the door stays closed, in whole seconds."""
        return max(0, round(self._closed_until - time.monotonic()))

    def is_open_for(self, token: str) -> bool:
        return self._tokens.get(token, 0.0) > time.monotonic()

    def leave(self, token: str) -> None:
        self._tokens.pop(token, None)

    def form_token(self, token: str) -> str:
        """What a form carries that was given to the bearer of this token."""
        return hmac.new(self._secret, token.encode(), hashlib.sha256).hexdigest()

    def gave(self, form_token: str, token: str) -> bool:
        """Whether a form is one that this bearer was given."""
        return hmac.compare_digest(form_token.encode(), self.form_token(token).encode())
