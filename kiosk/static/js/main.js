// Finds every [data-module] on the page and starts it. The page works without all of them.

import { AudioPlayer } from "./audio-player.js";
import { BackLink } from "./back-link.js";
import { GuidedSession } from "./guided-session.js";
import { IdleWarning } from "./idle-warning.js";
import { PageTurner } from "./page-turner.js";

const modules = {
  "audio-player": AudioPlayer,
  "back-link": BackLink,
  "guided-session": GuidedSession,
  "idle-warning": IdleWarning,
  "page-turner": PageTurner,
};

for (const $root of document.querySelectorAll("[data-module]")) {
  const Module = modules[$root.dataset.module];
  if (Module) new Module($root);
}
