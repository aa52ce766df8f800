"""An insight: one claim that many stories make, with its evidence. The public word is message."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consultation.disclosure import Protected, protect
from consultation.enums import InsightState, QuoteSide
from consultation.querysets import InsightQuerySet, QuoteQuerySet
from stories.models import Story, Theme

from .priority import Priority


class Insight(models.Model):
    """A claim drafted by one person and published by another."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    claim = models.CharField(
        _("claim"), max_length=160, help_text=_("One sentence that a child could say.")
    )
    summary = models.TextField(_("summary"), help_text=_("Two or three short sentences."))
    missing = models.TextField(
        _("who we have not heard from"), blank=True, help_text=_("One group a line.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=InsightState, default=InsightState.DRAFT
    )
    themes = models.ManyToManyField(Theme, related_name="insights", verbose_name=_("themes"))
    stories = models.ManyToManyField(Story, related_name="insights", verbose_name=_("stories"))
    priorities = models.ManyToManyField(
        Priority, related_name="insights", blank=True, verbose_name=_("priorities")
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_on = models.DateField(_("published on"), null=True)

    objects = InsightQuerySet.as_manager()

    class Meta:
        verbose_name = _("insight")
        verbose_name_plural = _("insights")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(published_by=models.F("drafted_by")),
                name="an_insight_takes_two_people",
            )
        ]

    def __str__(self) -> str:
        return self.claim

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.state == InsightState.PUBLISHED

    def counts(self) -> dict[str, Protected]:
        """Protected counts of the evidence: "all", and one for each voice that told."""
        by_voice = dict(
            self.stories.approved().order_by().values_list("voice").annotate(models.Count("pk"))
        )
        return {"all": protect(sum(by_voice.values()))} | {
            voice: protect(n) for voice, n in by_voice.items()
        }


class Quote(models.Model):
    """Words of one story, exactly as its anonymised text has them, for one insight.

    Shown only while the story is approved and its teller allows the use: every page asks
    `shown` of its query set, so a change of consent needs no clean-up to take effect.
    """

    insight = models.ForeignKey(Insight, on_delete=models.CASCADE, related_name="quotes")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField(_("words"))
    side = models.CharField(_("side"), max_length=8, choices=QuoteSide, default=QuoteSide.SUPPORTS)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["insight", "story"], name="one_quote_from_a_story")
        ]

    def __str__(self) -> str:
        return f"Quote {self.pk}"
