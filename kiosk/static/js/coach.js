// The engine of every session: plays phases on one clock. Words, times and sounds are in the phases
// that the server sends (kiosk/session.py); what they look like is its `face`:
// enter(phase), count(left, phase), said(cue), ended(), silent().

import { hush } from "./say.js";
import { SessionClock } from "./session-clock.js";
import { soundIsOn } from "./sound.js";
import { noted } from "./speech-log.js";
import { isUttering } from "./voice.js";

const LOUDEST = 12;
const ACTIVITY_MS = 1000;

export class Coach {
  constructor(face) {
    this.face = face;
    this.audio = new Audio();
    this.audio.volume = Number(document.documentElement.dataset.volume) / LOUDEST;
    this.audio.preservesPitch = true;
    this.audio.addEventListener("error", () => this.sound && this.audio.src && this.face.silent?.());
    this.ahead = new Audio(); // the next recording, fetched while this one plays
    addEventListener("kiosk:hush", () => this.hush()); // one voice at a time
    addEventListener("pagehide", () => this.stop());
  }

  get running() {
    return Boolean(this.clock?.running);
  }

  get ended() {
    return Boolean(this.clock?.ended);
  }

  get phase() {
    return this.phases?.[this.clock.index];
  }

  get elapsed() {
    return this.clock.elapsed() / 1000;
  }

  // Begin with the first phase. With `sound`, cues are said as well as shown.
  play(phases, sound) {
    this.stop();
    this.phases = phases;
    this.sound = sound;
    this.face.$root.toggleAttribute("data-aloud", sound); // what is said here is said by the coach
    this.clock = new SessionClock(phases.map((phase) => phase.seconds));
    this.clock.start();
    this.enter();
    this.run();
    if (sound && !phases.some((phase) => phase.cues.some((cue) => cue.audio))) this.face.silent?.();
  }

  pause() {
    this.clock.pause();
    this.audio.pause();
    cancelAnimationFrame(this.frame);
  }

  resume() {
    this.clock.start();
    if (this.audio.getAttribute("src") && !this.audio.ended) this.audio.play().catch(() => {});
    this.run();
  }

  // Stop for good; nothing goes on by itself afterwards.
  stop() {
    if (this.clock) this.clock.pause();
    this.hush();
    cancelAnimationFrame(this.frame);
  }

  // Go to the beginning of a phase, and go on from there.
  goTo(index) {
    this.hush();
    this.clock.goTo(index);
    this.clock.start();
    this.enter();
    this.run();
  }

  // The phase ends when somebody says so, and not by the clock.
  wait() {
    this.clock.seconds[this.clock.index] = Infinity;
  }

  hush() {
    this.audio.pause();
    this.audio.removeAttribute("src");
  }

  enter() {
    this.cue = 0;
    this.face.enter(this.phase);
  }

  run() {
    cancelAnimationFrame(this.frame);
    this.tick();
  }

  tick() {
    if (!this.running) return;
    if (this.clock.advance()) {
      if (this.ended) {
        this.clock.pause();
        return this.face.ended();
      }
      this.enter();
    }
    const { phase, elapsed } = this;
    while (phase.cues[this.cue]?.at <= elapsed) this.say(phase.cues[this.cue++]);
    this.face.count(Math.max(phase.seconds - elapsed, 0), phase);
    this.tell();
    this.frame = requestAnimationFrame(() => this.tick());
  }

  // Somebody is exercising, and not idle; of a phase without an end that cannot be known.
  tell(now = performance.now()) {
    if (now - (this.told ?? -Infinity) < ACTIVITY_MS) return;
    if (this.clock.seconds[this.clock.index] === Infinity) return;
    this.told = now;
    dispatchEvent(new CustomEvent("kiosk:activity"));
  }

  say(cue) {
    this.face.said?.(cue);
    if (!this.sound || !soundIsOn() || !cue.audio) return; // a headset that went took the sound along
    if (cue.count && isUttering()) return; // who asks for something is not counted over
    hush();
    noted({ text: cue.text, kind: "coach" }).started = performance.now();
    this.audio.src = cue.audio;
    // A count keeps to its second, however slow the voice.
    const rate = Number(document.documentElement.dataset.rate);
    this.audio.playbackRate = cue.count ? Math.max(rate, 1) : rate;
    this.audio.play().catch(() => {});
    const next = this.phase?.cues[this.cue] ?? this.phases?.[this.clock.index + 1]?.cues[0];
    if (next?.audio) this.ahead.src = next.audio;
  }
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
