// Hears what a visitor hears: which sounds were started, and what is marked while they play.
// Put into each page before the page's own scripts.

const started = new Set();
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  started.add(this);
  return play.call(this);
};

window.ear = {
  started,

  // The sound, and the marks on the page, at this moment.
  now() {
    const sounds = [...started];
    const sound = sounds.findLast(({ paused }) => !paused) ?? sounds.at(-1);
    const marked = document.querySelectorAll("#main .k-is-now");
    const words = [...(CSS.highlights.get("k-word") ?? [])];
    return {
      sounding: [...started].filter(({ paused, ended }) => !paused && !ended).length,
      source: sound?.src ? new URL(sound.src).pathname : "",
      time: sound?.currentTime ?? 0,
      rate: sound?.playbackRate ?? 0,
      volume: sound?.volume ?? 0,
      keeps_pitch: sound?.preservesPitch ?? false,
      marks: [...marked].map(({ id }) => id),
      text: marked[0]?.textContent ?? "",
      words: words.map(String),
      word_inside: words.every((word) => marked[0]?.contains(word.commonAncestorContainer)),
    };
  },

  // The same at every frame for a while. Looks after the page's own work of the frame is done.
  listen(seconds) {
    const seen = [];
    const until = performance.now() + seconds * 1000;
    return new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      const ask = () => requestAnimationFrame(() => port2.postMessage(""));
      port1.onmessage = () => {
        seen.push(this.now());
        if (performance.now() < until) ask();
        else done(seen);
      };
      ask();
    });
  },
};

// Registered last, so that it looks after the page has tidied itself away.
addEventListener("load", () => {
  addEventListener("pagehide", () => {
    sessionStorage.setItem("sounding-on-leaving", String(window.ear.now().sounding));
  });
});
