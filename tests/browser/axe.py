"""Looks over a page with axe-core, the accessibility checker, and says each fault in a line.

The checker comes with axe-playwright-python. Four rules that it leaves off are turned on: large
enough targets, contrast of 7:1, one purpose for links of one name, and the shown words in the name
(WCAG 2.5.8, 1.4.6, 2.4.9, 2.5.3).
"""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TARGET_SIZE = "target-size"
EXTRA_RULES = [
    *(TARGET_SIZE, "color-contrast-enhanced", "identical-links-same-purpose"),
    "label-content-name-mismatch",
]
# axe only ever asks for a review of these; here what it asks about is a fault.
NEVER_SURE = ["identical-links-same-purpose"]
_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": True} for rule in EXTRA_RULES},
    "resultTypes": ["violations", "incomplete"],
}

_CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}


@cache
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def pale(page: Page) -> list[str]:
    """The words on the page that axe-core takes to be too pale, and nothing else."""
    return _lines(_results(page, _CONTRAST)["violations"])


def _results(page: Page, options: dict[str, Any] = _OPTIONS) -> dict[str, Any]:
    # evaluate() is not bound by the page's own script policy, so nothing of it is loosened.
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return found


def _is_small_in_full_view(page: Page, node: dict[str, Any]) -> bool:
    """Whether a target is too small once it is scrolled out from under the bar.

    axe measures what the bar leaves to be seen of a target at this scroll position.
    """
    small: bool = page.evaluate(
        """async ([place, rule]) => {
            const before = scrollY;
            document.querySelector(place).scrollIntoView({ block: "center" });
            const options = { runOnly: { type: "rule", values: [rule] } };
            const { violations } = await axe.run(place, options);
            scrollTo(0, before);
            return violations.length > 0;
        }""",
        [node["target"][0], TARGET_SIZE],
    )
    return small


def faults(page: Page) -> list[str]:
    """Every violation on the page as it is now: the rule, the element and what is wrong."""
    results = _results(page)
    for rule in results["violations"]:
        if rule["id"] == TARGET_SIZE:
            rule["nodes"] = [node for node in rule["nodes"] if _is_small_in_full_view(page, node)]
    unsure = [rule for rule in results["incomplete"] if rule["id"] in NEVER_SURE]
    return _lines(results["violations"] + unsure)


def _lines(rules: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']}: {node['html'][:160]} – {_why(node)}"
        for rule in rules
        for node in rule["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    checks = [check for kind in ("any", "all", "none") for check in node[kind]]
    return "; ".join(check["message"] for check in checks)[:200]
