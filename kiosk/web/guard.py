"""Who may ask, and what the browser may do with the answer.

The kiosk serves its own screen and nobody else: other hosts' names and other sites' forms are
refused, and a page can fetch nothing off the machine.
"""

from urllib.parse import urlsplit

from flask import Response, abort, current_app, request

CONTENT_SECURITY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "accelerometer=(), gyroscope=()",
}
# What tells of its visitor is not kept by the browser: pages, speech listings, chosen leaflets and
# their pictures. Style, scripts, fonts and prepared sound are the same for everybody.
OF_A_VISIT = ("text/html", "application/json", "application/pdf", "image/png")
# Characters of path and query; the longest real one, a leaflet with all its parts, has under 600.
LONGEST_ADDRESS = 4096
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


def refuse_strangers() -> None:
    """Refuse a name that is not ours (DNS rebinding), an endless address, another site's form."""
    settings = current_app.extensions["kiosk"].settings
    name = urlsplit(f"//{request.host}").hostname or ""
    everywhere = settings.host in ("0.0.0.0", "::")  # noqa: S104 - compared, not bound
    if not everywhere and name not in _LOOPBACK | {settings.host}:
        abort(400)
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        abort(414)
    if request.method == "POST" and not _same_origin():
        abort(403)


def _same_origin() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    # Compared as text: a malformed origin is simply not ours.
    host = request.headers.get("Origin", "").partition("://")[2]
    return host != "" and host == request.host


def add_headers(response: Response) -> Response:
    """Add the security headers; keep no page of a visit in the browser's store."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype in OF_A_VISIT:
        response.headers["Cache-Control"] = "no-store"
    return response
