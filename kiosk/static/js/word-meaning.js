// A touched word shows its plain meaning, and its figure where there is one (A11Y-47). The entry of
// the page's own list of words is moved into the dialog and back, so that ids, figure and marks stay
// the same. Without this script the word is a link to that entry.

import { Aside } from "./aside.js";
import { askForSound, mayBeHeard, soundIsOn } from "./sound.js";
import { speaks } from "./speak-mode.js";

export class WordMeaning {
  constructor($root) {
    this.$root = $root;
    this.$content = $root.querySelector("[data-entry]");
    this.aside = new Aside($root.dataset.speech);
    for (const $word of document.querySelectorAll("#main .k-term")) {
      $word.setAttribute("role", "button");
      $word.setAttribute("aria-haspopup", "dialog");
      $word.addEventListener("click", (event) => this.open(event, $word));
      $word.addEventListener("keydown", (event) => {
        if (event.key === " ") this.open(event, $word); // as a button does
      });
    }
    $root.querySelector("[data-close]").addEventListener("click", () => $root.close());
    $root.querySelector("[data-say]").addEventListener("click", () => askForSound() && this.say());
    $root.addEventListener("click", (event) => {
      if (event.target === $root) $root.close(); // a touch beside it
    });
    $root.addEventListener("close", () => this.putBack());
  }

  open(event, $word) {
    event.preventDefault();
    this.$word = $word;
    this.$entry = document.getElementById($word.hash.slice(1));
    this.parts = [...this.$entry.childNodes];
    this.$content.append(...this.parts);
    // The reading waits meanwhile, and keeps its place.
    const $player = document.querySelector("[data-player]");
    this.wasReading = !$player.hidden && !$player.matches(".k-is-paused");
    dispatchEvent(new CustomEvent("kiosk:hush"));
    this.$root.showModal();
    if (speaks()) return; // all of the dialog is said then
    if (soundIsOn() || (this.wasReading && mayBeHeard())) this.say(); // never a sound unasked
  }

  say() {
    const $spoken = this.$content.querySelectorAll(".k-s, .k-picture");
    this.aside.say([...$spoken].map(({ id }) => id));
  }

  putBack() {
    this.aside.stop();
    this.$entry.append(...this.parts);
    this.$word.focus({ preventScroll: true });
    if (this.wasReading) dispatchEvent(new CustomEvent("kiosk:go-on"));
  }
}
