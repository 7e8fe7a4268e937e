// Marks the sentence that is read, and the word in it, and keeps them in view.

import { keepInView } from "./in-view.js";
import { WordMark } from "./word-mark.js";

export class SentenceMark {
  words = new WordMark();

  // The element with this id; `shown`: its text is what is said, so its words can be marked.
  on(id, shown) {
    this.clear();
    this.$marked = document.getElementById(id);
    if (!this.$marked) return;
    this.$marked.classList.add("k-is-now");
    if (shown) this.words.on(this.$marked);
    keepInView(this.$marked);
    dispatchEvent(new CustomEvent("kiosk:sentence", { detail: this.$marked }));
  }

  clear() {
    this.$marked?.classList.remove("k-is-now");
    this.words.clear();
    dispatchEvent(new CustomEvent("kiosk:sentence", { detail: null }));
  }
}
