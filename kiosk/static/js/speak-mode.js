// Whether everything is spoken: the mode for somebody who does not see the screen. A choice of the
// visit, which the server keeps; a start by key, corner or headset holds here at once.

const PENDING = "speak"; // started on this page, and perhaps not yet known to the server
const page = document.documentElement;

export function speaks() {
  return page.dataset.speak === "on";
}

export function setSpeaks(on) {
  page.dataset.speak = on ? "on" : "off";
  if (on) page.dataset.motion = "reduced"; // A11Y-41
  if (on) sessionStorage.setItem(PENDING, "on");
  else sessionStorage.removeItem(PENDING);
}

// Whether the mode was started before this page, which was made without knowing it.
export function isPending() {
  if (speaks()) sessionStorage.removeItem(PENDING);
  return sessionStorage.getItem(PENDING) === "on";
}

export function forgetPending() {
  sessionStorage.removeItem(PENDING);
}
