// Finds every [data-module] on the page and starts it. The page works without all of them.

import { AudioPlayer } from "./audio-player.js";
import { BackLink } from "./back-link.js";
import { DockRoom } from "./dock-room.js";
import { GuidedSession } from "./guided-session.js";
import { IdleWarning } from "./idle-warning.js";
import { HoldTimer } from "./hold-timer.js";
import { PageTurner } from "./page-turner.js";
import { PrintWatch } from "./print-watch.js";
import { StepFigure } from "./step-figure.js";

const modules = {
  "audio-player": AudioPlayer,
  "back-link": BackLink,
  "dock-room": DockRoom,
  "guided-session": GuidedSession,
  "hold-timer": HoldTimer,
  "idle-warning": IdleWarning,
  "page-turner": PageTurner,
  "print-watch": PrintWatch,
  "step-figure": StepFigure,
};

for (const $root of document.querySelectorAll("[data-module]")) {
  const Module = modules[$root.dataset.module];
  if (Module) new Module($root);
}
