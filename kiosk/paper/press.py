"""The press: HTML in, a checked PDF/UA-1 file out; its sides as pictures; its booklet.

Fonts come from this machine by fontconfig; nothing else is fetched: any address the HTML or CSS
names is refused, and what WeasyPrint would only log as an error is raised. Same input, same bytes.
"""

import contextlib
import gc
import hashlib
import io
import logging
from collections.abc import Iterator
from pathlib import Path

import fontTools
import pikepdf
import pydyf
import pypdfium2
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from kiosk.errors import FaultyLeafletError, LeafletError
from kiosk.paper.booklet import imposed
from kiosk.paper.checks import faults
from kiosk.paper.languages import keep_inner_languages
from kiosk.paper.tidy import tidied

# A made-up scheme is not joined to relative addresses, so the base is a host that cannot exist
# (RFC 2606 section 2 reserves .invalid).
BASE_URL = "http://kiosk.invalid/"
MOST_HTML = 2_000_000  # characters; the longest real leaflet has under 100,000
MOST_PAGES = 100  # a layout that ran away; the longest real file, a reviewer’s proof, has 45


class NothingFetched(URLFetcher):  # type: ignore[misc] # WeasyPrint carries no types
    """Refuses every address: a leaflet is whole in its HTML and style sheet."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - its signature
        raise FatalURLFetchingError(f"a leaflet asked for {url[:80]}")


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs as errors: missing title, language, broken SVG …"""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's collector, which takes a quarter of a leaflet's time and finds nothing.

    A leaflet's boxes live until it is done; the largest needs no more memory this way.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class PaperPress:
    """What the paper worker keeps between jobs: fonts and the last style sheet."""

    def __init__(self) -> None:
        self._fonts = FontConfiguration()
        self._sheets: dict[str, weasyprint.CSS] = {}
        self._complaints = _Complaints()
        logging.getLogger("weasyprint").addHandler(self._complaints)
        keep_inner_languages()
        gc.freeze()  # the libraries themselves stay for good

    def signature(self) -> list[str]:
        """All that shapes the bytes or judges them: the libraries' versions, and this folder."""
        pango = weasyprint.text.ffi.pango.pango_version()
        own = hashlib.sha256()
        for path in sorted(Path(__file__).parent.glob("*.py")):
            own.update(path.read_bytes())
        return [
            *(weasyprint.__version__, pydyf.__version__, fontTools.version, str(pango)),
            *(pikepdf.__version__, pikepdf.__libqpdf_version__, own.hexdigest()),
        ]

    def render(self, html: str, css: str) -> bytes:
        """A PDF/UA-1 file that has passed every check.

        Raises LeafletError; FaultyLeafletError when there is a file and it fails a check.
        """
        with _uncollected():
            pdf = tidied(self.laid_out(html, css))
            found = faults(pdf, MOST_PAGES)
        if found:
            raise FaultyLeafletError(
                f"the file fails {len(found)} check(s): {'; '.join(found[:3])}",
                "undo the last change of the leaflet's words, template or libraries",
            )
        return pdf

    def laid_out(self, html: str, css: str) -> bytes:
        """The file as WeasyPrint writes it. Raises LeafletError."""
        if len(html) > MOST_HTML:
            raise LeafletError(f"a leaflet of {len(html)} characters is too long")
        self._complaints.found.clear()
        fetcher = NothingFetched(fail_on_errors=True)
        try:
            sheet = self._sheets.get(css)
            if sheet is None:
                sheet = weasyprint.CSS(
                    string=css,
                    base_url=BASE_URL,
                    url_fetcher=fetcher,
                    font_config=self._fonts,
                )
                self._sheets = {css: sheet}
            document = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
            pdf = document.write_pdf(
                pdf_variant="pdf/ua-1", stylesheets=[sheet], font_config=self._fonts
            )
        except FatalURLFetchingError as error:  # a BaseException: caught by name or not at all
            raise LeafletError(str(error), "take the address out of the template") from error
        if self._complaints.found:
            raise LeafletError(
                f"WeasyPrint: {self._complaints.found[0]}", "mend the leaflet's template"
            )
        return bytes(pdf)

    def imposed(self, pdf: bytes) -> bytes:
        """An A5 file as the sides of a booklet (see booklet.py). Raises LeafletError."""
        return imposed(pdf)

    def pages(self, pdf: bytes) -> int:
        """How many pages a PDF has."""
        with pypdfium2.PdfDocument(pdf) as document:
            return len(document)

    def page_count(self, pdf: bytes) -> bytes:
        """The same as bytes, to be kept."""
        return str(self.pages(pdf)).encode()

    def picture(self, pdf: bytes, number: int, width_px: int) -> bytes:
        """Page `number` (from 1) as a PNG, `width_px` wide."""
        with pypdfium2.PdfDocument(pdf) as document:
            page = document[number - 1]
            image = page.render(scale=width_px / page.get_width()).to_pil()
            buffer = io.BytesIO()
            image.save(buffer, "PNG", optimize=True)
            return buffer.getvalue()
