// Shows at once what has become of the printer, on a page that offers to print. Without this the
// page tells how the printer was when it was fetched.

const EVERY_MS = 2000;

export class PrinterWatch {
  constructor($root) {
    this.$root = $root;
    this.later();
  }

  later() {
    setTimeout(() => this.ask(), EVERY_MS);
  }

  async ask() {
    try {
      if (!document.hidden) await this.look();
    } catch {
      // The kiosk is starting again; it will answer.
    }
    this.later();
  }

  async look() {
    const printer = await (await fetch("/printer.json")).json();
    if ((printer.cause ?? "") === this.$root.dataset.cause) return;
    const page = await fetch(location.href);
    if (!page.ok) return;
    const now = new DOMParser().parseFromString(await page.text(), "text/html");
    const $now = now.querySelector('[data-module="printer-watch"]');
    if (!$now) return;
    this.$root.dataset.cause = $now.dataset.cause;
    // Part by part: a screen reader hears of a change in a place that was there before.
    const $parts = this.$root.querySelectorAll("[data-live]");
    $now.querySelectorAll("[data-live]").forEach(($part, at) => {
      $parts[at]?.replaceChildren(...$part.childNodes);
    });
  }
}
