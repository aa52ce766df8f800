"""Questions asked of many rows at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone

from stories.enums import ConcernLevel, ConcernState, StoryState, ThemeState

if TYPE_CHECKING:
    from stories.models import Concern, OwedStep, Receipt, Story  # noqa: F401 - some in quotes

_CLAIM = timedelta(minutes=2)  # longer than any step takes; a killed worker's row is due again then


class StoryQuerySet(models.QuerySet["Story"]):
    """Stories as the desk, the pages and the counts ask for them."""

    def approved(self) -> StoryQuerySet:
        """Read and approved by two people, and not taken back since."""
        return self.filter(state=StoryState.APPROVED)

    def publishable(self, *, for_use: str) -> StoryQuerySet:
        """Approved, and the teller's consent for this use stands today."""
        return self.approved().filter(consents__use=for_use, consents__given=True)

    def awaiting_reading(self, *, by: Any) -> StoryQuerySet:
        """What this person may read next, oldest first: never a story they have read already."""
        return (
            self.filter(state=StoryState.READING)
            .exclude(readings__reader=by)
            .annotate(times_read=Count("readings"))
            .order_by("told_on", "id")
        )

    def about(self, *theme_slugs: str) -> StoryQuerySet:
        """Stories that readers agreed are about any of these themes, or themes of these groups."""
        wanted = Q(theme_items__tag__slug__in=theme_slugs)
        wanted |= Q(theme_items__tag__parent__slug__in=theme_slugs)
        return self.filter(wanted, theme_items__state=ThemeState.ACCEPTED).distinct()

    def told_by(self, *voices: str) -> StoryQuerySet:
        """Stories told by any of these voices."""
        return self.filter(voice__in=voices)


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Concerns as the safeguarding lead asks for them."""

    def waiting(self) -> ConcernQuerySet:
        """Nobody has decided these; urgent first, then whoever has waited longest."""
        urgency = Case(When(level=ConcernLevel.URGENT, then=Value(0)), default=Value(1))
        return self.filter(state__in=[ConcernState.OPEN, ConcernState.TAKEN]).order_by(
            urgency, "raised_at"
        )

    def take(self, pk: Any, *, by: Any) -> bool:
        """Claims one that nobody has; False when somebody else was quicker."""
        return bool(
            self.filter(pk=pk, state=ConcernState.OPEN).update(
                state=ConcernState.TAKEN, taken_by=by, taken_at=timezone.now()
            )
        )


class OwedStepQuerySet(models.QuerySet["OwedStep"]):
    """The outbox as workers ask for it."""

    def due(self, now: datetime | None = None) -> OwedStepQuerySet:
        """Steps that nobody is working on, oldest first."""
        return self.filter(due_at__lte=now or timezone.now()).order_by("due_at", "pk")

    def claim(self, pk: int) -> OwedStep | None:
        """Takes one due step for two minutes; None when somebody else has it, or it is done."""
        now = timezone.now()
        taken = self.filter(pk=pk, due_at__lte=now).update(
            due_at=now + _CLAIM, attempts=models.F("attempts") + 1
        )
        return self.select_related("story").get(pk=pk) if taken else None


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    """Receipts by their numbers."""

    def story_of(self, number: str) -> Story | None:
        """The story behind 16 digits, or None. Costs one slow hash whatever the answer is."""
        receipt = self.filter(lookup=self.model.lookup_for(number)).select_related("story").first()
        return receipt.story if receipt else None
