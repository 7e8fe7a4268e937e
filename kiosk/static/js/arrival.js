// What is said first, where everything is spoken: the welcome, and of each page (A11Y-03, A11Y-04).

import { MOST, choicesIn, idOf, piecesOf } from "./accessible-name.js";
import { isControl, readableAt, readables, screenNow } from "./readables.js";
import { regionWords } from "./spoken-changes.js";
import { isReading, utter } from "./voice.js";

const COACH_MS = 1500; // a coach begins to read by itself within this
const WELCOMED = "welcomed";

// The welcome, then what the page is; `mode` is Speak everything.
export function arriveAt(mode) {
  welcome(mode.$root.dataset.sound, mode.headset.isIn, mode.way);
  const $screen = screenNow();
  if ($screen !== document.body) return arriveIn($screen, mode);
  const $place = placeAsked();
  const $title = $place ?? document.querySelector("h1");
  mode.go($title);
  const say = () => utter(arrival($title, $place, mode.changes), { ids: [idOf($title)], queued: true, kind: "page" });
  if ($place || !document.querySelector("[data-module=cramp-coach]")) return say();
  // A cramp's page reads itself, the stop first; should it not, this does. Once it has something to
  // read from, it is on its way, and would be cut off.
  const waiting = setTimeout(() => isReading() || document.querySelector("[data-read-from]") || say(), COACH_MS);
  addEventListener("keydown", () => clearTimeout(waiting), { once: true });
}

// In a dialog that is open already, as the warning may be: it comes before the page behind it.
function arriveIn($dialog, mode) {
  mode.$dialog = $dialog;
  const $item = readableAt(document.activeElement) ?? readables($dialog).find(isControl);
  mode.go($item);
  const pieces = [...wordsOf($dialog), ...piecesOf($item)].slice(0, MOST);
  utter(pieces, { ids: [idOf($dialog)], queued: true, kind: "page" });
  // Nothing behind it was in hand yet: then the page is arrived at. What was in the dialog may keep the
  // focus until the page is next drawn.
  const begin = () => {
    const $here = document.activeElement;
    if ($here === document.body || $dialog.contains($here)) mode.arrive();
  };
  $dialog.addEventListener("close", begin, { once: true });
}

// What a dialog says beside its controls.
export function wordsOf($dialog) {
  return readables($dialog).filter(($one) => !isControl($one)).flatMap(($one) => piecesOf($one));
}

// Once a visit. Without a headset the first words are that others hear it (A11Y-11).
function welcome(sound, hasHeadset, way) {
  if (sessionStorage.getItem(WELCOMED)) return;
  sessionStorage.setItem(WELCOMED, "yes");
  const aloud = sound === "speaker" ? "p:speak-aloud-speaker" : "p:speak-aloud";
  const words = way === "keys" || way === "headset" ? "p:speak-welcome-keys" : "p:speak-welcome-touch";
  if (!hasHeadset) utter([aloud], { kind: "mode" });
  utter([words], { queued: true, kind: "welcome" });
}

// The choice just made, or the part of the page that the address names; null for a page as such.
function placeAsked() {
  const name = decodeURIComponent(location.hash.slice(1));
  const $target = name && document.getElementById(name);
  if (!$target || $target.matches("#main")) return null;
  const inside = readables($target);
  return inside.find(($one) => $one.matches("[aria-pressed=true]")) ?? inside[0] ?? readableAt($target);
}

// A title and how many choices there are; or the choice just made, with the name of its setting.
// When to stop comes before anything else (A11Y-20), what the page has to tell after it.
function arrival($item, $place, changes) {
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
