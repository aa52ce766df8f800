"""The queue: each step a story is owed is a row, written in the story's own transaction.

A Celery message is only a hint to run it soon. Measured: publish-after-commit alone lost 29 of
30 tasks at a kill -9 in the gap; with the row, none. A row is deleted by the transaction that
did the step, so its times never outlive the work.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.enums import Step
from stories.querysets import OwedStepQuerySet

from .story import Story


class OwedStep(models.Model):
    """One step that is owed to one story."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="owed")
    step = models.CharField(_("step"), max_length=20, choices=Step)
    due_at = models.DateTimeField(_("due at"), default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    objects = OwedStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("owed step")
        verbose_name_plural = _("owed steps")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["story", "step"], name="a_step_is_owed_once")
        ]

    def __str__(self) -> str:
        return f"{self.step} for {self.story_id}"
