"""A second person publishes an insight: everything it rests on is checked again, today."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.enums import InsightState, QuoteSide
from consultation.models import Insight
from consultation.permissions import NotAllowed, can_draft_insight, can_publish_insight
from consultation.signals import insight_published
from stories.enums import ConsentUse, StoryState
from stories.permissions import Person

from .draft_insight import InsightRefused, StoryNotApproved, check_quote

FEWEST_STORIES = 3
FEWEST_QUOTES = 2


class SamePerson(InsightRefused):
    """Nobody publishes alone."""

    says = _("Another person must publish this.")


class TooLittleEvidence(InsightRefused):
    """A claim needs several stories and more than one voice."""

    says = _("A message needs at least 3 stories and 2 quotes that say this.")


@transaction.atomic
def publish_insight(*, insight: Insight, by: Person) -> None:
    """Makes a draft public. Raises NotAllowed or an InsightRefused; then nothing has changed."""
    insight = Insight.objects.select_for_update().get(pk=insight.pk)
    if not can_draft_insight(by):
        raise NotAllowed
    if not can_publish_insight(by, insight):
        raise SamePerson
    if insight.stories.exclude(state=StoryState.APPROVED).exists():
        raise StoryNotApproved
    for quote in insight.quotes.select_related("story").prefetch_related("story__consents"):
        check_quote(quote.story, quote.text)
    if not has_enough_evidence(insight):
        raise TooLittleEvidence
    insight.state = InsightState.PUBLISHED
    insight.published_by_id = by.pk
    insight.published_on = timezone.localdate()
    insight.save()
    insight_published.send(sender=Insight, insight=insight)


def has_enough_evidence(insight: Insight) -> bool:
    """Whether the approved stories and the quotes that may be shown today carry the claim."""
    quotes = insight.quotes.shown(for_use=ConsentUse.WEBSITE).filter(side=QuoteSide.SUPPORTS)
    return insight.stories.approved().count() >= FEWEST_STORIES and quotes.count() >= FEWEST_QUOTES
