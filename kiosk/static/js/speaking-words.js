// Shows what is said and stands nowhere else on the screen (EN 301 549, 5.1.5): above the dock, or in
// an open dialog, outside of which nothing is seen.

const OFF_PAGE = /^p:(speak|key)-/;

export class SpeakingWords {
  constructor($words, failed) {
    this.$words = $words;
    this.$home = $words.parentElement;
    this.failed = failed;
    addEventListener("kiosk:said", ({ detail }) => this.follow(detail));
  }

  follow({ texts, pieces, failed }) {
    const words = texts.filter((_, at) => OFF_PAGE.test(pieces[at]));
    this.show(failed ? this.failed : words.join(" "));
  }

  // Said by nobody here, so a screen reader is told; it stands until the next touch or key.
  tell(words) {
    this.$words.setAttribute("role", "status");
    this.show(words);
    const done = new AbortController();
    const clear = () => {
      done.abort();
      this.show("");
      this.$words.setAttribute("role", "note");
    };
    for (const press of ["pointerdown", "keydown"]) addEventListener(press, clear, { capture: true, signal: done.signal });
  }

  show(words) {
    const $home = document.querySelector("dialog:modal") ?? this.$home;
    if (this.$words.parentElement !== $home) $home.append(this.$words);
    this.$words.textContent = words;
    this.$words.hidden = !words;
  }
}
