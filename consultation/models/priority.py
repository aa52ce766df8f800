"""Priorities of the Children and Young People's Plan (CYPP), and the insights that feed them."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.db.models.manager import RelatedManager

    from .insight import Insight


class Priority(models.Model):
    """One priority of the plan."""

    cycle = models.CharField(_("years of the plan"), max_length=20)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    child_title = models.CharField(_("title in a child's words"), max_length=120)
    description = models.TextField(_("description"))
    outcome = models.TextField(_("how we will know"), blank=True)

    if TYPE_CHECKING:
        insights: RelatedManager[Insight]

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["cycle", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="a_priority_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
