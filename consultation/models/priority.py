"""Priorities of the Children and Young People's Plan (CYPP), and the insights that feed them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Priority(models.Model):
    """One priority of the plan."""

    cycle = models.CharField(_("years of the plan"), max_length=20)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    child_title = models.CharField(_("title in a child's words"), max_length=120)
    description = models.TextField(_("description"))
    outcome = models.TextField(_("how we will know"), blank=True)

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["cycle", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="a_priority_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
