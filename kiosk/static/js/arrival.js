// What is said first of a page, where everything is spoken (A11Y-04).

import { choicesIn, piecesOf } from "./accessible-name.js";
import { readableAt, readables } from "./readables.js";
import { regionWords } from "./spoken-changes.js";

const MOST = 16; // pieces of one utterance

// The choice just made, or the part of the page that the address names; null for a page as such.
export function placeAsked() {
  const name = decodeURIComponent(location.hash.slice(1));
  const $target = name && document.getElementById(name);
  if (!$target || $target.matches("#main")) return null;
  const inside = readables($target);
  return inside.find(($one) => $one.matches("[aria-pressed=true]")) ?? inside[0] ?? readableAt($target);
}

// A title and how many choices there are; or the choice just made, with the name of its setting.
// When to stop comes before anything else (A11Y-20), what the page has to tell after it.
export function arrival($item, $place, changes) {
  if ($place) return ofPlace($item);
  const stop = [...document.querySelectorAll(".k-steps__stop .k-stop")].map(($one) => `t:${$one.textContent}`);
  const count = `p:spoken-choices:${choicesIn(document.querySelector("main"))}`;
  return [...stop, ...piecesOf($item), count, ...told(changes)].slice(0, MOST);
}

function ofPlace($item) {
  const $legend = $item.closest("fieldset")?.querySelector("legend");
  const setting = $legend && $legend !== $item ? piecesOf($legend) : [];
  return [...setting, ...piecesOf($item)].slice(0, MOST);
}

// Faults and states that stand on the page already; they are not said again by themselves.
function told(changes) {
  const found = [];
  for (const $region of document.querySelectorAll("main [role=alert], main [role=status]")) {
    changes.known($region);
    if (!$region.closest("[data-stage]")) found.push(...regionWords($region).map((words) => `t:${words}`));
  }
  return found;
}
