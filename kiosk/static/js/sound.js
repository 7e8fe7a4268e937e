// Whether this visit wants to hear. Nothing is said unasked: the voice is on from the first touch
// of Listen, or of a start with the voice, until it is stopped. Finish clears it with the rest.

import { speaks } from "./speak-mode.js";

const KEY = "sound";

export function soundIsOn() {
  return speaks() || sessionStorage.getItem(KEY) === "on";
}

export function turnSound(on) {
  if (on) sessionStorage.setItem(KEY, "on");
  else sessionStorage.removeItem(KEY);
}
