"""Cuts a text at the places where something is to be marked. Pure: knows no Django."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_BLANK_LINE: Final = re.compile(r"\s*\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Note:
    """A stretch of a text and what is to be said about it. Offsets in code points, end exclusive.

    `look` names how it is drawn ("id", "t-harm"), `says` is the sentence that explains it and
    `ref` the element that explains it at length.
    """

    start: int
    end: int
    look: str
    says: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text with the notes that cover the whole of it, the most important first."""

    text: str
    notes: tuple[Note, ...] = ()

    @property
    def first(self) -> Note | None:
        """The note that decides how the piece is drawn."""
        return self.notes[0] if self.notes else None

    @property
    def says(self) -> str:
        """What all its notes say, each once."""
        return " ".join(dict.fromkeys(note.says for note in self.notes if note.says))


def segments(text: str, notes: Iterable[Note], *, begin: int = 0) -> list[Segment]:
    """The pieces of `text`, in order; joined together they are the text again.

    `begin` is the offset of `text` in the text that the notes' offsets count in. Notes may
    overlap and their order is their importance. Notes that lie outside, or are empty, are
    ignored: evidence may be older than an edit of the text.
    """
    end = begin + len(text)
    inside = [n for n in notes if n.start < n.end and n.start < end and n.end > begin]
    cuts = {begin, end, *(min(max(at, begin), end) for n in inside for at in (n.start, n.end))}
    edges = sorted(cuts)
    return [
        Segment(
            text[left - begin : right - begin],
            tuple(n for n in inside if n.start <= left and right <= n.end),
        )
        for left, right in pairwise(edges)
    ]


def paragraphs(text: str, notes: Sequence[Note] = ()) -> list[list[Segment]]:
    """The segments of each paragraph. Blank lines part paragraphs and belong to none."""
    found: list[list[Segment]] = []
    at = 0
    for gap in [*_BLANK_LINE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            found.append(segments(text[at:end], notes, begin=at))
        at = gap.end() if gap else end
    return found
