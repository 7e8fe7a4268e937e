// Sees a page as an eye would: which words lie on other words, and where words stand on the screen.
// Put into each page before the page's own scripts.

const TOUCH = 2; // CSS px by which two boxes may run into each other: rounding

// What words move with: the page, the dock, or a player that is scrolled within the dock.
function lane($holder) {
  const $player = $holder.closest(".k-player");
  if ($player && $player.scrollHeight > $player.clientHeight + TOUCH) return $player;
  return $holder.closest(".k-dock");
}

// Every line of every text that is shown: its words and its box, as tall as its letters.
function lines() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const $holder = walker.currentNode.parentElement;
    if (!/[\p{L}\p{N}]/u.test(walker.currentNode.data) || $holder.closest("noscript, .k-skip, svg")) continue;
    const open = document.querySelector("dialog[open]");
    if (open && !open.contains($holder)) continue;
    if (!$holder.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if ($holder.clientWidth === 1) continue; // only for screen readers
    const em = parseFloat(getComputedStyle($holder).fontSize);
    const range = new Range();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      const spare = Math.max(0, (box.height - em) / 2);
      found.push({
        $holder,
        words: walker.currentNode.data.trim().slice(0, 40),
        high: box.top, low: box.bottom,
        left: box.left, right: box.right, top: box.top + spare, bottom: box.bottom - spare,
      });
    }
  }
  return found;
}

function touches(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

window.see = {
  // Pairs of words that lie on each other. What scrolls passes under the dock, so each is compared
  // with what moves together with it.
  overlaps() {
    const found = [];
    const all = lines();
    all.forEach((one, index) => {
      for (const other of all.slice(index + 1)) {
        if (lane(one.$holder) !== lane(other.$holder)) continue;
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > TOUCH && down > TOUCH) found.push(`“${one.words}” and “${other.words}”`);
      }
    });
    return found;
  },

  // The lines that are wholly on the screen with nothing above them: their words and boxes.
  linesInView() {
    // A notice lets fingers through, so no point of the screen tells of it.
    const $notices = [...document.querySelectorAll(".k-notice")].filter(($one) => $one.checkVisibility());
    return lines().filter(({ $holder, left, right, top, bottom, high, low }) => {
      if (left < 0 || high < 0 || right > innerWidth || low > innerHeight) return false;
      if ($holder.closest("[aria-disabled=true]")) return false; // WCAG 1.4.3: not in use
      if ($notices.some(($one) => $one.contains($holder))) return true;
      if ($notices.some(($one) => touches($one.getBoundingClientRect(), { left, right, top: high, bottom: low }))) return false;
      return [top + 1, (top + bottom) / 2, bottom - 1].every((height) => {
        const $seen = document.elementFromPoint((left + right) / 2, height);
        if (!$seen || $seen.matches("html, body")) return false; // the cover of low reach is theirs
        return $seen.contains($holder) || $holder.contains($seen);
      });
    }).map(({ words, left, right, top, bottom }) => ({ words, left, right, top, bottom }));
  },
};
