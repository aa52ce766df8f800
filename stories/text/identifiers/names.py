"""People: by title, by the words before them, by first name, by capital letter.

Each finder gives seeds, the places where a name shows itself; then every name is
followed through the whole story, in any case.
"""

from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import Final, NamedTuple

from stories.text.identifiers.labels import PERSON
from stories.text.lexicon import index_of, is_first_name, is_ordinary, table
from stories.text.phrases import PhraseIndex
from stories.text.spans import Find, quoted
from stories.text.tokens import Story, Word

_LONGEST: Final = 4  # words in one name


class Trust(IntEnum):
    """How much the words before it vouch for a word to be a name."""

    LISTED = 0  # only a first name we know
    WEAK = 1  # or a capital letter on a word that is not an ordinary one
    STRONG = 2  # or any word at all that is not an ordinary one
    TITLE = 3  # or an ordinary word with a capital letter


class _Seed(NamedTuple):
    """A name at words ``first`` to ``last``; the title, if any, is ``first``."""

    first: int
    last: int
    noun: str
    titled: bool
    reason: str
    score: float


def find(story: Story) -> Iterator[Find]:
    """Every mention of a person in ``story``."""
    kept = _kept_words(story)
    seeds = [
        *_titled(story, kept),
        *_related(story, kept),
        *_cued(story, kept),
        *_listed(story, kept),
        *_capitals(story, kept),
        *_initials(story, kept),
    ]
    people = _People()
    taken: set[int] = set()
    for seed in sorted(seeds, key=lambda s: (-s.score, s.first)):
        span = range(seed.first, seed.last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            yield people.add(story, seed)
    yield from people.follow(story, taken)


def _titled(story: Story, kept: set[int]) -> Iterator[_Seed]:
    people = table("people")
    for at, word in enumerate(story.words):
        if word.plain not in people["titles"] or not story.joined(at):
            continue
        before = story.words[at - 1].plain if at else ""
        if before in people["not_titles"] or before in ("my", "his", "her", "our"):
            continue
        first = at + 1
        if story.words[first].text.isdecimal() and story.joined(first):
            first += 1
        pure = word.plain in people["pure"]
        trust = Trust.TITLE if pure or word.capital else Trust.STRONG
        last = _extent(story, first, trust, kept)
        if last >= first:
            noun = _noun_before(story, at) or people["titles"][word.plain]
            reason = f"It comes after {quoted(word.text)}."
            yield _Seed(at, last, noun, True, reason, 0.95)


def _related(story: Story, kept: set[int]) -> Iterator[_Seed]:
    people = table("people")
    starts = {word.start: at for at, word in enumerate(story.words)}
    ends = {word.end: at for at, word in enumerate(story.words)}
    for match in _relations().find(story.text):
        if match.start not in starts:
            continue
        head, at = starts[match.start], ends.get(match.end)
        if at is None:
            continue
        owned = head > 0 and story.words[head - 1].plain in people["owners"]
        begin = head - 1 if owned else head
        trust = Trust.STRONG if owned else Trust.WEAK
        first, trust = _after_links(story, at, trust)
        last = _extent(story, first, trust, kept)
        if last >= first:
            said = story.text[story.words[begin].start : story.words[first - 1].end]
            reason = f"It comes after {quoted(said)}."
            noun = people["relations"][match.phrase]
            yield _Seed(first, last, noun, False, reason, 0.9)


def _after_links(story: Story, at: int, trust: Trust) -> tuple[int, Trust]:
    """The word after "my friend", "my friend is called", "my friend," and its trust."""
    links: dict[str, str] = table("people")["links"]
    first = at + 1
    for _ in range(2):
        if first < len(story.words) and story.words[first].plain in links:
            strong = links[story.words[first].plain] == "strong"
            trust = Trust.STRONG if strong else min(trust, Trust.WEAK)
            first += 1
    if first == at + 1 and not story.joined(at):
        comma = story.gap(at).strip() in (",", ":", "(", "-", "\u2013")
        trust = Trust.WEAK if comma else Trust.LISTED
        if not comma:
            first = len(story.words)
    return first, trust


def _cued(story: Story, kept: set[int]) -> Iterator[_Seed]:
    cues: dict[str, tuple[str, str]] = table("people")["cues"]
    ends = {word.end: at for at, word in enumerate(story.words)}
    for match in _cues().find(story.text):
        at = ends.get(match.end)
        if at is None or story.gap(at).strip(" :,-'\"\u2018\u201c"):
            continue
        noun, trust = cues[match.phrase]
        last = _extent(story, at + 1, Trust[trust.upper()], kept)
        if last > at:
            reason = f"It comes after {quoted(story.text[match.start : match.end])}."
            yield _Seed(at + 1, last, noun, False, reason, 0.88)


def _listed(story: Story, kept: set[int]) -> Iterator[_Seed]:
    for at, word in enumerate(story.words):
        if at in kept or not is_first_name(word.plain):
            continue
        if is_ordinary(word.plain) and (not word.capital or word.opens):
            continue
        last = _extent(story, at, Trust.LISTED, kept)
        if last >= at:
            reason = "It is on our list of first names."
            score = 0.82 if last > at else 0.75  # Nigel Stroud is not the town
            yield _Seed(at, last, PERSON, False, reason, score)


def _capitals(story: Story, kept: set[int]) -> Iterator[_Seed]:
    if not story.cased:
        return
    for at, word in enumerate(story.words):
        if not word.capital or _is_acronym(word) or len(word.text) < 3:
            continue
        if word.opens and not _acts(story, at):
            continue
        last = _extent(story, at, Trust.WEAK, kept)
        if last >= at:
            reason = "It has a capital letter and is not a word we know."
            yield _Seed(at, last, PERSON, False, reason, 0.6)


def _extent(story: Story, first: int, trust: Trust, kept: set[int]) -> int:
    """Index of the last word of the name beginning at ``first``; less if none does."""
    if first >= len(story.words) or not _names(story, first, trust, kept):
        return first - 1
    last = first
    at = first
    while last - first < _LONGEST and at + 1 < len(story.words) and story.joined(at):
        at += 1
        word = story.words[at]
        if _goes_on(story, at, kept):
            last = at
        elif word.plain not in table("people")["particles"]:
            break
    return last


def _names(story: Story, at: int, trust: Trust, kept: set[int]) -> bool:
    word = story.words[at]
    if not word.plain.replace("-", "").isalpha():
        return False
    listed = is_first_name(word.plain)
    capital = word.capital and story.cased
    if at in kept:
        titled = trust == Trust.TITLE and not _is_acronym(word)
        return capital and (titled or (listed and _surname_follows(story, at, kept)))
    if is_ordinary(word.plain):
        if trust == Trust.TITLE and word.plain in table("people")["surnames"]:
            return True
        if trust >= Trust.STRONG and capital and not word.opens:
            return True
        return listed and (capital or (trust >= Trust.STRONG and not story.cased))
    if listed or trust >= Trust.STRONG:
        return True
    return trust == Trust.WEAK and capital and not _is_acronym(word)


def _surname_follows(story: Story, at: int, kept: set[int]) -> bool:
    """Whether June is a person here: June Rattigan."""
    if not story.joined(at) or at + 1 in kept:
        return False
    after = story.words[at + 1]
    return after.capital and not is_ordinary(after.plain)


def _acts(story: Story, at: int) -> bool:
    """Whether what follows the first word of a sentence says that it is a person."""
    word, gap = story.words[at], story.gap(at)
    after = story.words[at + 1].plain if at + 1 < len(story.words) else ""
    if is_ordinary(word.plain):
        return story.joined(at) and after in table("people")["tells"]
    return gap == ", " or (story.joined(at) and after in table("people")["speaks"])


def _goes_on(story: Story, at: int, kept: set[int]) -> bool:
    """Whether the word may be a further part of a name."""
    word = story.words[at]
    if not word.plain.replace("-", "").isalpha() or at in kept:
        return False
    before = story.words[at - 1]
    if before.capital and story.cased:
        return word.capital
    return not is_ordinary(word.plain) and not word.capital


def _is_acronym(word: Word) -> bool:
    return 1 < len(word.text) <= 5 and word.text.isupper()


def _noun_before(story: Story, at: int) -> str | None:
    """What "my teacher is Mr ..." says of the person, right before the title."""
    people = table("people")
    for word in reversed(story.words[max(0, at - 3) : at]):
        if word.plain in people["relations"]:
            noun: str = people["relations"][word.plain]
            return noun
        if word.plain not in people["links"]:
            return None
    return None


def _kept_words(story: Story) -> set[int]:
    """Indices of words in phrases that point at nobody, such as months and services."""
    starts = {word.start: at for at, word in enumerate(story.words)}
    kept: set[int] = set()
    for match in index_of("keep").find(story.text):
        at = starts.get(match.start)
        while at is not None and at < len(story.words):
            if story.words[at].start >= match.end:
                break
            kept.add(at)
            at += 1
    return kept


def _is_nickname(story: Story, seed: _Seed) -> bool:
    words = [w.plain for w in story.words[seed.first : seed.last + 1]]
    if seed.titled:
        return words[0] in table("people")["nicknames"]
    return all(is_ordinary(w) and not is_first_name(w) for w in words)


def _initials(story: Story, kept: set[int]) -> Iterator[_Seed]:
    """Initials with a surname: H. Vandermeer, E. M. Cato."""
    for at, word in enumerate(story.words[:-1]):
        if len(word.text) != 1 or not word.capital or not story.gap(at).startswith("."):
            continue
        last = _extent(story, at + 1, Trust.TITLE, kept)
        if last > at and story.joined(at) and story.words[last].capital:
            reason = "It is an initial with a surname."
            yield _Seed(at, last, PERSON, False, reason, 0.86)


class _People:
    """Who is who: each part of a name leads to the number of a person."""

    def __init__(self) -> None:
        self._count = 0
        self._by_part: dict[str, int] = {}
        self._surnames: dict[int, str] = {}
        self._nouns: dict[int, str] = {}

    def add(self, story: Story, seed: _Seed) -> Find:
        """Settle whom the seed means, and give its find."""
        words = story.words[seed.first + seed.titled : seed.last + 1]
        parts = [w.plain for w in words if len(w.plain) > 1] or [words[-1].plain]
        person = self._known(parts, titled=seed.titled)
        for part in parts:
            self._by_part.setdefault(part, person)
        if len(parts) > 1 or seed.titled:
            self._surnames.setdefault(person, parts[-1])
        if self._nouns.get(person, PERSON) == PERSON:
            self._nouns[person] = seed.noun
        start, end = story.words[seed.first].start, story.words[seed.last].end
        who, noun = f"person {person}", seed.noun
        type_ = "NICKNAME" if _is_nickname(story, seed) else "PERSON"
        return Find(start, end, type_, noun, who, seed.reason, seed.score)

    def _known(self, parts: list[str], *, titled: bool) -> int:
        self._count += 1
        new = self._count
        person = self._by_part.get(parts[-1] if titled else parts[0], new)
        surname = self._surnames.get(person)
        if len(parts) > 1 and surname not in (None, parts[-1], parts[0]):
            return new
        return person

    def follow(self, story: Story, taken: set[int]) -> Iterator[Find]:
        """Every further mention of a part of a name already found."""
        speaks = table("people")["speaks"]
        for at, word in enumerate(story.words):
            # "tyrells sister": a possessive without its apostrophe.
            part = word.plain if word.plain in self._by_part else word.plain.removesuffix("s")
            if at in taken or part not in self._by_part:
                continue
            if is_ordinary(word.plain):
                after = story.words[at + 1].plain if at + 1 < len(story.words) else ""
                if not word.capital or (word.opens and after not in speaks):
                    continue
            person = self._by_part[part]
            who, noun = f"person {person}", self._nouns[person]
            reason = f"The story uses {quoted(word.text)} as a name."
            yield Find(word.start, word.end, "PERSON", noun, who, reason, 0.7)


@cache
def _relations() -> PhraseIndex:
    return PhraseIndex(table("people")["relations"])


@cache
def _cues() -> PhraseIndex:
    return PhraseIndex(table("people")["cues"])
