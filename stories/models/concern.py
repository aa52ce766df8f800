"""A concern about a child, and every opening of the original words."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.enums import ConcernLevel, ConcernSource, ConcernState
from stories.querysets import ConcernQuerySet

from .story import Story


class Concern(models.Model):
    """Somebody may not be safe. Written in the story's own transaction, so it can't be lost.

    `raised_at` is to the second only while the concern waits; deciding it coarsens it to the
    day, because it is also the time of a teller's act (promise 4).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="concerns")
    level = models.CharField(_("level"), max_length=8, choices=ConcernLevel)
    source = models.CharField(_("raised by"), max_length=8, choices=ConcernSource)
    score = models.FloatField(_("score"), default=1.0)
    # Where and why: [{"start", "end", "reason"}] in the words as received; never the words.
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    raised_at = models.DateTimeField(_("raised at"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=8, choices=ConcernState, default=ConcernState.OPEN
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("with"),
    )
    taken_at = models.DateTimeField(_("taken at"), null=True)
    decided_on = models.DateField(_("decided on"), null=True)
    note = models.TextField(_("what was done"), blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        default_permissions = ()
        indexes = [models.Index(fields=["state", "level", "raised_at"], name="concern_queue")]

    def __str__(self) -> str:
        return f"Concern {str(self.pk)[:6]}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.state in {ConcernState.OPEN, ConcernState.TAKEN}


class Opening(models.Model):
    """The safeguarding lead opened the original words: who, when and why. Never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="openings")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("opening of original words")
        verbose_name_plural = _("openings of original words")
        default_permissions = ()
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return f"Opening of {self.story_id}"
