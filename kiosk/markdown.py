"""Turn a topic's Markdown into blocks: a closed vocabulary, with line numbers.

Takes the body of a topic file; gives back sections of blocks, and every problem found on the way.
Tables, code, pictures, raw HTML and italics cannot be read aloud well and are refused.
The sole user of markdown-it. The format is described in docs/writing.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin

from kiosk.models import (
    Advice,
    AnyBlock,
    Callout,
    CareCard,
    FigureBlock,
    ItemList,
    Line,
    Link,
    Paragraph,
    Section,
    Span,
    Urgency,
)
from kiosk.phrases import Phrases

ROUTES: dict[str, tuple[str, ...]] = {
    "emergency": ("", "999", "a-and-e"),
    "urgent": ("", "maternity", "seen-today", "call-today", "team"),
    "non-urgent": ("", "pharmacist", "midwife", "team"),
}
# Ids of the page around the topic (base.html, topic_end.html, steps.html, topic_dock.html).
TAKEN = frozenset(
    {"main", "listen", "stop", "opening", "words", "about", "idle-title", "idle-text"}
)
TELL_STAFF = "help-tell-staff"  # the evidence of the line that the kiosk adds to emergency cards
_EVIDENCE = re.compile(r"\s*\[([a-z0-9][a-z0-9-]*(?:,\s*[a-z0-9-]+)*)\]\s*$")
_TERM = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Problem:
    """Something wrong at a line of the file, and how to mend it."""

    line: int
    problem: str
    mend: str


@dataclass(frozen=True)
class ExerciseRequest:
    """Where an exercise is to stand; the loader, who knows the exercises, puts it there."""

    id: str
    exercise: str
    number: int


@dataclass
class Parsed:
    """What a body holds. Exercise requests stand among the blocks until the loader fills them."""

    opening: list[AnyBlock | ExerciseRequest] = field(default_factory=list)
    sections: list[tuple[Line, list[AnyBlock | ExerciseRequest]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def slug(heading: str) -> str:
    """A heading as an id: lower case, words joined by hyphens."""
    return _SLUG.sub("-", heading.lower()).strip("-")


def section(heading: Line, blocks: tuple[AnyBlock, ...]) -> Section:
    """A section whose id is its heading line's id without the `-h`."""
    return Section(id=heading.id.removesuffix("-h"), heading=heading, blocks=blocks)


def parse(body: str, phrases: Phrases, first_line: int = 1) -> Parsed:
    """Parse a topic's body, whose first line is number `first_line` of its file."""
    return _Parser(phrases, first_line).parse(body)


class _Parser:
    def __init__(self, phrases: Phrases, first_line: int) -> None:
        self._phrases = phrases
        self._first = first_line
        self._result = Parsed()
        self._place = "opening"
        self._relay_told = False
        self._markdown = MarkdownIt("commonmark", {"html": True}).use(
            container_plugin, name="box", validate=lambda *_: True
        )
        self._markdown.enable("table")
        # `[x]: y` would vanish, and `---` under a paragraph make a heading that needs no evidence.
        self._markdown.disable(["reference", "lheading"])

    def parse(self, body: str) -> Parsed:
        self._refuse_open_boxes(body)
        tree = SyntaxTreeNode(self._markdown.parse(body))
        blocks = self._result.opening
        for node in tree.children:
            if node.type == "heading":
                blocks = self._open_section(node)
                continue
            block_id = f"{self._place}-{len(blocks) + 1}"
            block = self._block(node, block_id)
            if block is not None:
                blocks.append(block)
        return self._result

    # Sections and blocks

    def _open_section(self, node: SyntaxTreeNode) -> list[AnyBlock | ExerciseRequest]:
        line = self._line(node.children[0], "", needs_evidence=False)
        if node.tag != "h2":
            self._problem(node, "a heading that is not `## `", "use `## ` for every section")
        self._place = slug(line.text)
        if not self._place or self._place in TAKEN:
            problem = f"a heading “{line.text}”, which the page cannot use as an address"
            self._problem(node, problem, "give it other words")
        if any(self._place == heading.id[:-2] for heading, _ in self._result.sections):
            self._problem(node, f"a second section “{line.text}”", "give it a heading of its own")
        blocks: list[AnyBlock | ExerciseRequest] = []
        heading = line.model_copy(update={"id": f"{self._place}-h"})
        self._result.sections.append((heading, blocks))
        return blocks

    def _block(self, node: SyntaxTreeNode, block_id: str) -> AnyBlock | ExerciseRequest | None:
        if node.type == "paragraph":
            return Paragraph(id=block_id, line=self._line(node.children[0], f"{block_id}-1"))
        if node.type in ("bullet_list", "ordered_list"):
            ordered = node.type == "ordered_list"
            return ItemList(id=block_id, ordered=ordered, items=self._items(node, block_id))
        if node.type == "container_box":
            return self._box(node, block_id)
        self._problem(
            node,
            f"{_NAMES.get(node.type, node.type)} cannot be read aloud",
            "use a paragraph, a list or a box",
        )
        return None

    def _box(self, node: SyntaxTreeNode, block_id: str) -> AnyBlock | ExerciseRequest | None:
        name, _, argument = node.info.strip().partition(" ")
        argument = argument.strip()
        if name == "exercise":
            if node.children:
                self._problem(node, "text in an exercise box", "put it before or after the box")
            return ExerciseRequest(block_id, argument, self._number(node))
        if name == "figure":
            if node.children:
                self._problem(node, "text in a figure box", "put it before or after the box")
            return FigureBlock(id=block_id, figure=argument, number=self._number(node))
        items, paragraphs = self._box_lines(node, block_id)
        if name in ROUTES:
            return self._card(node, block_id, name, argument, items, paragraphs)
        if name in ("do", "do-not"):
            if paragraphs:
                self._problem(node, f"text beside the list in a {name} box", "make it list items")
            if not items:
                self._problem(node, f"a {name} box without a list", "begin each line with `- `")
            heading = self._label(f"{block_id}-h", f"advice-{name}")
            return Advice(id=block_id, do=name == "do", heading=heading, items=items)
        if name == "important":
            if not argument:
                self._problem(
                    node, "an important box without a heading", "write `::: important Heading`"
                )
            self._require_order(node, "paragraph", "write the paragraphs, then one list")
            if not (items or paragraphs):
                self._problem(node, "an important box without text", "write what is important")
            heading = Line(id=f"{block_id}-h", spans=(Span(text=argument or name),))
            return Callout(
                id=block_id,
                prefix=self._label(f"{block_id}-p", "prefix-important"),
                heading=heading,
                paragraphs=paragraphs,
                items=items,
            )
        self._problem(node, f"no box is called “{name}”", "see the list in docs/writing.md")
        return None

    def _card(
        self,
        node: SyntaxTreeNode,
        block_id: str,
        name: str,
        route: str,
        items: tuple[Line, ...],
        after: tuple[Line, ...],
    ) -> CareCard | None:
        if route not in ROUTES[name]:
            known = ", ".join(route for route in ROUTES[name] if route)
            self._problem(node, f"no {name} card goes to “{route}”", f"use nothing, or {known}")
            return None
        self._require_order(node, "bullet_list", "write one list, then the paragraphs")
        if not items:
            self._problem(node, f"an {name} card without a list", "begin each sign with `- `")
        key = f"card-{name}-{route}" if route else f"card-{name}"
        staff = None
        if name == "emergency" and "card-tell-staff" in self._phrases:
            staff = self._label(f"{block_id}-t", "card-tell-staff").model_copy(
                update={"screen_only": True, "evidence": (TELL_STAFF,)}
            )
        relay = None
        if not self._relay_told and "card-relay" in self._phrases:
            relay = self._label(f"{block_id}-r", "card-relay").model_copy(
                update={"evidence": ("site",)}
            )
            self._relay_told = True
        return CareCard(
            id=block_id,
            urgency=Urgency(name),
            route=route,
            prefix=self._label(f"{block_id}-p", f"prefix-{name}"),
            heading=self._label(f"{block_id}-h", key),
            staff=staff,
            items=items,
            after=after,
            relay=relay,
        )

    def _require_order(self, node: SyntaxTreeNode, first: str, mend: str) -> None:
        """A box shows its list and its paragraphs one after the other, not mixed."""
        order = [child.type for child in node.children]
        if order.count("bullet_list") > 1 or order != sorted(order, key=lambda kind: kind != first):
            self._problem(node, "a list and paragraphs that take turns in a box", mend)

    def _box_lines(
        self, node: SyntaxTreeNode, block_id: str
    ) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        items: tuple[Line, ...] = ()
        paragraphs: list[Line] = []
        for child in node.children:
            if child.type == "bullet_list":
                items += self._items(child, block_id)
            elif child.type == "paragraph":
                line_id = f"{block_id}-a{len(paragraphs) + 1}"
                paragraphs.append(self._line(child.children[0], line_id))
            else:
                self._problem(
                    child,
                    f"{_NAMES.get(child.type, child.type)} inside a box",
                    "use paragraphs or a list",
                )
        return items, tuple(paragraphs)

    def _items(self, node: SyntaxTreeNode, block_id: str) -> tuple[Line, ...]:
        lines = []
        for number, item in enumerate(node.children, 1):
            first = item.children[0] if item.children else None
            if first is None or first.type != "paragraph" or len(item.children) > 1:
                self._problem(item, "a list item that is not one line", "write one `- ` a line")
                continue
            lines.append(self._line(first.children[0], f"{block_id}-{number}"))
        return tuple(lines)

    def _label(self, line_id: str, phrase: str) -> Line:
        return Line(id=line_id, spans=(Span(text=self._phrases(phrase)),))

    # Lines

    def _line(self, inline: SyntaxTreeNode, line_id: str, needs_evidence: bool = True) -> Line:
        spans, links = [], []
        for words, strong, target in self._runs(inline, strong=False):
            if target:
                links.append(Link(words=words, topic=target))
            spans.append(Span(text=words, strong=strong))
        evidence: tuple[str, ...] = ()
        if spans and (found := _EVIDENCE.search(spans[-1].text)):
            evidence = tuple(item.strip() for item in found[1].split(","))
            spans[-1] = spans[-1].model_copy(update={"text": spans[-1].text[: found.start()]})
        if needs_evidence and not evidence:
            self._problem(
                inline,
                "a line without evidence",
                "end it with the id of its evidence, as in `[relief-massage]`",
            )
        if links and evidence != ("signpost",):
            self._problem(
                inline, "a link in a line that is not a signpost", "end the line with `[signpost]`"
            )
        marked = tuple(part for span in spans for part in self._terms(span) if part.text)
        for span in marked:
            for name in self._phrases.unknown_places(span.text):
                self._problem(inline, f"no value for {{{name}}}", "see docs/writing.md")
        filled = tuple(
            span.model_copy(update={"text": self._phrases.fill(span.text)})
            for span in marked
            if not self._phrases.unknown_places(span.text)
        )
        return Line(
            id=line_id,
            spans=filled,
            evidence=evidence,
            links=tuple(links),
            number=self._number(inline),
        )

    def _runs(self, node: SyntaxTreeNode, strong: bool) -> Iterator[tuple[str, bool, str]]:
        """The words of an inline node, whether they are strong, and the topic they lead to."""
        for child in node.children:
            if child.type == "text":
                yield child.content, strong, ""
            elif child.type == "softbreak":
                yield " ", strong, ""
            elif child.type == "strong":
                yield from self._runs(child, strong=True)
            elif child.type == "link":
                words = "".join(words for words, _, _ in self._runs(child, strong))
                yield words, True, str(child.attrs.get("href", ""))
            else:
                self._problem(
                    node,
                    f"{_NAMES.get(child.type, child.type)} cannot be read aloud",
                    "use plain words",
                )

    @staticmethod
    def _terms(span: Span) -> Iterator[Span]:
        """Cut a run at its `[[glossary words]]`."""
        at = 0
        for found in _TERM.finditer(span.text):
            yield span.model_copy(update={"text": span.text[at : found.start()]})
            term = found[2] or found[1]
            yield span.model_copy(update={"text": found[1], "term": term.strip()})
            at = found.end()
        yield span.model_copy(update={"text": span.text[at:]})

    # Problems

    def _number(self, node: SyntaxTreeNode) -> int:
        return self._first + (node.map[0] if node.map else 0)

    def _problem(self, node: SyntaxTreeNode, problem: str, mend: str) -> None:
        while node.map is None and node.parent is not None:
            node = node.parent
        self._result.problems.append(Problem(self._number(node), problem, mend))

    def _refuse_open_boxes(self, body: str) -> None:
        """Say which box was never closed; markdown-it would close it at the end of the file."""
        opened: int | None = None
        for number, text in enumerate(body.splitlines(), self._first):
            if not text.lstrip().startswith(":::"):
                continue
            if text.strip() == ":::":
                if opened is None:
                    self._result.problems.append(
                        Problem(number, "`:::` closes no box", "take the line out")
                    )
                opened = None
            else:
                if opened is not None:
                    self._result.problems.append(
                        Problem(opened, "a box that is never closed", "end it with `:::`")
                    )
                opened = number
        if opened is not None:
            self._result.problems.append(
                Problem(opened, "a box that is never closed", "end it with `:::`")
            )


_NAMES = {
    "table": "a table",
    "fence": "code",
    "code_block": "code (or text moved in by four spaces)",
    "code_inline": "code",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "a picture",
    "em": "italics",
    "blockquote": "a quotation",
    "hr": "a rule",
    "hardbreak": "a forced line break",
}
