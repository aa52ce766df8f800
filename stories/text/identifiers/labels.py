"""Give every find its label: the same person or place the same one, all through."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from stories.text.spans import Find, Span

#: What each type is called in a label.
NOUNS: Final = {
    "SCHOOL": "school",
    "FAITH_PLACE": "place of worship",
    "HEALTH_PLACE": "health service",
    "ORG": "local group",
    "ADDRESS": "address",
    "PLACE": "place",
    "POSTCODE": "postcode",
    "PHONE": "phone number",
    "EMAIL": "email address",
    "HANDLE": "username",
    "URL": "web address",
    "NHS_NUMBER": "NHS number",
    "NINO": "National Insurance number",
    "PLATE": "car number plate",
    "REF": "reference number",
    "DOB": "date of birth",
    "DATE": "date",
}
#: What a person is called as long as nothing tells more.
PERSON: Final = "person"


def labelled(finds: Iterable[Find]) -> list[Span]:
    """Spans in the order of ``finds``.

    The first thing of a kind has no number ("[a friend]"), later ones have
    ("[a friend 2]"). A person is called what the most telling mention calls them.
    """
    finds = list(finds)
    nouns: dict[tuple[str, str], str] = {}
    for find in finds:
        known = nouns.setdefault(_key(find), find.noun)
        if known == PERSON:
            nouns[_key(find)] = find.noun
    numbers: dict[tuple[str, str], int] = {}
    used: Counter[str] = Counter()
    spans: list[Span] = []
    for find in finds:
        key = _key(find)
        noun = nouns[key]
        if key not in numbers:
            used[noun] += 1
            numbers[key] = used[noun]
        label = _label(noun, numbers[key])
        spans.append(Span(find.start, find.end, find.type, label, find.reason, find.score))
    return spans


def _key(find: Find) -> tuple[str, str]:
    # A nickname and a name belong to the same set of people.
    return ("PERSON" if find.type == "NICKNAME" else find.type, find.who)


def _label(noun: str, number: int) -> str:
    if noun == "storyteller":
        article = "the"
    else:
        article = "an" if noun[0] in "aeio" or noun.startswith(("uncle", "NHS")) else "a"
    return f"[{article} {noun}]" if number == 1 else f"[{article} {noun} {number}]"
