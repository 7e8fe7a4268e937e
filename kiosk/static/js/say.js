// Short sounds and phrases of the interface itself, one after another, when this visit has sound.

import { soundIsOn } from "./sound.js";
import { speaks } from "./speak-mode.js";
import { hush as hushVoice, utter } from "./voice.js";

const LOUDEST = 12;
const PAUSE_MS = 500; // whoever reads aloud says so four times a second
const audio = new Audio();
let waiting = [];
let heardAt = -Infinity;
addEventListener("kiosk:speaking", () => {
  heardAt = performance.now();
});

export const tone = (name) => `/speech/tone/${name}.wav`;
export const phrase = (name) => `/speech/phrase/${name}.wav`;

// Play these addresses in order; what was said before stops (A11Y-06).
export function say(...addresses) {
  if (!soundIsOn()) return; // nothing is asked for that would not be heard (A11Y-11)
  if (speaks()) return sayByVoice(addresses);
  dispatchEvent(new CustomEvent("kiosk:hush"));
  waiting = addresses;
  next();
}

// Where everything is spoken, this too is said by the one voice, which can be stopped and asked again.
function sayByVoice(addresses) {
  const names = addresses.map((address) => address.match(/^\/speech\/phrase\/(.*)\.wav$/)?.[1]);
  const pieces = names.filter(Boolean).map((name) => `p:${name}`);
  utter(pieces, { tones: addresses.filter((_, at) => !names[at]), kind: "phrase" });
}

// The same for what is only an aside: nobody who is being read to is broken in on.
export function sayAside(...addresses) {
  if (speaks() || performance.now() - heardAt > PAUSE_MS) say(...addresses);
}

export function hush() {
  waiting = [];
  audio.pause();
  hushVoice();
}

function next() {
  const address = waiting.shift();
  if (!address) return;
  const { volume, rate } = document.documentElement.dataset;
  audio.src = address;
  audio.volume = Number(volume) / LOUDEST;
  audio.preservesPitch = true;
  audio.playbackRate = Number(rate);
  audio.play().catch(() => {});
}

audio.addEventListener("ended", next);
audio.addEventListener("error", next); // without the voice the tone is heard, and the words are shown
addEventListener("pagehide", hush);
