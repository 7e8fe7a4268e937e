// Coaches a visitor through exercises: the figure moves, the words are shown and said, the ring
// counts. The coach plays the phases; here they get their look and their controls.

import { Coach, fill } from "./coach.js";
import { CountRing } from "./count-ring.js";
import { MovingFigure } from "./moving-figure.js";
import { askForSound, turnSound } from "./sound.js";

const MOVE_S = 2.5; // a movement is slow enough to follow
const BEGUN_S = 2; // sooner than this, Back means the step before

export class GuidedSession {
  constructor($root) {
    this.$root = $root;
    for (const name of ["before", "stage", "start", "words", "also", "repeat", "fault"]) {
      this[`$${name}`] = $root.querySelector(`[data-${name}]`);
    }
    this.$place = $root.querySelector("[data-place-now]");
    this.$toggle = $root.querySelector('[data-act="toggle"]');
    this.$moves = $root.querySelectorAll('[data-act="back"], [data-act="skip"]');
    this.ring = new CountRing($root.querySelector("[data-ring]"));
    this.coach = new Coach(this);
    this.$start.hidden = false;
    $root.addEventListener("click", (event) => this.press(event));
    addEventListener("pagehide", () => this.stop());
  }

  press(event) {
    const $button = event.target.closest("button");
    if (!$button) return;
    if ($button.dataset.begin) this.begin($button);
    else if ($button.dataset.act) this[$button.dataset.act]();
  }

  async begin($button) {
    if (this.beginning || ($button.dataset.begin === "sound" && !askForSound())) return;
    this.beginning = true;
    this.$begun = $button;
    this.$fault.textContent = "";
    try {
      this.plan ??= await fetchPlan(this.$root.dataset.session);
    } catch {
      this.$fault.textContent = this.$root.dataset.failed;
      return;
    } finally {
      this.beginning = false;
    }
    this.sound = $button.dataset.begin === "sound";
    turnSound(this.sound);
    this.phases = this.plan.exercises.flatMap((exercise, number) =>
      exercise.phases.map((phase) => ({ ...phase, exercise, number })),
    );
    // Who has the voice is told first when to stop; who has not has just read it.
    if (this.sound) this.phases.unshift({ ...this.plan.warning, exercise: this.plan.exercises[0], number: 0 });
    this.figures ??= new Map(
      [...this.$root.querySelectorAll("[data-figure]")].map(($figure) => [
        $figure.dataset.figure,
        { $figure, moving: MovingFigure.on($figure) },
      ]),
    );
    this.$before.hidden = true;
    this.$stage.hidden = false;
    this.restart();
    this.$root.scrollIntoView({ block: "start", behavior: "instant" });
    this.$toggle.focus({ preventScroll: true });
  }

  restart() {
    for (const { moving } of this.figures.values()) moving?.reset();
    for (const $button of this.$moves) $button.hidden = false;
    this.coach.play(this.phases, this.sound);
    this.label();
  }

  // What the coach shows

  enter(phase) {
    this.$stage.dataset.kind = phase.kind;
    // Warnings are several sentences: each in a line of its own, the one being said marked.
    const lines = phase.kind === "warning" ? phase.cues.map((cue) => cue.text) : [phase.shown];
    this.$words.replaceChildren(...lines.map(asLine));
    this.$also.textContent = "";
    this.$place.textContent = fill(this.$root.dataset.place, {
      number: phase.number + 1,
      total: this.plan.exercises.length,
      name: phase.exercise.name,
    });
    const repeats = phase.kind === "hold" || phase.kind === "rest" ? phase.exercise.repeats : 0;
    this.$repeat.textContent = repeats > 1 ? fill(this.$root.dataset.time, { repeat: phase.repeat, repeats }) : "";
    for (const [id, { $figure }] of this.figures) $figure.hidden = id !== phase.exercise.id;
    const moving = this.figures.get(phase.exercise.id)?.moving;
    if (phase.kind === "keep-moving") moving?.cycle(phase.exercise.repeats, phase.seconds);
    else moving?.moveTo(phase.exercise.poses.indexOf(phase.to), Math.min(phase.seconds, MOVE_S));
  }

  count(left, phase) {
    this.ring.show(left, phase.count);
  }

  // All that is said is shown: a word on the way ("Half way.") stands under the words.
  said({ text, count }) {
    const $line = [...this.$words.children].find(($one) => $one.textContent === text);
    for (const $one of this.$words.children) $one.classList.toggle("k-is-said", $one === $line);
    if (this.$words.children.length > 1) $line?.scrollIntoView({ block: "nearest", behavior: "instant" });
    if (!$line && !count) this.$also.textContent = text;
  }

  ended() {
    this.$stage.dataset.kind = "done";
    this.ring.hide();
    this.$repeat.textContent = this.$also.textContent = "";
    this.$words.replaceChildren(asLine(this.plan.done.text));
    for (const $button of this.$moves) $button.hidden = true;
    this.coach.say({ ...this.plan.done, count: false });
    this.label();
    // Counted, without whose it was; a kiosk that cannot count says so to staff, not here.
    const { session } = this.$root.dataset;
    fetch(session.replace("session.json", "done"), { method: "POST" }).catch(() => {});
  }

  silent() {
    this.$fault.textContent = this.$root.dataset.noVoice;
  }

  // What the visitor does

  toggle() {
    if (this.coach.ended) return this.restart();
    const moving = this.figures.get(this.coach.phase.exercise.id)?.moving;
    if (this.coach.running) {
      this.coach.pause();
      moving?.pause();
    } else {
      this.coach.resume();
      moving?.resume();
    }
    this.label();
  }

  back() {
    this.jump(this.coach.elapsed > BEGUN_S ? 0 : -1);
  }

  skip() {
    this.jump(1);
  }

  jump(step) {
    this.coach.goTo(this.coach.clock.index + step);
    this.label();
  }

  stop() {
    if (this.$stage.hidden) return;
    this.coach.stop();
    for (const { moving } of this.figures.values()) moving?.reset();
    this.$stage.hidden = true;
    this.$before.hidden = false;
    this.$begun.focus();
  }

  label() {
    const { pause, goOn, again } = this.$toggle.dataset;
    this.$toggle.textContent = this.coach.ended ? again : this.coach.running ? pause : goOn;
  }
}

async function fetchPlan(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function asLine(text) {
  const $line = document.createElement("span");
  $line.textContent = text;
  return $line;
}
