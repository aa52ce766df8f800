"""The conference: what was asked, what the board answered, and where it did not follow."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from consultation.journey import JourneyStep as Step
from consultation.models import AgendaItem, Conference, Decision

from . import counts
from .changed import Promise, commitments, promises
from .figures import Fact
from .menu import Link
from .public import PublicPage

_LARGEST_KEY = 2**63  # a larger number in an address would stop the database, not find nothing


class ConferenceIndexPage(RoutablePageMixin, PublicPage):
    """All conferences, one conference's programme, one decision."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("conference")

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        """All conferences, newest first."""
        context = {
            "conferences": list(Conference.objects.all()),
            "conference_url": self.get_url(request),
        }
        response: HttpResponse = self.render(request, context_overrides=context)
        return response

    @path("<slug:slug>/", name="conference")
    def conference(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The programme, with the decisions as far as there are any."""
        conference = Conference.objects.filter(slug=slug).first()
        if conference is None:
            raise Http404
        items = conference.agenda.select_related(
            "insight__page", "priority", "decision"
        ).prefetch_related("insight__themes__parent")
        response: HttpResponse = self.render(
            request,
            template="cms/conference.html",
            context_overrides={"conference": conference, "items": list(items)},
        )
        return response

    @path("<slug:slug>/decisions/<int:number>/", name="decision")
    def decision(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """One decision with its reason; `number` is the agenda item's key."""
        item = self._item(slug, number) if number < _LARGEST_KEY else None
        decision = getattr(item, "decision", None)
        if item is None or decision is None:
            raise Http404
        at = self.at(request)
        made = promises(commitments().filter(decision=decision), at, request)
        context = {
            "item": item,
            "conference": item.conference,
            "decision": decision,
            "facts": _facts(decision, made),
            "promises": made,
            "steps": _steps(item, decision, made, at, request),
            "decided": Decision.objects.filter(item__conference=item.conference).count(),
        }
        response: HttpResponse = self.render(
            request, template="cms/decision.html", context_overrides=context
        )
        return response

    @staticmethod
    def _item(slug: str, number: int) -> AgendaItem | None:
        return (
            AgendaItem.objects.filter(conference__slug=slug, pk=number)
            .select_related("conference", "decision", "insight__page", "priority")
            .first()
        )


def _facts(decision: Decision, made: list[Promise]) -> list[Fact]:
    """When, and how its promises stand: in full for one promise, as counts for several."""
    decided = Fact(gettext("Decided"), date_format(decision.decided_on, "j F Y"))
    if len(made) == 1:
        only = made[0].commitment
        return [
            decided,
            Fact(gettext("Owner"), only.owner),
            Fact(gettext("To be done by"), date_format(only.due_on, "F Y")),
            Fact(gettext("How it stands"), only.get_status_display()),
        ]
    done = sum(promise.is_kept for promise in made)
    refused = sum(promise.is_refused for promise in made)
    numbers = [
        (gettext("Promises"), len(made)),
        (gettext("Done"), done),
        (gettext("Doing"), len(made) - done - refused),
        (gettext("Not doing"), refused),
    ]
    return [decided, *(Fact(label, str(n)) for label, n in numbers if made)]


def _steps(
    item: AgendaItem,
    decision: Decision,
    made: list[Promise],
    at: dict[str, Link],
    request: HttpRequest,
) -> list[Step]:
    """From stories to the decision and on to its promises."""
    done = bool(made) and all(promise.is_kept for promise in made)
    return [
        *_message_steps(item, request),
        Step(
            "past",
            gettext("The conference is asked: %(question)s") % {"question": item.question},
            url=f"{at['conference'].url}{item.conference.slug}/" if "conference" in at else "",
            link_text=gettext("See the day"),
        ),
        Step("past" if done else "now", gettext("The board decides"), decision.headline),
        *([_last(made, done=done)] if made else []),
    ]


def _last(made: list[Promise], *, done: bool) -> Step:
    if done:
        return Step("past", gettext("It is done"), made[0].commitment.better)
    return Step("next", gettext("Next: it is done, and we ask if it is better"))


def _message_steps(item: AgendaItem, request: HttpRequest) -> list[Step]:
    insight = item.insight
    if insight is None or not insight.is_public:
        return []
    page = getattr(insight, "page", None)
    count = counts.evidence([insight])[insight.pk]
    number = (
        gettext("Fewer than 10 stories say this")
        if count.value is None
        else gettext("About %(n)s stories say this") % {"n": count.value}
    )
    url = page.get_url(request) or "" if page and page.live else ""
    return [
        Step("past", number),
        Step("past", gettext("They become one message"), insight.claim, url, gettext("Read it")),
    ]
