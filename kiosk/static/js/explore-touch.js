// While everything is spoken a finger explores: what lies under it is said and not done. A double tap
// acts on the last item, wherever it falls; a swipe goes to the next or previous one (A11Y-19).
//
// The strike guard, and all else that acts on a touch, hear nothing of it; it must be started first.
// A corner held for three seconds starts the mode.

import { readableAt } from "./readables.js";
import { speaks } from "./speak-mode.js";

const TAP_PX = 24; // a hand that shakes
const TAP_MS = 500;
const AGAIN_MS = 500; // from one tap to the second of a double tap
const SWIPE_PX = 80;
const SWIPE_MS = 600;
const REST_MS = 350; // so long a finger rests before what is under it is said: a slow hand may be tapping
const CORNER = "--target"; // as large as a control
const CORNER_MS = 3000;

export class ExploreTouch {
  // `mode`: start(), interrupt(), explore($item), act(), step(direction).
  constructor(mode) {
    this.mode = mode;
    this.fingers = new Set();
    this.tappedAt = -Infinity;
    const on = (type, act) => addEventListener(type, (event) => act.call(this, event), { capture: true });
    on("pointerdown", this.land);
    on("pointermove", this.slide);
    on("pointerup", this.lift);
    on("pointercancel", this.lose);
    on("mousedown", this.keepFocus);
    on("click", this.click);
  }

  land(event) {
    this.byMouse = event.pointerType === "mouse";
    if (!speaks()) return this.hold(event);
    if (this.byMouse) return;
    swallow(event);
    this.fingers.add(event.pointerId);
    this.mode.interrupt();
    clearTimeout(this.resting);
    this.touch = null;
    if (!event.isPrimary || this.fingers.size > 1) return; // a palm, or a second finger
    const { clientX: x, clientY: y, timeStamp: at } = event;
    this.touch = { x, y, at, moved: 0, second: at - this.tappedAt < AGAIN_MS };
    if (!this.touch.second) this.resting = setTimeout(() => this.explore(x, y), REST_MS);
  }

  slide(event) {
    if (this.held) this.dropUnlessNear(event);
    if (!speaks() || event.pointerType === "mouse") return;
    swallow(event);
    if (!this.touch || !event.isPrimary) return;
    const { clientX, clientY, timeStamp } = event;
    const { x, y, at } = this.touch;
    this.touch.moved = Math.max(this.touch.moved, Math.hypot(clientX - x, clientY - y));
    if (this.touch.moved < TAP_PX) return;
    // Fast, it may become a swipe; slow, it looks for what is there.
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.explore(clientX, clientY), REST_MS);
    if (timeStamp - at > SWIPE_MS) this.explore(clientX, clientY);
  }

  lift(event) {
    this.letGo();
    this.byMouse = false;
    if (!speaks() || event.pointerType === "mouse") return;
    swallow(event);
    this.fingers.delete(event.pointerId);
    if (!this.touch || !event.isPrimary) return;
    const { x, y, at, moved, second } = this.touch;
    const took = event.timeStamp - at;
    const across = event.clientX - x;
    this.touch = null;
    if (took <= SWIPE_MS && Math.abs(across) >= SWIPE_PX && Math.abs(across) > Math.abs(event.clientY - y)) {
      clearTimeout(this.resting);
      this.under = null;
      this.mode.step(across > 0 ? 1 : -1);
    } else if (moved <= TAP_PX && took <= TAP_MS) {
      clearTimeout(this.resting);
      this.tappedAt = second ? -Infinity : event.timeStamp;
      if (second) this.mode.act();
      // A short tap waits for its second half, which may fall anywhere.
      else this.resting = setTimeout(() => this.explore(x, y), took < REST_MS ? AGAIN_MS : 0);
    }
  }

  lose(event) {
    this.letGo();
    this.byMouse = false;
    this.fingers.delete(event.pointerId);
    this.touch = null;
    clearTimeout(this.resting);
  }

  // After a tap the browser makes a mouse of it, which would take the focus: the first tap of a double
  // tap, wherever it falls, leaves the last item in hand.
  keepFocus(event) {
    if (speaks() && event.sourceCapabilities?.firesTouchEvents) event.preventDefault();
  }

  // The browser's own click after a touch; those that the mode makes itself are not trusted ones.
  click(event) {
    if (!event.isTrusted || event.pointerType === "mouse" || event.detail === 0) return;
    if (speaks() || this.started) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    this.started = false;
  }

  explore(x, y) {
    const $item = readableAt(document.elementFromPoint(x, y));
    if (!$item || ($item === this.under && this.touch)) return;
    this.under = $item;
    this.mode.explore($item);
  }

  // A corner held starts the mode, from any screen and without seeing it.
  hold({ clientX: x, clientY: y, isPrimary }) {
    this.letGo();
    this.started = false;
    const reach = parseFloat(getComputedStyle(document.documentElement).getPropertyValue(CORNER)) || 44;
    const inCorner = Math.min(x, innerWidth - x) <= reach && Math.min(y, innerHeight - y) <= reach;
    if (!isPrimary || !inCorner) return;
    this.held = { x, y };
    this.holding = setTimeout(() => {
      this.held = null;
      this.started = true;
      this.mode.start();
      dispatchEvent(new PointerEvent("pointercancel")); // what was pressed there is not
    }, CORNER_MS);
  }

  dropUnlessNear({ clientX, clientY }) {
    if (Math.hypot(clientX - this.held.x, clientY - this.held.y) > TAP_PX) this.letGo();
  }

  letGo() {
    clearTimeout(this.holding);
    this.held = null;
  }
}

function swallow(event) {
  event.stopImmediatePropagation();
  dispatchEvent(new CustomEvent("kiosk:activity")); // somebody is here
}
