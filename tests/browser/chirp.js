// Plays a sound whose pitch tells the time; gives back [the player's clock, the pitch that is
// heard in Hz] for each frame of two seconds.
async ([address, rate, begin]) => {
  const audio = new Audio(address);
  audio.preservesPitch = true;
  audio.playbackRate = rate;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  analyser.smoothingTimeConstant = 0;
  context.createMediaElementSource(audio).connect(analyser).connect(context.destination);
  const happens = (name) => new Promise((done) => audio.addEventListener(name, done, { once: true }));
  await happens("canplay");
  if (begin) {
    audio.currentTime = begin;
    await happens("seeked");
  }
  await context.resume();
  await audio.play();
  const loud = new Float32Array(analyser.frequencyBinCount);
  const moments = [];
  const until = performance.now() + 2000;
  await new Promise((done) => {
    const look = () => {
      analyser.getFloatFrequencyData(loud);
      let top = 1;
      for (let bin = 2; bin < loud.length - 1; bin += 1) if (loud[bin] > loud[top]) top = bin;
      if (loud[top] > -60) {
        const [left, middle, right] = loud.slice(top - 1, top + 2);
        const between = (left - right) / 2 / (left - 2 * middle + right); // the parabola's summit
        const hertz = ((top + between) * context.sampleRate) / analyser.fftSize;
        moments.push([audio.currentTime, hertz]);
      }
      if (performance.now() < until) requestAnimationFrame(look);
      else done();
    };
    look();
  });
  audio.pause();
  await context.close();
  return moments;
}
