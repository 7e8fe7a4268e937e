// The clock of a session: what phase, how far in it. Every phase begins where the one before it
// ended, not when the browser got round to it, so the clock does not drift.

export class SessionClock {
  constructor(seconds) {
    this.seconds = seconds; // of each phase
    this.index = 0;
    this.offset = 0; // ms into the phase when the clock last stopped
    this.started = null;
  }

  get running() {
    return this.started !== null;
  }

  // Milliseconds into the phase; may be past its end until `advance` is called.
  elapsed(now = performance.now()) {
    return this.offset + (this.running ? now - this.started : 0);
  }

  start(now = performance.now()) {
    this.started ??= now;
  }

  pause(now = performance.now()) {
    this.offset = this.elapsed(now);
    this.started = null;
  }

  // Go to the beginning of a phase.
  goTo(index, now = performance.now()) {
    this.index = Math.max(0, Math.min(index, this.seconds.length - 1));
    this.offset = 0;
    if (this.running) this.started = now;
  }

  // Step over every phase that has ended by now; true if there was one.
  advance(now = performance.now()) {
    let moved = false;
    while (this.index < this.seconds.length && this.elapsed(now) >= this.seconds[this.index] * 1000) {
      this.started += this.seconds[this.index] * 1000 - this.offset;
      this.offset = 0;
      this.index += 1;
      moved = true;
    }
    return moved;
  }

  get ended() {
    return this.index >= this.seconds.length;
  }
}
