// The interface's own voice: one utterance at a time, never beside another sound.
//
// An utterance is a list of pieces (see kiosk/speech/utterances.py); the server answers what to
// play. A new one stops the old one, unless it is `queued`; what waits gives way to what is newer
// `about` the same thing. `utter` tells whether it came to its end.

import { noted } from "./speech-log.js";

const LOUDEST = 12;
const MOST_KNOWN = 200;
const page = document.documentElement;
const audio = new Audio();
const beside = new Audio(); // for a word in between
const known = new Map(); // what the server answered on this page
let current = null;
let waiting = [];
let held = null; // what goes on after the word in between
let quietens = false;

export function isUttering() {
  return current !== null;
}

// Whether the page is being read aloud by its player.
export function isReading() {
  return Boolean(document.querySelector("[data-player]:not([hidden], .k-is-paused)"));
}

export function utter(pieces, { ids = [], tones = [], queued = false, about = null, kind = "item" } = {}) {
  return new Promise((done) => {
    const one = { pieces, ids, tones, about, kind, done };
    if (about) waiting = waiting.filter((other) => other.about !== about || other.done(false));
    if (queued && current) return waiting.push(one);
    hush();
    begin(one);
  });
}

// Stop at once; what was waiting is not said either.
export function hush() {
  audio.pause();
  beside.pause();
  held = null;
  const stopped = [current, ...waiting];
  current = null;
  waiting = [];
  for (const one of stopped) {
    if (one?.entry) one.entry.cancelled = performance.now();
    one?.done(false);
  }
}

// A word in between ("Louder"): what is being said waits for it, and goes on.
export async function interject(pieces) {
  const found = await soundsOf(pieces);
  if (!found) return;
  held ??= { one: current?.list && !audio.paused ? current : null, reading: isReading() };
  audio.pause();
  if (held.reading) quieten();
  const entry = noted({ text: found.texts.join(" "), voice: found.voice, kind: "between" });
  beside.onplaying = () => (entry.started ??= performance.now());
  beside.onended = () => {
    entry.ended = performance.now();
    const { one, reading } = held ?? {};
    held = null;
    if (one && one === current) audio.play().catch(() => {});
    if (reading) dispatchEvent(new CustomEvent("kiosk:go-on"));
  };
  play(beside, found.sounds[0]);
}

async function begin(one) {
  current = one;
  quieten();
  one.entry = noted({ text: null, ids: one.ids, kind: one.kind });
  const found = one.pieces.length ? await soundsOf(one.pieces) : { texts: [], voice: "", sounds: [] };
  const { texts, voice, sounds } = found ?? { texts: [], voice: "", sounds: [] };
  Object.assign(one.entry, { text: texts.join(" "), voice });
  if (current !== one) return;
  one.list = [...one.tones, ...sounds];
  dispatchEvent(new CustomEvent("kiosk:said", { detail: { texts, pieces: one.pieces, failed: !found } }));
  next();
}

function next() {
  if (!current?.list) return;
  const address = current.list.shift();
  if (address) return play(audio, address);
  const one = current;
  current = null;
  one.entry.ended = performance.now();
  one.done(true);
  const after = waiting.shift();
  if (after && !current) begin(after);
}

function play(player, address) {
  const { volume, rate } = page.dataset;
  player.src = address;
  player.volume = Number(volume) / LOUDEST;
  player.preservesPitch = true;
  player.playbackRate = Number(rate);
  player.play().catch(() => {});
}

// Whoever else reads or counts aloud stops (A11Y-06).
function quieten() {
  quietens = true;
  dispatchEvent(new CustomEvent("kiosk:hush"));
  quietens = false;
}

async function soundsOf(pieces) {
  const query = new URLSearchParams(pieces.map((piece) => ["piece", piece])).toString();
  if (known.has(query)) return known.get(query);
  try {
    const answer = await fetch(`/speech/utterance.json?${query}`);
    if (!answer.ok) return null;
    const found = await answer.json();
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(query, found);
    return found;
  } catch {
    return null;
  }
}

audio.addEventListener("playing", () => {
  if (current?.entry) current.entry.started ??= performance.now();
});
audio.addEventListener("timeupdate", () => dispatchEvent(new CustomEvent("kiosk:activity")));
audio.addEventListener("ended", next);
audio.addEventListener("error", next);
addEventListener("kiosk:hush", () => quietens || hush());
addEventListener("kiosk:volume", () => {
  audio.volume = beside.volume = Number(page.dataset.volume) / LOUDEST;
});
addEventListener("pagehide", hush);
