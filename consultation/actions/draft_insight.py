"""An author drafts an insight from approved stories: claim, themes, evidence, quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from consultation.enums import InsightState, QuoteSide
from consultation.models import Insight, Priority, Quote
from consultation.permissions import NotAllowed, can_draft_insight
from stories.enums import ConsentUse, StoryState
from stories.models import Story, Theme
from stories.permissions import Person


class InsightRefused(Exception):
    """The insight can't be kept or published like this; `str()` tells its author why."""

    says = _("This can't be done.")

    def __str__(self) -> str:
        return str(self.says)


class StoryNotApproved(InsightRefused):
    """Evidence is approved stories only."""

    says = _("One of the stories is not approved, or was taken back.")


class QuoteWithoutConsent(InsightRefused):
    """A quote needs its teller's yes for the website, today."""

    says = _("One of the quotes may not be used: its teller did not agree to the website.")


class QuoteNotInStory(InsightRefused):
    """A quote is the story's own words, letter by letter."""

    says = _("One of the quotes does not stand in its story like this. Copy the exact words.")


class QuoteOutsideEvidence(InsightRefused):
    """A quote that says the same comes from a story that is counted."""

    says = _("One of the quotes comes from a story that is not counted.")


class AlreadyPublished(InsightRefused):
    """What is public is not changed under its readers."""

    says = _("This is published. Withdraw it before you change it.")


@dataclass(frozen=True, slots=True)
class QuoteDraft:
    """Words of a story, exactly as its anonymised text has them."""

    story: Story
    text: str
    side: str = QuoteSide.SUPPORTS


@dataclass(frozen=True, slots=True)
class InsightDraft:
    """Everything an author says about an insight."""

    claim: str
    summary: str
    themes: Iterable[Theme]
    stories: Iterable[Story]
    quotes: Iterable[QuoteDraft] = ()
    missing: str = ""
    priorities: Iterable[Priority] = ()
    slug: str = ""


@transaction.atomic
def draft_insight(*, by: Person, draft: InsightDraft, insight: Insight | None = None) -> Insight:
    """Stores a new draft, or changes one. Raises NotAllowed or an InsightRefused."""
    if not can_draft_insight(by):
        raise NotAllowed
    if insight is not None and insight.state == InsightState.PUBLISHED:
        raise AlreadyPublished
    counted, quotes = {story.pk for story in draft.stories}, list(draft.quotes)
    _check(counted, quotes)
    insight = insight or Insight()
    # Whoever wrote last: nobody can rewrite another's draft and then publish their own words.
    insight.drafted_by_id = by.pk
    insight.claim, insight.summary, insight.missing = draft.claim, draft.summary, draft.missing
    insight.slug = insight.slug or draft.slug or _free_slug(draft.claim)
    insight.state = InsightState.DRAFT
    insight.save()
    insight.themes.set(draft.themes)
    insight.stories.set(Story.objects.filter(pk__in=counted))
    insight.priorities.set(draft.priorities)
    insight.quotes.all().delete()
    Quote.objects.bulk_create(
        Quote(insight=insight, story=q.story, text=q.text.strip(), side=q.side) for q in quotes
    )
    return insight


def _check(counted: set[UUID], quotes: list[QuoteDraft]) -> None:
    # Asked of the database anew: what the author has on the screen may be an hour old.
    named = counted | {quote.story.pk for quote in quotes}
    today = Story.objects.prefetch_related("consents").in_bulk(named)
    if any(today[pk].state != StoryState.APPROVED for pk in counted):
        raise StoryNotApproved
    for quote in quotes:
        check_quote(today[quote.story.pk], quote.text)
        if quote.side == QuoteSide.SUPPORTS and quote.story.pk not in counted:
            raise QuoteOutsideEvidence


def check_quote(story: Story, text: str) -> None:
    """Raises an InsightRefused unless these words of this story may stand on the website."""
    if story.state != StoryState.APPROVED:
        raise StoryNotApproved
    if not story.allows(ConsentUse.WEBSITE):
        raise QuoteWithoutConsent
    if not text.strip() or text.strip() not in story.text:
        raise QuoteNotInStory


def _free_slug(claim: str) -> str:
    base = slugify(claim)[:60].strip("-") or "message"
    taken = set(Insight.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        s for n in range(len(taken) + 1) if (s := f"{base}-{n + 1}" if n else base) not in taken
    )
