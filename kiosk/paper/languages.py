"""Inner languages: `lang` on an element becomes /Lang on its tag, for a voice to change over.

WeasyPrint 70 knows the language of the whole document only, so its tag builder is wrapped. That
builder is private: the version is pinned, and a test reads the tags of a Welsh and a Polish phrase.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

_WHOLE = {"html", "body"}  # the document's own language stands in the catalogue


def keep_inner_languages() -> None:
    """Teach WeasyPrint's tag builder the `lang` attribute; done twice, it does nothing more."""
    build = tags._build_box_tree
    if hasattr(build, "without_languages"):
        return

    def with_languages(box: Any, *rest: Any) -> Iterator[Any]:
        element = getattr(box, "element", None)
        # No tag is made for these two: what comes out of them are their children's.
        own = element is not None and element.tag not in _WHOLE
        lang = element.get("lang") if own and element is not None else None
        for tag in build(box, *rest):
            if lang:
                tag["Lang"] = pydyf.String(lang)
            yield tag

    with_languages.without_languages = build  # type: ignore[attr-defined]
    tags._build_box_tree = with_languages
