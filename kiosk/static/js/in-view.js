// Brings what is being said into view, with a little of what comes next below it.

import { motionIsReduced } from "./motion.js";
import { viewOfPage } from "./view.js";

const MARGIN = 24; // CSS px of company above and below, so that the next line is seen coming
const PLACE = 1 / 3; // of the view: where the line comes to stand, with more below it than above

export function keepInView($element) {
  const box = $element.getBoundingClientRect();
  const { top, bottom, height } = viewOfPage();
  if (box.top > top + MARGIN && box.bottom < bottom - MARGIN) return;
  const place = Math.max(Math.min(height * PLACE, height - box.height - MARGIN), 0);
  const behavior = motionIsReduced() ? "instant" : "smooth";
  scrollBy({ top: box.top - top - place, behavior });
}
