// The list of all that was said on this page, for tests: the settings turn it on (log_speech), and
// without them nothing is kept. Times are in milliseconds since the page began.

const entries = [];
const isKept = "logsSpeech" in document.documentElement.dataset;
if (isKept) window.speechLog = entries;

// Note that something is about to be said. Whoever says it tells when it started and ended, and its
// words where they are not known yet (text is null until then).
export function noted({ text = "", ids = [], voice = "", kind = "item" }) {
  const entry = { text, ids, voice, kind, asked: performance.now(), started: null, ended: null, cancelled: null };
  if (isKept) entries.push(entry);
  return entry;
}
