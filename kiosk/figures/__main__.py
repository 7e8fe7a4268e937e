"""Draw every figure on one sheet, to look at them together.

    python -m kiosk.figures sheet OUT.html [FIGURES.yaml] [NAME …]

The sheet shows each figure large, as a tile of 80 px, moving (touch it to start), and in one-bit
black as a poor printer has it. What cannot be drawn is told, and the others are drawn.
"""

import sys
from html import escape
from pathlib import Path

from kiosk.figures import FigureError, Figures

DATA = Path("content/leg-cramps/figures.yaml")
PAGE = """<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Figures</title>
<style>body{font:16px Andika,sans-serif;margin:16px;display:grid;gap:16px;
grid-template-columns:repeat(auto-fill,minmax(520px,1fr))}
figure{margin:0;border:1px solid #ccc;padding:8px}figure>svg{height:300px;max-width:100%}
.tiles svg{width:80px;height:80px;margin-right:8px}.tiles svg+svg{width:auto;height:160px}
.tiles svg+svg+svg{filter:grayscale(1) contrast(99)}</style>
BODY<script>
for (const svg of document.querySelectorAll('[data-frames]')) svg.addEventListener('click', () => {
  const frames = JSON.parse(svg.dataset.frames)
  for (const part of svg.querySelectorAll('[data-part]')) {
    const rows = frames[part.dataset.part]
    if (rows) part.animate(rows.map(([x, y, a, s = 1]) => (
      {transform: `translate(${x}px,${y}px) rotate(${a}deg) scale(${s},1)`})),
      {duration: 2400, iterations: 2, direction: 'alternate'})
  }
})
</script></html>"""


def sheet(figures: Figures, names: list[str]) -> str:
    """One page with every figure in every mode."""
    parts = []
    for i, name in enumerate(names):
        parts.append(
            f"<figure>{figures.svg(name, 'pair', f'p{i}')}"
            f'<div class="tiles">{figures.svg(name, "tile", f"t{i}")}'
            f"{figures.svg(name, 'moving', f'm{i}')}{figures.svg(name, 'still', f'b{i}')}</div>"
            f"<figcaption><b>{escape(name)}</b> {escape(figures.alt(name))}</figcaption></figure>"
        )
    return PAGE.replace("BODY", "\n".join(parts))


def main(arguments: list[str]) -> int:
    """Write the sheet; 0 when it is written, 2 when it could not be."""
    if len(arguments) < 2 or arguments[0] != "sheet":
        sys.stderr.write(__doc__ or "")
        return 2
    data = Path(arguments[2]) if len(arguments) > 2 else DATA
    try:
        figures = Figures.load(data)
        sys.stderr.writelines(f"{problem}\n" for problem in figures.problems)
        Path(arguments[1]).write_text(sheet(figures, arguments[3:] or figures.names()), "utf-8")
    except (FigureError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
