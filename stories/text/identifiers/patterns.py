"""Identifiers that show by their shape: numbers, addresses on the net, dates."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from stories.text.lexicon import words_of
from stories.text.spans import Find

_AREAS: Final = [
    "AB",
    "AL",
    "B",
    "BA",
    "BB",
    "BD",
    "BH",
    "BL",
    "BN",
    "BR",
    "BS",
    "BT",
    "CA",
    "CB",
    "CF",
    "CH",
    "CM",
    "CO",
    "CR",
    "CT",
    "CV",
    "CW",
    "DA",
    "DD",
    "DE",
    "DG",
    "DH",
    "DL",
    "DN",
    "DT",
    "DY",
    "E",
    "EC",
    "EH",
    "EN",
    "EX",
    "FK",
    "FY",
    "G",
    "GL",
    "GU",
    "GY",
    "HA",
    "HD",
    "HG",
    "HP",
    "HR",
    "HS",
    "HU",
    "HX",
    "IG",
    "IM",
    "IP",
    "IV",
    "JE",
    "KA",
    "KT",
    "KW",
    "KY",
    "L",
    "LA",
    "LD",
    "LE",
    "LL",
    "LN",
    "LS",
    "LU",
    "M",
    "ME",
    "MK",
    "ML",
    "N",
    "NE",
    "NG",
    "NN",
    "NP",
    "NR",
    "NW",
    "OL",
    "OX",
    "PA",
    "PE",
    "PH",
    "PL",
    "PO",
    "PR",
    "RG",
    "RH",
    "RM",
    "S",
    "SA",
    "SE",
    "SG",
    "SK",
    "SL",
    "SM",
    "SN",
    "SO",
    "SP",
    "SR",
    "SS",
    "ST",
    "SW",
    "SY",
    "TA",
    "TD",
    "TF",
    "TN",
    "TQ",
    "TR",
    "TS",
    "TW",
    "UB",
    "W",
    "WA",
    "WC",
    "WD",
    "WF",
    "WN",
    "WR",
    "WS",
    "WV",
    "YO",
    "ZE",
]
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
    r"(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|treble"
    r"|triple)"
)
_PUBLIC_SITES: Final = ("gov.uk", "nhs.uk", "childline.org.uk", "nspcc.org.uk")
# The cases of NHS number, National Insurance number and postcode are told by shape
# alone; the others need their neighbours, so a cue stands before the named group.
_FLAGS: Final = re.IGNORECASE


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern; the identifier is the group ``it``, or the whole match."""

    type: str
    noun: str
    pattern: re.Pattern[str]
    reason: str
    score: float
    holds: Callable[[str], bool] = bool


def find(text: str) -> Iterator[Find]:
    """Every identifier in ``text`` that one of the shapes below recognises."""
    for shape in _shapes():
        for match in shape.pattern.finditer(text):
            group = "it" if "it" in shape.pattern.groupindex else 0
            start, end = match.span(group)
            words = text[start:end].rstrip(".,;:!?)'\" ")
            if words and shape.holds(words):
                yield Find(
                    start,
                    start + len(words),
                    shape.type,
                    shape.noun,
                    "".join(c for c in words.lower() if c.isalnum()),
                    shape.reason,
                    shape.score,
                )


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
    return not any(host == s or host.endswith("." + s) for s in _PUBLIC_SITES)


def _looks_made_up(words: str) -> bool:
    return not words.isdigit() and any(c.isdigit() or c in "_." for c in words)


def _is_plate(words: str) -> bool:
    # "yr10 and" has the shape of a plate, so small letters need a run without a space.
    return words.isupper() or " " not in words


def _has_digit(words: str) -> bool:
    return any(c.isdigit() for c in words)


@cache
def _shapes() -> tuple[_Shape, ...]:
    return (*_net_shapes(), *_number_shapes(), *_paper_shapes(), *_day_shapes())


def _net_shapes() -> Iterator[_Shape]:
    name, host = r"[\w.+-]{1,64}", r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    yield _Shape(
        "EMAIL",
        "email address",
        re.compile(rf"(?<![\w.+-]){name}@{host}(?!\w)", _FLAGS),
        "It looks like an email address.",
        1.0,
    )
    yield _Shape(
        "EMAIL",
        "email address",
        re.compile(
            r"(?:e-?mail(?:\s+address)?\s+(?:is|me\s+(?:at|on)|on|:)\s+)?"
            r"(?P<it>(?:(?<=is )(?:\w{1,20}\s){1,4}|\w{1,40}\s)at\s\w{1,40}"
            r"(?:\sdot\s\w{1,20}){1,3})\b",
            _FLAGS,
        ),
        "It looks like an email address written out in words.",
        0.95,
    )
    yield _Shape(
        "URL",
        "web address",
        re.compile(
            r"(?<![\w@.])(?:https?://\S{3,200}|www\.\S{3,200}|[\w-]{1,63}"
            r"(?:\.[\w-]{1,63}){0,3}\.(?:com|co\.uk|org|org\.uk|net|uk|example|info)"
            r"(?![\w@])(?:/\S{0,200})?)",
            _FLAGS,
        ),
        "It looks like a web address.",
        0.97,
        _is_private_site,
    )
    yield _Shape(
        "HANDLE",
        "username",
        re.compile(r"(?<![\w@.])@\w[\w.]{1,40}", _FLAGS),
        "It looks like a username.",
        0.96,
    )
    app = (
        r"(?:snap(?:chat)?|insta(?:gram)?|ig|tik\s?tok|discord|twitter|kik|psn|telegram"
        r"|xbox|roblox|gamer\s?tag|user\s?name|handle|facebook|fb|youtube|minecraft)"
    )
    link = r"(?:'?s|\s+(?:is|was|its|it's|name|user|id|tag|account|as|me|called)|\s*[:=-])"
    reason = "It stands beside the name of an app and looks like a username."
    for pattern in (
        rf"\b{app}{link}{{0,3}}\s+(?P<it>\w[\w.]{{2,40}})",
        rf"(?<![\w.@])(?P<it>\w[\w.]{{2,40}})\s+(?:on|\()\s*{app}\b",
    ):
        it = re.compile(pattern, _FLAGS)
        yield _Shape("HANDLE", "username", it, reason, 0.94, _looks_made_up)


def _number_shapes() -> Iterator[_Shape]:
    yield _Shape(
        "PHONE",
        "phone number",
        re.compile(r"(?<!\w)\(?(?:\+\s?\d|[0o]\)?)(?:[ ().-]{0,3}\d){8,14}(?!\w)", _FLAGS),
        "It looks like a UK phone number.",
        0.97,
        is_uk_phone,
    )
    yield _Shape(
        "PHONE",
        "phone number",
        re.compile(rf"\b(?:{_DIGIT_WORD}[\s,-]{{1,3}}){{6,20}}{_DIGIT_WORD}\b", _FLAGS),
        "It looks like a phone number written out in words.",
        0.95,
    )
    yield _Shape(
        "NHS_NUMBER",
        "NHS number",
        re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\w-])"),
        "It is a valid NHS number.",
        0.98,
        is_nhs_number,
    )
    yield _Shape(
        "NHS_NUMBER",
        "NHS number",
        re.compile(
            r"\bNHS\s*(?:no|num|number)\.?\s*(?:is|was|:)?\s*"
            r"(?P<it>\d{3}[ -]?\d{3}[ -]?\d{4})(?!\w)",
            _FLAGS,
        ),
        "It comes after the words NHS number.",
        0.98,
    )
    yield _Shape(
        "NINO",
        "National Insurance number",
        re.compile(r"(?<!\w)[A-CEGHJ-PQR-TW-Z]{2}[ -]?(?:\d{2}[ -]?){3}[A-D](?!\w)", _FLAGS),
        "It looks like a National Insurance number.",
        0.98,
    )


def _paper_shapes() -> Iterator[_Shape]:
    areas = "|".join(sorted(_AREAS, key=len, reverse=True))
    yield _Shape(
        "POSTCODE",
        "postcode",
        re.compile(rf"(?<!\w)(?:{areas})\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)", _FLAGS),
        "It looks like a UK postcode.",
        0.97,
    )
    yield _Shape(
        "PLATE",
        "car number plate",
        re.compile(r"(?<!\w)[A-Z]{2}(?:\d{2}|\d{2} ?(?=[A-Z]{3}))[ ]?[A-Z]{3}(?!\w)", _FLAGS),
        "It looks like a car number plate.",
        0.93,
        _is_plate,
    )
    yield _Shape(
        "PLATE",
        "car number plate",
        re.compile(
            r"\b(?:reg(?:istration)?|plate|number\s?plate|licen[cs]e)\.?\s*"
            r"(?:no|number|is|was|:)?\s*"
            r"(?P<it>(?=[A-Z0-9 ]{0,6}\d)[A-Z]{1,3}\d{1,3} ?[A-Z]{1,3})(?!\w)",
            _FLAGS,
        ),
        "It comes after a word for a car's number plate.",
        0.96,
    )
    yield _Shape(
        "REF",
        "reference number",
        re.compile(
            r"\b(?:ref(?:erence)?|case|carer|client|crime|log|upn|urn|cad|crn|file|id"
            r"|incident|claim|account|tenancy)(?:\s+(?:no|number|id|ref|is|log))?"
            r"\.?\s*[:#]?\s*(?P<it>[A-Z0-9](?:[\w/-]{2,24})\d[\w/-]{0,8})(?!\w)",
            _FLAGS,
        ),
        "It comes after a word for a reference number.",
        0.92,
        _has_digit,
    )
    yield _Shape(
        "REF",
        "reference number",
        re.compile(r"(?<![\w/-])[A-Z]{2,5}[-/]?\d[\d/-]{4,18}(?![\w])"),
        "It looks like a reference number.",
        0.9,
    )


def _day_shapes() -> Iterator[_Shape]:
    yield _Shape(
        "DOB",
        "date of birth",
        re.compile(
            r"\b(?:d\.?o\.?b\.?|date\s+of\s+birth|born)(?:\s+(?:is|on|was))?\s*[:=]?\s*"
            rf"(?P<it>{_DATE})",
            _FLAGS,
        ),
        "It is given as a date of birth.",
        0.95,
    )
    yield _Shape(
        "DATE",
        "date",
        re.compile(rf"(?<![\w/])(?:{_DATE})", _FLAGS),
        "It is an exact date.",
        0.9,
    )
