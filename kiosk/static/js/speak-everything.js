// The mode for somebody who does not see the screen: every item is spoken as the keys or a finger come
// to it. It starts by a key of a keypad, a headset, a held corner, or its button in Help and Change.
//
// It must be started before all that heeds keys and touches, so that it may keep them for itself.

import { MOST, idOf, piecesOf } from "./accessible-name.js";
import { arriveAt, wordsOf } from "./arrival.js";
import { ExploreTouch } from "./explore-touch.js";
import { sayGoodbye } from "./goodbye.js";
import { Headset } from "./headset.js";
import { HideScreen } from "./hide-screen.js";
import { KeyLearning } from "./key-learning.js";
import { KEYS, isOfKeypad, rememberKeys } from "./key-map.js";
import { isControl, makeFocusable, readableAt, readables, screenNow } from "./readables.js";
import { ReadOn } from "./read-on.js";
import { tone } from "./say.js";
import { mayBeHeard, turnSound } from "./sound.js";
import { isPending, setSpeaks, speaks } from "./speak-mode.js";
import { SpeakingWords } from "./speaking-words.js";
import { SpokenChanges } from "./spoken-changes.js";
import { tellServer } from "./tell-server.js";
import { hush, isReading, utter } from "./voice.js";
import { VolumeSteps } from "./volume-steps.js";

const AGAIN_MS = 2000; // Help twice within this stops the voice

export class SpeakEverything {
  constructor($root) {
    this.$root = $root;
    this.caption = new SpeakingWords(document.querySelector("[data-said-words]"), $root.dataset.failed);
    this.reading = new ReadOn(this, $root);
    this.touch = new ExploreTouch(this);
    this.learning = new KeyLearning();
    this.changes = new SpokenChanges();
    this.volume = new VolumeSteps($root.dataset, (words) => this.caption.show(words));
    this.hiding = new HideScreen($root.dataset.cover);
    const { sound, watch } = $root.dataset;
    this.headset = new Headset(watch !== "off" && sound !== "speaker", (isIn) => this.plug(isIn));
    this.listen();
    if (isPending()) this.turn(true);
    // When all of the page has begun: a page may stop its own loading, and what was asked for with it.
    if (speaks()) setTimeout(() => this.arrive());
  }

  // Asked for, but not to be heard: the screen stays as it is for everybody.
  wait() {
    document.documentElement.dataset.speak = "off";
    this.$root.hidden = true;
    this.refuse();
  }

  refuse() {
    this.caption.tell(this.$root.dataset.noHeadset);
  }

  listen() {
    addEventListener("keydown", (event) => this.heed(event));
    addEventListener("focusin", ({ target }) => this.focus(target));
    addEventListener("pageshow", ({ persisted }) => persisted && speaks() && this.arrive());
    addEventListener("kiosk:no-headset", () => this.refuse());
    addEventListener("submit", sayGoodbye, { capture: true });
    addEventListener("input", ({ target }) => {
      if (speaks() && target.matches("[type=password]")) utter([], { tones: [tone("end")] }); // A11Y-17
    });
    this.$root.addEventListener("click", ({ target }) => {
      const $button = target.closest("[data-speak-act]");
      if ($button) this[$button.dataset.speakAct]();
    });
  }

  // Starting and ending

  start(way = "touch") {
    if (speaks()) return;
    if (!mayBeHeard()) return this.refuse();
    this.way = way;
    this.turn(true);
    this.arrive();
  }

  turn(on) {
    setSpeaks(on);
    this.$root.hidden = !on;
    if (!on) turnSound(false);
    for (const $button of document.querySelectorAll("[data-learn-keys]")) $button.hidden = !on;
    this.hiding.show();
    tellServer("speak", on ? "on" : "off");
  }

  // A headset came: speak. It went: stop at once, and let nothing go on by the loudspeaker.
  plug(isIn) {
    if (this.$root.dataset.sound === "speaker") return;
    if (isIn) return this.start("headset");
    hush();
    dispatchEvent(new CustomEvent("kiosk:hush"));
    turnSound(false);
    if (speaks()) this.turn(false);
    this.caption.show(this.$root.dataset.unplugged);
  }

  arrive() {
    if (mayBeHeard()) arriveAt(this);
    else this.wait();
  }

  // Keys

  heed(event) {
    const { code, repeat } = event;
    if (repeat || event.ctrlKey || event.altKey || event.metaKey || /^(Shift|Control|Alt|Meta)/.test(code)) return;
    if (document.querySelector("[data-module=key-test]:modal")) return;
    const act = KEYS[code];
    if (act === "plugged" || act === "unplugged") return this.headset.heard(act);
    const isStart = !speaks() && isOfKeypad(code) && mayBeHeard();
    if (isStart) {
      keep(event);
      rememberKeys();
      return this.start("keys");
    }
    if (act === "louder" || act === "quieter") return keep(event), this.volume.step(act);
    if (!speaks()) return;
    if (act === "help") this.learning.press();
    if (this.learning.on) return keep(event), this.learning.say(code);
    const wasReading = this.interrupt();
    this.caption.show("");
    if (act === "help") return keep(event), this.help(event);
    if (act === "select") this.select(event, wasReading);
    else this.paused = false;
  }

  // Speech stops; who was read to goes on from there. Tells whether the page was being read.
  interrupt() {
    const reading = isReading() || this.reading.runs;
    const $said = isReading() && readableAt(document.querySelector("#main .k-is-now"));
    this.reading.stop();
    hush();
    dispatchEvent(new CustomEvent("kiosk:hush"));
    if ($said) this.go($said);
    return reading;
  }

  // The round key pauses what is read and goes on with it; on plain words, it says them again.
  select(event, wasReading) {
    const paused = this.paused;
    this.paused = wasReading;
    const $here = readableAt(document.activeElement);
    if (wasReading) keep(event);
    else if (paused) keep(event), this.read();
    else if (!$here || !isControl($here) || $here.matches("[aria-disabled=true]")) keep(event), this.again();
  }

  help({ timeStamp }) {
    const isAgain = timeStamp - (this.helpedAt ?? -Infinity) < AGAIN_MS;
    this.helpedAt = isAgain ? undefined : timeStamp;
    if (isAgain) return;
    const $title = screenNow().querySelector("h1, h2");
    const $here = this.$here?.isConnected && this.$here !== $title ? piecesOf(this.$here) : [];
    utter([...piecesOf($title), ...$here, "p:speak-help-keys"].slice(-MOST), { ids: [idOf($title)], kind: "help" });
  }

  // Items

  focus($target) {
    if (!speaks() || this.silent) return;
    const $item = readableAt($target);
    if (!$item || $item === document.body) return;
    if (this.touch.byMouse && isReading()) return this.mark($item); // its click may be to pause what is read
    const $dialog = $target.closest("dialog:modal");
    if ($dialog === (this.$dialog ?? null)) return this.say($item);
    this.$dialog = $dialog;
    // A dialog says what it is, then what has the focus in it; the warning says itself.
    const whole = $dialog && !$dialog.matches("[data-module=idle-warning]");
    const about = whole ? wordsOf($dialog) : [];
    setTimeout(() => this.say($item, { about: about.slice(0, 10), queued: true }), 0);
  }

  say($item, { about = [], queued = false } = {}) {
    const $from = this.$here ?? null;
    this.mark($item);
    return utter([...about, ...piecesOf($item, $from)].slice(0, MOST), { ids: [idOf($item)], queued });
  }

  mark($item) {
    this.$marked?.classList.remove("k-is-spoken");
    this.$marked = $item;
    $item.classList.add("k-is-spoken");
    if (!this.$root.contains($item)) this.$here = $item;
  }

  // Put the focus on an item without a word.
  go($item) {
    this.silent = true;
    makeFocusable($item).focus({ preventScroll: true });
    $item.scrollIntoView({ block: "nearest", behavior: "instant" });
    this.silent = false;
    this.mark($item);
  }

  explore($item) {
    const $from = this.$here;
    this.go($item);
    utter(piecesOf($item, $from), { ids: [idOf($item)] });
  }

  act() {
    const $item = this.$marked;
    if ($item?.isConnected && isControl($item) && !$item.matches("[aria-disabled=true]")) $item.click();
    else this.again();
  }

  step(direction) {
    const { items } = this;
    const $next = items[items.indexOf(this.$here) + direction];
    if ($next) this.explore($next);
    else utter([direction > 0 ? "p:walk-last" : "p:walk-first"], { tones: [tone("end")], kind: "phrase" });
  }

  // Its own buttons

  previous() {
    this.step(-1);
  }

  next() {
    this.step(1);
  }

  again() {
    if (this.$here?.isConnected) utter(piecesOf(this.$here), { ids: [idOf(this.$here)] });
  }

  read() {
    if (this.reading.runs) this.interrupt();
    else this.reading.start();
  }

  // What there is to go through: its own buttons are no place on the page.
  get items() {
    return readables().filter(($one) => !this.$root.contains($one));
  }
}

function keep(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
