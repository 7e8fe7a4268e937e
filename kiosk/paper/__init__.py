"""HTML to tagged PDF, checked, and PDF pages to pictures; all of it inside the paper worker.

The sole user of WeasyPrint, pdfium and pikepdf. Nothing outside the worker imports it: the
libraries are large, and a leaflet's fault stays in a process that can be replaced.
"""

from kiosk.paper.press import MOST_HTML, PaperPress

__all__ = ["MOST_HTML", "PaperPress"]
