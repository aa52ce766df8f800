"""The first page: one promise, one button, and what came of it so far."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import PointBlock
from consultation.enums import CommitmentStatus, InsightState, QuoteSide
from consultation.models import Consultation, Quote
from stories.enums import ConsentUse
from stories.models import Theme

from . import counts
from .changed import Promise, commitments, promises
from .figures import Row, bars, strands
from .learned import MessagePage, messages
from .public import Context, PublicPage

_MESSAGES = 5
_QUOTES = 3
_SHORT = 180


class HomePage(PublicPage):
    """The site's first page. Everything under the promises is read from the domain."""

    small = models.CharField(_("small line under the buttons"), max_length=160, blank=True)
    promises = StreamField(
        [("point", PointBlock())], verbose_name=_("what we promise"), blank=True, max_num=4
    )

    content_panels = [*PublicPage.content_panels, FieldPanel("small"), FieldPanel("promises")]
    parent_page_types = ["base_page.BasePage"]
    subpage_types = [
        "cms.StoriesPage",
        "cms.ThemesPage",
        "cms.LearnedPage",
        "cms.PrioritiesPage",
        "cms.ChangedPage",
        "cms.ConferenceIndexPage",
        "cms.TextPage",
        "cms.HelpPage",
    ]
    max_count = 1

    class Meta:
        verbose_name = _("first page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        """Adds the picture, the bars, the newest messages, promises and quotes."""
        context = super().get_context(request, *args, **kwargs)
        newest = list(MessagePage.shown()[:_MESSAGES])
        whole = counts.stories_read()
        context |= {
            "consultation": Consultation.current(),
            "whole": whole,
            "picture": strands(counts.evidence_by_group(page.insight for page in newest)),
            "groups": _group_bars(context["at"]["themes"].url if "themes" in context["at"] else ""),
            "messages": messages(newest[:3], request),
            "changes": _one_of_each(promises(commitments()[:40], context["at"], request)),
            "quotes": list(_quotes()[:_QUOTES]),
            "crowds": counts.crowds(),
        }
        context["any_numbers"] = any(not bar.count.is_hidden for bar in context["groups"])
        return context


def _group_bars(url: str) -> list[Any]:
    by_group = counts.stories_by_group()
    rows = [
        Row(theme.child_label, by_group[theme.slug], theme.slug, url and f"{url}{theme.slug}/")
        for theme in Theme.objects.filter(parent=None)
    ]
    return bars(rows, ordered=True)


def _one_of_each(found: Iterable[Promise]) -> list[Promise]:
    """The newest promise that is done, that is being done, and that will not be."""
    newest: dict[str, Promise] = {}
    for promise in found:
        newest.setdefault(promise.commitment.status, promise)
    order = (CommitmentStatus.DONE, CommitmentStatus.DOING, CommitmentStatus.NOT_DOING)
    return [newest[status] for status in order if status in newest]


def _quotes() -> Any:
    """Short quotes of the newest messages whose tellers allow this page today."""
    return (
        Quote.objects.shown(for_use=ConsentUse.WEBSITE)
        .filter(insight__state=InsightState.PUBLISHED, side=QuoteSide.SUPPORTS)
        .annotate(length=Length("text"))
        .filter(length__lte=_SHORT)
        .order_by("-insight__published_on", "pk")
    )
