// Marks one word inside an element without changing the page: the CSS Custom Highlight API.
// A browser without it marks the sentence alone.

// One for the page: of all that can be said, one thing is said at a time.
const highlight = "highlights" in CSS ? new Highlight() : null;
if (highlight) CSS.highlights.set("k-word", highlight);

export class WordMark {
  // The element whose characters `word` counts.
  on($element) {
    this.clear();
    this.texts = [];
    const walker = document.createTreeWalker($element, NodeFilter.SHOW_TEXT);
    let at = 0;
    while (walker.nextNode()) {
      this.texts.push({ node: walker.currentNode, at });
      at += walker.currentNode.length;
    }
  }

  // Mark the characters from `start` to `end`.
  word(start, end) {
    if (!highlight || !this.texts?.length || this.start === start) return;
    this.start = start;
    const range = new Range();
    range.setStart(...this.place(start));
    range.setEnd(...this.place(end));
    highlight.clear();
    highlight.add(range);
  }

  place(offset) {
    const text = this.texts.findLast(({ at }) => at <= offset) ?? this.texts[0];
    return [text.node, Math.min(offset - text.at, text.node.length)];
  }

  clear() {
    highlight?.clear();
    this.texts = [];
    this.start = -1;
  }
}
