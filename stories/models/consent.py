"""Consent for each use by itself: a ledger that the teller may change by receipt at any time."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.enums import ConsentUse

from .story import Story

WORDING_VERSION = 1  # raised whenever the words beside the boxes change their meaning


class Consent(models.Model):
    """A teller's yes or no to one use of one story. No row means no."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="consents")
    use = models.CharField(_("use"), max_length=12, choices=ConsentUse)
    given = models.BooleanField(_("given"), default=True)
    wording = models.PositiveSmallIntegerField(_("version of the wording"), default=WORDING_VERSION)
    changed_on = models.DateField(_("changed on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["story", "use"], name="one_consent_for_a_use")
        ]

    def __str__(self) -> str:
        return f"{self.use}: {'yes' if self.given else 'no'}"
