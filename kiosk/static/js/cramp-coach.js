// Coaches a visitor through a cramp: the same coach as a guided session, one step a screen. The
// tile or "Next step" was the tap: the figure moves at once and the hold is counted. The words of
// a step are said by the page's own player, and only if sound was asked for (A11Y-41, WCAG 1.4.2).

import { Coach, fill } from "./coach.js";
import { CountRing } from "./count-ring.js";
import { MovingFigure } from "./moving-figure.js";
import { soundIsOn } from "./sound.js";
import { speaks } from "./speak-mode.js";
import { viewOfPage } from "./view.js";

const MOVE_S = 2.5;
const MOST_S = 600; // kiosk/session.py: MOST_HOLD_S

// A count that comes or goes moves what is below it: the focus must not slide under the bar.
function keepFocusInView() {
  if (document.activeElement.matches("main :focus-visible")) {
    document.activeElement.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
}

export class CrampCoach {
  constructor($root) {
    this.$root = $root;
    this.steps = [...$root.querySelectorAll("[data-step]")].map(asStep);
    this.coach = new Coach(this);
    this.held = 0; // seconds held before the present step
    this.steps[0].moving?.moveTo(Infinity, MOVE_S); // the first move waits for nothing
    this.look();
    addEventListener("kiosk:speaking", () => this.voiceSpeaks());
    addEventListener("kiosk:reads-on", (event) => this.voiceReadsOn(event));
    $root.addEventListener("click", ({ target }) => {
      if (target.closest("[data-hold]")) this.press();
      const $link = target.closest('a[href^="#"]');
      const step = $link && this.steps.find(({ $step, phases }) => phases && $link.hash === `#${$step.id}`);
      if (step) this.begin(step, soundIsOn());
    });
  }

  async look() {
    try {
      const answer = await fetch(this.$root.dataset.plan);
      if (!answer.ok) throw new Error(String(answer.status));
      const plan = await answer.json();
      for (const [number, { phases }] of plan.steps.entries()) this.steps[number].phases = phases;
    } catch {
      // Without its plan the page is what it is without JavaScript.
      return;
    }
    addEventListener("scroll", () => this.inHand(), { passive: true });
    const asked = this.steps.find(({ $step }) => `#${$step.id}` === location.hash);
    this.begin(asked ?? this.steps[0], soundIsOn());
  }

  // The step that crosses a line a third down the page's part of the screen is the one in hand.
  inHand() {
    const { top, height } = viewOfPage();
    const line = top + height / 3;
    const step = this.steps.find(({ $step }) => {
      const box = $step.getBoundingClientRect();
      return box.top <= line && box.bottom > line;
    });
    if (step) this.begin(step);
  }

  // A step comes into hand. It is read aloud when it was asked for with the sound on; who only
  // scrolls to it can touch Listen.
  begin(step, aloud = false) {
    if (step === this.step) return;
    this.leave();
    this.step = step;
    const first = step === this.steps[0];
    if (first) this.held = 0;
    const $from = first ? this.$root : step.$step; // the first step's words begin with when to stop
    $from.dataset.readFrom = "";
    this.coach.play(step.phases, soundIsOn());
    keepFocusInView();
    // Who goes through the words by ear begins the count when the place is taken, and not before.
    if (!aloud && speaks()) this.coach.wait();
    if (!aloud) return;
    this.coach.wait();
    dispatchEvent(new CustomEvent("kiosk:read", { detail: $from }));
  }

  leave() {
    if (!this.step) return;
    this.held += this.heldHere;
    this.coach.stop();
    this.step.moving?.reset();
    if (this.step.$hold) this.step.$hold.hidden = true;
    for (const $from of document.querySelectorAll("[data-read-from]")) delete $from.dataset.readFrom;
  }

  // Seconds held in this step.
  get heldHere() {
    const { phases, clock } = this.coach;
    const whole = phases.slice(0, clock.index).filter(isHold);
    const part = this.coach.phase && isHold(this.coach.phase) ? this.coach.elapsed : 0;
    return whole.reduce((sum, { seconds }) => sum + seconds, part);
  }

  // What the coach shows

  enter(phase) {
    const { $hold, $words, $held, ring, moving } = this.step;
    if (phase.kind === "words") {
      // In a held step it can be stopped, so it goes on while the words are read (WCAG 2.2.2).
      if ($hold) moving?.cycle(2, 8 * MOVE_S);
      else moving?.moveTo(Infinity, MOVE_S);
    } else moving?.moveTo(Infinity, MOVE_S);
    if (!$hold) return;
    $hold.hidden = false;
    $hold.dataset.kind = phase.kind;
    $words.textContent = phase.shown;
    $held.textContent = "";
    ring.show(0, 0);
    this.label();
    keepFocusInView();
  }

  count(left, phase) {
    if (!isHold(phase)) return;
    const held = this.held + this.heldHere;
    this.step.ring.show(left, phase.count);
    this.step.$held.textContent = fill(this.$root.dataset.held, { time: minutes(held) });
    const last = this.coach.phases.length - 1;
    if (held >= MOST_S && this.coach.phases[last].kind === "too-long") this.coach.goTo(last);
  }

  ended() {
    this.label();
  }

  label() {
    const { pause, goOn } = this.$root.dataset;
    const { $hold, $state } = this.step;
    const holding = $hold.dataset.kind === "hold";
    $state.textContent = holding ? (this.coach.running ? pause : goOn) : "";
  }

  // What the visitor does

  press() {
    const { coach, step } = this;
    if (coach.ended || coach.phase.kind === "words") {
      dispatchEvent(new CustomEvent("kiosk:hush")); // one voice at a time
      coach.sound = soundIsOn();
      coach.goTo(1);
    } else if (coach.running) {
      coach.pause();
      step.moving?.pause();
    } else {
      coach.resume();
      step.moving?.resume();
    }
    this.label();
  }

  // What the page's voice does

  voiceSpeaks() {
    if (!this.step) return;
    if (this.coach.ended || this.coach.phase.kind !== "words") this.coach.goTo(0);
    this.coach.wait();
  }

  voiceReadsOn(event) {
    const [from, to] = [event.detail.from, event.detail.to].map((id) => this.stepOf(id));
    if (!from || from === to || from === this.steps.at(-1)) return;
    event.preventDefault();
    if (from !== this.step) return;
    this.coach.sound = soundIsOn();
    if (from.phases.length > 1) this.coach.goTo(1);
    else this.coach.stop();
  }

  stepOf(id) {
    const $element = document.getElementById(id);
    return this.steps.find(({ $step }) => $element && $step.contains($element));
  }
}

function asStep($step) {
  const part = (name) => $step.querySelector(`[data-${name}]`);
  const $figure = part("figure");
  return {
    $step,
    $hold: part("hold"),
    $words: part("words"),
    $held: part("held"),
    $state: part("state"),
    ring: part("ring") && new CountRing(part("ring")),
    moving: $figure && MovingFigure.on($figure),
  };
}

function isHold({ kind }) {
  return kind === "hold";
}

function minutes(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
