// While the keys are learned they only say their names (A11Y-28). Holding Help begins and ends it.

import { KEYS } from "./key-map.js";
import { utter } from "./voice.js";

const HOLD_MS = 2000;
const NAMED = ["previous", "next", "select", "back", "help", "onward", "quieter", "louder"];

export class KeyLearning {
  constructor() {
    this.on = false;
    addEventListener("keyup", ({ code }) => KEYS[code] === "help" && clearTimeout(this.timer), { capture: true });
    document.addEventListener("click", ({ target }) => target.closest("[data-learn-keys]") && this.turn());
  }

  // Help is down: held for two seconds, it begins or ends the learning.
  press() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.turn(), HOLD_MS);
  }

  turn() {
    this.on = !this.on;
    utter([this.on ? "p:speak-learn-on" : "p:speak-learn-off"], { kind: "mode" });
  }

  say(code) {
    const act = KEYS[code];
    utter([`p:key-${NAMED.includes(act) ? act : "other"}`], { kind: "mode" });
  }
}
