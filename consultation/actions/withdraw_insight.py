"""An insight leaves the public pages: somebody withdraws it, or its evidence was taken back."""

from django.db import transaction

from consultation.enums import InsightState
from consultation.models import Insight
from consultation.permissions import NotAllowed, can_draft_insight
from consultation.signals import insight_withdrawn
from stories.models import Story
from stories.permissions import Person

from .publish_insight import has_enough_evidence


@transaction.atomic
def withdraw_insight(*, insight: Insight, by: Person) -> None:
    """Takes a published insight off the public pages. Raises NotAllowed."""
    if not can_draft_insight(by):
        raise NotAllowed
    _withdraw(insight)


@transaction.atomic
def forget_story(*, story: Story) -> None:
    """Removes a story that was taken back from all evidence.

    An insight that rests on too little afterwards leaves the public pages with it.
    """
    touched = list(
        Insight.objects.filter(stories=story) | Insight.objects.filter(quotes__story=story)
    )
    story.quotes.all().delete()
    story.insights.clear()
    for insight in {i.pk: i for i in touched}.values():
        if insight.is_public and not has_enough_evidence(insight):
            _withdraw(insight)


def _withdraw(insight: Insight) -> None:
    insight.state = InsightState.WITHDRAWN
    insight.save(update_fields=["state"])
    insight_withdrawn.send(sender=Insight, insight=insight)
