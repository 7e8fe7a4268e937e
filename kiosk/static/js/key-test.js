// Shows staff the code of each key and what the settings make of it, and a headset that comes or goes.
// While it is open a key does nothing else; a touch on Close ends it.

import { KEYS } from "./key-map.js";

export class KeyTest {
  constructor($root) {
    this.$root = $root;
    this.$last = $root.querySelector("[data-last]");
    const $opener = document.querySelector("[data-opens-key-test]");
    $opener.hidden = false;
    $opener.addEventListener("click", () => $root.showModal());
    $root.querySelector("[data-close]").addEventListener("click", () => $root.close());
    $root.addEventListener("cancel", (event) => event.preventDefault());
    for (const type of ["keydown", "keyup"]) {
      addEventListener(type, (event) => this.heed(event), { capture: true });
    }
    addEventListener("kiosk:headset", ({ detail }) => $root.open && this.show($root.dataset[detail ? "in" : "out"]));
  }

  heed(event) {
    if (!this.$root.open) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "keyup") return;
    const { key, unknown } = this.$root.dataset;
    this.show(key.replace("{code}", event.code).replace("{name}", KEYS[event.code] ?? unknown));
    dispatchEvent(new CustomEvent("kiosk:activity")); // staff are here
  }

  show(words) {
    this.$last.textContent = words;
  }
}
