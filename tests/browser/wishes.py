"""Come to the kiosk with settings already chosen, as a visitor who has been at Change."""

from kiosk.web.preferences import COOKIE
from tests.browser.visitor import Visitor

SLOWEST_MS = 120_000  # the first look at a leaflet makes it, on a machine that may be busy
NOTHING = "<svg xmlns='http://www.w3.org/2000/svg'/>"


def wish(visitor: Visitor, **settings: str) -> None:
    """Choose settings for the pages that come, by their names in the cookie."""
    value = "&".join(f"{name}={value}" for name, value in settings.items())
    visitor.page.context.add_cookies(
        [{"name": COOKIE, "value": value, "url": visitor.watch.address}]
    )
    # A leaflet's pictures keep their place without being drawn, which takes seconds.
    visitor.page.route(
        "**/*.png*", lambda route: route.fulfill(content_type="image/svg+xml", body=NOTHING)
    )
    visitor.page.set_default_navigation_timeout(SLOWEST_MS)
