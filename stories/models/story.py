"""The story that people read: anonymised text only. The words as received are a Submission."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from stories.enums import AgeBand, StoryState, Voice
from stories.querysets import StoryQuerySet

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from .theme import StoryTheme

_SEASONS = (_("Winter"), _("Spring"), _("Summer"), _("Autumn"))


class Story(models.Model):  # type: ignore[django-manager-missing]  # taggit is untyped
    """An anonymised story. No person, address, session or hour of telling is linked to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=StoryState, default=StoryState.RECEIVED, db_index=True
    )
    voice = models.CharField(_("told by"), max_length=20, choices=Voice, blank=True)
    told_for = models.BooleanField(_("told for somebody else"), default=False)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True)
    area = models.CharField(_("area"), max_length=80, blank=True)
    told_on = models.DateField(_("told on"), default=timezone.localdate)
    # For stories of an older programme, where only a year is known: "2010-11".
    period = models.CharField(_("period"), max_length=20, blank=True)
    text = models.TextField(_("text"), blank=True)
    wish = models.TextField(_("what should change"), blank=True)

    themes = TaggableManager(through="stories.StoryTheme", blank=True, verbose_name=_("themes"))
    objects = StoryQuerySet.as_manager()

    if TYPE_CHECKING:  # taggit's base class hides it from the checker
        theme_items: RelatedManager[StoryTheme]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        default_permissions = ()
        indexes = [models.Index(fields=["state", "told_on", "id"], name="story_queue")]

    def __str__(self) -> str:
        # Neutral on purpose: Wagtail's log and index keep copies of what this returns.
        return gettext("Story %(number)s") % {"number": self.short_id}

    @property
    def short_id(self) -> str:
        """Six letters that staff can say to each other; not unique, not secret."""
        return str(self.pk)[:6]

    @property
    def when(self) -> str:
        """Season and year of telling: the finest time that is ever shown."""
        if self.period:
            return self.period
        season = _SEASONS[self.told_on.month % 12 // 3]
        year = self.told_on.year + (self.told_on.month == 12)  # December is next year's winter
        return f"{season} {year}"

    @property
    def voice_name(self) -> str:
        """The voice in words; a teller need not say."""
        return str(self.get_voice_display() or gettext("Somebody"))

    @property
    def teller(self) -> str:
        """Who told it, as a quote may say: voice and age band."""
        age = f", {self.get_age_band_display()}" if self.age_band else ""
        return f"{self.voice_name}{age}"

    def allows(self, use: str) -> bool:
        """Whether the teller's consent for `use` stands today. Uses prefetched consents."""
        return any(c.use == use and c.given for c in self.consents.all())

    def move_to(self, state: StoryState) -> None:
        """Changes the state and nothing else."""
        self.state = state
        self.save(update_fields=["state"])


class Redaction(models.Model):
    """One stretch of words that was taken out of a story. The words themselves are not kept."""

    class Part(models.TextChoices):
        """Which of the story's two texts it stands in."""

        TEXT = "text", _("Story")
        WISH = "wish", _("What should change")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="redactions")
    part = models.CharField(max_length=4, choices=Part, default=Part.TEXT)
    # Offsets of the label in the anonymised text, in code points.
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=20)
    label = models.CharField(_("label"), max_length=60)
    reason = models.CharField(_("reason"), max_length=200)
    score = models.FloatField(_("how sure"), default=1.0)

    class Meta:
        verbose_name = _("redaction")
        verbose_name_plural = _("redactions")
        default_permissions = ()
        ordering = ["part", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "part", "start"], name="one_redaction_at_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="redaction_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.start}–{self.end})"
