// Coaches a visitor through exercises: the figure moves, the words are shown and said, the ring
// counts. What happens when is in the phases the server sends; here they are only played.

import { MovingFigure } from "./moving-figure.js";
import { SessionClock } from "./session-clock.js";

const LOUDEST = 12;
const MOVE_S = 2.5; // a movement is slow enough to follow

export class GuidedSession {
  constructor($root) {
    this.$root = $root;
    for (const name of ["before", "stage", "start", "words", "count", "ring", "repeat"]) {
      this[`$${name}`] = $root.querySelector(`[data-${name}]`);
    }
    this.$place = $root.querySelector("[data-place-now]");
    this.$left = $root.querySelector("[data-ring-left]");
    this.$toggle = $root.querySelector('[data-act="toggle"]');
    this.audio = new Audio();
    this.audio.volume = Number(document.documentElement.dataset.volume) / LOUDEST;
    this.$start.hidden = false;
    $root.addEventListener("click", (event) => this.press(event));
    addEventListener("pagehide", () => this.stop());
  }

  press(event) {
    const $button = event.target.closest("button");
    if (!$button) return;
    if ($button.dataset.begin) this.begin($button.dataset.begin === "sound");
    else if ($button.dataset.act) this[$button.dataset.act]();
  }

  async begin(sound) {
    this.sound = sound;
    if (!this.plan) {
      const answer = await fetch(this.$root.dataset.session);
      this.plan = await answer.json();
    }
    this.phases = this.plan.exercises.flatMap((exercise, number) =>
      exercise.phases.map((phase) => ({ ...phase, exercise, number })),
    );
    // Who has the voice is told first when to stop; who has not has just read it.
    if (sound) this.phases.unshift({ ...this.plan.warning, exercise: this.plan.exercises[0], number: 0 });
    this.figures = new Map();
    for (const $figure of this.$root.querySelectorAll("[data-figure]")) {
      this.figures.set($figure.dataset.figure, { $figure, moving: MovingFigure.on($figure) });
    }
    this.clock = new SessionClock(this.phases.map((phase) => phase.seconds));
    this.$before.hidden = true;
    this.$stage.hidden = false;
    this.$root.scrollIntoView({ block: "start", behavior: "instant" });
    this.$toggle.focus({ preventScroll: true });
    this.clock.start();
    this.enter();
    this.label();
    this.tick();
  }

  // Show a phase from its beginning.
  enter() {
    const phase = this.phases[this.clock.index];
    this.cue = 0;
    this.$words.textContent = phase.shown;
    this.$words.classList.toggle("k-stage__words--long", phase.kind === "warning");
    this.$place.textContent = fill(this.$root.dataset.place, {
      number: phase.number + 1,
      total: this.plan.exercises.length,
      name: phase.exercise.name,
    });
    const repeats = phase.kind === "hold" || phase.kind === "rest" ? phase.exercise.repeats : 0;
    this.$repeat.textContent = repeats > 1 ? fill(this.$root.dataset.time, { repeat: phase.repeat, repeats }) : "";
    this.$ring.hidden = !phase.counts;
    for (const [id, { $figure }] of this.figures) $figure.hidden = id !== phase.exercise.id;
    const moving = this.figures.get(phase.exercise.id)?.moving;
    if (phase.kind === "keep-moving") moving?.cycle(phase.exercise.repeats, phase.seconds);
    else moving?.moveTo(phase.exercise.poses.indexOf(phase.to), Math.min(phase.seconds, MOVE_S));
  }

  tick() {
    if (!this.clock?.running) return;
    if (this.clock.advance()) {
      if (this.clock.ended) return this.finish();
      this.enter();
    }
    const phase = this.phases[this.clock.index];
    const seconds = this.clock.elapsed() / 1000;
    while (this.cue < phase.cues.length && phase.cues[this.cue].at <= seconds) this.say(phase.cues[this.cue++]);
    const left = Math.max(phase.seconds - seconds, 0);
    this.$count.textContent = String(Math.ceil(left));
    this.$left.setAttribute("stroke-dashoffset", String(1 - left / phase.seconds));
    dispatchEvent(new CustomEvent("kiosk:speaking")); // somebody is exercising: not idle
    requestAnimationFrame(() => this.tick());
  }

  say({ audio }) {
    if (!this.sound || !audio) return;
    this.audio.src = audio;
    this.audio.play().catch(() => {});
  }

  toggle() {
    if (this.clock.ended) return this.begin(this.sound);
    const moving = this.figures.get(this.phases[this.clock.index].exercise.id)?.moving;
    if (this.clock.running) {
      this.clock.pause();
      this.audio.pause();
      moving?.pause();
    } else {
      this.clock.start();
      if (this.sound && this.audio.src && !this.audio.ended) this.audio.play().catch(() => {});
      moving?.resume();
      this.tick();
    }
    this.label();
  }

  back() {
    this.jump(this.clock.elapsed() > 2000 ? 0 : -1);
  }

  skip() {
    this.jump(1);
  }

  jump(step) {
    this.audio.pause();
    const going = this.clock.running;
    this.clock.goTo(Math.min(this.clock.index, this.phases.length - 1) + step);
    this.enter();
    if (!going) this.toggle();
  }

  stop() {
    this.clock?.pause();
    this.audio.pause();
    for (const { moving } of this.figures?.values() ?? []) moving?.reset();
    this.$stage.hidden = true;
    this.$before.hidden = false;
  }

  finish() {
    this.clock.started = null;
    this.$ring.hidden = true;
    this.$repeat.textContent = "";
    this.$words.textContent = this.plan.done.text;
    this.say(this.plan.done);
    this.label();
  }

  label() {
    const { pause, goOn } = this.$toggle.dataset;
    this.$toggle.textContent = this.clock.running ? pause : goOn;
  }
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
