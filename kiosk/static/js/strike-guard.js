// Heeds what a hand meant, not all that it did (EN 301 549 5.7 and 5.8, WCAG 2.5.2).
//
// A control acts when the finger leaves it inside, however long it rested or slid there; it shows
// at once that it is pressed. A second strike on the same place or key, a key held down, and three
// contacts at once (a palm, a wet screen) do nothing.

import { KEYS, writes } from "./key-map.js";

const CONTROLS = "a, button, label, summary, select, input";
const PRESSED = "k-is-pressed";
const PALM = 3; // A11Y-34: so many contacts at once are no finger
const SETTLE_MS = 500; // after a palm, the browser's own click may still come
// What the browser takes for a tap of its own: shorter than this, and nearer than this.
const TAP_MS = 400;
const TAP_PX = 12;
const ECHO_MS = 100; // the browser's own click, where we clicked already
const STRIKE = "strike";

export class StrikeGuard {
  constructor($root) {
    this.$root = $root;
    this.struck = new WeakMap(); // controls, and when each was last struck
    this.key = {};
    this.quietUntil = 0;
    this.earlier = takeEarlier();
    this.listen();
    // On a page that fits its screen a sliding finger scrolls nothing, so it may be a press.
    const page = document.documentElement;
    new ResizeObserver(() => page.classList.toggle("k-fits", page.scrollHeight <= innerHeight)).observe($root);
  }

  listen() {
    const on = (types, act) => {
      for (const type of types) addEventListener(type, (event) => act.call(this, event), { capture: true, passive: false });
    };
    on(["keydown"], this.heedKey);
    on(["click"], this.heedClick);
    on(["touchstart", "touchend", "touchcancel"], this.heedContacts);
    on(["pointerdown"], this.press);
    on(["pointermove"], this.slide);
    on(["pointerup"], this.release);
    on(["pointercancel"], this.letGo);
    // A slow hand holds long: that is a press here, not a menu and not a drag (A11Y-32).
    on(["contextmenu"], (event) => event.pointerType !== "mouse" && event.preventDefault());
    on(["dragstart"], (event) => event.preventDefault());
  }

  // Read each time: a test, or a page, may change it.
  get guardMs() {
    return Number(this.$root.dataset.guard);
  }

  heedKey(event) {
    const { code, target, timeStamp } = event;
    if (/^(Shift|Control|Alt|Meta)/.test(code)) return;
    if (target instanceof Element && writes(target) && !(code in KEYS) && code !== "Tab") return;
    const again = this.key.code === code && timeStamp - this.key.at < this.guardMs;
    const before = this.earlier.code === code && Date.now() - this.earlier.at < this.guardMs;
    this.key = { code, at: timeStamp };
    if (event.repeat || again || before) return ignore(event);
    keepStrike({ code });
  }

  heedClick(event) {
    const { target, timeStamp, clientX: x, clientY: y } = event;
    if (writes(target)) return;
    const $control = target.closest(CONTROLS) ?? target;
    const last = this.struck.get($control);
    const echo = last?.made && event.isTrusted ? ECHO_MS : 0;
    const again = last !== undefined && timeStamp - last.at < Math.max(this.guardMs, echo);
    // A double strike on what led here: its second half falls on whatever is here now.
    const { at, x: beforeX, y: beforeY } = this.earlier;
    const near = Math.hypot(x - beforeX, y - beforeY) < this.reachOf($control);
    const before = event.detail > 0 && near && Date.now() - at < this.guardMs;
    this.struck.set($control, { at: timeStamp, made: !event.isTrusted });
    if (again || before || timeStamp < this.quietUntil) return ignore(event);
    if (event.detail > 0) keepStrike({ x, y });
  }

  // How far apart two strikes may be and still be one: as far as a control is large.
  reachOf($control) {
    const { width, height } = $control.getBoundingClientRect();
    return Math.min(width, height);
  }

  heedContacts(event) {
    if (event.touches.length >= PALM) {
      this.palm = true;
      this.letGo();
    }
    if (!this.palm) return;
    if (event.touches.length === 0) {
      this.palm = false;
      this.quietUntil = event.timeStamp + SETTLE_MS;
    }
    ignore(event);
  }

  press(event) {
    if (!event.isPrimary || this.palm || event.button > 0) return;
    this.letGo();
    const $control = event.target.closest(CONTROLS);
    if (!$control || $control.matches("[aria-disabled=true]")) return;
    this.down = { $control, at: event.timeStamp, x: event.clientX, y: event.clientY, moved: 0 };
    $control.classList.add(PRESSED);
  }

  slide(event) {
    if (!this.down || !event.isPrimary) return;
    const { $control, x, y } = this.down;
    this.down.moved = Math.max(this.down.moved, Math.hypot(event.clientX - x, event.clientY - y));
    $control.classList.toggle(PRESSED, isInside($control, event));
  }

  release(event) {
    if (!this.down || !event.isPrimary) return;
    const { $control, at, moved } = this.down;
    this.letGo();
    const isTap = moved <= TAP_PX && event.timeStamp - at <= TAP_MS;
    // For a mouse, and for a short still touch, the browser clicks by itself.
    if (event.pointerType === "mouse" || isTap || this.palm || !isInside($control, event)) return;
    $control.click();
  }

  letGo() {
    this.down?.$control.classList.remove(PRESSED);
    this.down = null;
  }
}

// What is deeper in the page does not hear of it; whoever listens for signs of life does.
function ignore(event) {
  if (event.cancelable) event.preventDefault();
  event.stopPropagation();
}

function isInside($control, { clientX, clientY }) {
  const { left, right, top, bottom } = $control.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}

// The last strike goes with the visitor to the page it opens, and no further.
function keepStrike(strike) {
  sessionStorage.setItem(STRIKE, JSON.stringify({ ...strike, at: Date.now() }));
}

function takeEarlier() {
  const kept = sessionStorage.getItem(STRIKE);
  sessionStorage.removeItem(STRIKE);
  return JSON.parse(kept ?? "{}");
}
