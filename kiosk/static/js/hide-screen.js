// Hides the screen from others while everything is spoken: a choice, never done by itself (A11Y-18).

import { speaks } from "./speak-mode.js";
import { utter } from "./voice.js";

const KEY = "screen-hidden";

export class HideScreen {
  constructor(words) {
    this.$cover = document.createElement("p");
    this.$cover.className = "k-cover";
    this.$cover.setAttribute("aria-hidden", "true");
    this.$cover.textContent = words;
    document.addEventListener("click", ({ target }) => target.closest("[data-hide-screen]") && this.turn());
    this.show();
  }

  get isHidden() {
    return speaks() && sessionStorage.getItem(KEY) === "yes";
  }

  turn() {
    sessionStorage.setItem(KEY, this.isHidden ? "no" : "yes");
    this.show();
    utter([this.isHidden ? "p:speak-hidden" : "p:speak-shown"], { kind: "mode" });
  }

  show() {
    if (this.isHidden) document.body.append(this.$cover);
    else this.$cover.remove();
    for (const $button of document.querySelectorAll("[data-hide-screen]")) {
      $button.setAttribute("aria-pressed", String(this.isHidden));
    }
  }
}
