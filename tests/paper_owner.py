"""A press that spoils what it is told to, for the tests of what is then given to visitors."""

import io

import pikepdf

from kiosk.paper import PaperPress

SPOILT = "spoil this"  # words of a leaflet whose file comes out without its language


class SpoilingPress(PaperPress):
    """The real press; a leaflet with the words in it comes out spoilt."""

    def laid_out(self, html: str, css: str) -> bytes:
        """The file as WeasyPrint writes it, or one that no screen reader can pronounce."""
        data = super().laid_out(html, css)
        if SPOILT not in html:
            return data
        with pikepdf.open(io.BytesIO(data)) as pdf:
            del pdf.Root.Lang
            out = io.BytesIO()
            pdf.save(out)
        return out.getvalue()
