"""Questions asked of many rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from consultation.enums import InsightState
from stories.enums import StoryState

if TYPE_CHECKING:
    from consultation.models import Insight, Quote  # noqa: F401 - named in quotes below


class InsightQuerySet(models.QuerySet["Insight"]):
    """Insights as pages and desks ask for them."""

    def published(self) -> InsightQuerySet:
        """What anybody may read."""
        return self.filter(state=InsightState.PUBLISHED)


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Quotes as pages ask for them."""

    def shown(self, *, for_use: str) -> QuoteQuerySet:
        """Quotes whose story is approved and whose teller allows this use today."""
        return self.filter(
            story__state=StoryState.APPROVED,
            story__consents__use=for_use,
            story__consents__given=True,
        ).select_related("story")
