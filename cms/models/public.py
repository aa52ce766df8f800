"""What every public page has: a title and one or two sentences under it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.base_page.models import BasePage

from .menu import Link, site_pages

Context = dict[str, Any]


class PublicPage(BasePage):
    """A page with a lead. Words of stories are never kept in a page's fields."""

    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("When the page needs a longer heading than the menu. Else the title is used."),
    )
    lead = models.TextField(
        _("lead"), blank=True, max_length=400, help_text=_("One or two short, plain sentences.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("heading"), FieldPanel("lead")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Context:
        """Adds `at`: the pages there are, by kind."""
        context: Context = super().get_context(request, *args, **kwargs)
        context["at"] = self.at(request)
        return context

    @staticmethod
    def at(request: HttpRequest) -> dict[str, Link]:
        """The pages there are, by kind."""
        return site_pages(request)
