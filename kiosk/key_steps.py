"""The few lines of a topic that fit into a QR code: plain text for a phone, with no internet.

Takes a topic whose front matter names its `key_steps`; gives back those lines, word for word, under
the pack's emergency line. Nothing is ever cut short: a line that is no longer in the topic, or a
text that is too long, takes the whole code away and is reported by `check`.
"""

from collections.abc import Iterator

from kiosk.models import CareCard, Line, Pack, Paragraph, Topic

# Bytes of UTF-8. With error level M this is QR version 13, 69 modules (ISO/IEC 18004, table 7): a
# phone still reads it from a panel, and from paper with modules of half a millimetre.
MOST_BYTES = 300
ALL_SIGNS_TOPIC = "get-help"  # its first line is the one to read in an emergency


def key_steps(topic: Topic, pack: Pack) -> str | None:
    """The emergency line, then the topic's key steps, a line each; None when there are none.

    None too when a problem of `key_step_problems` would make the text unsafe to hand out.
    """
    if not topic.about.key_steps or any(key_step_problems(topic, pack)):
        return None
    return _text(topic, pack)


def key_step_problems(topic: Topic, pack: Pack) -> Iterator[str]:
    """What is wrong with the key steps that a topic's front matter names."""
    if not topic.about.key_steps:
        return
    marks = _marks(topic)
    for step in topic.about.key_steps:
        if step not in marks:
            yield f"a key step is not whole sentences of a line of this topic: “{step}”"
    if not _emergency(topic, pack):
        yield "key steps without an emergency line to stand above them"
    length = len(_text(topic, pack).encode())
    if length > MOST_BYTES:
        yield f"key steps of {length} bytes, with the emergency line"


def _text(topic: Topic, pack: Pack) -> str:
    marks = _marks(topic)
    steps = [marks.get(step, "") + step for step in topic.about.key_steps]
    return "\n".join([*_emergency(topic, pack), *steps])


def _emergency(topic: Topic, pack: Pack) -> list[str]:
    """The first line of the pack's topic of all signs, else the topic's own first emergency."""
    signs = pack.topics.get(ALL_SIGNS_TOPIC)
    first = signs.opening[0] if signs and signs.opening else None
    if isinstance(first, Paragraph):
        return [first.line.text]
    for block in topic.blocks:
        if isinstance(block, CareCard) and block.urgency == "emergency":
            return [block.heading.text, f"- {block.items[0].text}"]
    return []


def _marks(topic: Topic) -> dict[str, str]:
    """Every run of whole sentences of the topic, with the mark it has: `- ` for a list's item."""
    found: dict[str, str] = {}
    for block in topic.blocks:
        items = getattr(block, "items", ())
        for line in block.lines:
            if not line.screen_only:
                for run in _runs(line):
                    found.setdefault(run, "- " if line in items else "")
    return found


def _runs(line: Line) -> Iterator[str]:
    sentences = line.sentences
    for first in sentences:
        for last in sentences[sentences.index(first) :]:
            yield line.text[first.start : last.end]
