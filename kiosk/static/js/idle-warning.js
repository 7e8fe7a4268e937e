// Nobody there? Warn, wait, then clear the screen for the next person (WCAG 2.2.1).
// Only stillness counts: a touch, a key, scrolling, speech, printing and a guided session all
// begin the wait anew, as often as they like (A11Y-51, A11Y-52).

import { KEYS, usesKeys } from "./key-map.js";
import { hush, phrase, say, tone } from "./say.js";
import { soundIsOn } from "./sound.js";

const TOUCHES = ["pointerdown", "keydown", "scroll", "wheel", "input"];
const DEEDS = ["kiosk:speaking", "kiosk:printing", "kiosk:activity"];
const LAST_CALL_S = 10;
const CHOOSING = ["previous", "next", "select"]; // between the warning's own buttons
const PLAIN = /^(Tab|Space|Arrow|Shift|Control|Alt|Meta)/; // the same, and keys held with another

export class IdleWarning {
  constructor($root) {
    this.$root = $root;
    this.$text = $root.querySelector("[data-text]");
    this.warning = Number($root.dataset.warning);
    // A clean first screen has nothing to warn of; what else the visit left goes without a word.
    this.silent = "home" in $root.dataset;
    if (this.silent && !sessionStorage.getItem("been-on")) return;
    for (const sign of TOUCHES) addEventListener(sign, () => this.stir(), { passive: true, capture: true });
    for (const sign of DEEDS) addEventListener(sign, () => this.stir());
    $root.addEventListener("click", (event) => {
      if (!event.target.closest("[data-finish]")) this.stay();
    });
    $root.addEventListener("keyup", ({ code }) => {
      if (!CHOOSING.includes(KEYS[code]) && !PLAIN.test(code)) this.stay();
    });
    $root.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.stay();
    });
    this.stir();
  }

  // Who hears or uses keys needs longer than who sees and touches (accessibility.md, section 2).
  get idle() {
    const { idle, idleLong } = this.$root.dataset;
    return Number(soundIsOn() || usesKeys() ? idleLong : idle);
  }

  // Somebody is there. An open warning stays until its own press is over: closed under the finger,
  // it would let the touch fall on what lies beneath.
  stir() {
    if (this.$root.open) return this.countFrom(this.warning);
    clearTimeout(this.timer);
    this.waitFor(this.idle);
  }

  waitFor(seconds, waited = 0) {
    this.timer = setTimeout(() => this.end(waited + seconds), seconds * 1000);
  }

  // The wait may have grown meanwhile: the first key, or Listen, asks for the longer one.
  end(waited) {
    if (this.idle > waited) return this.waitFor(this.idle - waited, waited);
    if (this.silent) this.finish();
    else this.warn();
  }

  warn() {
    this.$root.showModal();
    this.$root.querySelector("[data-stay]").focus();
    this.countFrom(this.warning);
    say(tone("attention"), phrase("idle-warning"));
  }

  // The number is shown each second, and said when the warning begins and at 10 (A11Y-52).
  countFrom(seconds) {
    clearInterval(this.ticking);
    this.show(seconds);
    let left = seconds;
    this.ticking = setInterval(() => {
      left -= 1;
      this.show(left);
      if (left === LAST_CALL_S) say(phrase("idle-last-call"));
      if (left <= 0) this.finish();
    }, 1000);
  }

  show(seconds) {
    const $number = document.createElement("strong");
    $number.className = "k-dialog__number";
    $number.textContent = String(Math.max(seconds, 0));
    const [before, after] = this.$text.dataset.text.split("{}");
    this.$text.replaceChildren(before, $number, after);
  }

  stay() {
    clearInterval(this.ticking);
    hush();
    this.$root.close();
    this.stir();
  }

  finish() {
    clearInterval(this.ticking);
    this.$root.querySelector("[data-finish]").form.requestSubmit();
  }
}
