"""Local names that no general rule can know: schools, places of worship, surgeries, streets."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories.enums import LocalKind


class LocalName(models.Model):
    """A name that is taken out of every story of this partnership."""

    kind = models.CharField(_("kind"), max_length=12, choices=LocalKind)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("local name")
        verbose_name_plural = _("local names")
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="a_local_name_once")]

    def __str__(self) -> str:
        return self.name
