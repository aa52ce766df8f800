"""Message pages follow their insights: made and shown with them, hidden with them."""

from typing import Any

from django.dispatch import receiver

from cms.models.learned import LearnedPage, MessagePage
from consultation.models import Insight
from consultation.signals import insight_published, insight_withdrawn


@receiver(insight_published)
def show_message(insight: Insight, **_: Any) -> None:
    """Makes the message's page, or shows the one it had. Twice is the same as once.

    Without a "What we learned" page there is nowhere to put it: `build_site` catches up.
    """
    page = MessagePage.objects.filter(insight=insight).first()
    if page is not None:
        page.live, page.title, page.draft_title = True, insight.claim, insight.claim
        page.save()
        return
    learned = LearnedPage.objects.first()
    if learned is not None:
        learned.add_child(
            instance=MessagePage(title=insight.claim, slug=insight.slug, insight=insight)
        )


@receiver(insight_withdrawn)
def hide_message(insight: Insight, **_: Any) -> None:
    """Takes the page down: its address answers 404, whose page says that things are taken back."""
    page = MessagePage.objects.filter(insight=insight).first()
    if page is not None:
        page.live = False
        page.save()
