"""Schools, places of worship, clinics, groups, addresses and areas."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from stories.text.identifiers.labels import NOUNS
from stories.text.lexicon import index_of, is_first_name, is_ordinary, table
from stories.text.phrases import PhraseIndex
from stories.text.spans import LOCAL_TYPES, Find, LocalName, quoted
from stories.text.tokens import Story, Word, plain

_LINKS: Final = frozenset({"of", "the", "for", "and", "al", "an", "on", "in", "to", "as"})
_LEADS: Final = frozenset(
    {"at", "in", "on", "to", "from", "near", "off", "outside", "called", "the", "by"}
)
_SAINTS: Final = frozenset({"st", "saint", "saints"})
_BEFORE_ADDRESS: Final = re.compile(
    r"(?:(?:flat|unit|apartment|apt|room|block|no\.?|number)\s+\w{1,4},?\s+"
    r"(?:of\s+(?:the\s+)?)?)?(?:\d{1,4}[a-z]?,?\s+)?$",
    re.IGNORECASE,
)
_BETWEEN_ADDRESSES: Final = re.compile(r",?\s{1,3}")
_NEAR: Final = frozenset({"in", "near", "around", "outside"})


def find(story: Story, local: Sequence[LocalName]) -> Iterator[Find]:
    """Every named place in ``story``, those of the ``local`` list first of all."""
    yield from _from_list(story, local)
    yield from _areas(story)
    yield from _near(story)
    yield from _saints(story)
    yield from _opened(story)
    yield from _merged_addresses(story, _headed(story))


def _from_list(story: Story, local: Sequence[LocalName]) -> Iterator[Find]:
    index, kinds = _local_index(tuple(local))
    for match in index.find(story.text):
        type_ = LOCAL_TYPES[kinds[match.phrase]]
        words = story.text[match.start : match.end]
        if is_ordinary(plain(match.phrase)) and not words[0].isupper():
            continue  # a school called Hope is no reason to take out the word hope
        noun, who = NOUNS[type_], plain(match.phrase)
        reason = f"It is on the partnership's list as {_article(noun)}."
        yield Find(match.start, match.end, type_, noun, who, reason, 1.0)


@lru_cache(maxsize=8)
def _local_index(local: tuple[LocalName, ...]) -> tuple[PhraseIndex, dict[str, str]]:
    kinds = {entry.name.replace("*", ""): entry.kind for entry in local}
    return PhraseIndex(kinds), kinds


def _areas(story: Story) -> Iterator[Find]:
    opening = {word.start for word in story.words if word.opens}
    for match in index_of("places").find(story.text):
        words = story.text[match.start : match.end]
        capital = words[0].isupper() and match.start not in opening
        if " " not in match.phrase and is_ordinary(match.phrase) and not capital:
            continue
        reason = "It is on our list of British places."
        who = match.phrase
        yield Find(match.start, match.end, "PLACE", NOUNS["PLACE"], who, reason, 0.8)


def _near(story: Story) -> Iterator[Find]:
    for at, (before, word) in enumerate(pairwise(story.words)):
        if before.plain not in _NEAR or not word.capital or not story.cased:
            continue
        if not story.joined(at):
            continue  # "come in". We sat down.
        if _distinct(word) and not is_first_name(word.plain) and word.plain.isalpha():
            reason = f"It has a capital letter and comes after {quoted(before.text)}."
            if word.text.isupper():
                continue
            noun, who = NOUNS["PLACE"], word.plain
            yield Find(word.start, word.end, "PLACE", noun, who, reason, 0.65)


def _saints(story: Story) -> Iterator[Find]:
    for at, word in enumerate(story.words[:-1]):
        after = story.words[at + 1]
        if word.plain not in _SAINTS or not story.joined(at):
            continue
        if after.capital or not is_ordinary(after.plain):
            reason = "It is the name of a saint, which is often a school or a church."
            who, noun = after.plain, NOUNS["PLACE"]
            yield Find(word.start, after.end, "FAITH_PLACE", noun, who, reason, 0.84)


def _opened(story: Story) -> Iterator[Find]:
    """Names that begin with their kind: Masjid an-Noor, Our Lady of the Wharves."""
    opening, types = _openers()
    starts = {word.start: at for at, word in enumerate(story.words)}
    for match in opening.find(story.text):
        if match.start not in starts or not story.text[match.start].isupper():
            continue
        last = first = starts[match.start]
        while story.words[last].end < match.end:
            last += 1
        end = _forward(story, last)
        if end > last:
            words = story.words[first : end + 1]
            yield _place(words, types[match.phrase], words[0].text, 0.9)


def _forward(story: Story, at: int) -> int:
    """The last word of the run of capitals after word ``at``; ``at`` if none."""
    last = at
    while at + 1 < len(story.words) and story.joined(at):
        word = story.words[at + 1]
        at += 1
        if word.capital or "-" in word.text:
            last = at
        elif word.plain not in _LINKS:
            break
    return last


def _headed(story: Story) -> Iterator[Find]:
    """Names that end with their kind: St Brannock's Primary School, 14 Tanner Road."""
    heads = _heads()
    for at, word in enumerate(story.words):
        pair = f"{word.plain} {story.words[at + 1].plain}" if story.joined(at) else ""
        last = at + 1 if pair in heads else at
        type_ = heads.get(pair) or heads.get(word.plain)
        if type_ is None:
            continue
        first = _stem(story, at)
        if first is None and type_ == "ADDRESS":
            first = _street(story, at)
        if first is not None:
            yield _place(story.words[first : last + 1], type_, word.text, 0.96)


def _stem(story: Story, head: int) -> int | None:
    """Index of the first word of the name that ends at ``head``; None if no name."""
    first = head
    while first > 0 and head - first < 6 and story.joined(first - 1, possessive=True):
        word = story.words[first - 1]
        if not (word.capital or word.plain in _LINKS or word.plain in _SAINTS):
            break
        first -= 1
    while first < head and _leads_in(story.words[first]):
        first += 1
    stem = story.words[first:head]
    if story.cased and any(w.capital and _distinct(w) for w in stem):
        if {w.plain for w in stem} & set(table("people")["pure"]):
            return None
        loose = story.words[head].plain in table("heads")["loose"]
        capital = story.words[head].capital
        if capital or not loose or not all(is_ordinary(w.plain) for w in stem):
            return first
    return _small_stem(story, head)


def _small_stem(story: Story, head: int) -> int | None:
    """The same in small letters: only around a word that is not an ordinary one."""
    general = frozenset(table("heads")["general"])
    first = head
    rare: int | None = None
    while first > 0 and head - first < 4 and story.joined(first - 1, possessive=True):
        word = story.words[first - 1]
        if word.plain in _LEADS:
            break
        if word.plain in _SAINTS:
            return first - 1
        if not _distinct(word) or word.plain in general:
            rest = story.words[first:head]
            return rare if rest else None
        first -= 1
        if not is_ordinary(word.plain):
            rare = first
    return first if rare is not None else None


def _street(story: Story, head: int) -> int | None:
    """A street made of ordinary words: safe after a house number, or after "on"."""
    heads = table("heads")
    word = story.words[head].plain
    first = head
    vague = False
    while first > 0 and head - first < 3 and story.joined(first - 1):
        before = story.words[first - 1]
        if re.fullmatch(r"\d{1,4}[a-zA-Z]?", before.text):
            safe = first < head and word not in heads["counted"]
            return first if safe else None
        if before.plain in _LEADS:
            safe = head - first == 1 and word in heads["lanes"] and not vague
            return first if safe else None
        vague = vague or before.plain in heads["general"] or before.plain in heads["any_lane"]
        first -= 1
    return None


def _merged_addresses(story: Story, finds: Iterator[Find]) -> Iterator[Find]:
    """Flat, block and street as one address: widened to the left, then joined."""
    last: Find | None = None
    for found in finds:
        if found.type != "ADDRESS":
            yield found
            continue
        lead = _BEFORE_ADDRESS.search(story.text, max(0, found.start - 40), found.start)
        current = found._replace(start=lead.start() if lead else found.start)
        gap = story.text[last.end : current.start] if last else ""
        if last and _BETWEEN_ADDRESSES.fullmatch(gap):
            current = last._replace(end=current.end, who=last.who + current.who)
        elif last:
            yield last
        last = current
    if last:
        yield last


def _place(words: Sequence[Word], type_: str, head: str, score: float) -> Find:
    noun = NOUNS[type_]
    general = table("heads")["general"]
    heads = _heads()
    telling = [w.plain for w in words if w.plain not in general and w.plain not in heads]
    reason = f"It looks like the name of {_article(noun)}, with {quoted(head)}."
    if type_ == "ADDRESS":
        reason = f"It looks like an address, with {quoted(head)}."
    # "St Brannock's" and "st brannocks" are one school.
    who = "".join(word.removesuffix("s") for word in telling or [w.plain for w in words])
    return Find(words[0].start, words[-1].end, type_, noun, who, reason, score)


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _distinct(word: Word) -> bool:
    """Whether the word could tell one place from another."""
    if word.plain in table("heads")["general"] or word.text.isdecimal():
        return False
    kept = next(index_of("keep").find(word.plain), None)
    return kept is None and not (is_ordinary(word.plain) and not word.capital)


def _leads_in(word: Word) -> bool:
    if word.plain in _SAINTS:
        return False
    if word.plain in _LINKS or word.plain in table("heads")["general"]:
        return True
    return word.opens and is_ordinary(word.plain)


@cache
def _heads() -> dict[str, str]:
    heads = table("heads")["heads"]
    return {head: type_ for type_, group in heads.items() for head in group}


@cache
def _openers() -> tuple[PhraseIndex, dict[str, str]]:
    groups = table("heads")["openers"]
    types = {opener: type_ for type_, group in groups.items() for opener in group}
    return PhraseIndex(types), types
