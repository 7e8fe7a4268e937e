"""Wishes that no visitor would send: every route, with paths, queries, forms and headers at random.

Takes a seed; gives back one request after another, the same ones for the same seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from werkzeug.routing import Map

SAME_SITE = {"Origin": "http://localhost"}
METHODS = ("GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
NASTY = (
    *("", " ", ".", "..", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "\\", "%00"),
    *(
        "\x00",
        "\r\nSet-Cookie: a=b",
        "\u202e",
        "ﬀ",
        "é" * 300,
        "🦵",
        "a" * 5000,
        "-1",
        "0",
        "1e309",
    ),
    *("99999999999999999999", "٣", "NaN", "true", "null", "[]", "{}", "{{ 7 * 7 }}", "${7*7}"),
    *("<script>alert(1)</script>", "' OR 1=1 --", "%s%n", "javascript:alert(1)", "//evil.example"),
    *("file:///etc/passwd", "http://169.254.169.254/", "standard,large", ",,,,", "a&b=c", "#"),
)
HEADERS = (
    *("Cookie", "Host", "Origin", "Referer", "Range", "If-Range", "Accept", "Accept-Language"),
    *("Content-Type", "X-Forwarded-For", "X-Forwarded-Host", "Sec-Fetch-Site", "Expect"),
    *("If-None-Match", "If-Modified-Since", "Accept-Encoding", "Transfer-Encoding"),
)
FIELDS = (
    *("size", "parts", "page", "side", "voice", "for", "beginning", "pin", "token", "topic"),
    *("pack", "copies", "test", "from", "stay", "undo", "theme", "rate", "volume", "spacing"),
    *("reach", "motion", "more_time", "name", "role", "next_due", "fingerprint", "days"),
)
TYPES = (
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"),
    *("text/plain", "multipart/form-data", "x/y; charset=nonsense", ""),
)


@dataclass(frozen=True)
class Request:
    """One request to the kiosk."""

    method: str
    path: str
    query: dict[str, str]
    headers: list[tuple[str, str]]
    form: dict[str, str] | None = None
    body: bytes = b""
    type: str = ""
    words: dict[str, Any] = field(default_factory=dict)


class Fuzz:
    """Requests over the routes of an app; `known` are values that exist, so that some fit."""

    def __init__(self, routes: Map, known: tuple[str, ...], seed: int) -> None:
        self._rules = [rule.rule for rule in routes.iter_rules()]
        self._known = known
        self._dice = random.Random(seed)

    def requests(self) -> Iterator[Request]:
        """Without end."""
        while True:
            yield self._request()

    def _request(self) -> Request:
        dice = self._dice
        method = dice.choice(METHODS)
        headers = [(dice.choice(HEADERS), self._word()) for _ in range(dice.randrange(3))]
        if method == "POST" and dice.random() < 0.7:
            headers += SAME_SITE.items()
        form, body, kind = None, b"", ""
        if method in ("POST", "PUT", "PATCH"):
            if dice.random() < 0.6:
                form = self._fields()
            else:
                body, kind = dice.randbytes(dice.randrange(3000)), dice.choice(TYPES)
        clean = [(name, value) for name, value in headers if value.isprintable() and _latin(value)]
        return Request(method, self._path(), self._fields(), clean, form, body, kind)

    def _path(self) -> str:
        parts = []
        for part in self._dice.choice(self._rules).split("/"):
            head, mark, rest = part.partition("<")
            if mark:
                _, _, tail = rest.partition(">")
                parts.append(head + self._word().replace("/", "") + tail.replace("<", ""))
            else:
                parts.append(part)
        path = "/".join(parts)
        if self._dice.random() < 0.05:
            path += self._dice.choice(NASTY)
        # A question mark would begin the query.
        return "/" + path.lstrip("/").replace("?", "")

    def _fields(self) -> dict[str, str]:
        return {self._dice.choice(FIELDS): self._word() for _ in range(self._dice.randrange(4))}

    def _word(self) -> str:
        dice = self._dice
        if dice.random() < 0.55:
            return dice.choice(self._known)
        if dice.random() < 0.8:
            return dice.choice(NASTY)
        return "".join(chr(dice.randrange(1, 0x2FF)) for _ in range(dice.randrange(1, 40)))


def _latin(value: str) -> bool:
    return all(ord(letter) < 256 for letter in value)
