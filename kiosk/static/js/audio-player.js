// Reads a page aloud: marks the sentence and the word, starts at any sentence touched.
// The marks follow the sound: on each frame the player's own clock is looked up in the word times.

import { PageScript } from "./page-script.js";
import { PlayerPanel } from "./player-panel.js";
import { hush } from "./say.js";
import { SentenceMark } from "./sentence-mark.js";
import { askForSound, turnSound } from "./sound.js";
import { noted } from "./speech-log.js";

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2];
const LOUDEST = 12;
const QUARTER_SECOND = 0.25;

export class AudioPlayer {
  constructor($root) {
    this.panel = new PlayerPanel($root, (act) => this.press(act));
    this.$main = document.getElementById("main");
    this.source = $root.dataset.speech;
    const chosen = document.documentElement.dataset;
    this.rate = Number(chosen.rate);
    this.audio = new Audio();
    this.audio.preservesPitch = true;
    this.audio.volume = Number(chosen.volume) / LOUDEST;
    this.ahead = new Audio(); // the next recording, fetched while this one plays
    this.mark = new SentenceMark();
    this.script = null;
    this.now = -1;
    this.hushes = 0; // what was asked for before the last of these is not begun any more
    this.listen();
  }

  listen() {
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

  press(act) {
    if (act === "stop") turnSound(false);
    this[act]();
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
    this.panel.open();
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
    this.panel.ended(false);
    this.audio.playbackRate = this.rate;
    this.panel.tell("");
    this.audio.play().then(() => this.follow(), () => {});
    this.panel.label(true);
  }

  // The end of the page offers this.
  async again() {
    await this.toggle();
    this.panel.focusToggle();
  }

  pause() {
    this.audio.pause();
    this.panel.label(false);
  }

  stop() {
    this.pause();
    this.now = -1;
    this.mark.clear();
    this.panel.close();
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
    this.panel.tell("rate", `${this.rate}×`);
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
    this.panel.label(false);
    this.now = -1;
    this.mark.clear();
    if (next >= 0) return; // the page waits for a touch
    this.panel.tell("end");
    this.panel.ended(true);
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
    if (word) this.mark.words.word(word[0], word[1]);
    if (time - (this.told ?? -1) > QUARTER_SECOND || time < this.told) {
      this.told = time;
      dispatchEvent(new CustomEvent("kiosk:speaking"));
    }
    requestAnimationFrame(() => this.follow());
  }

  show(index) {
    this.now = index;
    const { id, shown, text } = this.segments[index];
    noted({ text, ids: [id], voice: this.script?.voice, kind: "reading" }).started = performance.now();
    this.mark.on(id, shown);
  }

  fail() {
    this.audio.pause();
    this.loaded = this.script = null; // so that Listen asks again
    this.panel.fail();
  }
}

// A page may wait between two sentences: in a cramp, no step is said before it is touched.
function readsOn(from, to) {
  return dispatchEvent(new CustomEvent("kiosk:reads-on", { cancelable: true, detail: { from, to } }));
}
