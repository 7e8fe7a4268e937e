// A ring with a number: how many seconds are left. Where motion is reduced, the number alone.

import { motionIsReduced } from "./motion.js";

export class CountRing {
  constructor($root) {
    this.$root = $root;
    this.$count = $root.querySelector("[data-count]");
    this.$left = $root.querySelector("[data-ring-left]");
    this.still = motionIsReduced();
  }

  // Show `left` of the `all` seconds that are counted; nothing when none are.
  show(left, all) {
    this.$root.hidden = !all;
    if (!all) return;
    const counted = Math.min(left, all);
    this.$count.textContent = String(Math.ceil(counted));
    this.$left.setAttribute("stroke-dashoffset", this.still ? "0" : String(100 * (1 - counted / all)));
  }

  hide() {
    this.$root.hidden = true;
  }
}
