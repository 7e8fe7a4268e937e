// Previous page and Next page: a screenful at a time, for hands that cannot scroll.

import { motionIsReduced } from "./motion.js";
import { viewOfPage } from "./view.js";

const OVERLAP = 0.12; // of a screenful stays in view, so that no line is lost

export class PageTurner {
  constructor($root) {
    this.$root = $root;
    $root.addEventListener("click", (event) => {
      const $button = event.target.closest("[data-turn]");
      if ($button) this.turn(Number($button.dataset.turn));
    });
    new ResizeObserver(() => this.update()).observe(document.body);
    addEventListener("scroll", () => this.update(), { passive: true });
    this.update();
  }

  turn(direction) {
    const behavior = motionIsReduced() ? "instant" : "smooth";
    scrollBy({ top: direction * viewOfPage().height * (1 - OVERLAP), behavior });
  }

  update() {
    const page = document.documentElement;
    const last = page.scrollHeight - innerHeight;
    this.$root.hidden = last < 8;
    const [$previous, $next] = this.$root.querySelectorAll("[data-turn]");
    $previous.setAttribute("aria-disabled", String(scrollY < 8));
    $next.setAttribute("aria-disabled", String(scrollY > last - 8));
  }
}
