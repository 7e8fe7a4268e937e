// Reads a page aloud: marks the sentence and the word, starts at any sentence touched.
// The marks follow the sound: on each frame the player's own clock is looked up in the word times.

import { keepInView } from "./in-view.js";
import { PageScript } from "./page-script.js";
import { hush } from "./say.js";
import { askForSound, turnSound } from "./sound.js";
import { noted } from "./speech-log.js";
import { WordMark } from "./word-mark.js";

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const LOUDEST = 12;
const QUARTER_SECOND = 0.25;

export class AudioPlayer {
  constructor($root) {
    this.$button = replaceByButton($root);
    this.$player = document.querySelector("[data-player]");
    this.$status = this.$player.querySelector("[data-status]");
    this.$toggle = this.$player.querySelector("[data-toggle]");
    this.$offer = this.$player.querySelector("[data-offer]");
    this.$main = document.getElementById("main");
    this.source = $root.dataset.speech;
    const chosen = document.documentElement.dataset;
    this.rate = Number(chosen.rate);
    this.audio = new Audio();
    this.audio.preservesPitch = true;
    this.audio.volume = Number(chosen.volume) / LOUDEST;
    this.ahead = new Audio(); // the next recording, fetched while this one plays
    this.mark = new WordMark();
    this.script = null;
    this.now = -1;
    this.hushes = 0; // what was asked for before the last of these is not begun any more
    this.listen();
  }

  listen() {
    this.$button.addEventListener("click", () => this.toggle());
    this.$player.addEventListener("click", (event) => {
      const $act = event.target.closest("[data-act]");
      if ($act?.dataset.act === "stop") turnSound(false);
      if ($act) this[$act.dataset.act]();
    });
    this.$main.addEventListener("click", (event) => this.startAt(event));
    this.audio.addEventListener("ended", () => this.nextRecording());
    this.audio.addEventListener("error", () => this.fail());
    addEventListener("pagehide", () => this.stop());
    addEventListener("kiosk:changed", () => this.sayAnew());
    addEventListener("kiosk:read", ({ detail }) => this.readFrom(detail));
    addEventListener("kiosk:hush", () => {
      this.hushes += 1;
      if (this.playing) this.pause();
    });
    addEventListener("kiosk:volume", () => {
      this.audio.volume = Number(document.documentElement.dataset.volume) / LOUDEST;
    });
    addEventListener("kiosk:go-on", () => this.now >= 0 && this.resume());
  }

  get playing() {
    return !this.audio.paused;
  }

  get segments() {
    return this.script?.segments;
  }

  async toggle() {
    if (!this.playing && !askForSound()) return;
    turnSound(!this.playing);
    if (this.playing) return this.pause();
    const from = this.now < 0 ? document.querySelector("[data-read-from]") : null;
    const { hushes } = this;
    if (!(await this.opens()) || this.isHushed(hushes)) return;
    if (this.now < 0) this.readFrom(from);
    else if (!this.loaded) this.seek(() => true, this.now - 1);
    else this.resume();
  }

  // Say the page from an element on; without one, from its beginning.
  async readFrom($element) {
    const { hushes } = this;
    if (!(await this.opens()) || this.isHushed(hushes)) return;
    const inside = ({ id }) => $element.contains(document.getElementById(id));
    if (!$element || !(await this.seek(inside))) this.isHushed(hushes) || this.play(0);
  }

  // Whether silence was asked for since.
  isHushed(hushes) {
    const isHushed = hushes !== this.hushes;
    if (isHushed && this.now < 0) this.stop();
    return isHushed;
  }

  // Go to the first segment behind a place that fits; whether there is one.
  async seek(fits, after = -1) {
    const { script, hushes } = this;
    try {
      const place = await script.find(fits, after);
      if (place >= 0 && script === this.script && !this.isHushed(hushes)) this.play(place);
      return place >= 0;
    } catch {
      this.fail();
      return true; // it is not known to be missing
    }
  }

  // Have something to say, and show the controls.
  async opens() {
    if (this.script) return true;
    const script = new PageScript(this.source);
    try {
      await script.begin();
    } catch {
      this.fail();
      return false;
    }
    this.script = script;
    script.rest?.then(() => this.fetchAhead(this.now), () => {});
    this.$player.hidden = false;
    this.$main.classList.add("k-is-reading");
    return true;
  }

  // Say segment `index` from its beginning, and go on from there.
  play(index) {
    if (!askForSound()) return; // the headset went meanwhile
    const segment = this.segments[index];
    this.now = index;
    if (this.loaded !== segment.audio) {
      this.audio.src = this.loaded = segment.audio;
      this.fetchAhead(index);
    }
    this.audio.currentTime = segment.start;
    this.resume();
    this.show(index);
  }

  resume() {
    if (!askForSound()) return;
    hush(); // one voice at a time
    this.ended(false);
    this.audio.playbackRate = this.rate;
    this.$status.textContent = "";
    this.audio.play().then(() => this.follow(), () => {});
    this.label(true);
  }

  // The end of the page offers this.
  async again() {
    await this.toggle();
    this.$toggle.closest("button").focus({ preventScroll: true });
  }

  // At the end of the page the controls make room for what could come next (A11Y-49).
  ended(over) {
    const held = this.$player.contains(document.activeElement);
    this.$player.classList.toggle("k-has-ended", over);
    this.$offer.hidden = !over;
    if (over && held) this.$offer.querySelector("button").focus({ preventScroll: true });
  }

  pause() {
    this.audio.pause();
    this.label(false);
  }

  stop() {
    this.pause();
    this.now = -1;
    this.unmark();
    this.$player.hidden = true;
    this.$main.classList.remove("k-is-reading");
    this.script = null;
  }

  // The words of the page have changed: whoever was listening hears the new ones.
  sayAnew() {
    if (!this.script) return;
    this.stop();
    this.toggle();
  }

  back() {
    const segment = this.segments?.[this.now];
    if (!segment) return;
    const begun = this.audio.currentTime - segment.start > 1.5 * this.rate;
    this.play(begun ? this.now : Math.max(this.now - 1, 0));
  }

  on() {
    if (this.script && this.now >= 0) this.seek(() => true, this.now);
  }

  slower() {
    this.changeRate(-1);
  }

  faster() {
    this.changeRate(1);
  }

  changeRate(step) {
    const place = RATES.indexOf(this.rate) + step;
    this.rate = RATES[Math.min(Math.max(place, 0), RATES.length - 1)];
    this.audio.playbackRate = document.documentElement.dataset.rate = this.rate;
    this.$status.textContent = this.$status.dataset.rate.replace("{}", `${this.rate}×`);
  }

  startAt(event) {
    const $sentence = event.target.closest(".k-s");
    if (!this.script || !$sentence || event.target.closest("a, button")) return;
    this.seek(({ id }) => id === $sentence.id);
  }

  async nextRecording() {
    const { script, loaded } = this;
    const said = this.segments[this.now]?.id;
    let next;
    try {
      next = await script.find(({ audio }) => audio !== loaded, this.now);
    } catch {
      return this.fail();
    }
    if (script !== this.script || this.playing) return; // a touch was faster
    if (next >= 0 && readsOn(said, this.segments[next].id)) return this.play(next);
    this.label(false);
    this.now = -1;
    this.unmark();
    if (next >= 0) return; // the page waits for a touch
    this.$status.textContent = this.$status.dataset.end;
    this.ended(true);
  }

  fetchAhead(index) {
    const next = this.segments?.slice(Math.max(index, 0)).find(({ audio }) => audio !== this.loaded);
    if (next) this.ahead.src = next.audio;
  }

  // On each frame while it plays: which sentence and word does the clock stand at?
  follow() {
    if (!this.playing) return;
    const time = this.audio.currentTime;
    const next = this.segments[this.now + 1];
    if (next && next.audio === this.loaded && time >= next.start) this.show(this.now + 1);
    const word = this.segments[this.now].words.findLast(([, , start]) => start <= time);
    if (word) this.mark.word(word[0], word[1]);
    if (time - (this.told ?? -1) > QUARTER_SECOND || time < this.told) {
      this.told = time;
      dispatchEvent(new CustomEvent("kiosk:speaking"));
    }
    requestAnimationFrame(() => this.follow());
  }

  show(index) {
    this.now = index;
    this.unmark();
    const { id, shown, text } = this.segments[index];
    noted({ text, ids: [id], voice: this.script?.voice, kind: "reading" }).started = performance.now();
    const $element = document.getElementById(id);
    if (!$element) return;
    $element.classList.add("k-is-now");
    this.$marked = $element;
    if (shown) this.mark.on($element);
    keepInView($element);
    dispatchEvent(new CustomEvent("kiosk:sentence", { detail: $element }));
  }

  unmark() {
    this.$marked?.classList.remove("k-is-now");
    this.mark.clear();
    dispatchEvent(new CustomEvent("kiosk:sentence", { detail: null }));
  }

  label(playing) {
    this.$player.classList.toggle("k-is-paused", !playing);
    const words = playing ? this.$toggle.dataset.pause : this.$toggle.dataset.play;
    this.$toggle.textContent = words;
    this.$button.setAttribute("aria-pressed", String(playing));
  }

  fail() {
    this.audio.pause();
    this.loaded = this.script = null; // so that Listen asks again
    this.$player.hidden = false;
    this.ended(false);
    this.label(false);
    this.$status.textContent = this.$status.dataset.failed;
  }
}

// A page may wait between two sentences: in a cramp, no step is said before it is touched.
function readsOn(from, to) {
  return dispatchEvent(new CustomEvent("kiosk:reads-on", { cancelable: true, detail: { from, to } }));
}

function replaceByButton($link) {
  const $button = document.createElement("button");
  $button.type = "button";
  $button.className = $link.className;
  $button.append(...$link.childNodes);
  $button.setAttribute("aria-pressed", "false");
  $link.replaceWith($button);
  return $button;
}
