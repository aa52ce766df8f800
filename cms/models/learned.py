"""What we learned: one page for every message that stands, made and taken down with it.

A message page holds no words of its own. Claim, quotes and counts are asked for at every visit,
so a withdrawal or a changed consent needs no clean-up here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.base_page.models import BasePage
from consultation.disclosure import Protected
from consultation.enums import CommitmentStatus, InsightState, QuoteSide
from consultation.journey import JourneyStep as Step
from consultation.models import AgendaItem, Commitment, Insight, Priority, Quote
from stories.enums import ConsentUse
from stories.models import Theme

from . import counts
from .figures import Fact, Row, bars, dots
from .menu import Link
from .public import Context, PublicPage


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a list shows it."""

    claim: str
    summary: str
    url: str
    mark: str
    theme: str
    count: Protected


def messages(found: Iterable["MessagePage"], request: HttpRequest | None) -> list[Message]:
    """Messages with their counts: one more query, however many there are."""
    pages = list(found)
    numbers = counts.evidence(page.insight for page in pages)
    return [_message(page, numbers[page.insight.pk], request) for page in pages]


def _message(page: "MessagePage", count: Protected, request: HttpRequest | None) -> Message:
    theme = page.theme
    return Message(
        claim=page.insight.claim,
        summary=page.insight.summary,
        url=page.get_url(request) or "",
        mark=theme.mark if theme else "",
        theme=theme.child_label if theme else "",
        count=count,
    )


class LearnedPage(PublicPage):
    """The list of messages."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.MessagePage"]
    max_count = 1

    class Meta:
        verbose_name = _("what we learned")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        """Adds `messages`, newest first."""
        context = super().get_context(request, *args, **kwargs)
        context["messages"] = messages(MessagePage.shown(), request)
        return context


class MessagePage(BasePage):
    """One message. Made when its insight is published (cms/receivers.py), never by hand."""

    insight = models.OneToOneField(
        Insight, on_delete=models.PROTECT, related_name="page", verbose_name=_("insight")
    )

    parent_page_types = ["cms.LearnedPage"]
    subpage_types: list[str] = []
    is_creatable = False
    content_panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("insight", read_only=True),
    ]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    @classmethod
    def shown(cls) -> QuerySet["MessagePage"]:
        """The messages that stand today, newest first, with what a list says of them."""
        themes = Prefetch("insight__themes", Theme.objects.select_related("parent"))
        found: QuerySet[MessagePage] = cls.objects.live().filter(
            insight__state=InsightState.PUBLISHED
        )
        return (
            found.select_related("insight")
            .prefetch_related(themes)
            .order_by("-insight__published_on", "-pk")
        )

    @property
    def theme(self) -> Theme | None:
        """The theme whose colour the message has. Uses prefetched themes."""
        return next(iter(self.insight.themes.all()), None)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or 404 as soon as its insight is no longer public."""
        if not self.insight.is_public:
            raise Http404
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        """Adds everything the message says, read now from the insight."""
        context: Context = super().get_context(request, *args, **kwargs)
        at = PublicPage.at(request)
        total = counts.evidence([self.insight])[self.insight.pk]
        whole = counts.stories_read()
        quotes = list(self.insight.quotes.shown(for_use=ConsentUse.WEBSITE))
        theme = self.insight.themes.select_related("parent").first()
        supports = [quote for quote in quotes if quote.side == QuoteSide.SUPPORTS]
        context |= {
            "at": at,
            "insight": self.insight,
            "theme": theme,
            "mark": theme.mark if theme else "",
            "supports": supports,
            "differs": [quote for quote in quotes if quote.side == QuoteSide.DIFFERS],
            "crowds": counts.crowds(),
            "dots": dots(total, whole),
            "total": total,
            "whole": whole,
            "facts": _facts(self.insight, supports),
            "voices": bars(
                Row(label, count, theme.mark if theme else "")
                for label, count in counts.insight_by_teller(self.insight)
            ),
            "missing": [line for line in self.insight.missing.splitlines() if line.strip()],
            "steps": _steps(self.insight, at),
        }
        return context


def _facts(insight: Insight, quotes: list[Quote]) -> list[Fact]:
    """The facts after the number itself, which the template says in full."""
    published = insight.published_on
    return [
        Fact(
            gettext("Their own words"),
            ngettext("%(n)s quote", "%(n)s quotes", len(quotes)) % {"n": len(quotes)},
            gettext("each with a yes for this page today"),
        ),
        Fact(gettext("Read by"), gettext("Two people"), gettext("for each story, working apart")),
        Fact(
            gettext("Message made"),
            date_format(published, "F Y") if published else gettext("Not yet"),
            gettext("one person wrote it, another checked it"),
        ),
    ]


def _steps(insight: Insight, at: dict[str, Link]) -> list[Step]:
    """What happened to the message since: plan, conference, decision, promises."""
    steps = [_priority_step(priority, at) for priority in insight.priorities.all()]
    items = insight.agenda_items.select_related("conference", "decision").prefetch_related(
        "decision__commitments"
    )
    for item in items.order_by("conference__held_on", "order"):
        steps += _item_steps(item, at)
    if not steps:
        steps = [Step("now", gettext("It is waiting for an answer"))]
    states = {step.state for step in steps}
    if states == {"past"} or "next" in states:
        return steps
    return [*steps, Step("next", gettext("Next: we say here what came of it"))]


def _priority_step(priority: Priority, at: dict[str, Link]) -> Step:
    heading = gettext("It is part of Priority %(number)s: %(title)s") % {
        "number": priority.number,
        "title": priority.child_title,
    }
    url = f"{at['priorities'].url}{priority.number}/" if "priorities" in at else ""
    return Step("past", heading, "", url, gettext("See the priority"))


def _item_steps(item: AgendaItem, at: dict[str, Link]) -> list[Step]:
    conference = item.conference
    day = date_format(conference.held_on, "j F Y")
    url = f"{at['conference'].url}{conference.slug}/" if "conference" in at else ""
    decision = getattr(item, "decision", None)
    coming = decision is None and conference.held_on > timezone.localdate()
    asked = Step(
        "next" if coming else "past" if decision else "now",
        gettext("The conference is asked: %(question)s") % {"question": item.question},
        f"{conference.title}, {day}.",
        url,
        gettext("See the day"),
    )
    if decision is None:
        return [asked]
    decided = Step(
        "past",
        gettext("The board said: %(answer)s") % {"answer": decision.get_answer_display().lower()},
        decision.headline,
        f"{url}decisions/{item.pk}/" if url else "",
        gettext("See the decision"),
    )
    made = [_promise_step(each) for each in decision.commitments.all()]
    return [asked, decided, *sorted(made, key=lambda step: step.state != "past")]


def _promise_step(commitment: Commitment) -> Step:
    text = commitment.what
    if commitment.status == CommitmentStatus.DONE:
        return Step("past", gettext("It is done"), text)
    if commitment.status == CommitmentStatus.NOT_DOING:
        return Step("past", gettext("It is not done, and here is why"), commitment.reason)
    if commitment.is_late():
        return Step("now", gettext("It is being done, late"), text)
    return Step("now", gettext("It is being done"), text)
