// Reads a page aloud: marks the sentence and the word, starts at any sentence touched.
// The marks follow the sound: on each frame the player's own clock is looked up in the word times.

import { keepInView } from "./in-view.js";
import { turnSound } from "./sound.js";
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
    this.segments = null;
    this.now = -1;
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
    addEventListener("kiosk:hush", () => this.playing && this.pause());
    addEventListener("kiosk:go-on", () => this.now >= 0 && this.resume());
  }

  get playing() {
    return !this.audio.paused;
  }

  async toggle() {
    turnSound(!this.playing);
    if (this.playing) return this.pause();
    if (!this.segments && !(await this.fetchSegments())) return;
    if (this.now < 0) this.play(this.placeIn(document.querySelector("[data-read-from]")));
    else if (!this.loaded) this.play(this.now);
    else this.resume();
  }

  // Say the page from an element on.
  async readFrom($element) {
    if (!this.segments && !(await this.fetchSegments())) return;
    this.play(this.placeIn($element));
  }

  // The first sentence inside an element; without one, the first of the page.
  placeIn($element) {
    const inside = ({ id }) => $element?.contains(document.getElementById(id));
    return Math.max(this.segments.findIndex(inside), 0);
  }

  async fetchSegments() {
    try {
      const answer = await fetch(this.source);
      if (!answer.ok) throw new Error(String(answer.status));
      this.segments = (await answer.json()).segments;
    } catch {
      this.fail();
      return false;
    }
    this.$player.hidden = false;
    this.$main.classList.add("k-is-reading");
    return true;
  }

  // Say segment `index` from its beginning, and go on from there.
  play(index) {
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
    this.segments = null;
  }

  // The words of the page have changed: whoever was listening hears the new ones.
  sayAnew() {
    if (!this.segments) return;
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
    if (this.now >= 0 && this.now + 1 < this.segments.length) this.play(this.now + 1);
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
    if (!this.segments || !$sentence || event.target.closest("a, button")) return;
    const index = this.segments.findIndex((segment) => segment.id === $sentence.id);
    if (index >= 0) this.play(index);
  }

  nextRecording() {
    const next = this.segments.findIndex(
      (segment, index) => index > this.now && segment.audio !== this.loaded,
    );
    const said = this.segments[this.now]?.id;
    if (next >= 0 && readsOn(said, this.segments[next].id)) return this.play(next);
    this.label(false);
    this.now = -1;
    this.unmark();
    if (next >= 0) return; // the page waits for a touch
    this.$status.textContent = this.$status.dataset.end;
    this.ended(true);
  }

  fetchAhead(index) {
    const next = this.segments.slice(index).find((segment) => segment.audio !== this.loaded);
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
    const { id, shown } = this.segments[index];
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
    this.loaded = null; // so that Listen asks again
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
