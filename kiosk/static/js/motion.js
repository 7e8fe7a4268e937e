// Whether things may move: not when the device or the visitor asks for less of it (A11Y-41).

const asked = matchMedia("(prefers-reduced-motion: reduce)");

export function motionIsReduced() {
  return asked.matches || document.documentElement.dataset.motion === "reduced";
}
