// Reads the page on from where the listener is, item by item, until something else is asked for.

import { idOf, piecesOf } from "./accessible-name.js";
import { utter } from "./voice.js";

export class ReadOn {
  // `mode`: items, $here, go($item). `$root` holds the button and both of its words.
  constructor(mode, $root) {
    this.mode = mode;
    this.$words = $root.querySelector("[data-read-words]");
    this.words = $root.dataset;
    this.run = null;
  }

  get runs() {
    return this.run !== null;
  }

  async start() {
    const run = (this.run = {});
    this.$words.textContent = this.words.pause;
    const { items, $here } = this.mode;
    for (const $item of items.slice(Math.max(items.indexOf($here), 0))) {
      const $from = this.mode.$here;
      this.mode.go($item);
      const whole = await utter(piecesOf($item, $from), { ids: [idOf($item)], kind: "reading" });
      if (this.run !== run) return;
      if (!whole) break;
    }
    this.stop();
  }

  stop() {
    this.run = null;
    this.$words.textContent = this.words.read;
  }
}
