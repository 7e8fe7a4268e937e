// Moves through a screen by Up, Down, Select, Back and Help alone (A11Y-22, A11Y-23).
//
// While everything is spoken they go to everything that can be read, and F22 to the next part.
// Else Up and Down go to the control before and after, in reading order, and do not wrap. Where the next
// one is far off they scroll towards it first, so the words on the way are read and nobody who
// scrolls by arrows is torn away; without any control in reach they only scroll, as ever.

import { KEYS, rememberKeys } from "./key-map.js";
import { makeFocusable, readables } from "./readables.js";
import { phrase, sayAside, tone } from "./say.js";
import { speaks } from "./speak-mode.js";
import { viewOfPage } from "./view.js";

const ITEMS = "a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']";
const STEP = 0.8; // of the room, when only scrolling
const NEAR = 0.5; // of the room: this far off, a control is gone to at once
const SLACK_PX = 8;

export class KeyWalk {
  constructor($root) {
    this.$notice = $root;
    addEventListener("keydown", (event) => this.heed(event));
    addEventListener("focusout", () => this.tell(""));
  }

  heed(event) {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const act = event.code === "Tab" ? "tab" : KEYS[event.code];
    if (!act) return;
    rememberKeys();
    this[act]?.(event);
  }

  get $dialog() {
    return [...document.querySelectorAll("dialog:modal")].at(-1);
  }

  get items() {
    const found = (this.$dialog ?? document).querySelectorAll(ITEMS);
    return [...found].filter(
      ($item) => !$item.disabled && !$item.matches(".k-skip") && $item.checkVisibility({ visibilityProperty: true }),
    );
  }

  previous(event) {
    this.walk(-1, event);
  }

  next(event) {
    this.walk(1, event);
  }

  walk(direction, event) {
    if (document.activeElement.matches("select, textarea")) return; // arrows are theirs
    event.preventDefault();
    if (speaks()) return this.walkEverything(direction);
    const items = this.items;
    const $item = this.itemAfter(items, direction);
    if (!this.$dialog && this.scrollsTowards($item, direction)) return;
    if ($item) goTo($item);
    else this.end(direction);
  }

  // Every text, figure and control, one after the other: who cannot see passes none by.
  walkEverything(direction) {
    const items = readables();
    const here = items.indexOf(document.activeElement);
    this.place = here < 0 ? Math.min(this.place ?? (direction > 0 ? -1 : items.length), items.length) : here;
    const $item = items[this.place + direction];
    if ($item) goTo($item);
    else this.end(direction);
  }

  // The next heading; after the last one, the controls below.
  onward(event) {
    if (!speaks()) return;
    event.preventDefault();
    const items = readables();
    const later = items.slice(items.indexOf(document.activeElement) + 1);
    const $dock = items.find(($item) => $item.closest(".k-dock"));
    const $item = later.find(($one) => $one === $dock || $one.matches("h1, h2, h3, legend"));
    if ($item) goTo($item);
    else this.end(1);
  }

  // The control to go to. Who has scrolled on since goes on from what is in view.
  itemAfter(items, direction) {
    const here = items.indexOf(document.activeElement);
    const ahead = here < 0 ? items : direction > 0 ? items.slice(here + 1) : items.slice(0, here);
    const { top, bottom } = room();
    const passed = ($item) => {
      if (isFixed($item)) return here < 0 && direction < 0;
      const box = $item.getBoundingClientRect();
      return direction > 0 ? box.bottom <= top : box.top >= bottom;
    };
    return direction > 0 ? ahead.find(($item) => !passed($item)) : ahead.findLast(($item) => !passed($item));
  }

  // Words lie between here and the control: go on by part of a screen, until it is near.
  scrollsTowards($item, direction) {
    // Among the controls of the dock nothing is left to read, whatever the page's place.
    if (isFixed(document.activeElement) && (direction > 0 || isFixed($item))) return false;
    const { top, bottom, $scroller } = room();
    const height = bottom - top;
    if ($item && !isFixed($item)) {
      const box = $item.getBoundingClientRect();
      const far = direction > 0 ? box.top - bottom : top - box.bottom;
      if (far < height * NEAR) return false;
    }
    const { scrollTop, scrollHeight, clientHeight } = $scroller;
    const left = direction > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop;
    if (left < SLACK_PX) return false;
    $scroller.scrollBy({ top: direction * height * STEP, behavior: "instant" });
    return true;
  }

  // Enter does the right thing by itself on all but these; a keypad's key does nothing by itself.
  select(event) {
    const $item = document.activeElement;
    if (!$item.matches("input[type=radio], input[type=checkbox]") && event.code.endsWith("Enter")) return;
    event.preventDefault();
    if ($item.matches(ITEMS)) $item.click();
  }

  back(event) {
    const $dialog = this.$dialog;
    if (event.code === "Escape" && ($dialog || document.querySelector(":popover-open"))) return; // closes it
    event.preventDefault();
    if ($dialog) $dialog.requestClose();
    else document.querySelector(".k-bar [data-module='back-link']")?.click();
  }

  help(event) {
    event.preventDefault();
    if (!this.$dialog) document.querySelector(".k-bar a[href='/help']:not([aria-current])")?.click();
  }

  // At either end Tab stays once and says so; the next one leaves, as everywhere (WCAG 2.1.2).
  tab(event) {
    const edge = event.shiftKey ? this.items.at(0) : this.items.at(-1);
    const $here = document.activeElement;
    if ($here !== edge || $here === this.$told) return;
    event.preventDefault();
    this.end(event.shiftKey ? -1 : 1);
  }

  end(direction) {
    const end = direction > 0 ? "last" : "first";
    this.$told = document.activeElement;
    this.tell(this.$notice.dataset[end]);
    sayAside(tone("end"), phrase(`walk-${end}`));
  }

  // Shown above the bar, or inside an open dialog, outside of which nothing is heard or seen.
  tell(words) {
    if (!words) this.$told = null;
    const $home = this.$dialog ?? document.body;
    if (words && this.$notice.parentElement !== $home) $home.append(this.$notice);
    this.$notice.textContent = words;
  }
}

function goTo($item) {
  const { top, bottom } = room();
  const tall = $item.getBoundingClientRect().height > bottom - top;
  makeFocusable($item).focus({ preventScroll: true });
  $item.scrollIntoView({ block: tall ? "start" : "nearest", behavior: "instant" });
}

// In the dock, which stands still while the page scrolls.
function isFixed($item) {
  return Boolean($item?.closest(".k-dock, dialog"));
}

// Where the page is read: what scrolls, less what the style sheets keep clear for the dock and for
// low reach.
function room() {
  const $scroller = document.scrollingElement;
  const { top, bottom } = viewOfPage();
  return { top, bottom, $scroller };
}
