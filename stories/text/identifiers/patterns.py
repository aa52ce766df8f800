"""Identifiers that show by their shape: numbers, addresses on the net, dates."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from stories.text.identifiers.labels import NOUNS
from stories.text.lexicon import words_of
from stories.text.spans import Find

# Parts of the patterns below. Every repetition is bounded, so no text can make them slow.
_AREAS: Final = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]"
    "|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|OL|OX|P[AEHLOR]|R[GHM]"
    "|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|weds?|wednes|thur?s?|fri|satur|sat|sun)(?:day)?)"
_DAY: Final = r"(?:[12]\d|3[01]|0?[1-9])"
_DATE: Final = (
    rf"(?:{_WEEKDAY},?\s+(?:the\s+)?)?(?:the\s+)?"
    rf"(?:{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}"
    rf"|{_MONTH}\s+(?:the\s+)?{_DAY}(?:st|nd|rd|th)?)\b"
    rf"(?:,?\s+(?:19|20)\d\d\b|\s+'?\d\d\b)?"
    rf"|(?:{_WEEKDAY}\s+)?\b{_DAY}(?P<sep>[/.-])(?:0?[1-9]|1[0-2])(?P=sep)(?:(?:19|20)?\d\d)\b"
)
_DIGIT_WORD: Final = (
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)"
)
_HOST: Final = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
_APP: Final = (
    r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|discord|twitter|kik|psn|telegram|xbox"
    r"|roblox|gamer\s?tag|user\s?name|handle|facebook|fb|youtube|minecraft)"
)
_APP_LINK: Final = r"(?:'?s|\s+(?:is|was|its|it's|name|user|id|tag|account|as|me|called)|\s*[:=-])"
_PUBLIC_SITES: Final = ("gov.uk", "nhs.uk", "childline.org.uk", "nspcc.org.uk")


class _Shape(NamedTuple):
    """A pattern; the identifier is its group ``it``, or else the whole match."""

    type: str
    score: float
    reason: str
    pattern: str
    holds: Callable[[str], bool] = bool


def find(text: str) -> Iterator[Find]:
    """Every identifier in ``text`` that one of the shapes below recognises."""
    for shape, pattern in _compiled():
        group = "it" if "it" in pattern.groupindex else 0
        for match in pattern.finditer(text):
            start, end = match.span(group)
            words = text[start:end].rstrip(".,;:!?)'\" ")
            if words and shape.holds(words):
                who = "".join(c for c in words.lower() if c.isalnum())
                place = (start, start + len(words))
                yield Find(*place, shape.type, NOUNS[shape.type], who, shape.reason, shape.score)


def is_nhs_number(words: str) -> bool:
    """Whether ten digits carry the right check digit (modulus 11, NHS Data Dictionary)."""
    digits = [int(c) for c in words if c.isdecimal()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == digits[9]


def is_uk_phone(words: str) -> bool:
    """Whether the digits are those of a private UK number, not of a help line."""
    digits = re.sub(r"\D", "", words.lower().replace("o", "0"))
    if digits in words_of("helplines"):
        return False
    national = re.sub(r"^(?:0044|44)0?", "0", digits)
    return bool(re.fullmatch(r"0(?:[12378]\d{8,9}|5[56]\d{8})", national))


def _is_private_site(words: str) -> bool:
    host = re.sub(r"^https?://", "", words.lower()).split("/")[0]
    return not any(host == site or host.endswith("." + site) for site in _PUBLIC_SITES)


def _looks_made_up(words: str) -> bool:
    return not words.isdigit() and any(c.isdigit() or c in "_." for c in words)


def _is_plate(words: str) -> bool:
    # "yr10 and" has the shape of a plate, so small letters need a run without a space.
    return words.isupper() or " " not in words


def _has_digit(words: str) -> bool:
    return any(c.isdigit() for c in words)


@cache
def _compiled() -> list[tuple[_Shape, re.Pattern[str]]]:
    shapes = (*_net_shapes(), *_number_shapes(), *_paper_shapes(), *_day_shapes())
    return [(shape, re.compile(shape.pattern, re.IGNORECASE)) for shape in shapes]


def _net_shapes() -> Iterator[_Shape]:
    looks = "It looks like an email address."
    yield _Shape("EMAIL", 1.0, looks, rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_HOST}(?!\w)")
    spelt = (
        r"(?:e-?mail(?:\s+address)?\s+(?:is|me\s+(?:at|on)|on|:)\s+)?"
        r"(?P<it>(?:(?<=is )(?:\w{1,20}\s){1,4}|\w{1,40}\s)at\s\w{1,40}(?:\sdot\s\w{1,20}){1,3})\b"
    )
    yield _Shape("EMAIL", 0.95, "It looks like an email address written out in words.", spelt)
    site = (
        r"(?<![\w@.])(?:https?://\S{3,200}|www\.\S{3,200}|[\w-]{1,63}(?:\.[\w-]{1,63}){0,3}"
        r"\.(?:com|co\.uk|org|org\.uk|net|uk|example|info)(?![\w@])(?:/\S{0,200})?)"
    )
    yield _Shape("URL", 0.97, "It looks like a web address.", site, _is_private_site)
    yield _Shape("HANDLE", 0.96, "It looks like a username.", r"(?<![\w@.])@\w[\w.]{1,40}")
    beside = "It stands beside the name of an app and looks like a username."
    after = rf"\b{_APP}{_APP_LINK}{{0,3}}\s+(?P<it>\w[\w.]{{2,40}})"
    before = rf"(?<![\w.@])(?P<it>\w[\w.]{{2,40}})\s+(?:on|\()\s*{_APP}\b"
    yield _Shape("HANDLE", 0.94, beside, after, _looks_made_up)
    yield _Shape("HANDLE", 0.94, beside, before, _looks_made_up)


def _number_shapes() -> Iterator[_Shape]:
    digits = r"(?<!\w)\(?(?:\+\s?\d|[0o]\)?)(?:[ ().-]{0,3}\d){8,14}(?!\w)"
    yield _Shape("PHONE", 0.97, "It looks like a UK phone number.", digits, is_uk_phone)
    spelt = rf"\b(?:{_DIGIT_WORD}[\s,-]{{1,3}}){{6,20}}{_DIGIT_WORD}\b"
    yield _Shape("PHONE", 0.95, "It looks like a phone number written out in words.", spelt)
    ten = r"\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"
    valid = "It is a valid NHS number."
    yield _Shape("NHS_NUMBER", 0.98, valid, rf"(?<![\w-]){ten}", is_nhs_number)
    named = rf"\bNHS\s*(?:no|num|number)\.?\s*(?:is|was|:)?\s*(?P<it>{ten})"
    yield _Shape("NHS_NUMBER", 0.98, "It comes after the words NHS number.", named)
    nino = r"(?<!\w)[A-CEGHJ-PQR-TW-Z]{2}[ -]?(?:\d{2}[ -]?){3}[A-D](?!\w)"
    yield _Shape("NINO", 0.98, "It looks like a National Insurance number.", nino)


def _paper_shapes() -> Iterator[_Shape]:
    postcode = rf"(?<!\w)(?:{_AREAS})\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)"
    yield _Shape("POSTCODE", 0.97, "It looks like a UK postcode.", postcode)
    plate = r"(?<!\w)[A-Z]{2}\d{2} ?[A-Z]{3}(?!\w)"
    yield _Shape("PLATE", 0.93, "It looks like a car number plate.", plate, _is_plate)
    named_plate = (
        r"\b(?:reg(?:istration)?|plate|licen[cs]e)\.?\s*(?:no|number|is|was|:)?\s*"
        r"(?P<it>(?=[A-Z0-9 ]{0,6}\d)[A-Z]{1,3}\d{1,3} ?[A-Z]{1,3})(?!\w)"
    )
    yield _Shape("PLATE", 0.96, "It comes after a word for a car's number plate.", named_plate)
    named_ref = (
        r"\b(?:ref(?:erence)?|case|carer|client|crime|log|upn|urn|cad|crn|file|id|incident|claim"
        r"|account|tenancy)(?:\s+(?:no|number|id|ref|is|log))?\.?\s*[:#]?\s*"
        r"(?P<it>[A-Z0-9](?:[\w/-]{2,24})\d[\w/-]{0,8})(?!\w)"
    )
    reason = "It comes after a word for a reference number."
    yield _Shape("REF", 0.92, reason, named_ref, _has_digit)
    ref = r"(?<![\w/-])(?-i:[A-Z]{2,5})[-/]?\d[\d/-]{4,18}(?!\w)"
    yield _Shape("REF", 0.9, "It looks like a reference number.", ref)


def _day_shapes() -> Iterator[_Shape]:
    birth = (
        r"\b(?:d\.?o\.?b\.?|date\s+of\s+birth|born)(?:\s+(?:is|on|was))?\s*[:=]?\s*"
        rf"(?P<it>{_DATE})"
    )
    yield _Shape("DOB", 0.95, "It is given as a date of birth.", birth)
    yield _Shape("DATE", 0.9, "It is an exact date.", rf"(?<![\w/])(?:{_DATE})")
