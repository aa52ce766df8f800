"""What this app adds to Wagtail's admin: two desks, the codebook, and what waits for whom."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from stories import admin_urls
from stories.models import Story
from stories.permissions import can_lead_safeguarding, can_read
from stories.views.access import Rule, person
from stories.views.reading import AN_EVENING
from stories.views.safeguarding import safety_counts
from stories.viewsets import LocalNameViewSet, ThemeViewSet


class DeskMenuItem(MenuItem):
    """A desk in the menu, for those who may sit at it."""

    def __init__(self, label: Any, url: Any, *, rule: Rule, **more: Any) -> None:
        super().__init__(label, url, **more)
        self._rule = rule

    def is_shown(self, request: HttpRequest) -> bool:
        """Nobody is shown a door that they can't open."""
        return self._rule(person(request))


class DeskPanel(Component):
    """On the first page of the admin: what waits for this person, in one sentence a desk."""

    name = "stories_desks"
    order = 10
    template_name = "stories/desk/home_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Asks only what this person's roles may know."""
        request = parent_context["request"]
        by = person(request)
        context: dict[str, Any] = {}
        if can_lead_safeguarding(by):
            context["safety"] = safety_counts()
        if can_read(by):
            waiting = Story.objects.awaiting_reading(by=by).values("pk")
            context["to_read"] = waiting[:AN_EVENING].count()
        return context


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return admin_urls.urlpatterns


@hooks.register("register_admin_viewset")
def viewsets() -> list[Any]:
    return [ThemeViewSet(), LocalNameViewSet()]


@hooks.register("register_admin_menu_item")
def safety_menu_item() -> MenuItem:
    url = reverse("safety:queue")
    return DeskMenuItem(
        _("Safety queue"), url, rule=can_lead_safeguarding, icon_name="warning", order=100
    )


@hooks.register("register_admin_menu_item")
def reading_menu_item() -> MenuItem:
    url = reverse("reading:queue")
    return DeskMenuItem(_("Tonight’s reading"), url, rule=can_read, icon_name="glasses", order=110)


@hooks.register("construct_main_menu")
def no_help_from_elsewhere(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's help leads to other sites and to news about Wagtail."""
    items[:] = [item for item in items if item.name != "help"]


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Our sentences first. Wagtail's panels about pages stay for those who may edit pages."""
    if not user_has_any_page_permission(request.user):
        panels.clear()
    panels.append(DeskPanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_counts_of_files(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Numbers of images and documents tell nobody what to do next."""
    items.clear()


@hooks.register("insert_global_admin_css")
def shell_css() -> SafeString:
    """Our colours for Wagtail's shell, on every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))
