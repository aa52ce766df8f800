"""A lay curator's reading of a story and the coding made in it. Readers are blind to each other."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.enums import Answer, Reason, Verdict

from .story import Story
from .theme import Theme


class Reading(models.Model):
    """One reader's decision. Two that approve make a story ready to use."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="readings"
    )
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    read_on = models.DateField(_("read on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["story", "reader"], name="a_reader_reads_a_story_once")
        ]

    def __str__(self) -> str:
        return f"Reading of {self.story_id}"


class Coding(models.Model):
    """One reader's answer to: is this story about this theme?"""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="codings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="codings")
    answer = models.CharField(_("answer"), max_length=6, choices=Answer)

    class Meta:
        verbose_name = _("coding")
        verbose_name_plural = _("codings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "theme"], name="a_theme_coded_once_a_reading"
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme_id}: {self.answer}"
