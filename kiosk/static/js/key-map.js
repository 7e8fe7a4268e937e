// What each key does. Keys are known by their place (`event.code`): a keypad's F20 arrives under
// another `event.key` on Linux (accessibility.md, A11Y-21). Tab is the browser's own.

const KEYBOARD = {
  ArrowUp: "previous",
  ArrowDown: "next",
  Enter: "select",
  NumpadEnter: "select",
  Escape: "back",
  F1: "help",
  AudioVolumeDown: "quieter",
  AudioVolumeUp: "louder",
};

// The keypad's own keys, as the clinic's settings have them: `F17:help F18:previous …`.
const KEYPAD = Object.fromEntries((document.body.dataset.keys ?? "").split(" ").map((one) => one.split(":")));

export const KEYS = { ...KEYBOARD, ...KEYPAD };

// Whether a key is one of a keypad, which asks for everything to be spoken (A11Y-02).
export function isOfKeypad(code) {
  return code in KEYPAD && !["plugged", "unplugged"].includes(KEYPAD[code]);
}

const USED = "keys";

// Whether this visit goes by keys: its waits are longer. Finish forgets it.
export function usesKeys() {
  return sessionStorage.getItem(USED) === "yes";
}

export function rememberKeys() {
  sessionStorage.setItem(USED, "yes");
}

// Where keys write, they write: letters, digits and their like are the field's own.
export function writes($element) {
  return $element.matches("textarea, input:not([type=radio], [type=checkbox], [type=button], [type=submit])");
}
