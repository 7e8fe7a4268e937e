// Moves a drawn figure from one of its poses to another, by Web Animations.
// The drawing carries the place of each part in every frame; a frame is `[x, y, turn, stretch]`.
// Where motion is reduced there is no moving figure: its poses stand side by side.

import { motionIsReduced } from "./motion.js";

export class MovingFigure {
  constructor($svg) {
    this.frames = JSON.parse($svg.dataset.frames ?? "{}");
    this.stops = ($svg.dataset.stops ?? "0").split(",").map(Number);
    this.parts = Object.keys(this.frames).map((part) => [
      [...$svg.querySelectorAll(`[data-part="${part}"]`)],
      this.frames[part].map(toTransform),
    ]);
    this.stop = 0;
    this.animations = [];
  }

  // The moving figure of a holder, shown in place of the still one; null if nothing is to move.
  static on($holder) {
    const $svg = $holder.querySelector("[data-frames]");
    if (!$svg || motionIsReduced()) return null;
    $holder.querySelector("[data-still]").hidden = true;
    $holder.querySelector("[data-moving]").hidden = false;
    return new MovingFigure($svg);
  }

  // Move to stop number `stop` (0 is the first pose) in `seconds`.
  moveTo(stop, seconds) {
    const target = Math.min(Math.max(stop, 0), this.stops.length - 1);
    const [from, to] = [this.stops[this.stop], this.stops[target]];
    this.stop = target;
    this.play(from, to, { duration: seconds * 1000 });
  }

  // Go through all poses and back, `times` over, in `seconds` together.
  cycle(times, seconds) {
    this.stop = 0;
    const options = { iterations: times * 2, direction: "alternate", duration: (seconds * 500) / times };
    this.play(0, this.stops.at(-1), options);
  }

  play(from, to, options) {
    const timing = { fill: "both", easing: "ease-in-out", ...options };
    this.halt();
    for (const [$parts, transforms] of this.parts) {
      const path = from <= to ? transforms.slice(from, to + 1) : transforms.slice(to, from + 1).reverse();
      const keyframes = path.length > 1 ? path : [path[0], path[0]];
      for (const $part of $parts) this.animations.push($part.animate({ transform: keyframes }, timing));
    }
  }

  pause() {
    for (const animation of this.animations) if (animation.playState === "running") animation.pause();
  }

  resume() {
    for (const animation of this.animations) if (animation.playState === "paused") animation.play();
  }

  // Back to the first pose, still.
  reset() {
    this.halt();
    this.stop = 0;
  }

  halt() {
    for (const animation of this.animations) animation.cancel();
    this.animations = [];
  }
}

function toTransform([x, y, turn, stretch = 1]) {
  const size = stretch === 1 ? "" : ` scale(${stretch}, 1)`;
  return `translate(${x}px, ${y}px) rotate(${turn}deg)${size}`;
}
