// What is said first, where everything is spoken: the welcome, and of each page (A11Y-03, A11Y-04).

import { choicesIn, piecesOf } from "./accessible-name.js";
import { readableAt, readables } from "./readables.js";
import { regionWords } from "./spoken-changes.js";
import { utter } from "./voice.js";

const MOST = 16; // pieces of one utterance
const WELCOMED = "welcomed";

// Once a visit. Without a headset the first words are that others hear it (A11Y-11).
export function welcome(sound, hasHeadset, way) {
  if (sessionStorage.getItem(WELCOMED)) return;
  sessionStorage.setItem(WELCOMED, "yes");
  const aloud = sound === "speaker" ? "p:speak-aloud-speaker" : "p:speak-aloud";
  const words = way === "keys" || way === "headset" ? "p:speak-welcome-keys" : "p:speak-welcome-touch";
  if (!hasHeadset) utter([aloud], { kind: "mode" });
  utter([words], { queued: true, kind: "welcome" });
}

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
