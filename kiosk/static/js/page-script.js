// What is said of a page, as speech.json has it. Where the voice must make it first, the beginning
// comes at once, and the rest while it is heard.

export class PageScript {
  constructor(source) {
    this.source = source;
    this.segments = [];
    this.rest = null; // what is still on its way
  }

  // Fetch as much as there is at once. Throws when nothing can be said.
  async begin() {
    const { segments, whole, voice } = await ask(`${this.source}?beginning=1`);
    this.segments = segments;
    this.voice = voice;
    if (whole) return;
    this.rest = ask(this.source).then((answer) => {
      this.segments = answer.segments;
      this.rest = null;
    });
    this.rest.catch(() => {}); // whoever waits for it hears of it
  }

  // The place of the first segment behind `after` for which `fits` holds; -1 when there is none.
  async find(fits, after = -1) {
    const place = this.segments.findIndex((segment, index) => index > after && fits(segment));
    if (place >= 0 || !this.rest) return place;
    await this.rest;
    return this.find(fits, after);
  }
}

async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
