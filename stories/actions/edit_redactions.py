"""A lay curator takes more words out of a story, or gives a redaction a better label."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext

from stories.models import Redaction, Story
from stories.permissions import NotAllowed, Person, can_read_story
from stories.text import Mark, NotFound, Redacted, redact_more, relabel

from .anonymise_story import replace_redactions
from .suggest_themes import suggest_themes

__all__ = ["NotFound", "add_redaction", "relabel_redaction"]


@transaction.atomic
def add_redaction(*, story: Story, by: Person, words: str, kind: str, label: str) -> None:
    """Takes `words` out of both texts wherever they stand as whole words, in any case.

    Raises NotAllowed, `NotFound` when the words stand in neither text, and ValueError for an
    empty label. The words themselves are kept nowhere.
    """
    story = _mine_to_edit(story, by)
    reason = gettext("A reader took it out.")

    def edited(part: Redacted) -> Redacted:
        return redact_more(part, words, kind, label, reason)

    if sum(_edit(story, part, edited) for part in Redaction.Part.values) == 0:
        raise NotFound(gettext("These words are not in the story."))
    suggest_themes(story)  # the evidence's places have moved


@transaction.atomic
def relabel_redaction(*, story: Story, by: Person, redaction: Redaction, label: str) -> None:
    """Gives one redaction another label. Raises NotAllowed, and ValueError for an empty label."""
    story = _mine_to_edit(story, by)
    before = list(story.redactions.filter(part=redaction.part))
    index = next(i for i, r in enumerate(before) if r.pk == redaction.pk)
    _edit(story, redaction.part, lambda part: relabel(part, index, label))
    suggest_themes(story)


def _mine_to_edit(story: Story, by: Person) -> Story:
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not can_read_story(by, story):
        raise NotAllowed
    return story


def _edit(story: Story, part: str, edited: Callable[[Redacted], Redacted]) -> bool:
    """Puts one part through `edited`; False when there was nothing to change."""
    marks = [
        Mark(r.start, r.end, r.kind, r.label, r.reason, r.score)
        for r in story.redactions.filter(part=part)
    ]
    try:
        after = edited(Redacted(getattr(story, part), marks))
    except NotFound:
        return False
    setattr(story, part, after.text)
    story.save(update_fields=[part])
    replace_redactions(story, part, after)
    return True
