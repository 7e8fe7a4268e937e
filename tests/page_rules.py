"""What holds for every page, whatever it shows.

Takes an answer of the web app; gives back its tree after checking the page against the rules.
"""

import re
from collections import Counter
from urllib.parse import urlsplit

from lxml import html
from werkzeug.wrappers import Response

SAME_ORIGIN = {"Origin": "http://localhost"}
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data-speech")
FIELDS = "//input[not(@type='hidden')] | //select | //textarea"


def words_of(element: html.HtmlElement) -> str:
    """An element's text with its white space folded, as a browser shows it."""
    return " ".join(element.text_content().split())


def check_page(response: Response, lang: str) -> html.HtmlElement:
    """The tree of a page that keeps every rule."""
    assert response.mimetype == "text/html"
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = html.document_fromstring(response.get_data(as_text=True))
    _has_one_title(page, lang)
    _has_ids_of_their_own(page)
    _has_words_for_pictures(page)
    _has_forms_that_lead_somewhere(page)
    _has_labels(page)
    _stays_on_the_machine(page)
    _has_nothing_inline(page)
    return page


def _has_one_title(page: html.HtmlElement, lang: str) -> None:
    assert page.get("lang") == lang
    headings = [words_of(heading) for heading in page.xpath("//h1")]
    titles = [words_of(title) for title in page.xpath("//head/title")]
    assert len(headings) == 1, headings
    assert len(titles) == 1, titles
    assert headings[0]
    assert titles[0].startswith(headings[0])


def _has_ids_of_their_own(page: html.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1 or not name] == []
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls"):
        named = [name for value in page.xpath(f"//@{attribute}") for name in value.split()]
        assert [name for name in named if name not in ids] == [], attribute
    inside = [link[1:] for link in page.xpath("//@href") if link.startswith("#")]
    assert [name for name in inside if name not in ids] == []


def _has_words_for_pictures(page: html.HtmlElement) -> None:
    assert page.xpath("//img[not(@alt)]") == []
    for picture in page.xpath("//svg[not(ancestor::svg)]"):
        named = picture.get("aria-label") or [
            words_of(title) for title in picture.xpath("./title") if words_of(title)
        ]
        hidden = picture.xpath("ancestor-or-self::*[@aria-hidden='true']")
        assert hidden or named, html.tostring(picture)[:200]


def _has_forms_that_lead_somewhere(page: html.HtmlElement) -> None:
    assert [form for form in page.xpath("//form") if not form.get("action")] == []


def _has_labels(page: html.HtmlElement) -> None:
    for field in page.xpath(FIELDS):
        around = field.xpath("ancestor::label")
        tied = page.xpath("//label[@for=$id]", id=field.get("id")) if field.get("id") else []
        assert any(words_of(label) for label in [*around, *tied]) or field.get("aria-label"), (
            html.tostring(field)
        )
    for label in page.xpath("//label"):
        name = label.get("for")
        field = page.xpath(FIELDS) if name is None else page.xpath("//*[@id=$id]", id=name)
        assert field, words_of(label)
    for button in page.xpath("//button | //a[@href]"):
        assert words_of(button) or button.get("aria-label"), html.tostring(button)
    assert page.xpath("//fieldset[not(legend)]") == []


def _stays_on_the_machine(page: html.HtmlElement) -> None:
    for element in page.iter("*"):
        for name, value in element.attrib.items():
            elsewhere = re.match(r"\s*([a-z]+:)?//", value, re.IGNORECASE)
            assert name.startswith("xmlns") or not elsewhere, f"{name}={value}"
            if name.split("}")[-1].split(":")[-1] in ADDRESSES:
                parts = urlsplit(value)
                assert (parts.scheme, parts.netloc) == ("", ""), f"{name}={value}"
                assert re.match(r"[/#](?![/\\])|#$", value), f"{name}={value}"
                assert value.isprintable(), f"{name}={value!r}"
    assert page.xpath("//base | //iframe | //object | //embed | //@srcset | //@ping") == []
    assert page.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']") == []


def _has_nothing_inline(page: html.HtmlElement) -> None:
    assert page.xpath("//style | //@style") == []
    assert page.xpath("//script[not(@src) or normalize-space()]") == []
    handlers = [
        name for element in page.iter("*") for name in element.attrib if name.startswith("on")
    ]
    assert handlers == []
