"""What the finders hand over, and how their finds become spans that never overlap.

Offsets everywhere are Python string indices: code points, end exclusive.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

#: What each kind of local name hides as.
LOCAL_TYPES: Final = {
    "school": "SCHOOL",
    "faith_place": "FAITH_PLACE",
    "health_place": "HEALTH_PLACE",
    "organisation": "ORG",
    "place": "PLACE",
    "street": "ADDRESS",
}


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a story that could point at somebody.

    ``label`` replaces the words, in square brackets; ``reason`` is a sentence for a lay
    reader; ``score`` runs from 0 to 1 and says how sure the rule is.
    """

    start: int
    end: int
    type: str
    label: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class LocalName:
    """A name the partnership knows: ``kind`` is a key of ``LOCAL_TYPES``."""

    kind: str
    name: str

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for an unknown kind."""
        if self.kind not in LOCAL_TYPES:
            raise ValueError(f"unknown kind of local name: {self.kind!r}")


class Find(NamedTuple):
    """A span before it has a label.

    ``noun`` is what the label will call it ("friend"); ``who`` is equal for two finds
    that mean the same person or place.
    """

    start: int
    end: int
    type: str
    noun: str
    who: str
    reason: str
    score: float


def settle(text: str, finds: Iterable[Find]) -> list[Find]:
    """Keep the surest, then the longest, of overlapping finds; sorted by start.

    A find that would cut a word is widened to the whole of it: half a name left
    standing is worse than a word too many.
    """
    taken = bytearray(len(text))
    kept: list[Find] = []
    for find in sorted(finds, key=lambda f: (-f.score, f.start - f.end, f.start)):
        start, end = whole_words(text, find.start, find.end)
        if start == end or any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        kept.append(find._replace(start=start, end=end))
    return sorted(kept, key=lambda f: f.start)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch, widened so that it neither begins nor ends inside a word."""
    while _inside_word(text, start):
        start -= 1
    while _inside_word(text, end):
        end += 1
    return start, end


def _inside_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and _wordy(text[at - 1]) and _wordy(text[at])


def _wordy(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("Mn", "Mc")


def quoted(words: str) -> str:
    """The words in single quotation marks, on one line, for use in a reason."""
    return f"\u2018{' '.join(words.split())}\u2019"
