"""Cuts a text into segments for a page: labels of what was taken out, and words behind a theme.

Pure: knows no Django. Offsets are code points of the anonymised text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Place(Protocol):
    """A redaction's label in the text: a stored one or one just made."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text. `cues` names the theme groups whose words it is part of."""

    text: str
    label: bool = False
    reason: str = ""
    cues: tuple[str, ...] = ()


def segments(
    text: str, marks: Iterable[Place], cues: Iterable[tuple[int, int, str]] = ()
) -> list[Segment]:
    """The whole text in segments, in order; joined again they are the text.

    `cues` are (start, end, theme group); they may overlap each other. Places outside the text are
    cut to it.
    """
    kept = [(m.start, m.end, m.reason) for m in marks if m.start < m.end]
    under = [(start, end, group) for start, end, group in cues if start < end]
    edges = {0, len(text)}
    for start, end, _ in [*kept, *under]:
        edges |= {min(max(start, 0), len(text)), min(max(end, 0), len(text))}
    ordered = sorted(edges)
    return [
        _segment(text, start, end, kept, under)
        for start, end in zip(ordered, ordered[1:], strict=False)
    ]


def _segment(
    text: str,
    start: int,
    end: int,
    marks: list[tuple[int, int, str]],
    cues: list[tuple[int, int, str]],
) -> Segment:
    reason = next((why for a, b, why in marks if a <= start and end <= b), None)
    groups = dict.fromkeys(group for a, b, group in cues if a <= start and end <= b)
    return Segment(text[start:end], reason is not None, reason or "", tuple(groups))
