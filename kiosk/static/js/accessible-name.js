// What is said of an item: its name, role, state and place, as pieces (kiosk/speech/utterances.py).

import { CONTROL, isControl, readables, textOf } from "./readables.js";

const GROUP = "nav, fieldset, [role=group], .k-player__offer, dialog, .k-speak, main, body";
export const MOST = 16; // pieces of one utterance, as the server takes them
const LONGEST = 1400; // of one piece; the server takes 1,500 characters
let numbered = 0;

const text = (words) => (words ? [`t:${words.slice(0, LONGEST)}`] : []);
const phrase = (key, number) => [`p:${key}${number === undefined ? "" : `:${Math.min(number, 999)}`}`];

// The id of an element, given to it where it has none.
export function idOf($item) {
  $item.id ||= `spoken-${(numbered += 1)}`;
  return $item.id;
}

// All that is said when the voice comes to an item from another (`$from`, or null).
export function piecesOf($item, $from = null) {
  return [...around($item, $from), ...names($item), ...role($item), ...state($item), ...place($item)];
}

export function nameOf($item) {
  const label = $item.getAttribute("aria-label");
  if (label) return label;
  if ($item.matches("img, svg")) return pictureName($item);
  if ($item.matches("input, select, textarea")) return labelOf($item);
  return textOf($item);
}

// A drawing's name, and what it shows as it is said when the page is read: so both are made ahead.
function names($item) {
  const { name } = $item.dataset;
  if (!name || !$item.matches("svg")) return text(nameOf($item));
  const shown = $item.querySelector("title").textContent.slice(`${name}. `.length);
  return [...text(name), ...text(asPicture(shown))];
}

function pictureName($item) {
  return asPicture($item.alt ?? $item.querySelector("title")?.textContent ?? "");
}

// "Picture: …"
function asPicture(words) {
  const { picture = "{}" } = document.querySelector("[data-picture]")?.dataset ?? {};
  return picture.replace("{}", words.trim());
}

function labelOf($field) {
  const [$label] = $field.labels;
  if (!$label) return "";
  const words = [...$label.childNodes].filter(($node) => $node !== $field);
  return words.map(($node) => $node.textContent).join(" ").replace(/\s+/g, " ").trim();
}

function role($item) {
  if ($item.matches("summary")) return phrase("spoken-fold");
  if ($item.matches("button, [role=button]")) return phrase("spoken-button");
  if ($item.matches("a")) return phrase("spoken-link");
  if ($item.matches("select")) return phrase("spoken-menu");
  if ($item.matches("input[type=radio]")) return phrase("spoken-choice");
  if ($item.matches("input[type=checkbox]")) return phrase("spoken-tick");
  if ($item.matches("input, textarea")) return phrase("spoken-field");
  if ($item.matches("h1, h2, h3, h4")) return phrase("spoken-heading");
  return [];
}

function state($item) {
  const pressed = $item.getAttribute("aria-pressed");
  const said = [];
  // "Low reach: off" has it in its name.
  if (pressed && !/: \p{L}+$/u.test(nameOf($item))) said.push(...phrase(pressed === "true" ? "switch-on" : "switch-off"));
  if ($item.matches("input[type=radio]")) said.push(...phrase($item.checked ? "spoken-chosen" : "spoken-not-chosen"));
  if ($item.matches("input[type=checkbox]")) said.push(...phrase($item.checked ? "spoken-ticked" : "spoken-not-ticked"));
  if ($item.matches("summary")) said.push(...phrase($item.parentElement.open ? "spoken-open" : "spoken-closed"));
  if ($item.matches("[aria-disabled=true], :disabled")) said.push(...phrase("spoken-unavailable"));
  if ($item.matches("[aria-current]")) said.push(...phrase("spoken-here"));
  if ($item.matches("select")) said.push(...text($item.selectedOptions[0]?.textContent.trim()));
  // What is typed into a hidden field is nobody's to hear (A11Y-17).
  if ($item.matches("input[type=number], input[type=text]")) said.push(...text($item.value));
  return said;
}

// "3 of 8": among the controls of its group, the items of its list, the headings of its page.
function place($item) {
  const among = companions($item);
  if (among.length < 2) return [];
  return [...phrase("spoken-number", among.indexOf($item) + 1), ...phrase("spoken-of", among.length)];
}

function companions($item) {
  if (isControl($item)) {
    const $group = $item.closest(GROUP);
    return readables($group).filter(($one) => isControl($one) && $one.closest(GROUP) === $group);
  }
  if ($item.matches("li")) return [...$item.parentElement.children].filter(($one) => $one.matches("li"));
  if ($item.matches("h1, h2, h3, h4")) {
    return readables($item.closest("main, dialog, body")).filter(($one) => $one.matches("h1, h2, h3, h4"));
  }
  return [];
}

// What the voice comes into with this item: a list and how long it is, or a group by its name.
function around($item, $from) {
  const said = [];
  const $group = $item.closest("[aria-label]:not(svg)");
  if ($group && $group !== $item && !$group.contains($from)) said.push(...text($group.getAttribute("aria-label")));
  const $list = $item.matches("li") && $item.parentElement;
  const isLong = $list && $list.children.length > 1;
  if (isLong && !$list.contains($from)) said.push(...phrase("spoken-items", $list.children.length));
  return said;
}

// How many things can be chosen in an element.
export function choicesIn($element) {
  return readables($element).filter(($one) => $one.matches(CONTROL)).length;
}
