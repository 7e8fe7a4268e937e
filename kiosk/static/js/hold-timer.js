// Counts how long a stretch has been held, from when its step comes into view; a touch begins anew.

export class HoldTimer {
  constructor($root) {
    this.$seconds = $root.querySelector("[data-seconds]");
    $root.hidden = false;
    $root.addEventListener("click", () => this.begin());
    new IntersectionObserver(([entry]) => (entry.isIntersecting ? this.begin() : this.end()), {
      threshold: 0.6,
    }).observe($root);
  }

  begin() {
    this.end();
    this.started = performance.now();
    this.timer = setInterval(() => this.show(), 250);
    this.show();
  }

  end() {
    clearInterval(this.timer);
  }

  show() {
    const seconds = Math.floor((performance.now() - this.started) / 1000);
    this.$seconds.textContent = String(seconds);
    dispatchEvent(new CustomEvent("kiosk:speaking")); // somebody is stretching: not idle
  }
}
