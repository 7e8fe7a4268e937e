// Louder and quieter in 12 steps, by keys: heard at once, said in a word, shown as a number (A11Y-09).

import { speaks } from "./speak-mode.js";
import { tellServer } from "./tell-server.js";
import { interject } from "./voice.js";

const LEAST = 1; // a key never makes it silent (EN 301 549, 5.1.3.12)
const page = document.documentElement;

export class VolumeSteps {
  // `show(words)` puts words on the screen; `most` is the loudest step, `words` names a step.
  constructor({ loudest, most }, show) {
    this.loudest = Number(loudest);
    this.words = most;
    this.show = show;
  }

  step(act) {
    const now = Number(page.dataset.volume) + (act === "louder" ? 1 : -1);
    const volume = Math.min(Math.max(now, LEAST), this.loudest);
    page.dataset.volume = volume;
    dispatchEvent(new CustomEvent("kiosk:volume"));
    tellServer("volume", String(volume));
    this.show(this.words.replace("{n}", volume));
    const end = { [LEAST]: "quietest", [this.loudest]: "loudest" }[volume];
    if (speaks()) interject([`p:speak-${end ?? act}`]);
  }
}
