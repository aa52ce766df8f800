"""Pages of an editor's own words: how we keep words safe, and where to get help."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import HelpLineBlock, PointBlock, TextBlocks

from .public import PublicPage


class TextPage(PublicPage):
    """A page of text. Stories can't be pasted here as stories: there is no quote block."""

    body = StreamField(TextBlocks(), verbose_name=_("text"), blank=True)

    content_panels = [*PublicPage.content_panels, FieldPanel("body")]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("text page")


class HelpPage(PublicPage):
    """Who can help now. Every page links here, so there is exactly one."""

    danger_heading = models.CharField(_("heading"), max_length=80, blank=True)
    danger_lines = models.TextField(
        _("lines"), blank=True, help_text=_("One a line. The button to call 999 is always there.")
    )
    lines = StreamField([("line", HelpLineBlock())], verbose_name=_("help lines"), blank=True)
    after = StreamField([("point", PointBlock())], verbose_name=_("what happens after"), blank=True)
    note = models.TextField(_("note"), blank=True)

    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("danger_heading"), FieldPanel("danger_lines")],
            heading=_("Someone is in danger now"),
        ),
        FieldPanel("lines"),
        FieldPanel("after"),
        FieldPanel("note"),
    ]
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    max_count = 1

    class Meta:
        verbose_name = _("help page")

    @property
    def danger_list(self) -> list[str]:
        """The lines of the danger box, without empty ones."""
        return [line.strip() for line in self.danger_lines.splitlines() if line.strip()]
