"""The words as received: sealed, restricted, purgeable. Nothing else in Heard holds them."""

import json
from dataclasses import asdict, dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from stories import keys, sealing

from .story import Story


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody told, exactly as it came."""

    story: str
    wish: str = ""


class Submission(models.Model):
    """One telling, sealed. After `destroy` the words are gone from every copy and backup."""

    story = models.OneToOneField(
        Story, on_delete=models.CASCADE, primary_key=True, related_name="submission"
    )
    sealed = models.BinaryField(_("sealed words"), null=True, editable=False)
    wrapped_key = models.BinaryField(_("wrapped key"), null=True, editable=False)
    key_version = models.PositiveSmallIntegerField(_("key version"), default=sealing.KEY_VERSION)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        default_permissions = ()  # no admin screen may ever show it

    def __str__(self) -> str:
        return f"Submission of {self.story_id}"

    @classmethod
    def seal(cls, story: Story, words: Words) -> "Submission":
        """An unsaved submission that holds `words` sealed for `story`."""
        plain = json.dumps(asdict(words)).encode()
        sealed = sealing.seal(plain, place=cls._place(story), site_key=keys.sealing_key())
        return cls(
            story=story,
            sealed=sealed.words,
            wrapped_key=sealed.wrapped_key,
            key_version=sealed.key_version,
        )

    def open(self) -> Words:
        """The words as received.

        For the machine's own steps and for `actions.open_original`, which logs first. Raises
        `sealing.CannotOpen` when they were destroyed, changed or moved from another row.
        """
        if self.sealed is None or self.wrapped_key is None:
            raise sealing.CannotOpen("These words were destroyed.")
        sealed = sealing.Sealed(bytes(self.sealed), bytes(self.wrapped_key), self.key_version)
        place = self._place(self.story)
        return Words(
            **json.loads(sealing.open_sealed(sealed, place=place, site_key=keys.sealing_key()))
        )

    def destroy(self) -> None:
        """Forgets the key and the sealed words."""
        self.sealed = self.wrapped_key = None
        self.save(update_fields=["sealed", "wrapped_key"])

    @staticmethod
    def _place(story: Story) -> str:
        return f"stories_submission|sealed|{story.pk}"
