"""What this app adds to Wagtail's admin: the desks for messages, decisions and promises."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from consultation import admin_urls
from consultation.enums import CommitmentStatus, InsightState
from consultation.models import AgendaItem, Commitment, Insight
from consultation.permissions import can_draft_insight, can_record_decision, can_report_progress
from consultation.viewsets import ConferenceViewSet, ConsultationViewSet, PriorityViewSet
from stories.views.access import person
from stories.wagtail_hooks import DeskMenuItem


class DeskPanel(Component):
    """On the first page of the admin: what waits for this person, in one sentence a desk."""

    name = "consultation_desks"
    order = 20
    template_name = "consultation/desk/home_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Asks only what this person's roles may know."""
        by = person(parent_context["request"])
        context: dict[str, Any] = {}
        if can_draft_insight(by):
            drafts = Insight.objects.filter(state=InsightState.DRAFT)
            context["to_publish"] = drafts.exclude(drafted_by=by.pk).count()
        if can_record_decision(by):
            context["to_decide"] = AgendaItem.objects.filter(decision=None).count()
        if can_report_progress(by):
            doing = Commitment.objects.filter(status=CommitmentStatus.DOING)
            context["late"] = doing.filter(due_on__lt=timezone.localdate()).count()
        return context


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return admin_urls.urlpatterns


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [ConsultationViewSet(), PriorityViewSet(), ConferenceViewSet()]


@hooks.register("register_admin_menu_item")
def messages_menu_item() -> MenuItem:
    url = reverse("insights:list")
    return DeskMenuItem(
        _("Messages"), url, rule=can_draft_insight, icon_name="openquote", order=140
    )


@hooks.register("register_admin_menu_item")
def decisions_menu_item() -> MenuItem:
    url = reverse("decisions:list")
    return DeskMenuItem(
        _("Decisions"), url, rule=can_record_decision, icon_name="circle-check", order=180
    )


@hooks.register("register_admin_menu_item")
def promises_menu_item() -> MenuItem:
    url = reverse("promises:list")
    return DeskMenuItem(_("Promises"), url, rule=can_report_progress, icon_name="tasks", order=190)


@hooks.register("construct_homepage_panels", order=10)
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    """After the hook of the floor below, which takes away what does not belong."""
    panels.append(DeskPanel())
