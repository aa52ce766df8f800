"""A consultation: the question that is open, and the plan whose cycle it feeds."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Consultation(models.Model):
    """One question to the borough, with its dates."""

    title = models.CharField(_("title"), max_length=120)
    question = models.CharField(_("question"), max_length=250)
    intro = models.TextField(_("introduction"), blank=True)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    cycle = models.CharField(
        _("years of the plan"), max_length=20, help_text=_("For example: 2027 to 2030")
    )
    closing_message = models.TextField(_("what to say when it is closed"), blank=True)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-opens_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="consultation_closes_after_it_opens",
                violation_error_message=_("It can't close before it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def current(cls) -> "Consultation | None":
        """The one that began last, open or closed; None before the first has begun."""
        return cls.objects.filter(opens_on__lte=timezone.localdate()).first()

    @property
    def is_open(self) -> bool:
        """Whether stories are asked for today."""
        return self.opens_on <= timezone.localdate() <= self.closes_on
