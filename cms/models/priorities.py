"""The priorities of the plan, and what feeds each of them."""

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from consultation.enums import InsightState
from consultation.models import Decision, Priority

from .changed import commitments, promises
from .learned import MessagePage, messages
from .public import PublicPage


def _this_cycle() -> QuerySet[Priority]:
    """The priorities of the newest plan."""
    newest = Priority.objects.order_by("-cycle").values("cycle")[:1]
    return Priority.objects.filter(cycle=newest).order_by("number")


class PrioritiesPage(RoutablePageMixin, PublicPage):
    """The plan as a list, and one page for each priority."""

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("priorities")

    @path("")
    def index_route(self, request: HttpRequest) -> HttpResponse:
        """All priorities of the plan, each with how many messages and promises it has."""
        standing = Q(insights__state=InsightState.PUBLISHED, insights__page__live=True)
        found = _this_cycle().annotate(
            message_count=Count("insights", filter=standing, distinct=True),
            promise_count=Count("agenda_items__decision__commitments", distinct=True),
        )
        context = {"priorities": list(found), "priorities_url": self.get_url(request)}
        response: HttpResponse = self.render(request, context_overrides=context)
        return response

    @path("<int:number>/", name="priority")
    def priority(self, request: HttpRequest, number: int) -> HttpResponse:
        """One priority: its messages, the decisions on it and what was promised."""
        priority = _this_cycle().filter(number=number).first() if number < 1000 else None
        if priority is None:
            raise Http404
        at = self.at(request)
        item = Q(decision__item__priority=priority)
        item |= Q(decision__item__insight__priorities=priority)
        made = commitments().filter(item).distinct()
        context = {
            "priority": priority,
            "priorities_url": self.get_url(request),
            "messages": messages(MessagePage.shown().filter(insight__priorities=priority), request),
            "decisions": _decisions_on(priority),
            "promises": promises(made, at, request),
        }
        response: HttpResponse = self.render(
            request, template="cms/priority.html", context_overrides=context
        )
        return response


def _decisions_on(priority: Priority) -> QuerySet[Decision]:
    about = Q(item__priority=priority) | Q(item__insight__priorities=priority)
    return Decision.objects.filter(about).distinct().select_related("item__conference")
