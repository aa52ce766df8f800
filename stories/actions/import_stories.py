"""Stories told elsewhere come in from a CSV file: all of them, or none and every error named."""

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.enums import AgeBand, ConsentUse, Voice
from stories.models import Words

from .submit_story import Telling, submit_story

LONGEST_STORY = 20_000
_NEEDED = {"teller", "story"}
_OPTIONAL = {"reference", "told_on", "area", "age_band", "wish"} | {
    f"consent_{use}" for use in ConsentUse.values
}
_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0", ""}


class ImportRefused(Exception):
    """Nothing was imported. `errors` says why, one sentence a row."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Imported:
    """How many stories came in, and how many were here already."""

    added: int
    known: int


def import_stories(content: bytes) -> Imported:
    """Imports a UTF-8 CSV file with the columns of docs/operate.md. Raises ImportRefused.

    A row's own content is its form key (see stories/receipts.py), so the same file, or the same
    row in another file, adds nothing.
    """
    rows = _rows(content)
    errors: list[str] = []
    tellings: list[tuple[Telling, str]] = []
    for number, row in rows:
        try:
            tellings.append((_telling(row), _form_key(row)))
        except ValueError as error:
            errors.append(_("Row %(row)d: %(problem)s") % {"row": number, "problem": error})
    if errors:
        raise ImportRefused(errors)
    with transaction.atomic():
        added = sum(submit_story(telling=t, form_key=key).is_new for t, key in tellings)
    return Imported(added, len(tellings) - added)


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """(row number in the file, cells). The header is row 1."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused([_("The file is not UTF-8 text. Save it as “CSV UTF-8”.")]) from error
    if "\x00" in text:
        raise ImportRefused([_("The file holds zero bytes. It is not a CSV file.")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        table = list(reader)
    except csv.Error as error:
        problem = _("Row %d: a quotation mark is not closed, or the row is broken.")
        raise ImportRefused([problem % (reader.line_num)]) from error
    if not table:
        raise ImportRefused([_("The file is empty.")])
    header = [cell.strip().lower() for cell in table[0]]
    _check_header(header)
    return [(i, _cells(header, row)) for i, row in enumerate(table[1:], 2) if any(row)]


def _check_header(header: list[str]) -> None:
    errors = [
        _("Row 1: the column “%s” is missing.") % name for name in sorted(_NEEDED - set(header))
    ]
    unknown = sorted(set(header) - _NEEDED - _OPTIONAL)
    errors += [_("Row 1: there is no column “%s”.") % name for name in unknown]
    if len(set(header)) < len(header):
        errors.append(_("Row 1: a column stands there twice."))
    if errors:
        raise ImportRefused(errors)


def _cells(header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(header):
        return {"": ""}  # told by _telling, with its row number
    return {name: cell.strip() for name, cell in zip(header, row, strict=True)}


def _telling(row: dict[str, str]) -> Telling:
    """One row as a telling; ValueError says what is wrong with it, without its words."""
    if "" in row:
        raise ValueError(_("it has more or fewer cells than the first row."))
    if not row["story"]:
        raise ValueError(_("there is no story in it."))
    if max(len(row["story"]), len(row.get("wish", ""))) > LONGEST_STORY:
        raise ValueError(_("the story is longer than 20,000 characters."))
    if row["teller"] not in Voice.values:
        raise ValueError(_("the teller must be one of %s.") % ", ".join(Voice.values))
    if row.get("age_band", "") not in {"", *AgeBand.values}:
        raise ValueError(_("the age band must be one of %s.") % ", ".join(AgeBand.values))
    if len(row.get("area", "")) > 80:
        raise ValueError(_("the area is longer than 80 characters."))
    told_on, period = _told(row.get("told_on", ""))
    return Telling(
        words=Words(row["story"], row.get("wish", "")),
        voice=row["teller"],
        age_band=row.get("age_band", ""),
        area=row.get("area", ""),
        consents=frozenset(use for use in ConsentUse.values if _consented(row, use)),
        told_on=told_on,
        period=period,
    )


def _consented(row: dict[str, str], use: str) -> bool:
    answer = row.get(f"consent_{use}", "").lower()
    if answer not in _YES | _NO:
        raise ValueError(_("consent_%s must be yes or no.") % use)
    return answer in _YES


def _told(text: str) -> tuple[date, str]:
    """A day and the period to show: `2026-03-14`, a year `2010`, a programme year `2010-11`."""
    if not text:
        return timezone.localdate(), ""
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2}))?", text):
        year = int(match[1])
        if match[2] and int(match[2]) != (year + 1) % 100:
            raise ValueError(_("told_on must be a day, a year, or two years like 2010-11."))
        return date(year, 1, 1), text.replace("-", "–")
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        raise ValueError(_("told_on must be a day, a year, or two years like 2010-11.")) from None


def _form_key(row: dict[str, str]) -> str:
    told = "\x1f".join(row.get(k, "") for k in ("reference", "teller", "told_on", "area", "story"))
    return hashlib.sha256(b"import\x1f" + told.encode()).hexdigest()
