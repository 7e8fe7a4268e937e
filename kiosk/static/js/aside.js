// Says a few elements of the page, apart from the reading: a word's meaning in its dialog.
// The words are marked as in the reading. What is said of the page is asked for once.

import { hush } from "./say.js";
import { WordMark } from "./word-mark.js";

const LOUDEST = 12;

export class Aside {
  constructor(source) {
    this.source = source;
    this.audio = new Audio();
    this.mark = new WordMark();
    this.audio.addEventListener("ended", () => this.next());
    addEventListener("pagehide", () => this.stop());
    addEventListener("kiosk:hush", () => this.stop());
  }

  // Say the elements with these ids, in this order; nothing when there is no voice.
  async say(ids) {
    this.stop();
    const turn = (this.turn = {});
    this.segments ??= await segmentsOf(this.source);
    if (this.turn !== turn || !this.segments) return; // stopped or begun anew meanwhile
    hush(); // one voice at a time
    const wanted = this.segments.filter(({ id }) => ids.includes(id));
    this.recordings = Map.groupBy(wanted, ({ audio }) => audio).entries();
    this.next();
  }

  next() {
    const { value } = this.recordings.next();
    this.unmark();
    if (!value) return;
    const [source, parts] = value;
    const { rate, volume } = document.documentElement.dataset;
    this.parts = parts;
    this.audio.src = source;
    this.audio.volume = Number(volume) / LOUDEST;
    this.audio.playbackRate = Number(rate);
    this.audio.play().then(() => this.follow(), () => {});
  }

  follow() {
    if (this.audio.paused) return;
    const time = this.audio.currentTime;
    const part = this.parts.findLast(({ start }) => start <= time) ?? this.parts[0];
    if (part.id !== this.$marked?.id) this.show(part);
    const word = part.words.findLast(([, , start]) => start <= time);
    if (word) this.mark.word(word[0], word[1]);
    dispatchEvent(new CustomEvent("kiosk:speaking"));
    requestAnimationFrame(() => this.follow());
  }

  show({ id, shown }) {
    this.unmark();
    this.$marked = document.getElementById(id);
    this.$marked?.classList.add("k-is-now");
    if (shown && this.$marked) this.mark.on(this.$marked);
  }

  unmark() {
    this.$marked?.classList.remove("k-is-now");
    this.$marked = null;
    this.mark.clear();
  }

  stop() {
    this.turn = null;
    this.audio.pause();
    this.unmark();
  }
}

async function segmentsOf(source) {
  try {
    const answer = await fetch(source);
    return answer.ok ? (await answer.json()).segments : null;
  } catch {
    return null;
  }
}
