// Whether this visit wants to hear, and may. Nothing is said unasked: the voice is on from the first
// touch of Listen, or of a start with the voice, until it is stopped. Finish clears it with the rest.

import { headsetIsIn } from "./headset.js";
import { speaks } from "./speak-mode.js";

const KEY = "sound";

export function soundIsOn() {
  return mayBeHeard() && (speaks() || sessionStorage.getItem(KEY) === "on");
}

export function turnSound(on) {
  if (on) sessionStorage.setItem(KEY, "on");
  else sessionStorage.removeItem(KEY);
}

// A kiosk that must not speak aloud needs a headset (A11Y-11).
export function mayBeHeard() {
  return document.querySelector("[data-sound]")?.dataset.sound !== "headset" || headsetIsIn();
}

// The same for a press that asks for sound: where none may be heard, the screen says what is missing.
export function askForSound() {
  const may = mayBeHeard();
  if (!may) dispatchEvent(new CustomEvent("kiosk:no-headset"));
  return may;
}
