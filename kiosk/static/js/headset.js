// Whether a headset is in: told by the keypad's own keys, or seen by the kiosk itself.

const KEY = "headset"; // "in" or "out"; nothing while it is not known
const EVERY_MS = 1000;

export function headsetIsIn() {
  return sessionStorage.getItem(KEY) === "in";
}

export class Headset {
  // `watched`: ask the kiosk, too. `changed(isIn)` is called when one comes or goes.
  constructor(watched, changed) {
    this.changed = changed;
    if (watched) this.ask();
  }

  get isIn() {
    return headsetIsIn();
  }

  // A key says so.
  heard(act) {
    this.set(act === "plugged");
  }

  set(isIn) {
    sessionStorage.setItem(KEY, isIn ? "in" : "out");
    dispatchEvent(new CustomEvent("kiosk:headset", { detail: isIn }));
    this.changed(isIn);
  }

  async ask() {
    try {
      const { in: isIn } = await (await fetch("/headset.json")).json();
      const before = sessionStorage.getItem(KEY);
      // What was in before this visit asks for nothing.
      if (isIn !== null && before === null) sessionStorage.setItem(KEY, isIn ? "in" : "out");
      else if (isIn !== null && isIn !== this.isIn) this.set(isIn);
    } catch {
      // The kiosk is starting again; it will answer.
    }
    setTimeout(() => this.ask(), EVERY_MS);
  }
}
