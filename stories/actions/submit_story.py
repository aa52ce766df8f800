"""A teller sends a story: everything about it is stored in one transaction, or nothing is."""

from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from stories import keys, receipts
from stories.enums import ConcernLevel, Step, StoryState
from stories.models import Consent, Receipt, Story, Submission, Words

from .owe_step import owe
from .raise_concern import assess, concern_from_check


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody tells, before anything is stored."""

    words: Words
    voice: str
    told_for: bool = False
    age_band: str = ""
    area: str = ""
    consents: frozenset[str] = frozenset()
    told_on: date = field(default_factory=timezone.localdate)
    period: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The receipt number (16 digits), whether a person must look now; the story, if it is new."""

    number: str
    is_urgent: bool
    story: Story | None = None

    @property
    def is_new(self) -> bool:
        """Whether this press stored the story; False when an earlier one had."""
        return self.story is not None


def submit_story(*, telling: Telling, form_key: str) -> Submitted:
    """Stores a story, sealed, with receipt, consents, danger check and the work it is owed.

    The same form sent again, at once or later, gives the same number and stores nothing (see
    stories/receipts.py). The danger check runs here, so that it never waits for a worker.
    """
    number = receipts.number_for(form_key, keys.receipt_key())
    lookup = Receipt.lookup_for(number)
    found = assess(telling.words)
    is_urgent = found.level == ConcernLevel.URGENT
    if Receipt.objects.filter(lookup=lookup).exists():
        return Submitted(number, is_urgent)
    try:
        with transaction.atomic():
            story = _store(telling, held=is_urgent)
            Receipt.objects.create(story=story, lookup=lookup)
            concern_from_check(story, found)
            owe(story, Step.ANONYMISE)
    except IntegrityError:
        # The same form came in twice at the same moment; the other one was first.
        if not Receipt.objects.filter(lookup=lookup).exists():
            raise
        return Submitted(number, is_urgent)
    return Submitted(number, is_urgent, story)


def _store(telling: Telling, *, held: bool) -> Story:
    story = Story.objects.create(
        state=StoryState.HELD if held else StoryState.RECEIVED,
        voice=telling.voice,
        told_for=telling.told_for,
        age_band=telling.age_band,
        area=telling.area,
        told_on=telling.told_on,
        period=telling.period,
    )
    Submission.seal(story, telling.words).save(force_insert=True)
    Consent.objects.bulk_create(Consent(story=story, use=use) for use in sorted(telling.consents))
    return story
