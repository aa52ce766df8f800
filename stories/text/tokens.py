"""Words and sentences of a story, with their places in it."""

import re
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

# A letter or digit, then letters, digits and accents; an apostrophe or hyphen only
# between two of them, so O'Shea and Delaney-Shaw are one word each.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f]|['\u2019-](?=[^\W_]))*")
_POSSESSIVE = re.compile(r"['\u2019][sS]$")
_SENTENCE_END = re.compile(r"[.!?\n]+")
_OPENS = re.compile(r"[.!?\n\"\u201c\u2018(\u2022]|(?<=\s)'")
_SHORTENED = frozenset(
    {"mr", "mrs", "ms", "mx", "dr", "st", "rev", "revd", "prof", "sgt", "fr", "cllr", "pr", "ps"}
)
_APOSTROPHES = str.maketrans("", "", "'\u2019")


class Word(NamedTuple):
    """One word: ``plain`` is lower case without apostrophes or a possessive 's."""

    start: int
    end: int
    text: str
    plain: str
    opens: bool  # first of its sentence, so a capital letter says nothing

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


class Story:
    """A text split into words once, for all the finders."""

    def __init__(self, text: str) -> None:
        """Split ``text``; cost is linear in its length."""
        self.text = text
        self.words = split_words(text)

    @cached_property
    def cased(self) -> bool:
        """Whether capitals tell a name from a word: not so in a shouted story."""
        letters = [c for c in self.text if c.isalpha()]
        return sum(c.isupper() for c in letters) <= 0.5 * len(letters)

    def gap(self, index: int) -> str:
        """What stands between word ``index`` and the next; a newline at the end."""
        if index + 1 >= len(self.words):
            return "\n"
        return self.text[self.words[index].end : self.words[index + 1].start]

    def joined(self, index: int, *, possessive: bool = False) -> bool:
        """Whether word ``index`` and the next may belong to one name.

        Only spaces may part them, or the stop after an initial; with ``possessive``
        also an apostrophe ("St Brannock's Primary").
        """
        gap = self.gap(index)
        inner = gap.strip(" ")
        if not gap or len(gap) > 4:
            return False
        if inner == ".":
            word = self.words[index]
            return len(word.text) == 1 or word.plain in _SHORTENED
        return not inner or (possessive and inner[0] in "'\u2019" and "," not in inner)


def split_words(text: str) -> list[Word]:
    """The words of ``text`` in order."""
    words: list[Word] = []
    before = 0
    for match in _WORD.finditer(text):
        raw = _POSSESSIVE.sub("", match.group())
        opens = not words or bool(_OPENS.search(text, before, match.start()))
        end = match.start() + len(raw)
        words.append(Word(match.start(), end, raw, plain(raw), opens))
        before = end
    return words


def plain(word: str) -> str:
    """Lower case, without apostrophes: "Don't" and "dont" are one word."""
    return word.lower().translate(_APOSTROPHES)


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; together they cover the whole text."""
    edges = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(edges) if a < b]
