// The drawing of a step shows its movement once, when its step comes into view: the visitor has
// touched "I have a cramp now" or "Next step" for it. It stands still when motion is reduced.

import { MovingFigure } from "./moving-figure.js";

const MOVE_S = 2.5;
const WAIT_MS = 600;

export class StepFigure {
  constructor($root) {
    this.moving = MovingFigure.on($root);
    if (!this.moving) return;
    const eye = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(this.timer);
        if (entry.isIntersecting) this.timer = setTimeout(() => this.moving.moveTo(1, MOVE_S), WAIT_MS);
        else this.moving.reset();
      },
      { threshold: 0.6 },
    );
    eye.observe($root);
  }
}
