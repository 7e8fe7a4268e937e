"""Tries to leave the kiosk, in a Chromium of its own; told to by test_screen.py.

    python -m tests.deploy.escapes '["http://…", …]'

Takes addresses; prints as JSON what became of each: the text of the page that opened, or the error.
Runs in a mount namespace, where /etc/chromium may hold other policies than this machine's.
"""

import json
import sys

from playwright.sync_api import Error, sync_playwright

from tests.browser.conftest import CHROMIUM, as_root

POLICIES = """() => {
  const rows = [];
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.matches("policy-row")) rows.push(one);
      if (one.shadowRoot) walk(one.shadowRoot);
    }
  };
  walk(document);
  return rows.map((row) => {
    const text = (name) => row.shadowRoot.querySelector(name)?.textContent.trim() ?? "";
    return [text(".policy.row .name"), text(".policy.row .messages")];
  });
}"""


def main(arguments: list[str]) -> None:
    """Go to each address; print what came of it."""
    found: dict[str, object] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--disable-gpu", *as_root()],
        )
        visitor = browser.new_context()
        for address in json.loads(arguments[0]):
            page = visitor.new_page()
            try:
                page.goto(address, timeout=20_000, wait_until="commit")
                if address == "chrome://policy":
                    page.wait_for_timeout(2000)
                    found[address] = page.evaluate(POLICIES)
                else:
                    found[address] = page.locator("body").inner_text(timeout=5_000)
            except Error as error:
                found[address] = f"error: {error.message.splitlines()[0]}"
            page.close()
        browser.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
