// Finds every [data-module] on the page and starts it. The page works without all of them.

import { AudioPlayer } from "./audio-player.js";
import { BackLink } from "./back-link.js";
import { CrampCoach } from "./cramp-coach.js";
import { CleaningLock } from "./cleaning-lock.js";
import { DockRoom } from "./dock-room.js";
import { GuidedSession } from "./guided-session.js";
import { IdleWarning } from "./idle-warning.js";
import { KeyWalk } from "./key-walk.js";
import { KeyTest } from "./key-test.js";
import { LineFocus } from "./line-focus.js";
import { PageTurner } from "./page-turner.js";
import { PrintWatch } from "./print-watch.js";
import { PrinterWatch } from "./printer-watch.js";
import { SpeakEverything } from "./speak-everything.js";
import { StrikeGuard } from "./strike-guard.js";
import { VoiceTest } from "./voice-test.js";
import { WordMeaning } from "./word-meaning.js";

const modules = {
  "audio-player": AudioPlayer,
  "back-link": BackLink,
  "cramp-coach": CrampCoach,
  "cleaning-lock": CleaningLock,
  "dock-room": DockRoom,
  "guided-session": GuidedSession,
  "idle-warning": IdleWarning,
  "key-walk": KeyWalk,
  "key-test": KeyTest,
  "line-focus": LineFocus,
  "page-turner": PageTurner,
  "print-watch": PrintWatch,
  "printer-watch": PrinterWatch,
  "speak-everything": SpeakEverything,
  "strike-guard": StrikeGuard,
  "voice-test": VoiceTest,
  "word-meaning": WordMeaning,
};

// What speaks everything comes first: a touch or a key may be its own.
const FIRST = "speak-everything";
const found = [...document.querySelectorAll("[data-module]")];
found.sort((one, other) => (other.dataset.module === FIRST) - (one.dataset.module === FIRST));

for (const $root of found) {
  const Module = modules[$root.dataset.module];
  if (Module) new Module($root);
}
