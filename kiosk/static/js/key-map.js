// What each key does. Keys are known by their place (`event.code`): a keypad's F20 arrives under
// another `event.key` on Linux (accessibility.md, A11Y-21). Tab is the browser's own.

export const KEYS = {
  ArrowUp: "previous",
  ArrowDown: "next",
  Enter: "select",
  NumpadEnter: "select",
  Escape: "back",
  F1: "help",
  // EZ Access and NavPad keypads
  F17: "help",
  F18: "previous",
  F19: "next",
  F20: "select",
  F21: "back",
};

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
