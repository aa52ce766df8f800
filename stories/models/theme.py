"""The codebook that lay members own, and which story is about what, according to whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from stories.enums import ThemeSource, ThemeState

from .story import Story


class Theme(TagBase):
    """A theme of the codebook, or (without a parent) a group of themes.

    The slug is the theme's lasting id: cues, exports and colours hang on it.
    """

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="themes",
        limit_choices_to={"parent": None},
        verbose_name=_("group"),
    )
    child_label = models.CharField(_("name in a child's words"), max_length=80)
    definition = models.TextField(_("definition"))
    include = models.TextField(_("what counts"), blank=True)
    exclude = models.TextField(_("what does not, and where it goes"), blank=True)
    cues = models.TextField(
        _("cues"),
        blank=True,
        help_text=_("One a line, in small letters. A star at the end finds every ending."),
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["id"]

    @property
    def mark(self) -> str:
        """Slug of the group, which names the theme's colour, shape and pattern."""
        return str(self.parent.slug if self.parent else self.slug)

    @property
    def cue_list(self) -> list[str]:
        """The cues, one string each."""
        return [line.strip() for line in self.cues.splitlines() if line.strip()]


class StoryTheme(ItemBase):
    """A story is about a theme: suggested by the machine, or accepted or rejected by readers."""

    tag = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="story_items")
    content_object = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="theme_items")
    state = models.CharField(
        _("state"), max_length=10, choices=ThemeState, default=ThemeState.SUGGESTED
    )
    source = models.CharField(
        _("source"), max_length=10, choices=ThemeSource, default=ThemeSource.MACHINE
    )
    confidence = models.FloatField(_("confidence"), default=0.0)
    # Where the anonymised text says so: [{"start", "end", "cue"}], offsets in code points.
    evidence = models.JSONField(_("evidence"), default=list, blank=True)

    class Meta:
        verbose_name = _("theme of a story")
        verbose_name_plural = _("themes of stories")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_object", "tag"], name="a_theme_once_a_story")
        ]
        indexes = [models.Index(fields=["tag", "state"], name="stories_of_a_theme")]

    def __str__(self) -> str:
        return f"{self.content_object_id}: {self.tag_id} {self.state}"
