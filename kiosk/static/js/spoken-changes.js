// Says what changes by itself: a status after what is being said, an alert at once (A11Y-69).

import { idOf, nameOf } from "./accessible-name.js";
import { readables } from "./readables.js";
import { speaks } from "./speak-mode.js";
import { isReading, utter } from "./voice.js";

const REGION = "[role=status], [role=alert], [aria-live]";
// Said by those who write there: the end of a walk; what a coach says in its own time.
const ELSEWHERE = ".k-notice, [data-aloud], .k-ring";
const READER = "[data-player], .k-print"; // what the page's own reading says
const SETTLED_MS = 60;

export class SpokenChanges {
  constructor() {
    this.told = new WeakMap(); // regions, and what was last said of each
    this.changed = new Set();
    const observer = new MutationObserver((changes) => this.note(changes));
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  }

  note(changes) {
    if (!speaks()) return;
    for (const { target } of changes) {
      const $element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
      const $region = $element?.closest(REGION);
      if ($region && !$region.closest(ELSEWHERE)) this.changed.add($region);
    }
    if (!this.changed.size) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(), SETTLED_MS);
  }

  say() {
    for (const $region of this.changed) {
      const words = regionWords($region);
      const whole = words.join(" ");
      const before = this.told.get($region);
      this.told.set($region, whole);
      if (!whole || whole === before || (isReading() && $region.closest(READER))) continue;
      const queued = !$region.matches("[role=alert]");
      utter(words.map((one) => `t:${one}`), { ids: [idOf($region)], queued, about: $region, kind: "status" });
    }
    this.changed.clear();
  }

  // Said with the page already.
  known($region) {
    this.told.set($region, regionWords($region).join(" "));
  }
}

// What a region says now, block by block.
export function regionWords($region) {
  if (!$region.isConnected || !$region.checkVisibility()) return [];
  const words = readables($region).map(($one) => nameOf($one));
  return words.length ? words.filter(Boolean) : [];
}
