"""A story with its identifiers replaced, and the edits a curator makes to it.

Everything here is a pure function: it takes a ``Redacted`` and returns a new one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stories.text.spans import Span, whole_words


class NotFound(ValueError):
    """The words to replace do not stand in the story outside its labels."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label in a redacted text: offsets are those of the label itself."""

    start: int
    end: int
    type: str
    label: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text in which ``text[mark.start:mark.end] == mark.label`` for every mark."""

    text: str
    marks: list[Mark]


def redact(text: str, spans: Sequence[Span]) -> Redacted:
    """Put each span's label in its place.

    Raises ``ValueError`` if spans overlap, are empty or lie outside the text.
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    done = length = 0
    for span in sorted(spans, key=lambda s: s.start):
        if not done <= span.start < span.end <= len(text):
            raise ValueError("spans must be inside the text and must not overlap")
        start = length + span.start - done
        marks.append(_mark(span, start))
        pieces += [text[done : span.start], span.label]
        done, length = span.end, start + len(span.label)
    return Redacted("".join([*pieces, text[done:]]), marks)


def relabel(redacted: Redacted, index: int, label: str) -> Redacted:
    """Give the mark at ``index`` (from 0) another label; the text follows.

    Raises ``IndexError`` for no such mark, ``ValueError`` for an empty label.
    """
    if not 0 <= index < len(redacted.marks):
        raise IndexError("no such mark")
    label = clean_label(label)
    old = redacted.marks[index]
    shift = len(label) - len(old.label)
    changed = replace(old, label=label, end=old.start + len(label))
    later = [_moved(m, shift) for m in redacted.marks[index + 1 :]]
    text = redacted.text[: old.start] + label + redacted.text[old.end :]
    return Redacted(text, [*redacted.marks[:index], changed, *later])


def redact_more(redacted: Redacted, words: str, type: str, label: str, reason: str) -> Redacted:
    """Replace every whole-word occurrence of ``words``, in any case, outside the marks.

    Raises ``NotFound`` if there is none, ``ValueError`` for an empty label.
    """
    label = clean_label(label)
    sought = r"\s+".join(re.escape(part) for part in words.split())
    if not sought:
        raise NotFound("no words to replace")
    old = [_span(mark) for mark in redacted.marks]
    covered = bytearray(len(redacted.text))
    for span in old:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    new = [
        Span(m.start(), m.end(), type, label, reason, 1.0)
        for m in re.finditer(sought, redacted.text, re.IGNORECASE)
        if whole_words(redacted.text, *m.span()) == m.span()
        and not any(covered[m.start() : m.end()])
    ]
    if not new:
        raise NotFound("the words do not stand in the story outside its labels")
    return redact(redacted.text, [*old, *new])


def clean_label(label: str) -> str:
    """``[label]`` on one line with no bracket inside; ``ValueError`` if empty."""
    inside = " ".join(re.sub(r"[\[\]]", " ", label).split())
    if not any(c.isalnum() for c in inside):
        raise ValueError("a label needs a word")
    return f"[{inside}]"


def _mark(span: Span, start: int) -> Mark:
    end = start + len(span.label)
    return Mark(start, end, span.type, span.label, span.reason, span.score)


def _span(mark: Mark) -> Span:
    return Span(mark.start, mark.end, mark.type, mark.label, mark.reason, mark.score)


def _moved(mark: Mark, by: int) -> Mark:
    return replace(mark, start=mark.start + by, end=mark.end + by)
