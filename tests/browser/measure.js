// Measures a page as a hand and an eye would: which words are cut off, which controls are awkward.
// Put into each page before the page's own scripts.

const SLACK = 1; // CSS px: boxes are fractions of pixels
const CONTROLS = "a:not(.k-term), button, label, summary, select, audio, input:not([type=hidden])";

const name = ($element) => ($element.textContent.trim() || $element.tagName).slice(0, 40);

// A control inside a label is touched by its label.
function controls() {
  // Behind an open dialog nothing can be pressed.
  const $held = document.querySelector("dialog:modal") ?? document;
  return [...$held.querySelectorAll(CONTROLS)].filter(($control) => {
    const apart = $control.closest("dialog:not([open])") || $control.matches(".k-skip");
    const labelled = $control.matches("input, select") && $control.closest("label");
    return !apart && !labelled && $control.checkVisibility({ visibilityProperty: true });
  });
}

// What a control moves with: the page, the dock, or a player that is scrolled within the dock.
function lane($control) {
  const $player = $control.closest(".k-player");
  if ($player && $player.scrollHeight > $player.clientHeight + SLACK) return $player;
  return $control.closest(".k-dock");
}

function between(one, other) {
  const across = Math.max(one.left - other.right, other.left - one.right, 0);
  const down = Math.max(one.top - other.bottom, other.top - one.bottom, 0);
  return Math.hypot(across, down);
}

// How high the capitals of a text are, in CSS px: measured, because a font's ratio is its own.
const pen = document.createElement("canvas").getContext("2d");
function capitals($holder) {
  const { fontFamily, fontWeight, fontSize } = getComputedStyle($holder);
  pen.font = `${fontWeight} 1000px ${fontFamily}`;
  return (pen.measureText("H").actualBoundingBoxAscent / 1000) * parseFloat(fontSize);
}

window.measure = {
  // Words whose capitals are lower than `least` mm of the panel, each with its height.
  lowCapitals(least) {
    const mm = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--mm"));
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const $holder = walker.currentNode.parentElement;
      const words = walker.currentNode.data.trim();
      if (!words || $holder.closest("noscript, svg title, script, option")) continue;
      const height = capitals($holder) / mm;
      if (height < least) found.push(`“${words.slice(0, 40)}”: ${height.toFixed(2)} mm`);
    }
    return found;
  },

  // The most letters that any line of running text holds.
  longestLine() {
    let most = { letters: 0, words: "" };
    for (const $text of document.querySelectorAll("main p, main li")) {
      const rows = new Map();
      const walker = document.createTreeWalker($text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode;
        const $holder = text.parentElement;
        if ($holder.closest("button, .k-button, .k-stop") || $holder.clientWidth === 1) continue;
        for (let at = 0; at < text.data.length; at++) {
          const range = new Range();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          const box = range.getClientRects()[0];
          if (!box) continue;
          const row = Math.round((box.top + box.bottom) / 8);
          rows.set(row, (rows.get(row) ?? "") + text.data[at]);
        }
      }
      for (const row of rows.values()) {
        const words = row.replace(/\s+/g, " ").trim();
        if (words.length > most.letters) most = { letters: words.length, words };
      }
    }
    return most;
  },

  // Words that reach beyond the screen's sides or out of the control they stand in.
  cutOff() {
    const found = [];
    const wide = document.documentElement.clientWidth;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const $holder = walker.currentNode.parentElement;
      const apart = $holder.closest(".k-skip, noscript, dialog:not([open])");
      if (apart || !walker.currentNode.data.trim()) continue;
      if (!$holder.checkVisibility({ visibilityProperty: true })) continue;
      if ($holder.clientWidth === 1) continue; // only for screen readers
      const range = new Range();
      range.selectNodeContents(walker.currentNode);
      if (!range.getClientRects().length) continue; // inside a closed <details>
      const text = range.getBoundingClientRect();
      // The font's own rows are taller than its letters, which fill about one em of them.
      const [row] = range.getClientRects();
      const spare = (row.height - parseFloat(getComputedStyle($holder).fontSize)) / 2 + SLACK;
      const $control = $holder.closest("a, button, label, summary, .k-card__title");
      const room = $control?.getBoundingClientRect();
      const out =
        text.left < -SLACK || text.right > wide + SLACK ||
        (room && (text.left < room.left - SLACK || text.right > room.right + SLACK ||
          text.top < room.top - spare || text.bottom > room.bottom + spare));
      if (out) found.push(walker.currentNode.data.trim().slice(0, 40));
    }
    return found;
  },

  // Controls that are too small, too near to each other or too near to the edge of the panel.
  awkwardControls() {
    const probe = document.createElement("div");
    document.body.append(probe);
    const px = (token) => {
      probe.style.width = `var(${token})`;
      return probe.getBoundingClientRect().width;
    };
    const [target, gap, mm] = ["--target", "--gap", "--mm"].map(px);
    probe.remove();
    const panel = target > 44 + SLACK;
    const found = [];
    const boxes = controls().map(($control) => ({ $control, box: $control.getBoundingClientRect() }));
    boxes.forEach(({ $control, box }, index) => {
      if (Math.min(box.width, box.height) < target - SLACK) {
        found.push(`“${name($control)}” is ${box.width.toFixed()} by ${box.height.toFixed()} px`);
      }
      const still = $control.closest(".k-dock"); // what scrolls comes from beyond the edge
      const edge = Math.min(
        box.left, document.documentElement.clientWidth - box.right,
        still ? innerHeight - box.bottom : Infinity,
        scrollY === 0 && !still ? box.top : Infinity,
      );
      if (panel && edge < 5 * mm - SLACK) {
        found.push(`“${name($control)}” is ${(edge / mm).toFixed(1)} mm from the edge`);
      }
      // What scrolls passes under the bar, so only what moves together is compared.
      for (const other of boxes.slice(index + 1)) {
        const together = lane($control) === lane(other.$control);
        const room = between(box, other.box);
        if (together && room < gap - SLACK) {
          found.push(`“${name($control)}” and “${name(other.$control)}” are ${room.toFixed()} px apart`);
        }
      }
    });
    return found;
  },
};
