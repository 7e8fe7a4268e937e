// Staff wipe the screen: for a while no touch and no key does anything (A11Y-34).
// The staff page is opened on the kiosk itself, so its own screen is the one that is locked.

const DEAF_TO = [
  ...["touchstart", "touchmove", "touchend", "pointerdown", "pointermove", "pointerup", "mousedown", "mouseup"],
  ...["click", "dblclick", "contextmenu", "wheel", "keydown", "keyup"],
];

export class CleaningLock {
  constructor($root) {
    this.$root = $root;
    this.$number = $root.querySelector("[data-number]");
    this.$opener = document.querySelector("[data-opens-cleaning]");
    this.swallow = (event) => this.ignore(event);
    this.$opener.hidden = false;
    this.$opener.addEventListener("click", () => this.start());
    // Chromium closes a dialog at the second Escape without asking.
    $root.addEventListener("cancel", (event) => event.preventDefault());
    $root.addEventListener("close", () => this.left === undefined || $root.showModal());
  }

  start() {
    this.left = Number(this.$root.dataset.seconds);
    this.contacts = 0;
    this.$root.showModal();
    this.show();
    for (const type of DEAF_TO) addEventListener(type, this.swallow, { capture: true, passive: false });
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  tick() {
    this.left -= 1;
    this.show();
    dispatchEvent(new CustomEvent("kiosk:activity")); // somebody is here, cleaning
    if (this.left <= 0 && !this.contacts) this.end(); // a hand still on the glass is let go first
  }

  show() {
    this.$number.textContent = String(Math.max(this.left, 0));
  }

  ignore(event) {
    if (event.touches) this.contacts = event.touches.length;
    if (event.cancelable) event.preventDefault();
    event.stopImmediatePropagation();
  }

  end() {
    clearInterval(this.ticking);
    for (const type of DEAF_TO) removeEventListener(type, this.swallow, { capture: true });
    this.left = undefined;
    this.$root.close(); // the focus goes back to the button that opened it
  }
}
