// Everything on the screen that can be read or acted on, in reading order: each text block, figure
// and control once. Where nothing is decoration, no word is left out: every text that is shown
// belongs to one of these.

export const CONTROL = "a[href], a[role=link], button, summary, select, textarea, input:not([type=hidden])";
const FIGURE = "svg[role=img], img";
const BLOCK =
  "h1, h2, h3, h4, p, li, legend, caption, th, td, dt, dd, figcaption, div, section, article, fieldset, nav, footer, main, dialog, body";
const SILENT = "[aria-hidden=true], [hidden], noscript, script, audio, .k-skip, .k-notice, svg:not([role=img])";
const WORDS = /[\p{L}\p{N}]/u;

// The dialog over the page, or the page.
export function screenNow() {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
}

export function readables($within = screenNow()) {
  const found = new Set();
  collect($within, found);
  return [...found];
}

// The readable at or around an element; null for what is none.
export function readableAt($element) {
  const inside = new Set(readables());
  for (let $one = $element; $one; $one = $one.parentElement) {
    const $item = $one.matches("label") && $one.control ? $one.control : $one;
    if (inside.has($item)) return $item;
  }
  return null;
}

// The words that belong to an element itself, as they are shown.
export function textOf($element) {
  const words = [];
  const walk = ($node) => {
    for (const $child of $node.childNodes) {
      if ($child.nodeType === Node.TEXT_NODE) {
        if ($element.matches(CONTROL) || ownerOf($child) === $element) words.push($child.data);
      } else if ($child.nodeType === Node.ELEMENT_NODE && isShown($child)) {
        if (!$child.matches(CONTROL) || isInline($child)) walk($child);
      }
    }
  };
  walk($element);
  return words.join("").replace(/\s+/g, " ").trim();
}

// Give the focus to any readable. Text can have it only here, so that Tab keeps to the controls.
export function makeFocusable($item) {
  const cannot = $item.tabIndex < 0 || $item.matches("a:not([href])");
  if (cannot && !$item.hasAttribute("tabindex")) $item.setAttribute("tabindex", "-1");
  return $item;
}

export function isControl($item) {
  return $item.matches(CONTROL);
}

function collect($node, found) {
  for (const $child of $node.childNodes) {
    if ($child.nodeType === Node.TEXT_NODE) {
      if (WORDS.test($child.data)) found.add(ownerOf($child));
    } else if ($child.nodeType === Node.ELEMENT_NODE && isShown($child)) collectFrom($child, found);
  }
}

function collectFrom($child, found) {
  if (isInline($child)) found.add($child.closest(BLOCK)); // the sentence, then the word in it
  if ($child.matches(CONTROL)) found.add($child);
  else if ($child.matches("label") && $child.control) found.add($child.control);
  else if ($child.matches(FIGURE)) {
    if ($child.matches("svg") || $child.alt) found.add($child);
  } else collect($child, found);
}

function ownerOf($text) {
  return $text.parentElement.closest(BLOCK);
}

// A word inside a sentence that leads to its meaning.
function isInline($element) {
  return $element.matches("a.k-term");
}

function isShown($element) {
  if ($element.matches(SILENT)) return false;
  if ($element.matches("dialog") && !$element.matches(":modal")) return false;
  // Without a box of its own, its children have theirs.
  return $element.checkVisibility({ visibilityProperty: true }) || getComputedStyle($element).display === "contents";
}
