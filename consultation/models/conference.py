"""The annual conference: what was asked, what was decided, why, and what was promised."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultation.enums import CommitmentStatus, ConferenceState, DecisionAnswer

from .insight import Insight
from .priority import Priority


class Conference(models.Model):
    """One day on which the board and the hall decide."""

    slug = models.SlugField(_("address"), unique=True, help_text=_("Usually the year."))
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ConferenceState, default=ConferenceState.PLANNED
    )

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-held_on"]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """One question to the conference, about an insight, a priority or both."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    question = models.CharField(_("question"), max_length=250)
    insight = models.ForeignKey(
        Insight, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.question


class Decision(models.Model):
    """The board's answer to one agenda item, with its reason in writing."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="decision")
    answer = models.CharField(_("answer"), max_length=6, choices=DecisionAnswer)
    headline = models.CharField(_("decision in one sentence"), max_length=200)
    reason = models.TextField(_("reason"))
    not_followed_children = models.TextField(
        _("where the board did not follow the children"), blank=True
    )
    decided_on = models.DateField(_("decided on"), default=timezone.localdate)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_on", "pk"]

    def __str__(self) -> str:
        return self.headline


class Commitment(models.Model):
    """A promise that came out of a decision: who, what, by when, and whether it was kept."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="commitments")
    what = models.CharField(_("promise"), max_length=200)
    owner = models.CharField(
        _("owner"), max_length=120, help_text=_("A post, not a person's name.")
    )
    due_on = models.DateField(_("due on"))
    status = models.CharField(
        _("status"), max_length=10, choices=CommitmentStatus, default=CommitmentStatus.DOING
    )
    progress = models.TextField(_("what we did so far"), blank=True)
    reason = models.TextField(_("we did not, because"), blank=True)
    better = models.TextField(_("is it better?"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    changed_on = models.DateField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="not_doing", reason=""),
                name="not_doing_has_a_reason",
                violation_error_message=_("Say why it is not done. The teller will read it."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status="done", done_on=None),
                name="done_has_a_date",
                violation_error_message=_("Say when it was done."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def is_late(self, today: date | None = None) -> bool:
        """Whether it should have been done by now and is not."""
        doing = self.status == CommitmentStatus.DOING
        return doing and self.due_on < (today or timezone.localdate())
