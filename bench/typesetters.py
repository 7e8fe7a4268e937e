"""A leaflet from HTML to PDF, warm: beside Chromium's own printing and Typst, with the same words.

All three get what is ready before: the leaflet's HTML and style sheet, or the same words and
drawings as a Typst document. The kiosk's time has its checks of the file in it. Chromium is a
process for each file, as its command is; Typst is a library that is loaded already.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.machine import load
from bench.rows import Row, ratio, said, timed
from bench.sample import topics
from kiosk.leaflet import LeafletOrder, Size
from kiosk.models import Block, ExerciseCard, FigureBlock, ItemList
from kiosk.services import Services, build_services
from kiosk.settings import Settings
from tests.browser.conftest import CHROMIUM, as_root

PRINT_S = 120
FIRST = 3  # leaflets that Chromium and Typst make: theirs take long, or differ little


def typesetters() -> Iterator[Row]:
    """The sample's leaflets at standard size by the kiosk; the first of them by its peers."""
    with tempfile.TemporaryDirectory() as folder:
        services = build_services(Settings(state=Path(folder)))
        try:
            orders = [
                LeafletOrder(topic, pack, services.review(topic), Size.STANDARD)
                for pack, topic in topics(services)
            ]
            draw = services.drawer(orders[0].pack.id)
            written = [
                (services.leaflets.html(one, draw), services.leaflets.css(one.size))
                for one in orders
            ]
            press = services.workers["paper"]
            press.call("render", *written[0])
            warm = [median(timed(lambda one=one: press.call("render", *one))) for one in written]
            chromium = [
                median(timed(lambda one=one: _by_chromium(*one, Path(folder))))
                for one in written[:FIRST]
            ]
            yield Row(
                f"a leaflet never made before, warm: middle of {len(warm)}",
                f"Chromium --print-to-pdf, the first {FIRST}: {said(chromium)}; "
                f"here {ratio(warm[:FIRST], chromium):.2f}x of it",
                "at most half of Chromium",
                f"{said(warm)}; {load()}",
                {"here": warm, "beside": chromium},
            )
            yield _beside_typst(services, orders[:FIRST], warm[:FIRST], Path(folder))
        finally:
            services.close()


def _by_chromium(html: str, css: str, folder: Path) -> None:
    page = folder / "leaflet.html"
    page.write_text(html.replace("</head>", f"<style>{css}</style></head>", 1), "utf-8")
    subprocess.run(
        [
            *(str(CHROMIUM), "--headless", "--disable-gpu", "--no-pdf-header-footer", *as_root()),
            *(f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={folder / 'out.pdf'}"),
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=PRINT_S,
    )


def _beside_typst(
    services: Services, orders: list[LeafletOrder], warm: list[float], folder: Path
) -> Row:
    measure = f"the same, the first {FIRST}"
    try:
        import typst
    except ImportError as error:
        return Row(measure, f"Typst: not measured: {error}", "ratio is printed", said(warm))
    theirs = []
    for number, order in enumerate(orders):
        place = folder / f"typst-{number}"
        place.mkdir()
        source = place / "leaflet.typ"
        source.write_text(_as_typst(services, order, place), "utf-8")
        compiled = timed(lambda at=source: typst.compile(at, pdf_standards=["ua-1"]))
        theirs.append(median(compiled))
    return Row(
        measure,
        f"Typst, PDF/UA-1 unchecked: {said(theirs)}; here {ratio(warm, theirs):.0f}x of it",
        "ratio is printed",
        said(warm),
        {"here": warm, "beside": theirs},
    )


def _as_typst(services: Services, order: LeafletOrder, place: Path) -> str:
    """The leaflet's words and drawings as a Typst document, laid out as plainly as can be."""
    draw, alt = services.drawer(order.pack.id), services.alt(order.pack.id)
    title = order.topic.about.title
    parts = [
        f"#set document(title: {_quoted(title)})",
        '#set page(paper: "a4", margin: 18mm, numbering: "1")',
        f'#set text(font: "Andika", size: 14pt, lang: "en", region: "GB")\n= #{_quoted(title)}',
    ]

    def add(block: Block) -> None:
        if isinstance(block, (FigureBlock, ExerciseCard)):
            svg = draw(block.figure, "paper", f"f-{block.id}")
            if svg:
                (place / f"{block.id}.svg").write_text(str(svg), "utf-8")
                shown = _quoted(alt(block.figure))
                parts.append(f'#image("{block.id}.svg", width: 60mm, alt: {shown})')
        mark = "+ " if isinstance(block, ItemList) and block.ordered else "- "
        listed = isinstance(block, ItemList)
        parts.extend(f"{mark if listed else ''}#{_quoted(line.text)}\n" for line in block.lines)

    for block in order.topic.opening:
        add(block)
    for section in order.sections:
        parts.append(f"== #{_quoted(section.heading.text)}")
        for block in section.blocks:
            add(block)
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
