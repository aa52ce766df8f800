"""What differs from one partnership to the next, set by its editors."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

EXIT_URL = "https://www.bbc.co.uk/weather"
_KEPT_AS = "_heard_partnership"


@register_setting(icon="group")
class PartnershipSettings(BaseSiteSetting):
    """The partnership's name, its front door, and where "Leave fast" leads."""

    name = models.CharField(
        _("name of the partnership"), max_length=120, default="Safeguarding Children Partnership"
    )
    area = models.CharField(
        _("place"), max_length=60, blank=True, help_text=_("For example: Harrowmere")
    )
    front_door_name = models.CharField(_("name of the front door"), max_length=80, blank=True)
    front_door_phone = models.CharField(_("telephone of the front door"), max_length=30, blank=True)
    exit_url = models.URLField(
        _("where Leave fast goes"),
        default=EXIT_URL,
        help_text=_("A page nobody would wonder about, on somebody else's site."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("area")], heading=_("Partnership")),
        MultiFieldPanel(
            [FieldPanel("front_door_name"), FieldPanel("front_door_phone")],
            heading=_("Front door"),
        ),
        FieldPanel("exit_url"),
    ]

    class Meta:
        verbose_name = _("partnership")

    @classmethod
    def read(cls, request: HttpRequest | None) -> "PartnershipSettings":
        """The settings of the request's site, asked for once a request.

        Wagtail's own `for_request` writes a missing row and stops without a site; a page that a
        frightened child looks at must do neither, so here both give the defaults.
        """
        kept: PartnershipSettings | None = getattr(request, _KEPT_AS, None)
        if kept is None:
            site = Site.find_for_request(request) if request else None
            kept = (cls.objects.filter(site=site).first() if site else None) or cls()
            if request:
                setattr(request, _KEPT_AS, kept)
        return kept
