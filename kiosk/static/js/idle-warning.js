// Nobody there? Warn, wait, then clear the screen for the next person (WCAG 2.2.1).
// Only stillness counts: a touch, a key, scrolling and speech all begin the wait anew.

const SIGNS = ["pointerdown", "keydown", "scroll", "wheel", "input"];

export class IdleWarning {
  constructor($root) {
    this.$root = $root;
    this.idle = Number($root.dataset.idle) * 1000;
    this.warning = Number($root.dataset.warning) * 1000;
    // A clean home screen has nothing to clear.
    if ("home" in $root.dataset) return;
    for (const sign of SIGNS) addEventListener(sign, () => this.stir(), { passive: true, capture: true });
    addEventListener("kiosk:speaking", () => this.stir());
    addEventListener("kiosk:printing", () => this.stir()); // A11Y-51
    $root.addEventListener("click", (event) => {
      if (!event.target.closest("[data-finish]")) this.stay();
    });
    $root.addEventListener("cancel", () => this.stay());
    this.stir();
  }

  // Somebody is there. An open warning stays until its own press is over: closed under the finger,
  // it would let the touch fall on what lies beneath.
  stir() {
    clearTimeout(this.timer);
    if (this.$root.open) this.timer = setTimeout(() => this.finish(), this.warning);
    else this.timer = setTimeout(() => this.warn(), this.idle);
  }

  stay() {
    this.$root.close();
    this.stir();
  }

  warn() {
    this.$root.showModal();
    this.$root.querySelector("[data-stay]").focus();
    this.timer = setTimeout(() => this.finish(), this.warning);
  }

  finish() {
    this.$root.querySelector("[data-finish]").form.requestSubmit();
  }
}
