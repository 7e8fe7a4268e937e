// The sentence that is read stands clear: "line" quietens the rest, "window" covers it, as a reading
// mask does (A11Y-46). One button goes round the three, and its words say which is on. The choice
// lasts for the visit (Finish clears the browser's storage) and is there on every page.

const STATES = ["off", "line", "window"];
const KEY = "line-focus";

export class LineFocus {
  constructor($root) {
    this.$root = $root;
    this.$state = $root.querySelector("[data-state]");
    this.$main = document.getElementById("main");
    this.$window = document.createElement("div");
    this.$window.className = "k-window";
    document.body.append(this.$window);
    $root.addEventListener("click", () => this.turn());
    addEventListener("kiosk:sentence", (event) => this.follow(event.detail));
    for (const change of ["scroll", "resize"]) {
      addEventListener(change, () => this.place(), { passive: true, capture: true });
    }
    this.set(sessionStorage.getItem(KEY));
  }

  turn() {
    this.set(STATES[(STATES.indexOf(this.state) + 1) % STATES.length]);
    sessionStorage.setItem(KEY, this.state);
  }

  set(state) {
    this.state = STATES.includes(state) ? state : "off";
    this.$state.textContent = this.$root.dataset[this.state];
    this.$main.dataset.focus = this.state;
    this.place();
  }

  follow($sentence) {
    this.$sentence = $sentence;
    this.$main.classList.toggle("k-has-now", Boolean($sentence));
    this.place();
  }

  // The window lies over the sentence that is read, as wide as the screen; the rest is covered.
  place() {
    this.$window.hidden = this.state !== "window" || !this.$sentence;
    if (this.$window.hidden) return;
    const { top, height } = this.$sentence.getBoundingClientRect();
    this.$window.style.setProperty("--window-top", `${top}px`);
    this.$window.style.setProperty("--window-height", `${height}px`);
  }
}
