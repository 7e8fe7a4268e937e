// Finish is told before everything is cleared; where nobody pressed it, nobody waits for it.

import { forgetPending, speaks } from "./speak-mode.js";
import { utter } from "./voice.js";

const LONGEST_MS = 4000;
let leaving = false;

// For every form that is sent, before anybody else hears of it.
export function sayGoodbye(event) {
  const { target, submitter } = event;
  forgetPending();
  if (!speaks() || !submitter || leaving || new URL(target.action).pathname !== "/finish") return;
  leaving = true;
  event.preventDefault();
  event.stopImmediatePropagation();
  const long = new Promise((done) => setTimeout(done, LONGEST_MS));
  Promise.race([utter(["p:speak-ended"], { kind: "mode" }), long]).then(() => target.requestSubmit());
}
