// Reads a page aloud: marks the sentence and the word, starts at any sentence touched.
// The marks follow the sound: on each frame the player's own clock is looked up in the word times.

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
      if ($act) this[$act.dataset.act]();
    });
    this.$main.addEventListener("click", (event) => this.startAt(event));
    this.audio.addEventListener("ended", () => this.nextRecording());
    this.audio.addEventListener("error", () => this.fail());
    addEventListener("pagehide", () => this.stop());
    addEventListener("kiosk:changed", () => this.sayAnew());
  }

  get playing() {
    return !this.audio.paused;
  }

  async toggle() {
    if (this.playing) return this.pause();
    if (!this.segments && !(await this.fetchSegments())) return;
    if (this.now < 0 || !this.loaded) this.play(Math.max(this.now, 0));
    else this.resume();
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
    this.audio.playbackRate = this.rate;
    this.$status.textContent = "";
    this.audio.play().then(() => this.follow(), () => {});
    this.label(true);
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
    if (!this.segments) return;
    const segment = this.segments[this.now];
    const begun = this.audio.currentTime - segment.start > 1.5 * this.rate;
    this.play(begun ? this.now : Math.max(this.now - 1, 0));
  }

  on() {
    if (this.segments && this.now + 1 < this.segments.length) this.play(this.now + 1);
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
    this.audio.playbackRate = this.rate;
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
    if (next >= 0) return this.play(next);
    this.label(false);
    this.now = -1;
    this.unmark();
    this.$status.textContent = this.$status.dataset.end;
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
  }

  unmark() {
    this.$marked?.classList.remove("k-is-now");
    this.mark.clear();
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
    this.label(false);
    this.$status.textContent = this.$status.dataset.failed;
  }
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

function keepInView($element) {
  const box = $element.getBoundingClientRect();
  const $dock = document.querySelector(".k-dock");
  const bottom = innerHeight - ($dock?.offsetHeight ?? 0);
  if (box.top > 40 && box.bottom < bottom - 40) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: box.top - bottom / 3, behavior: calm ? "instant" : "smooth" });
}
