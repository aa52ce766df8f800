"""Order stories by danger: harm, how near it is, and whether someone is afraid.

The rules lean towards the higher level: a person looks at every story anyway, and a
story read too soon costs little. Nothing is ever dismissed here.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from stories.text.lexicon import table
from stories.text.phrases import PhraseIndex
from stories.text.tokens import sentences

LEVELS: Final = ("none", "worry", "urgent")
UNREADABLE: Final = "We cannot read this language, so a person must look now."
#: Of its letters, the share that must be Latin for a story to be read by these rules.
_LATIN_SHARE: Final = 0.5
#: Signs of relief it takes to call a story without any other sign "none".
_RELIEF: Final = 2
_WORRYING: Final = ("harm", "fear", "worry")
_PRESSING: Final = ("now", "fear", "imminent")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the story that raised its level, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Concern:
    """``level`` is one of ``LEVELS``; ``score`` (0 to 1) orders stories for reading.

    A score under 0.25 goes with "none", from 0.6 with "urgent".
    """

    level: str
    score: float
    evidence: list[Evidence]


class _Sign(NamedTuple):
    role: str
    name: str
    evidence: Evidence
    sentence: int


def concerns(text: str) -> Concern:
    """How soon a person should read ``text``. Never raises; cost is linear."""
    if not _readable(text):
        return Concern("urgent", 1.0, [Evidence(0, len(text), UNREADABLE)])
    signs = list(_signs(text))
    worries = [s for s in signs if s.role in _WORRYING]
    close = [s for s in signs if s.role == "imminent"]
    relieved = sum(s.role == "relief" for s in signs) >= _RELIEF
    grave = [s for s in signs if s.role == "alarm"] + list(_near(signs))
    if close and (worries or not relieved):
        grave += close
    if grave:
        return Concern("urgent", _grown(0.6, grave), _evidence([*grave, *worries]))
    if worries or close or not relieved:
        # Nothing we know is not the same as nothing wrong: silence is a worry.
        return Concern("worry", _grown(0.25, worries, 0.59), _evidence(worries))
    return Concern("none", 0.0, [])


def _signs(text: str) -> Iterator[_Sign]:
    """The signs of each sentence in turn; a phrase does not reach across sentences."""
    index, owners = _index()
    for number, (start, end) in enumerate(sentences(text)):
        for match in index.find(text[start:end]):
            for sign in owners[match.phrase]:
                place = Evidence(start + match.start, start + match.end, sign["reason"])
                yield _Sign(sign["role"], sign["id"], place, number)


def _near(signs: Iterable[_Sign]) -> Iterator[_Sign]:
    """Signs of harm with a sign of now or of fear in the same or the next sentence."""
    signs = list(signs)
    pressing = {s.sentence for s in signs if s.role in _PRESSING}
    for sign in signs:
        around = {sign.sentence - 1, sign.sentence, sign.sentence + 1}
        if sign.role == "harm" and around & pressing:
            yield sign


def _grown(base: float, signs: Iterable[_Sign], top: float = 1.0) -> float:
    """From ``base`` towards ``top``, half of what is left with each kind of sign."""
    kinds = len({s.name for s in signs})
    return round(top - (top - base) * 0.5 ** max(0, kinds - 1), 4)


def _evidence(signs: Iterable[_Sign]) -> list[Evidence]:
    """Sorted by place; of signs that overlap only the first and longest."""
    places = sorted((s.evidence for s in signs), key=lambda e: (e.start, -e.end))
    kept: list[Evidence] = []
    for place in places:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _readable(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "\u0250" or "LATIN" in unicodedata.name(c, "") for c in letters)
    return latin >= _LATIN_SHARE * len(letters)


@cache
def _index() -> tuple[PhraseIndex, dict[str, list[dict[str, str]]]]:
    owners: dict[str, list[dict[str, str]]] = {}
    for sign in table("concerns")["signs"]:
        for phrase in sign["phrases"]:
            owners.setdefault(phrase, []).append(sign)
    return PhraseIndex(owners), owners
