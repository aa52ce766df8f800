"""Find many phrases in a text at once, by whole words.

Case, apostrophes and hyphens make no difference; ``*`` at the end of a word lets it
begin longer words. Matching walks a trie of words, so its cost grows with the text and
not with the number of phrases.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stories.text.tokens import plain

_PIECE = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f]|['\u2019](?=[^\W_]))*")
_CUE_PIECE = re.compile(r"([^\W_](?:[^\W_]|[\u0300-\u036f]|['\u2019](?=[^\W_]))*)(\*?)")


class PhraseMatch(NamedTuple):
    """Where a phrase stands; ``phrase`` is written as it was given to the index."""

    start: int
    end: int
    phrase: str


class _Node:
    __slots__ = ("exact", "longest_stem", "phrase", "stems")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.stems: dict[str, _Node] = {}
        self.longest_stem = 0
        self.phrase: str | None = None


class PhraseIndex:
    """A compiled set of phrases; build it once and keep it."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Compile; a phrase without a letter or digit is ignored."""
        self._root = _Node()
        for phrase in phrases:
            self._add(phrase)

    def _add(self, phrase: str) -> None:
        node = self._root
        for piece, star in _CUE_PIECE.findall(phrase):
            word = plain(piece)
            if star:
                node.longest_stem = max(node.longest_stem, len(word))
            node = (node.stems if star else node.exact).setdefault(word, _Node())
        if node is not self._root:
            node.phrase = phrase

    def find(self, text: str) -> Iterator[PhraseMatch]:
        """The longest phrase starting at each word, from left to right.

        Matches do not overlap: the search goes on after the end of the last one.
        """
        pieces = [(m.start(), m.end(), plain(m.group())) for m in _PIECE.finditer(text)]
        at = 0
        while at < len(pieces):
            stop, phrase = self._longest(pieces, at)
            if phrase is None:
                at += 1
                continue
            yield PhraseMatch(pieces[at][0], pieces[stop - 1][1], phrase)
            at = stop

    def _longest(self, pieces: list[tuple[int, int, str]], at: int) -> tuple[int, str | None]:
        best: tuple[int, str | None] = (at, None)
        front = [self._root]
        while front and at < len(pieces):
            word = pieces[at][2]
            front = [child for node in front for child in _children(node, word)]
            at += 1
            for node in front:
                if node.phrase is not None:
                    best = (at, node.phrase)
        return best


def _children(node: _Node, word: str) -> Iterator[_Node]:
    if word in node.exact:
        yield node.exact[word]
    for length in range(1, min(node.longest_stem, len(word)) + 1):
        if word[:length] in node.stems:
            yield node.stems[word[:length]]
